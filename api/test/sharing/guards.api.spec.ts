import { beforeAll, describe, expect, it } from '@jest/globals';
import { systemScope } from '../../src/platform/actor.js';
import { Database } from '../../src/platform/database.js';
import { newId } from '../../src/platform/new-id.js';
import { ChargesService } from '../../src/sharing/charges.service.js';
import { SharesQueries } from '../../src/sharing/shares.queries.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf } from './arrange.js';

let app: TestApp;
let c: TestCollaboration;
let chargeId: string;
let shareIds: string[];

const write = <T>(work: Parameters<Database['write']>[1]) => app.app.get(Database, { strict: false }).write(systemScope([c.id]), work) as Promise<T>;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-11-23T09:00:00Z');
  c = await app.collaboration({ schools: 3 });
  const agreement = await agreementOf(app, c);
  const charges = app.app.get(ChargesService, { strict: false });
  const made = await write<Awaited<ReturnType<ChargesService['makeCharge']>>>((tx) =>
    charges.makeCharge(tx, systemScope([c.id]), { collaborationId: c.id, kind: 'expense', agreementId: agreement.id, description: 'Mileage', pence: 10_000, serviceFrom: '2026-10-01', serviceTo: '2026-10-31' }),
  );
  chargeId = made.chargeId;
  shareIds = made.shares.map(({ shareId }) => shareId);
}, 60_000);

describe('what the database refuses', () => {
  it.each(['charge', 'share', 'share_set', 'charge_problem'])('When a row of %s is changed, deleted or emptied, then it is refused', async (table) => {
    if (table === 'charge_problem') await app.sql(`insert into charge_problem (id, collaboration_id, charge_id, code, facts, tried_at) values ($1, $2, $3, 'x.y', '{}', now())`, [newId(), c.id, chargeId]);
    await expect(app.sql(`update ${table} set collaboration_id = collaboration_id`)).rejects.toMatchObject({ code: 'P0F01' });
    await expect(app.sql(`delete from ${table}`)).rejects.toMatchObject({ code: 'P0F01' });
    await expect(app.sql(`truncate ${table} cascade`)).rejects.toMatchObject({ code: 'P0F01' });
  });

  it('When a share set does not make up its charge, then the transaction is refused at its end', async () => {
    const id = newId();
    const insert = (pence: number) => `
      insert into charge (id, collaboration_id, kind, description, pence, service_from, service_to, belongs_on, charged_on, charged_by)
        values ('${id}', '${c.id}', 'expense', 'Mileage', 100, '2026-10-01', '2026-10-01', '2026-10-01', '2026-10-01', 'Test');
      insert into share_set (charge_id, collaboration_id, basis, shared_at) values ('${id}', '${c.id}', '{}', now());
      insert into share (id, collaboration_id, charge_id, sequence, urn, pence, exact_pence, carried_before, carried_after, explanation)
        values ('${newId()}', '${c.id}', '${id}', 1000, '${c.urns[0]}', ${pence}, '100', '0', '0', '{}');
`;
    await expect(app.sql(insert(99))).rejects.toMatchObject({ code: 'P0F02', constraint: 'shares_sum_to_charge' });
    await app.sql(insert(100));
    await expect(
      app.sql(`insert into share (id, collaboration_id, charge_id, sequence, urn, pence, exact_pence, carried_before, carried_after, explanation) values ($1, $2, $3, 1001, $4, 1, '1', '0', '0', '{}')`, [
        newId(), c.id, id, c.urns[1],
      ]),
    ).rejects.toMatchObject({ constraint: 'shares_sum_to_charge' });
  });

  it('When a share set has no shares at all, then it is refused', async () => {
    const id = newId();
    await expect(
      app.sql(`
          insert into charge (id, collaboration_id, kind, description, pence, service_from, service_to, belongs_on, charged_on, charged_by)
          values ('${id}', '${c.id}', 'expense', 'Mileage', 100, '2026-10-01', '2026-10-01', '2026-10-01', '2026-10-01', 'Test');
        insert into share_set (charge_id, collaboration_id, basis, shared_at) values ('${id}', '${c.id}', '{}', now());
`),
    ).rejects.toMatchObject({ constraint: 'shares_sum_to_charge' });
  });

  it('When a charge has neither shares nor a reason, then it is refused', async () => {
    await expect(
      app.sql(
        `insert into charge (id, collaboration_id, kind, description, pence, service_from, service_to, belongs_on, charged_on, charged_by)
         values ($1, $2, 'expense', 'Mileage', 100, '2026-10-01', '2026-10-01', '2026-10-01', '2026-10-01', 'Test')`,
        [newId(), c.id],
      ),
    ).rejects.toMatchObject({ constraint: 'charge_is_shared_or_says_why' });
  });

  it.each([
    ['nothing', `0, '2026-10-01', '2026-10-02'`, 'charge_within_reason'],
    ['more than a hundred million pounds', `10000000001, '2026-10-01', '2026-10-02'`, 'charge_within_reason'],
    ['a period that ends before it starts', `100, '2026-10-02', '2026-10-01'`, 'charge_period_in_order'],
  ])('When a charge is %s, then it is refused', async (_, values, constraint) => {
    await expect(
      app.sql(`insert into charge (pence, service_from, service_to, id, collaboration_id, kind, description, belongs_on, charged_on, charged_by)
               values (${values}, '${newId()}', '${c.id}', 'expense', 'x', '2026-10-01', '2026-10-01', 'Test')`),
    ).rejects.toMatchObject({ constraint });
  });

  it('When the context is another collaboration’s, then no row is seen and none can be written', async () => {
    const other = await app.collaboration({ schools: 1 });
    const shares = app.app.get(SharesQueries, { strict: false });
    const seen = await app.app.get(Database, { strict: false }).read(systemScope([other.id]), (tx) => shares.uninvoiced(tx, c.id, '2020-01-01', '2030-01-01'));
    expect(seen).toEqual([]);
  });
});

describe('claiming shares', () => {
  it('When a share is claimed twice, then the second document gets none of its shares', async () => {
    const shares = app.app.get(SharesQueries, { strict: false });
    const list = () => write<{ shareId: string; urn: string; pence: number; serviceKind: string; supplierKind: string }[]>((tx) => shares.uninvoiced(tx, c.id, '2026-10-01', '2026-10-31'));
    const before = (await list()).filter(({ shareId }) => shareIds.includes(shareId));
    expect(before).toHaveLength(3);
    expect(before[0]).toMatchObject({ urn: c.urns[0], pence: 3334, serviceKind: 'educational-psychology', supplierKind: 'company' });
    await write((tx) => shares.markInvoiced(tx, c.id, shareIds.slice(0, 1), [newId()]));
    await expect(write((tx) => shares.markInvoiced(tx, c.id, shareIds.slice(0, 2), [newId(), newId()]))).rejects.toMatchObject({ code: 'sharing.already-invoiced' });
    expect((await list()).filter(({ shareId }) => shareIds.includes(shareId)).map(({ shareId }) => shareId)).toEqual(shareIds.slice(1));
    await write((tx) => shares.unmarkInvoiced(tx, c.id, shareIds));
    expect((await list()).filter(({ shareId }) => shareIds.includes(shareId))).toHaveLength(3);
    const totals = await write<{ chargedPence: number; sharedPence: number }>((tx) => shares.totals(tx, c.id, '2026-10-01', '2026-10-31'));
    expect(totals).toMatchObject({ unsharedPence: 0, claimedPence: 0 });
  });
});
