import { beforeAll, describe, expect, it } from '@jest/globals';
import { whatIf, type CostSharingRule } from '@fairshare/domain/sharing';
import { newId } from '../../src/platform/new-id.js';
import { startApp, type Client, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf, bookingOf, penceOf } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-11-23T09:00:00Z');
}, 60_000);

const expense = { kind: 'expense', description: 'Mileage in October', pence: 10_000, serviceFrom: '2026-10-01', serviceTo: '2026-10-31' };
const at = (c: TestCollaboration, path = '') => `/api/collaborations/${c.id}/charges${path}`;
const enter = (c: TestCollaboration, body: object = {}, headers = {}) => c.financeOfficer.post(at(c), { ...expense, ...body }, headers);
const correct = (c: TestCollaboration, id: string, shouldBePence: number, more = {}) => c.financeOfficer.post(at(c, `/${id}/corrections`), { shouldBePence, reason: 'Entered wrongly', ...more });
const shareTotals = async (c: TestCollaboration) =>
  Object.fromEntries((await app.sql<{ urn: string; pence: string }>('select urn, sum(pence) as pence from share where collaboration_id = $1 group by 1', [c.id])).map((r) => [r.urn, Number(r.pence)]));

describe('entering a charge', () => {
  it('When it has no agreement, then all members share it equally, each for its days', async () => {
    const c = await app.collaboration({ schools: 3 });
    await app.sql(`update membership set until_on = '2026-10-15' where collaboration_id = $1 and urn = $2`, [c.id, c.urns[2]]);
    const { status, body } = await enter(c, { pence: 31_000 });
    expect(status).toBe(201);
    expect(body).toMatchObject({ shared: true, kind: 'expense', chargedBy: 'Test finance-officer', belongsOn: '2026-10-31' });
    const shares = (await c.financeOfficer.get(at(c, `/${body.id}/shares`))).body;
    expect(penceOf(shares.items)).toEqual({ [c.urns[0]!]: 13_000, [c.urns[1]!]: 13_000, [c.urns[2]!]: 5000 });
  });

  it('When schools are named, then only they pay', async () => {
    const c = await app.collaboration({ schools: 3 });
    const { body } = await enter(c, { schoolUrns: [c.urns[1]], pence: -500, kind: 'adjustment' });
    expect(penceOf((await c.financeOfficer.get(at(c, `/${body.id}/shares`))).body.items)).toEqual({ [c.urns[1]!]: -500 });
  });

  it('When the same Idempotency-Key comes twice, then there is one charge and the same answer', async () => {
    const c = await app.collaboration({ schools: 2 });
    const headers = { 'idempotency-key': newId() };
    const [one, two] = [await enter(c, {}, headers), await enter(c, {}, headers)];
    expect(two.body).toEqual(one.body);
    expect((await c.financeOfficer.get(at(c))).body.total).toBe(1);
  });

  it.each([
    ['nothing', { pence: 0 }, 'pence'],
    ['half a penny', { pence: 10.5 }, 'pence'],
    ['a huge amount', { pence: 10_000_000_001 }, 'pence'],
    ['a hugely negative amount', { pence: -10_000_000_001 }, 'pence'],
    ['an end before its start', { serviceFrom: '2026-10-02', serviceTo: '2026-10-01' }, 'serviceTo'],
    ['a hundred years', { serviceFrom: '1926-10-02', serviceTo: '2026-10-01' }, 'serviceTo'],
    ['no such date', { serviceFrom: '2026-13-01' }, 'serviceFrom'],
    ['no description', { description: '  ' }, 'description'],
    ['a kind that only events make', { kind: 'booking' }, 'kind'],
    ['a school twice', { schoolUrns: ['900001', '900001'] }, 'schoolUrns'],
    ['a URN that is none', { schoolUrns: ['9'] }, 'schoolUrns.0'],
    ['an agreement that is no id', { agreementId: 'x' }, 'agreementId'],
  ])('When it has %s, then the field is named and nothing is stored', async (_, body, field) => {
    const c = await app.collaboration({ schools: 1 });
    const answer = await enter(c, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((e: { path: string }) => e.path)).toContain(field);
    expect((await c.financeOfficer.get(at(c))).body.total).toBe(0);
  });

  it('When a school or agreement is another collaboration’s, then it looks like missing', async () => {
    const [c, other] = [await app.collaboration({ schools: 1 }), await app.collaboration({ schools: 1 })];
    const agreement = await agreementOf(app, other);
    expect((await enter(c, { schoolUrns: other.urns })).body.code).toBe('sharing.not-a-member');
    expect((await enter(c, { agreementId: agreement.id })).body.code).toBe('platform.not-found');
    expect((await enter(c, { agreementId: newId() })).body.code).toBe('platform.not-found');
  });
});

