import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InstalmentsService } from '../../src/sharing/instalments.service.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf, bookingOf, penceOf, type TestAgreement } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
}, 60_000);

beforeEach(() => app.clock.set('2027-09-01T09:00:00Z'));

const at = (c: TestCollaboration) => `/api/collaborations/${c.id}`;
const due = async (c: TestCollaboration, through: string) => (await c.financeOfficer.get(`${at(c)}/charges-due?through=${through}`)).body;
const charges = async (c: TestCollaboration, query = '') => (await c.financeOfficer.get(`${at(c)}/charges?size=200${query}`)).body.items;
const job = (c: TestCollaboration) => app.app.get(InstalmentsService, { strict: false }).chargeDue(c.id);

async function on(c: TestCollaboration, day: string): Promise<TestCollaboration> {
  app.clock.set(`${day}T09:00:00Z`);
  return { ...c, financeOfficer: await app.person('finance-officer', { collaborationId: c.id }) };
}

async function session(c: TestCollaboration, agreement: TestAgreement, day: string, state: 'confirmed' | 'delivered', more: { place?: number; minutes?: number } = {}): Promise<string> {
  const minutes = more.minutes ?? 60;
  const endsAt = new Date(Date.parse(`${day}T09:00:00Z`) + minutes * 60_000).toISOString();
  return bookingOf(app, c.id, { agreement, startsAt: `${day}T09:00:00Z`, endsAt, state, schools: [{ urn: c.urns[more.place ?? 0]!, minutes }] });
}

const confirm = (bookingId: string) => app.sql(`update booking set state = 'delivered', delivered_at = ends_at where id = $1`, [bookingId]);
const object = (c: TestCollaboration, bookingId: string, outcome: 'upheld' | 'rejected' | null, place = 0) =>
  app.sql(
    `insert into booking_objection (collaboration_id, booking_id, school_urn, reason, objected_by, objected_at, outcome, decided_by, decided_at) values ($1, $2, $3, 'Nobody came', 'Head', now(), $4, $5, $6)`,
    [c.id, bookingId, c.urns[place], outcome, outcome && 'Coordinator', outcome && '2027-09-02T09:00:00Z'],
  );

/** Five sessions promised, three given, two of the last days not confirmed yet. */
async function promised(): Promise<{ c: TestCollaboration; agreement: TestAgreement; open: readonly string[] }> {
  const c = await app.collaboration({ schools: 2 });
  const agreement = await agreementOf(app, c, {});
  await app.sql('update agreement set minimum_commitment_milliunits = 5000 where id = $1', [agreement.id]);
  for (const day of ['2026-10-06', '2026-10-13', '2026-10-20']) await session(c, agreement, day, 'delivered');
  const open = [await session(c, agreement, '2027-08-30', 'confirmed'), await session(c, agreement, '2027-08-31', 'confirmed')];
  return { c: await on(c, '2027-09-01'), agreement, open };
}

const minimum = async (c: TestCollaboration) => (await charges(c)).filter((one: { description: string }) => one.description.includes('minimum commitment'));

