import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/new-id.js';
import { startApp, type Client, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf, type TestAgreement } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-11-23T09:00:00Z');
});

const on = '2026-11-23';
const at = (c: TestCollaboration) => `/api/collaborations/${c.id}`;
const purse = (c: TestCollaboration, urn = c.urns[0]) => `${at(c)}/funding/${urn}`;

interface Budget { id: string; name: string; pence: number; spentPence: number; leftPence: number }
interface Read { budgets: Budget[]; generalPence: number; sharesPence: number; shares: { shareId: string; pence: number; parts: { budgetId: string | null; pence: number }[] }[] }

const budget = (c: TestCollaboration, name: string, pence: number, more: object = {}) =>
  c.businessManager.put(`${purse(c)}/budgets`, { id: null, on, kind: 'pupil-premium', name, conditions: null, pence, ...more });
const rule = (c: TestCollaboration, parts: readonly { name: string; weight: string }[], serviceId: string | null = null) => c.businessManager.put(`${purse(c)}/rules`, { serviceId, on, parts });
const chargeOf = async (c: TestCollaboration, agreement: TestAgreement, pence: number): Promise<string> =>
  (await c.financeOfficer.post(`${at(c)}/charges`, { kind: 'expense', agreementId: agreement.id, description: 'Counselling', pence, serviceFrom: '2026-10-01', serviceTo: '2026-10-31' })).body.id;
const read = async (client: Client, c: TestCollaboration): Promise<Read> => (await client.get(purse(c))).body;
const idOf = (funding: Read, name: string) => funding.budgets.find((one) => one.name === name)?.id as string;

/** Two schools, £100.00 of pupil premium at the first, and a rule that pays all from it. */
async function funded(): Promise<{ c: TestCollaboration; agreement: TestAgreement; premium: string }> {
  const c = await app.collaboration({ schools: 2 });
  const agreement = await agreementOf(app, c);
  const saved = await budget(c, 'Pupil premium', 10_000);
  if (saved.status !== 200) throw new Error(saved.text);
  await rule(c, [{ name: 'Pupil premium', weight: '1' }]);
  return { c, agreement, premium: idOf(saved.body, 'Pupil premium') };
}

describe('paying shares from streams', () => {
  it('When a school has a rule for a service, then its share is divided over the streams as it is made, and the page says what is left', async () => {
    const { c, agreement } = await funded();
    await budget(c, 'Inclusion grant', 5000, { kind: 'grant', conditions: 'Counselling of pupils with plans' });
    await rule(c, [{ name: 'Pupil premium', weight: '2' }, { name: 'Inclusion grant', weight: '1' }], agreement.serviceId);
    await chargeOf(c, agreement, 2002);
    const funding = await read(c.head, c);
    expect(funding).toMatchObject({ sharesPence: 1001, generalPence: 0, year: { label: '2026-27' } });
    expect(funding.budgets.map(({ name, spentPence, leftPence }) => [name, spentPence, leftPence])).toEqual([['Pupil premium', 667, 9333], ['Inclusion grant', 334, 4666]]);
  });

  it('When restricted money runs dry, then the rest is general money, and it never goes below nothing', async () => {
    const { c, agreement } = await funded();
    await chargeOf(c, agreement, 24_000);
    expect(await read(c.businessManager, c)).toMatchObject({ sharesPence: 12_000, generalPence: 2000, budgets: [{ spentPence: 10_000, leftPence: 0 }] });
    await chargeOf(c, agreement, 200);
    expect(await read(c.businessManager, c)).toMatchObject({ generalPence: 2100, budgets: [{ leftPence: 0 }] });
  });

  it('When a charge is taken back, then the money goes back where it came from', async () => {
    const { c, agreement } = await funded();
    const chargeId = await chargeOf(c, agreement, 24_000);
    await c.financeOfficer.post(`${at(c)}/charges/${chargeId}/corrections`, { shouldBePence: 12_000, reason: 'Half of it', divide: 'as-charged' });
    expect(await read(c.businessManager, c)).toMatchObject({ sharesPence: 6000, generalPence: 1000, budgets: [{ spentPence: 5000 }] });
    await c.financeOfficer.post(`${at(c)}/charges/${chargeId}/corrections`, { shouldBePence: 0, reason: 'All of it', divide: 'as-charged' });
    expect(await read(c.businessManager, c)).toMatchObject({ sharesPence: 0, generalPence: 0, budgets: [{ spentPence: 0, leftPence: 10_000 }] });
  });

  it('When the school has taken its rule away before a charge is taken back, then the money still goes back where it came from', async () => {
    const { c, agreement } = await funded();
    const chargeId = await chargeOf(c, agreement, 12_000);
    expect((await rule(c, [])).status).toBe(200);
    await c.financeOfficer.post(`${at(c)}/charges/${chargeId}/corrections`, { shouldBePence: 4000, reason: 'Fewer hours', divide: 'as-charged' });
    expect(await read(c.businessManager, c)).toMatchObject({ sharesPence: 2000, generalPence: 0, budgets: [{ spentPence: 2000, leftPence: 8000 }] });
  });

  it('When a share is paid from other streams, then the parts are the share, and once it is invoiced a reason is needed', async () => {
    const { c, agreement, premium } = await funded();
    await chargeOf(c, agreement, 2000);
    const [share] = (await read(c.businessManager, c)).shares;
    const pay = (parts: object[], reason = '') => c.businessManager.put(`${purse(c)}/shares/${share?.shareId}`, { parts, reason });
    expect((await pay([{ budgetId: premium, pence: 999 }])).body.code).toBe('sharing.funding-is-not-the-share');
    expect((await pay([{ budgetId: premium, pence: 1100 }, { budgetId: null, pence: -100 }])).body.code).toBe('sharing.funding-is-not-the-share');
    expect((await pay([{ budgetId: newId(), pence: 1000 }])).status).toBe(404);
    expect((await pay([{ budgetId: premium, pence: 400 }, { budgetId: null, pence: 600 }])).body).toMatchObject({ generalPence: 600, budgets: [{ spentPence: 400 }] });
    await app.sql('insert into share_invoiced (share_id, collaboration_id, document_line_id) values ($1, $2, $3)', [share?.shareId, c.id, newId()]);
    expect((await pay([{ budgetId: null, pence: 1000 }])).body.code).toBe('sharing.funding-reason-needed');
    expect((await pay([{ budgetId: null, pence: 1000 }], 'Journal 12: not for premium pupils')).body).toMatchObject({ generalPence: 1000, budgets: [{ spentPence: 0 }] });
    expect((await app.sql<{ n: number }>('select count(*)::int as n from share_funding where share_id = $1', [share?.shareId]))[0]?.n).toBe(5);
  });

  it('When two budgets have one name, or one would be less than is spent, then it is refused in a sentence', async () => {
    const { c, agreement, premium } = await funded();
    await chargeOf(c, agreement, 2000);
    expect((await budget(c, 'Pupil premium', 1)).body.code).toBe('sharing.budget-name-taken');
    expect((await budget(c, 'Pupil premium', 999, { id: premium })).body.code).toBe('sharing.budget-below-spent');
    expect((await budget(c, 'Pupil premium', 1000, { id: premium })).body.budgets[0].leftPence).toBe(0);
    expect((await budget(c, 'A grant', 1, { kind: 'grant' })).status).toBe(422);
  });
});