describe('correcting a charge', () => {
  it('When ten small credits take it back, then every share ends exactly at nothing, and the carry as if it had never been', async () => {
    const c = await app.collaboration({ schools: 3 });
    const agreement = await agreementOf(app, c, { basis: 'pupils' });
    const { body } = await enter(c, { agreementId: agreement.id, pence: 9999 });
    for (let i = 1; i <= 10; i++) expect((await correct(c, body.id, i === 10 ? 0 : 9999 - i * 1000)).status).toBe(201);
    expect(await shareTotals(c)).toEqual({ [c.urns[0]!]: 0, [c.urns[1]!]: 0, [c.urns[2]!]: 0 });
    const carries = await app.sql<{ carried: string }>('select distinct on (urn) carried_after as carried from share where collaboration_id = $1 order by urn, sequence desc', [c.id]);
    expect(carries.map((r) => r.carried)).toEqual(['0', '0', '0']);
    const after = (await c.financeOfficer.get(at(c, `/${body.id}`))).body;
    expect(after).toMatchObject({ pence: 9999, netPence: 0 });
    expect(after.correctedBy).toHaveLength(10);
    const credit = (await c.financeOfficer.get(at(c, `/${after.correctedBy[0].id}/shares`))).body;
    expect(credit.charge).toMatchObject({ kind: 'credit', correctsChargeId: body.id, pence: -1000 });
    expect(credit.items[0].explanation).toMatchObject({ kind: 'credit', credit: { leftPence: 2222, leftOfAllPence: 9999, creditPence: 1000 } });
    expect(credit.items[0].sentences[0]).toBe('£10.00 was given back of £99.99 that was left of the charge.');
  });

  it('When it should have been more, then the rest is divided as the first was', async () => {
    const c = await app.collaboration({ schools: 2 });
    const { body } = await enter(c, { schoolUrns: [c.urns[0]] });
    const { status, body: corrected } = await correct(c, body.id, 12_000);
    expect(status).toBe(201);
    expect(corrected.items).toEqual([expect.objectContaining({ kind: 'adjustment', pence: 2000, correctsChargeId: body.id, description: 'Entered wrongly: Mileage in October' })]);
    expect(await shareTotals(c)).toEqual({ [c.urns[0]!]: 12_000 });
  });

  it('When it was divided by stale numbers, then it can be given back and divided again', async () => {
    const c = await app.collaboration({ schools: 2 });
    const [a, b] = c.urns as [string, string];
    const agreement = await agreementOf(app, c, { basis: 'pupils' });
    const { body } = await enter(c, { agreementId: agreement.id });
    await app.sql(`insert into pupil_number (urn, measure, census_on, thousandths, source) values ($1, 'pupils', '2026-01-15', 150000, 'entered')`, [a]);
    const again = await correct(c, body.id, 10_000, { divide: 'again' });
    expect(again.body.items.map((i: { pence: number }) => i.pence)).toEqual([-10_000, 10_000]);
    expect(await shareTotals(c)).toEqual({ [a]: 5000, [b]: 5000 });
  });

  it('When there is nothing to correct, too much to give back, or the wrong charge, then it is refused', async () => {
    const c = await app.collaboration({ schools: 2 });
    const { body } = await enter(c);
    expect((await correct(c, body.id, 10_000)).body.code).toBe('sharing.nothing-to-correct');
    expect((await correct(c, body.id, -1)).body.code).toBe('sharing.other-sign');
    const credit = (await correct(c, body.id, 4000)).body.items[0];
    expect((await correct(c, credit.id, 0)).body.code).toBe('sharing.credits-are-not-corrected');
    expect((await correct(c, newId(), 0)).status).toBe(404);
    expect((await c.financeOfficer.post(at(c, `/${body.id}/corrections`), { shouldBePence: 1 })).status).toBe(422);
    const waiting = await enter(c, { agreementId: (await agreementOf(app, c, { basis: 'pupils', censusOn: '2019-01-01' })).id });
    expect((await correct(c, waiting.body.id, 500)).body.code).toBe('sharing.not-shared-yet');
  });
});

