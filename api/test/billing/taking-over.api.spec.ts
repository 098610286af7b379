import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf } from '../sharing/arrange.js';
import { runOf, saveIssuer } from './charging.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-10-05T22:30:00Z');
});

const at = (c: TestCollaboration) => `/api/collaborations/${c.id}`;
const take = (c: TestCollaboration, body: object = {}, dryRun = false) => c.financeOfficer.post(`${at(c)}/money-successions${dryRun ? '?dryRun=true' : ''}`, { fromUrn: c.urns[1], on: '2026-10-01', ...body });
const charge = async (c: TestCollaboration, agreementId: string | null, pence: number, day = '2026-09-15', more: object = {}): Promise<string> =>
  (await c.financeOfficer.post(`${at(c)}/charges`, { kind: 'expense', ...(agreementId ? { agreementId } : {}), description: `Counselling ${day}`, pence, serviceFrom: day, serviceTo: day, ...more })).body.id;
const balances = async (c: TestCollaboration): Promise<Record<string, number>> =>
  Object.fromEntries((await c.auditor.get(`${at(c)}/ledger/balances`)).body.items.map((b: { account: string; schoolUrn: string | null; pence: number }) => [b.schoolUrn ? `${b.account} ${c.urns.indexOf(b.schoolUrn)}` : b.account, b.pence]));

/** Three schools; the second became the fourth on 1 October, and the first leads and holds the money. */
async function converted(): Promise<{ c: TestCollaboration; agreementId: string }> {
  const c = await app.collaboration({ schools: 4 });
  await saveIssuer(c, null, 30);
  const [first, old, third, next] = c.urns as [string, string, string, string];
  const agreement = await agreementOf(app, c, { subscriptions: [{ urn: first }, { urn: old, until: '2026-09-30' }, { urn: third }, { urn: next, from: '2026-10-01' }] });
  await app.sql('update school set successor_urn = $2 where urn = $1', [old, next]);
  return { c, agreementId: agreement.id };
}

async function issueAll(c: TestCollaboration): Promise<void> {
  const run = await runOf(c);
  await c.financeOfficer.post(`${at(c)}/invoice-runs/${run.id}/issue`);
}