describe('whose money it is', () => {
  it('When a sister school asks, then it finds nothing; the auditor reads and nobody else writes', async () => {
    const { c } = await funded();
    expect((await c.sister.get(purse(c))).status).toBe(404);
    expect((await c.sister.put(`${purse(c)}/budgets`, { id: null, on, kind: 'general', name: 'Mine', conditions: null, pence: 1 })).status).toBe(404);
    expect((await c.coordinator.get(purse(c))).status).toBe(403);
    expect((await c.auditor.get(purse(c))).status).toBe(200);
    expect((await c.auditor.put(`${purse(c)}/rules`, { serviceId: null, on, parts: [] })).status).toBe(403);
    expect((await c.head.put(`${purse(c)}/rules`, { serviceId: null, on, parts: [] })).status).toBe(403);
    expect((await c.businessManager.get(purse(c, '100000'))).status).toBe(404);
  });

  it('When a line would pay another school’s share, break a share, or take restricted money below nothing, then the database refuses', async () => {
    const { c, agreement, premium } = await funded();
    await chargeOf(c, agreement, 2000);
    const shares = await app.sql<{ id: string; urn: string }>('select id, urn from share where collaboration_id = $1', [c.id]);
    const [own, other] = [shares.find(({ urn }) => urn === c.urns[0]), shares.find(({ urn }) => urn === c.urns[1])];
    const line = (shareId: string | undefined, urn: string | undefined, pence: number) =>
      `insert into share_funding (id, collaboration_id, share_id, urn, budget_id, pence, made_at, made_by) values ('${newId()}', '${c.id}', '${shareId}', '${urn}', '${premium}', ${pence}, now(), 'Test');`;
    await expect(app.sql(line(other?.id, c.urns[1], 1000))).rejects.toMatchObject({ constraint: 'share_funding_own_budget_fk' });
    await expect(app.sql(line(other?.id, c.urns[0], 1000))).rejects.toMatchObject({ constraint: 'share_funding_own_share_fk' });
    await expect(app.sql(line(own?.id, c.urns[0], 1))).rejects.toMatchObject({ constraint: 'funding_makes_up_share' });
    await expect(app.sql(`alter table share_funding disable trigger makes_up_share; ${line(own?.id, c.urns[0], 9001)}`)).rejects.toMatchObject({ constraint: 'funding_stays_above_nothing' });
    await expect(app.sql('update funding_budget set pence = 999 where id = $1', [premium])).rejects.toMatchObject({ constraint: 'funding_stays_above_nothing' });
    await expect(app.sql('delete from share_funding')).rejects.toThrow('never changed');
  });

  it('When twelve shares reach for the last pounds of a grant at once, then as many are paid as there is money, and not one more', async () => {
    const { c, agreement } = await funded();
    await rule(c, []);
    const saved = await budget(c, 'Last pounds', 5000, { kind: 'grant', conditions: 'Only this' });
    const grant = idOf(saved.body, 'Last pounds');
    for (let i = 0; i < 12; i++) await chargeOf(c, agreement, 2000);
    const { shares } = await read(c.businessManager, c);
    const answers = await Promise.all(shares.map(({ shareId }) => c.businessManager.put(`${purse(c)}/shares/${shareId}`, { parts: [{ budgetId: grant, pence: 1000 }] })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(answers.filter(({ status, body }) => status === 409 && body.code === 'sharing.funding-too-small')).toHaveLength(7);
    expect((await read(c.businessManager, c)).budgets.find(({ name }) => name === 'Last pounds')).toMatchObject({ spentPence: 5000, leftPence: 0 });
  });
});
