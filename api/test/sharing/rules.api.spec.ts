import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/new-id.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf, penceOf } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
}, 60_000);

beforeEach(() => app.clock.set('2026-11-23T09:00:00Z'));

const agreed = { effectiveOn: '2026-10-01', agreedOn: '2026-09-20', agreedBy: ['Helen Marsh, Brookhurst', 'Tom Reed, Telford'] };
const rule = (c: TestCollaboration, agreementId: string, body: object) => c.coordinator.post(`/api/collaborations/${c.id}/agreements/${agreementId}/rules`, { ...agreed, ...body });
const expense = (c: TestCollaboration, agreementId: string, pence: number, serviceFrom: string, serviceTo: string) =>
  c.financeOfficer.post(`/api/collaborations/${c.id}/charges`, { kind: 'expense', agreementId, description: 'Sessions', pence, serviceFrom, serviceTo });
const sharesOf = async (c: TestCollaboration, chargeId: string) => (await c.financeOfficer.get(`/api/collaborations/${c.id}/charges/${chargeId}/shares`)).body;

describe('a rule between groups', () => {
  it('When two pyramids agree 60/40, then each divides its part as it likes, and the explanation names the group', async () => {
    const c = await app.collaboration({ schools: 4 });
    const [a, b, d, e] = c.urns as [string, string, string, string];
    const agreement = await agreementOf(app, c);
    const groups = [{ name: 'North', basisPoints: 6000, urns: [a, b], basis: 'equal' }, { name: 'South', basisPoints: 4000, urns: [d, e], basis: 'pupils' }];
    const { status, body } = await rule(c, agreement.id, { basis: 'groups', groups });
    expect([status, body.groups, body.agreedBy]).toEqual([201, groups, agreed.agreedBy]);
    const { body: charge } = await expense(c, agreement.id, 100_000, '2026-10-05', '2026-10-05');
    const shares = await sharesOf(c, charge.id);
    // 200 and 250 pupils.
    expect(penceOf(shares.items)).toEqual({ [a]: 30_000, [b]: 30_000, [d]: 17_778, [e]: 22_222 });
    expect(shares.rule).toBe('60 % North (equally) and 40 % South (by pupil numbers)');
    expect(shares.items[3].explanation.division.slices).toMatchObject([{ group: 'South', weight: '250', ofWeight: '450' }]);
    // Used once, it is frozen: here and in the database.
    expect((await c.coordinator.put(`/api/collaborations/${c.id}/agreements/${agreement.id}/rules/${body.id}`, { ...agreed, basis: 'equal' })).body.code).toBe('procurement.rule-frozen');
    await expect(app.sql(`update agreement_rule set groups = null, basis = 'equal' where id = $1`, [body.id])).rejects.toThrow(/is frozen/);
  });

  it('When a group leaves a school out or does not add up, then it is refused, by the database too', async () => {
    const c = await app.collaboration({ schools: 3 });
    const [a, b, d] = c.urns as [string, string, string];
    const agreement = await agreementOf(app, c);
    const wanted = (of: number, ...last: string[]) => rule(c, agreement.id, { basis: 'groups', groups: [{ name: 'North', basisPoints: 6000, urns: [a, b], basis: 'equal' }, { name: 'South', basisPoints: of, urns: last, basis: 'equal' }] });
    expect((await wanted(3999, d)).body.code).toBe('procurement.rule-does-not-add-up');
    expect((await wanted(4000, a)).body.code).toBe('procurement.rule-same-school-twice');
    expect((await wanted(4000)).status).toBe(422);
    await expect(
      app.sql(
        `insert into agreement_rule (id, collaboration_id, agreement_id, effective_on, basis, groups, agreed_on, agreed_by) values ($1, $2, $3, '2026-12-01', 'groups', '[{"basisPoints": 9999}]', '2026-11-01', '{x}')`,
        [newId(), c.id, agreement.id],
      ),
    ).rejects.toThrow(/agreement_rule_groups_add_up/);
  });
});

describe('a school that leaves', () => {
  it.each([
    // £300.00 over 30 days between two; on 20 of them the leaver takes part, or on all of them to the end of term.
    ['to-date', { left: 10_000, other: 20_000 }],
    ['end-of-term', { left: 15_000, other: 15_000 }],
  ] as const)('When the rule says %s, then it pays so, and what-if moves by the same days', async (leavers, expected) => {
    const c = await app.collaboration({ schools: 2 });
    const [a, b] = c.urns as [string, string];
    const agreement = await agreementOf(app, c, { subscriptions: [{ urn: a }, { urn: b, until: '2026-11-20' }] });
    await app.sql(`insert into calendar_entry (id, collaboration_id, level, kind, name, from_on, to_on) values ($1, $2, 'nation', 'term', 'Autumn', '2026-09-02', '2026-12-18')`, [newId(), c.id]);
    await rule(c, agreement.id, { basis: 'equal', leavers });
    const { body } = await expense(c, agreement.id, 30_000, '2026-11-01', '2026-11-30');
    expect(penceOf((await sharesOf(c, body.id)).items)).toEqual({ [a]: expected.other, [b]: expected.left });
    const { participants } = (await c.head.get(`/api/collaborations/${c.id}/agreements/${agreement.id}/what-if-basis?from=2026-09-01&to=2026-11-23`)).body;
    expect(participants.find(({ urn }: { urn: string }) => urn === b).to).toBe(leavers === 'to-date' ? '2026-11-20' : '2026-12-18');
  });
});