describe('a school that became an academy', () => {
  it('When its money is taken over, then the preview is what happens, the old accounts are nothing, nobody else moves, and again moves nothing', async () => {
    const { c, agreementId } = await converted();
    const next = c.urns[3] as string;
    await charge(c, agreementId, 10_000, '2026-09-14');
    await issueAll(c);
    const [invoice] = (await c.financeOfficer.get(`${at(c)}/invoices?schoolUrn=${c.urns[1]}`)).body.items;
    await c.financeOfficer.post(`${at(c)}/invoices/${invoice.id}/payments`, { pence: 4000, paidOn: '2026-10-01' });
    await charge(c, agreementId, 20_000, '2026-09-15');
    const before = await balances(c);
    expect([before['shares-to-invoice 1'], before['credit-held 1']]).toEqual([6667, -667]);

    const preview = await take(c, {}, true);
    expect(preview).toMatchObject({ status: 200, body: { movedPence: 6000, leftPence: 0, toUrn: next } });
    expect(preview.body.items.map((one: { kind: string; pence: number | null }) => [one.kind, one.pence])).toEqual([['shares', 6667], ['credit', -667]]);
    expect(await balances(c)).toEqual(before);
    expect((await take(c)).body).toEqual(preview.body);
    const after = await balances(c);
    expect(after).toEqual({ ...without(before, 'shares-to-invoice 1', 'credit-held 1'), 'shares-to-invoice 3': 6667, 'credit-held 3': -667 });

    expect((await take(c)).body).toMatchObject({ items: [], movedPence: 0, leftPence: 0 });
    await charge(c, agreementId, 300, '2026-09-16');
    expect((await take(c)).body).toMatchObject({ items: [{ kind: 'shares', pence: 100 }], movedPence: 100 });
    await issueAll(c);
    const [own] = (await c.financeOfficer.get(`${at(c)}/invoices?schoolUrn=${next}`)).body.items;
    expect(own.grossPence).toBe(6767);
    expect((await c.financeOfficer.post(`${at(c)}/invoices/${own.id}/use-credit`)).body).toEqual({ usedPence: 667 });
    expect((await c.financeOfficer.get(`${at(c)}/reconciliation?from=2026-09-01&to=2026-09-30`)).body.unexplained).toBe(0);
    expect((await c.financeOfficer.get(`${at(c)}/money-successions`)).body.items).toMatchObject([{ fromUrn: c.urns[1], toUrn: next, standsPence: 0, takenOn: '2026-10-01' }]);
    expect(await app.sql('select * from invariant_broken where collaboration_id = $1', [c.id])).toEqual([]);
  });

  it('When it takes over debts too, then the old invoice is credited with its VAT and the new school is charged the same net; what is disputed stays', async () => {
    const { c } = await converted();
    const [, old, , next] = c.urns as [string, string, string, string];
    await saveIssuer(c, 'GB123456789');
    await app.sql(`update school set la_code = '330' where urn = $1`, [old]);
    await charge(c, null, 10_000, '2026-09-14');
    await issueAll(c);
    await charge(c, null, 6000, '2026-09-15');
    await issueAll(c);
    const oldOffice = await app.person('finance-officer', { collaborationId: c.id, schoolUrn: old });
    const [second, first] = (await c.financeOfficer.get(`${at(c)}/invoices?schoolUrn=${old}`)).body.items;
    expect([first.netPence, first.vatPence, second.grossPence]).toEqual([2500, 500, 1800]);
    await oldOffice.post(`${at(c)}/disputes`, { shareId: (await oldOffice.get(`${at(c)}/invoices/${second.id}`)).body.lines[0].shareId, reason: 'Not given' });
    expect((await take(c, {}, true)).body.items).toMatchObject([{ kind: 'debts', stays: 'It stays the old school’s debt, as you chose.' }, { kind: 'debts', stays: expect.stringContaining('disputed') }]);

    const before = await balances(c);
    const { body: taken } = await take(c, { debts: true });
    expect(taken.items).toMatchObject([{ kind: 'debts', pence: first.grossPence, stays: null }, { kind: 'debts', pence: second.grossPence, stays: expect.stringContaining('disputed') }]);
    const after = await balances(c);
    expect(after).toEqual({ ...before, 'receivable 1': second.grossPence, 'shares-to-invoice 3': first.netPence, 'vat-due': (before['vat-due'] as number) + 500 });
    expect((await c.financeOfficer.get(`${at(c)}/invoices/${first.id}`)).body).toMatchObject({ standing: 'credited', outstandingPence: 0 });
    await issueAll(c);
    expect((await c.financeOfficer.get(`${at(c)}/invoices?schoolUrn=${next}`)).body.items[0]).toMatchObject({ netPence: 2500, vatPence: 0 });
    expect(await app.sql('select * from invariant_broken where collaboration_id = $1', [c.id])).toEqual([]);
  });

  it('When it had grants, hours and a fraction of a penny, then those follow too: the grant by what is left of it', async () => {
    const { c, agreementId } = await converted();
    const [first, old, , next] = c.urns as [string, string, string, string];
    const purse = `${at(c)}/funding/${old}`;
    await c.financeOfficer.put(`${purse}/budgets`, { id: null, on: '2026-09-15', kind: 'pupil-premium', name: 'Pupil premium', conditions: null, pence: 5000 });
    await c.financeOfficer.put(`${purse}/rules`, { serviceId: null, on: '2026-09-15', parts: [{ name: 'Pupil premium', weight: '1' }] });
    await charge(c, agreementId, 6000, '2026-09-14');
    await issueAll(c);
    await charge(c, agreementId, 1000, '2026-09-15');
    await app.sql(`insert into hours_given values (gen_random_uuid(), $1, $2, $3, 90, '2026-09-10', 'Cover', 'Test', now())`, [c.id, old, first]);
    const [carry] = await app.sql<{ carried: string }>('select carried_after as carried from share where collaboration_id = $1 and urn = $2 order by sequence desc limit 1', [c.id, old]);
    expect(carry?.carried).toBe('1/3');

    const { body } = await take(c);
    expect(body.items.map((one: { kind: string; pence: number | null }) => [one.kind, one.pence])).toEqual([['carries', null], ['shares', 333], ['streams', 3000], ['hours', null], ['debts', 2000]]);
    expect((await c.financeOfficer.get(purse)).body.budgets).toMatchObject([{ pence: 2000, spentPence: 2000, leftPence: 0 }]);
    expect((await c.financeOfficer.get(`${at(c)}/funding/${next}`)).body).toMatchObject({ sharesPence: 333, generalPence: 0, budgets: [{ pence: 3000, spentPence: 333 }], rules: [{ parts: [{ name: 'Pupil premium' }] }] });
    expect(await app.sql('select carried_pence as c from opening_carry where collaboration_id = $1 and urn = $2', [c.id, next])).toEqual([{ c: '1/3' }]);
    const hours = (await c.financeOfficer.get(`${at(c)}/hours-given`)).body.balances;
    expect(hours.find(({ urn }: { urn: string }) => urn === next)).toMatchObject({ balanceMinutes: 90 });
    expect(hours.find(({ urn }: { urn: string }) => urn === old)?.balanceMinutes ?? 0).toBe(0);
    expect(await app.sql('select * from invariant_broken where collaboration_id = $1', [c.id])).toEqual([]);
  });

  it('When the register names no successor, or it is no member, or somebody else asks, then it is refused', async () => {
    const { c } = await converted();
    expect((await take(c, { fromUrn: c.urns[2] })).body.code).toBe('billing.no-successor');
    expect((await take(c, { fromUrn: '100000' })).status).toBe(404);
    await app.sql('delete from membership where collaboration_id = $1 and urn = $2', [c.id, c.urns[3]]);
    expect((await take(c)).body.code).toBe('billing.successor-is-no-member');
    for (const client of [c.coordinator, c.schoolFinanceOfficer, c.auditor]) expect((await client.post(`${at(c)}/money-successions`, { fromUrn: c.urns[1], on: '2026-10-01' })).status).toBe(403);
    await expect(app.sql(`insert into money_succession values ($1, $2, $2, '2026-10-01', 'Test', now())`, [c.id, c.urns[1]])).rejects.toThrow('money_succession_to_another');
  });
});

function without(all: Record<string, number>, ...names: string[]): Record<string, number> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
}