describe('who sees and does what', () => {
  it('When a school takes part, then its people see the charge with all its shares; others do not see that it is there', async () => {
    const c = await app.collaboration({ schools: 3 });
    const [a, b, d] = c.urns as [string, string, string];
    const mine = (await enter(c, { schoolUrns: [a, d] })).body.id as string;
    const theirs = (await enter(c, { schoolUrns: [d] })).body.id as string;
    for (const client of [c.businessManager, c.head, c.schoolFinanceOfficer]) {
      const { body } = await client.get(at(c));
      expect(body.items.map((i: { id: string }) => i.id)).toEqual([mine]);
      expect(Object.keys(penceOf(body.items[0].shares)).sort()).toEqual([a, d].sort());
      expect((await client.get(at(c, `/${mine}/shares`))).status).toBe(200);
      expect((await client.get(at(c, `/${theirs}/shares`))).status).toBe(404);
      expect((await client.get(at(c, `/${theirs}`))).body.code).toBe('platform.not-found');
      const matrix = await client.get(`/api/collaborations/${c.id}/shared-costs?from=2026-10-01&to=2026-10-31`);
      expect(matrix.body.schools.map((s: { urn: string }) => s.urn)).toEqual([a]);
      expect(matrix.body).toMatchObject({ chargedPence: 5000, sharedPence: 5000 });
    }
    expect((await c.sister.get(at(c))).body.total).toBe(0);
    expect((await c.auditor.get(at(c))).body.total).toBe(2);
    expect((await c.coordinator.get(at(c, `?schoolUrn=${a}`))).body.total).toBe(1);
    expect(b).toBeDefined();
  });

  it('When somebody may not make charges, then each way is refused and nothing is made', async () => {
    const c = await app.collaboration({ schools: 1 });
    const { id } = (await enter(c)).body;
    const attempts = (client: Client) => [
      client.post(at(c), expense), client.post(at(c, '/instalments'), { through: '2026-11-01' }),
      client.post(at(c, `/${id}/share`)), client.post(at(c, `/${id}/corrections`), { shouldBePence: 0, reason: 'Not mine' }),
    ];
    for (const client of [c.coordinator, c.businessManager, c.head, c.auditor, c.schoolFinanceOfficer]) {
      for (const { status, body } of await Promise.all(attempts(client))) expect({ status, code: body.code }).toEqual({ status: 403, code: 'identity.not-allowed' });
    }
    const stranger = (await app.collaboration({ schools: 1 })).financeOfficer;
    for (const { status } of await Promise.all(attempts(stranger))) expect(status).toBe(404);
    const specialist = await app.person('specialist', { collaborationId: c.id, specialistId: newId() });
    expect((await specialist.get(at(c))).status).toBe(403);
    expect((await app.anonymous().get(at(c))).status).toBe(401);
    expect((await c.financeOfficer.get(at(c))).body).toMatchObject({ total: 1, totalPence: 10_000 });
  });

  it.each(['?from=2026-10-02&to=2026-10-01', '?from=soon', '?page=0', '?size=201', '?kind=gift', '?bookingId=1'])('When the list is asked for with %s, then it is refused', async (query) => {
    const c = await app.collaboration({ schools: 1 });
    expect((await c.financeOfficer.get(at(c, query))).status).toBe(422);
  });
});