describe('a minimum commitment, when the last sessions are not confirmed', () => {
  it('When the job runs the day after the term, then it waits and the desk says for what; once they are confirmed nothing is charged', async () => {
    const { c, open } = await promised();
    await job(c);
    expect(await minimum(c)).toEqual([]);
    const desk = await due(c, '2027-09-01');
    expect(desk.items).toEqual([]);
    expect(desk.waiting).toMatchObject([{ kind: 'minimum-commitment', sessions: 2, until: '2027-09-28', why: 'It waits for 2 sessions that are not confirmed yet, until 28 September 2027 at the latest.' }]);
    for (const id of open) await confirm(id);
    await job(c);
    expect(await minimum(c)).toEqual([]);
    expect((await due(c, '2027-09-01')).waiting).toEqual([]);
  });

  it('When nobody confirms them within four weeks, then it is charged, and a session that is confirmed afterwards is given back along the shares', async () => {
    const { c: before, open } = await promised();
    const c = await on(before, '2027-09-29');
    await job(c);
    expect(await minimum(c)).toMatchObject([{ pence: 12_000, netPence: 12_000 }]);
    await confirm(open[0]!);
    const desk = await due(c, '2027-09-29');
    expect(desk.items).toMatchObject([{ pence: -6000, problem: null }]);
    await job(c);
    const [credit, first] = (await minimum(c)).sort((a: { pence: number }, b: { pence: number }) => a.pence - b.pence);
    expect(first).toMatchObject({ pence: 12_000, netPence: 6000 });
    expect(credit).toMatchObject({ pence: -6000, kind: 'credit', correctsChargeId: first.id });
    expect(penceOf(credit.shares)).toEqual(penceOf(desk.items[0].shares));
    expect(Object.values(penceOf(credit.shares))).toEqual([-3000, -3000]);
    await job(c);
    expect(await minimum(c)).toHaveLength(2);
  });

  it('When an objection to a session is upheld, then it was not given; while it is open, it is waited for', async () => {
    const { c, open } = await promised();
    for (const id of open) await confirm(id);
    await object(c, open[1]!, null);
    expect((await due(c, '2027-09-01')).waiting).toMatchObject([{ sessions: 1 }]);
    await app.sql(`update booking_objection set outcome = 'upheld', decided_by = 'Coordinator', decided_at = now() where booking_id = $1`, [open[1]]);
    await job(c);
    expect(await minimum(c)).toMatchObject([{ pence: 6000 }]);
  });
});

describe('a charge that is divided by use', () => {
  const retainer = { basis: 'use', retainerPence: 10_000, instalments: [{ dueOn: '2027-08-01', from: '2027-08-01', to: '2027-08-31', pence: 10_000 }] } as const;

  async function byUse(): Promise<{ c: TestCollaboration; agreement: TestAgreement; open: string }> {
    const c = await app.collaboration({ schools: 2 });
    const agreement = await agreementOf(app, c, retainer);
    await session(c, agreement, '2027-08-03', 'delivered');
    const open = await session(c, agreement, '2027-08-31', 'confirmed', { place: 1, minutes: 180 });
    return { c: await on(c, '2027-09-01'), agreement, open };
  }

  it('When a session of its days is not confirmed, then it waits for it, and says until when', async () => {
    const { c, open } = await byUse();
    await job(c);
    const [waiting] = await charges(c);
    expect(waiting).toMatchObject({ shared: false, problem: 'It is divided by use. It waits for a session that is not confirmed yet, until 28 September 2027 at the latest.' });
    await confirm(open);
    await job(c);
    const [shared] = await charges(c);
    expect(penceOf(shared.shares)).toEqual({ [c.urns[0]!]: 2500, [c.urns[1]!]: 7500 });
    const [tries] = await app.sql<{ n: number }>('select count(*)::int as n from charge_problem where charge_id = $1', [shared.id]);
    expect(tries?.n).toBe(1);
  });

  it('When a session is confirmed after it was divided, or one is taken back, then it stands on the desk to be divided anew', async () => {
    const { c: before, open } = await byUse();
    const c = await on(before, '2027-09-29');
    await job(c);
    expect(penceOf((await charges(c))[0].shares)).toEqual({ [c.urns[0]!]: 10_000, [c.urns[1]!]: 0 });
    await confirm(open);
    const desk = await due(c, '2027-09-29');
    expect(desk.items).toMatchObject([{ byHand: true, shares: [{ pence: -7500 }, { pence: 7500 }] }]);
    expect(desk.items[0].workings[0]).toMatch(/180 minutes were delivered; it was charged by 0\.$/);
    await job(c);
    expect(await charges(c)).toHaveLength(1);
    expect((await c.financeOfficer.post(`${at(c)}/charges-due`, { through: '2027-09-29' })).body).toMatchObject({ charged: 1, unshared: 0 });
    const owed = await app.sql<{ urn: string; pence: string }>('select urn, sum(pence)::int as pence from share where collaboration_id = $1 group by 1 order by 1', [c.id]);
    expect(owed.map(({ pence }) => pence)).toEqual([2500, 7500]);
    expect((await due(c, '2027-09-29')).items).toEqual([]);
    await object(c, open, 'upheld', 1);
    expect((await due(c, '2027-09-29')).items).toMatchObject([{ byHand: true, shares: [{ pence: 7500 }, { pence: -7500 }] }]);
  });
});
