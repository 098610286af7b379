import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/new-id.js';
import { invariantSentences } from '../../src/insight/invariants.queries.js';
import { startApp, type TestApp } from '../harness.js';
import { agreementOf, bookingOf } from '../sharing/arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-11-23T09:00:00Z');
}, 60_000);

const guarded = ['share', 'ledger_posting'];

/** Changes a share and a posting as only somebody with the owner's rights could. */
async function addPence(pence: number, collaborationId: string, chargeId: string): Promise<void> {
  for (const table of guarded) await app.sql(`alter table ${table} disable trigger never_changed`);
  await app.sql('update share set pence = pence + $1 where charge_id = $2 and urn = (select min(urn) from share where charge_id = $2)', [pence, chargeId]);
  await app.sql(`update ledger_posting set pence = pence + $1 where collaboration_id = $2 and account = 'pool'`, [pence, collaborationId]);
  for (const table of guarded) await app.sql(`alter table ${table} enable trigger never_changed`);
}

describe('what must always be true', () => {
  it('When everything is in order, then every view is empty, and each has its sentence', async () => {
    const c = await app.collaboration({ schools: 2 });
    await c.financeOfficer.post(`/api/collaborations/${c.id}/charges`, { kind: 'expense', description: 'Mileage', pence: 1001, serviceFrom: '2026-10-01', serviceTo: '2026-10-31' });
    expect(await app.sql('select * from invariant_broken')).toEqual([]);
    const views = await app.sql<{ name: string }>(`select substr(table_name, 11) as name from information_schema.views where table_name like 'invariant\\_%' and table_name <> 'invariant_broken' order by 1`);
    expect(views.map((v) => v.name)).toEqual(Object.keys(invariantSentences).sort());
    expect((await c.coordinator.get('/api/invariants')).body).toMatchObject({ broken: 0 });
  });

  it('When something is broken behind the program’s back, then each view finds it, and only who may see it does', async () => {
    const [c, other] = [await app.collaboration({ schools: 2 }), await app.collaboration({ schools: 2 })];
    const agreement = await agreementOf(app, c);
    const schools = [{ urn: c.urns[0]! }];
    const behind = { specialistId: agreement.specialistId, takesTime: false };
    // Two sessions at once, neither of which takes time.
    const first = await bookingOf(app, c.id, { agreement, startsAt: '2027-01-12T10:00:00Z', endsAt: '2027-01-12T11:00:00Z', schools, ...behind });
    const second = await bookingOf(app, c.id, { agreement, startsAt: '2027-01-12T10:30:00Z', endsAt: '2027-01-12T11:30:00Z', schools, ...behind });
    const { body: charge } = await c.financeOfficer.post(`/api/collaborations/${c.id}/charges`, { kind: 'expense', description: 'Mileage', pence: 1001, serviceFrom: '2026-10-01', serviceTo: '2026-10-31' });
    await addPence(1, c.id, charge.id);
    await app.sql(
      `insert into entitlement_entry (id, collaboration_id, agreement_id, school_urn, period_from, period_to, kind, milliunits, happened_on, recorded_by, recorded_at)
       values ($1, $2, $3, $4, '2026-09-01', '2027-08-31', 'taken', -1, '2026-10-01', 'Test', now())`,
      [newId(), c.id, agreement.id, c.urns[0]],
    );
    await app.sql('alter table payment disable trigger school_money_within');
    await app.sql(`insert into payment (id, collaboration_id, urn, pence, paid_on, reference, recorded_by, recorded_at) values ($1, $2, $3, -5, '2026-10-01', 'Behind', 'Test', now())`, [newId(), c.id, c.urns[0]]);
    const { body } = await c.coordinator.get('/api/invariants');
    const broken = Object.fromEntries(body.items.filter((i: { broken: number }) => i.broken > 0).map((i: { name: string; broken: number }) => [i.name, i.broken]));
    expect(broken).toEqual({
      live_bookings_never_overlap: 1, live_bookings_take_time: 2, entitlement_never_below_nothing: 1, shares_make_up_their_charge: 1, sums_within: 1, balances_are_the_records: 4, postings_sum_to_zero: 1, ledger_chain_is_whole: 1,
    });
    const overlap = body.items.find((i: { name: string }) => i.name === 'live_bookings_never_overlap');
    expect([first, second]).toContain(overlap.examples[0].subject);
    expect((await other.coordinator.get('/api/invariants')).body.broken).toBe(0);
    expect((await (await app.person('administrator')).get('/api/invariants')).body.broken).toBe(12);
    expect((await c.head.get('/api/invariants')).status).toBe(403);
    expect((await app.anonymous().get('/api/invariants')).status).toBe(401);
    // Put right again: whoever looks after this file finds everything in order.
    await addPence(-1, c.id, charge.id);
    await app.sql('alter table payment disable trigger user');
    await app.sql('delete from payment where collaboration_id = $1', [c.id]);
    await app.sql('alter table payment enable trigger user');
    await app.sql('delete from booking_school where collaboration_id = $1', [c.id]);
    await app.sql('delete from booking where collaboration_id = $1', [c.id]);
    await app.sql(`insert into subscription (id, collaboration_id, agreement_id, urn, from_on, until_on, entitlement_milliunits) values ($1, $2, $3, $4, '2027-09-01', null, 1)`, [newId(), c.id, agreement.id, c.urns[0]]);
    expect(await app.sql('select * from invariant_broken')).toEqual([]);
  });
});