describe('shared costs', () => {
  it('When the matrix is read, then rows, columns and totals agree with the charges', async () => {
    const c = await app.collaboration({ schools: 3 });
    const agreement = await agreementOf(app, c, { basis: 'pupils' });
    await enter(c, { agreementId: agreement.id, pence: 9001 });
    await enter(c);
    await enter(c, { agreementId: (await agreementOf(app, c, { basis: 'pupils', censusOn: '2019-01-01' })).id, pence: 777 });
    const { body } = await c.financeOfficer.get(`/api/collaborations/${c.id}/shared-costs?from=2026-10-01&to=2026-10-31`);
    expect(body).toMatchObject({ chargedPence: 19_778, sharedPence: 19_001, unsharedPence: 777, charges: 3, unsharedCharges: 1 });
    const sum = (list: readonly { pence: number }[]) => list.reduce((all, { pence }) => all + pence, 0);
    expect(sum(body.services)).toBe(19_001);
    expect(sum(body.schools)).toBe(19_001);
    for (const school of body.schools) expect(sum(school.services)).toBe(school.pence);
    expect((await c.financeOfficer.get(`/api/collaborations/${c.id}/shared-costs?from=2026-10-01`)).status).toBe(422);
  });

  it('When another rule is tried in the browser, then today’s rule gives what was really charged', async () => {
    const c = await app.collaboration({ schools: 3 });
    const agreement = await agreementOf(app, c, { basis: 'pupils' });
    for (const pence of [10_000, 10_001, 333]) await enter(c, { agreementId: agreement.id, pence });
    await bookingOf(app, c.id, { agreement, startsAt: '2026-10-06T09:00:00Z', endsAt: '2026-10-06T10:00:00Z', state: 'delivered', schools: [{ urn: c.urns[0]!, minutes: 45 }] });
    const { status, body } = await c.businessManager.get(`/api/collaborations/${c.id}/agreements/${agreement.id}/what-if-basis?from=2026-09-01&to=2026-10-31`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ruleNow: { basis: 'weight', measure: 'pupils' }, ruleNowInWords: 'by pupil numbers', pupilsCensusOn: '2025-10-02' });
    expect(body.participants[0]).toMatchObject({ urn: c.urns[0], pupils: '100', pupilPremium: '10', basisPoints: 0 });
    // Under a rule by use each charge goes by what was delivered in its own days.
    expect(body.charges.map(({ use }: { use: unknown[] }) => use)).toEqual(body.charges.map(() => [{ urn: c.urns[0], minutes: 45 }]));
    type Participant = { urn: string; from: string; to: string | null; pupils: string; pupilPremium: string };
    const participants = body.participants.map((p: Participant) => ({ school: p.urn, from: p.from, to: p.to, weights: { pupils: p.pupils, 'pupil-premium': p.pupilPremium } }));
    const charges = body.charges.map((x: { pence: number; serviceFrom: string; serviceTo: string }) => ({ amountPence: x.pence, period: { from: x.serviceFrom, to: x.serviceTo }, participants }));
    const lines = whatIf(charges, body.ruleNow as CostSharingRule, { basis: 'equal' });
    expect(Object.fromEntries(lines.map((l) => [l.school, l.nowPence]))).toEqual(await shareTotals(c));
    expect(lines.reduce((sum, l) => sum + l.differencePence, 0)).toBe(0);
    expect((await c.businessManager.get(`/api/collaborations/${c.id}/agreements/${newId()}/what-if-basis?from=2026-09-01&to=2026-10-31`)).status).toBe(404);
  });
});
