import { beforeAll, describe, expect, it } from '@jest/globals';
import { ProcurementQueries } from '../../src/procurement/procurement.queries.js';
import { systemScope } from '../../src/platform/actor.js';
import { Database } from '../../src/platform/database.js';
import { newId } from '../../src/platform/new-id.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';

let app: TestApp;
const at = (of: TestCollaboration, path: string) => `/api/collaborations/${of.id}${path}`;

interface Arranged {
  readonly here: TestCollaboration;
  readonly serviceId: string;
  readonly supplierId: string;
  readonly specialistId: string;
  readonly body: Record<string, unknown>;
}

/** A collaboration with one service, one supplier, one specialist, and an agreement ready to be sent. */
async function arrange(): Promise<Arranged> {
  const here = await app.collaboration({ schools: 3 });
  const service = await here.coordinator.post(at(here, '/services'), { name: 'Educational psychology', kind: 'educational-psychology' });
  const supplier = await here.coordinator.post(at(here, '/suppliers'), { name: 'North Psychology', kind: 'company' });
  const specialist = await here.coordinator.post(at(here, '/specialists'), { name: 'Dr Anita Patel', supplierId: supplier.body.id, from: '2026-09-01' });
  const [serviceId, supplierId, specialistId] = [service.body.id, supplier.body.id, specialist.body.id] as [string, string, string];
  const rule = { effectiveOn: '2026-09-01', basis: 'pupils', censusOn: '2026-01-15', agreedOn: '2026-06-10', agreedBy: ['Helen Marsh, Brookhurst'] };
  const body = {
    name: 'Educational psychology 2026/27', serviceId, supplierId, startsOn: '2026-09-01', endsOn: '2027-08-31', priceBasis: 'day', pricePence: 52_000,
    specialistIds: [specialistId], rule, subscriptions: here.urns.slice(0, 2).map((urn) => ({ urn, from: '2026-09-01', entitlementMilliunits: 9500 })),
  };
  return { here, serviceId, supplierId, specialistId, body };
}

const make = async (arranged: Arranged, change: Record<string, unknown> = {}) => arranged.here.coordinator.post(at(arranged.here, '/agreements'), { ...arranged.body, ...change });

/** For what is refused: it leaves nothing behind, so that one collaboration serves all of it. */
let untouched: Arranged;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-11-23T09:00:00Z');
  untouched = await arrange();
}, 60_000);

const nothingKept = async () => expect((await untouched.here.coordinator.get(at(untouched.here, '/agreements'))).body.total).toBe(0);

describe('an agreement', () => {
  it('When it is made, then its price, rule and subscriptions are made with it, and what is left out takes the usual value', async () => {
    const arranged = await arrange();
    const { status, body } = await make(arranged);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      pricePence: 52_000, prices: [{ from: '2026-09-01', pence: 52_000 }], unit: 'day', triggerOn: '2027-04-06', noticeBy: '2027-06-01', state: 'running',
      minimumNotice: { days: 2 }, objectionDays: 5, instalments: [], specialistIds: [arranged.specialistId],
      subscriptions: [{ urn: arranged.here.urns[0], from: '2026-09-01', until: null, entitlementMilliunits: 9500, unit: 'day' }, { urn: arranged.here.urns[1] }],
      rules: [{ basis: 'pupils', censusOn: '2026-01-15', agreedBy: ['Helen Marsh, Brookhurst'], frozen: false }],
    });
    const { body: list } = await arranged.here.businessManager.get(at(arranged.here, '/agreements'));
    expect(list).toMatchObject({ total: 1, page: 1, size: 50, items: [{ id: body.id, name: 'Educational psychology 2026/27' }] });
    const { body: again } = await arranged.here.sister.get(at(arranged.here, `/agreements/${body.id}`));
    expect(again).toEqual(body);
  });

  it('When one part of it is wrong, then nothing of it is kept', async () => {
    const arranged = await arrange();
    const { here } = arranged;
    const { status, body } = await make(arranged, { subscriptions: [{ urn: here.urns[0], from: '2026-09-01' }, { urn: here.urns[0], from: '2026-10-01' }] });
    expect([status, body.code]).toEqual([409, 'procurement.already-subscribed']);
    expect((await here.coordinator.get(at(here, '/agreements'))).body.total).toBe(0);
  });

  it('When the same request is sent twice with one key, then there is one agreement', async () => {
    const arranged = await arrange();
    const key = { 'idempotency-key': newId() };
    const path = at(arranged.here, '/agreements');
    const first = await arranged.here.coordinator.post(path, arranged.body, key);
    const second = await arranged.here.coordinator.post(path, arranged.body, key);
    expect(second.body.id).toBe(first.body.id);
    expect((await arranged.here.coordinator.get(path)).body.total).toBe(1);
  });

  it.each<[string, Record<string, unknown>, number, string]>([
    ['an end before the start', { endsOn: '2026-08-31' }, 422, 'endsOn'],
    ['a term of eleven years', { endsOn: '2037-08-31' }, 422, 'endsOn'],
    ['a negative price', { pricePence: -1 }, 422, 'pricePence'],
    ['a price of nothing', { pricePence: 0 }, 422, 'pricePence'],
    ['a price in fractions', { pricePence: 10.5 }, 422, 'pricePence'],
    ['a huge price', { pricePence: 1e15 }, 422, 'pricePence'],
    ['a date that is none', { startsOn: '2026-02-30' }, 422, 'startsOn'],
    ['an unknown price basis', { priceBasis: 'minute' }, 422, 'priceBasis'],
    ['notice of a century', { noticeDays: 36_500 }, 422, 'noticeDays'],
    ['notice in both days and hours', { minimumNotice: { days: 1, hours: 2 } }, 422, 'minimumNotice'],
    ['a session of no length', { lengthsMinutes: [0] }, 422, 'lengthsMinutes.0'],
    ['something unknown', { discount: 10 }, 422, ''],
    ['more entitlement than there is', { subscriptions: [{ urn: '900001', from: '2026-09-01', entitlementMilliunits: 1e12 }] }, 422, 'subscriptions.0.entitlementMilliunits'],
  ])('When it is sent with %s, then %#: the field is named and nothing is kept', async (_, change, status, path) => {
    const answer = await make(untouched, change);
    expect([answer.status, answer.body.code]).toEqual([status, 'platform.not-valid']);
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path);
    await nothingKept();
  });

  it.each<[string, Record<string, unknown>, number, string]>([
    ['no price', { pricePence: null }, 422, 'procurement.price-missing'],
    ['a retainer without its sum', { priceBasis: 'retainer', pricePence: null }, 422, 'procurement.retainer-missing'],
    ['a retainer without a plan', { retainerPence: 100 }, 422, 'procurement.retainer-missing'],
    ['monthly instalments over eighteen months', { endsOn: '2028-02-29', retainerPence: 900_000, instalmentPlan: 'monthly-12' }, 422, 'sharing.term-not-a-year'],
    ['half days that overlap', { morning: { startMinute: 540, endMinute: 800 } }, 422, 'procurement.half-days-overlap'],
    ['cancellation bands out of order', { cancellationBands: [{ atLeastWorkingDays: 0, chargeBasisPoints: 0 }, { atLeastWorkingDays: 5, chargeBasisPoints: 10 }] }, 422, 'procurement.bands-not-in-order'],
    ['an unknown service', { serviceId: newId() }, 422, 'procurement.no-such-service'],
    ['an unknown supplier', { supplierId: newId() }, 422, 'procurement.no-such-supplier'],
    ['a specialist without engagement', { specialistIds: [newId()] }, 422, 'procurement.not-engaged'],
    ['a stranger as subscriber', { subscriptions: [{ urn: '100000', from: '2026-09-01' }] }, 422, 'procurement.not-a-member'],
    ['a subscription outside the term', { subscriptions: [{ urn: '900001', from: '2026-08-31' }] }, 422, 'procurement.outside-term'],
  ])('When it is sent with %s, then the house refuses', async (_, change, status, code) => {
    const answer = await make(untouched, change);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    await nothingKept();
  });

  it('When it names what belongs to others, then that is unknown here', async () => {
    const [ours, theirs] = [await arrange(), await arrange()];
    expect((await make(ours, { serviceId: theirs.serviceId })).body.code).toBe('procurement.no-such-service');
    expect((await make(ours, { supplierId: theirs.supplierId })).body.code).toBe('procurement.no-such-supplier');
    expect((await make(ours, { specialistIds: [theirs.specialistId] })).body.code).toBe('procurement.not-engaged');
    const { body } = await make(ours);
    for (const path of ['', '/rules', '/subscriptions', '/instalments']) {
      expect((await theirs.here.coordinator.get(at(theirs.here, `/agreements/${body.id}${path}`))).status).toBe(404);
    }
    const rule = ours.body['rule'];
    expect((await theirs.here.coordinator.post(at(theirs.here, `/agreements/${body.id}/rules`), rule)).status).toBe(404);
  });

  it('When it is changed, then what nothing stands on changes, and its name stays its own', async () => {
    const arranged = await arrange();
    const { here } = arranged;
    const { body: made } = await make(arranged);
    await make(arranged, { name: 'Another' });
    const { rule: _rule, subscriptions: _subscriptions, pricePence: _price, ...terms } = arranged.body;
    const path = at(here, `/agreements/${made.id}`);
    const changed = await here.coordinator.put(path, { ...terms, noticeDays: 30, needsApproval: true, specialistIds: [] });
    expect(changed.body).toMatchObject({ noticeDays: 30, needsApproval: true, specialistIds: [], pricePence: 52_000, noticeBy: '2027-08-01' });
    expect((await here.coordinator.put(path, { ...terms, name: 'Another' })).body.code).toBe('procurement.name-taken');
    expect((await here.coordinator.put(path, { ...terms, endsOn: '2026-08-31' })).status).toBe(422);
    expect((await here.coordinator.put(at(here, `/agreements/${newId()}`), terms)).status).toBe(404);
  });

  it('When the register is asked by trigger date or state, then it answers in that order', async () => {
    const arranged = await arrange();
    const { here } = arranged;
    await make(arranged, { name: 'Later', noticeDays: 10 });
    await make(arranged, { name: 'Sooner', endsOn: '2027-01-31', noticeDays: 30, leadTimeDays: 60 });
    const { body } = await here.head.get(at(here, '/agreements?sort=trigger'));
    expect(body.items.map((one: { name: string; state: string }) => [one.name, one.state])).toEqual([['Sooner', 'act-now'], ['Later', 'running']]);
    expect((await here.head.get(at(here, '/agreements?state=act-now'))).body.total).toBe(1);
    expect((await here.head.get(at(here, `/agreements?schoolUrn=${here.urns[2]}`))).body.total).toBe(0);
    expect((await here.head.get(at(here, '/agreements?on=2027-03-01'))).body.total).toBe(1);
    expect((await here.head.get(at(here, '/agreements?size=1&page=2'))).body.items).toHaveLength(1);
    expect((await here.head.get(at(here, '/agreements?state=odd'))).status).toBe(422);
  });
});

describe('a price', () => {
  it('When a new price begins, then the old one holds until then; once charges were shared, never for days that are over', async () => {
    const arranged = await arrange();
    const { here } = arranged;
    const { body: made } = await make(arranged);
    const path = at(here, `/agreements/${made.id}/prices`);
    expect((await here.coordinator.post(path, { from: '2026-11-23', pence: 54_000 })).body).toMatchObject({ pricePence: 54_000, prices: [{ pence: 52_000 }, { from: '2026-11-23', pence: 54_000 }] });
    expect((await here.coordinator.post(path, { from: '2028-01-01', pence: 1 })).body.code).toBe('procurement.price-outside-term');
    expect((await here.coordinator.post(path, { from: '2027-01-01', pence: -5 })).status).toBe(422);
    expect((await here.businessManager.post(path, { from: '2027-01-01', pence: 5 })).status).toBe(403);
    await app.sql('update agreement_rule set frozen_at = now() where id = $1', [made.rules[0].id]);
    const late = await here.coordinator.post(path, { from: '2026-11-22', pence: 1 });
    expect([late.status, late.body.code]).toEqual([409, 'procurement.price-in-the-past']);
    const { rule: _rule, subscriptions: _subscriptions, pricePence: _price, ...terms } = arranged.body;
    expect((await here.coordinator.put(at(here, `/agreements/${made.id}`), { ...terms, priceBasis: 'hour' })).body.code).toBe('procurement.in-use');
  });
});

describe('a retainer', () => {
  const retainer = { priceBasis: 'retainer', pricePence: null, retainerPence: 900_001, unit: 'day' };

  it.each<[string, number, string, number]>([
    ['once', 1, '2026-09-01', 900_001],
    ['monthly-12', 12, '2027-08-01', 75_000],
    ['termly-3', 3, '2027-04-01', 300_000],
    ['sept-march-april-august', 2, '2027-04-01', 375_000],
  ])('When it is paid %s, then its instalments add up to it', async (instalmentPlan, count, lastDue, lastPence) => {
    const arranged = await arrange();
    const { body } = await make(arranged, { ...retainer, instalmentPlan });
    expect(body.instalments).toHaveLength(count);
    expect(body.instalments.reduce((sum: number, one: { pence: number }) => sum + one.pence, 0)).toBe(900_001);
    expect(body.instalments.at(-1)).toMatchObject({ number: count, dueOn: lastDue, pence: lastPence, serviceTo: '2027-08-31', charged: false });
    const { body: list } = await arranged.here.head.get(at(arranged.here, `/agreements/${body.id}/instalments`));
    expect(list.total).toBe(count);
  });

  it('When a longer term is paid monthly, then each year alike', async () => {
    const { body } = await make(await arrange(), { ...retainer, retainerPence: 2_400_000, endsOn: '2028-08-31', instalmentPlan: 'monthly-12' });
    expect(body.instalments.map((one: { pence: number }) => one.pence)).toEqual(Array(24).fill(100_000));
  });

  it('When an instalment has been charged, then the plan stays, and the database says so too', async () => {
    const arranged = await arrange();
    const { here } = arranged;
    const { body: made } = await make(arranged, { ...retainer, instalmentPlan: 'once' });
    const whole: Record<string, unknown> = { ...arranged.body, ...retainer, instalmentPlan: 'once' };
    const { rule: _rule, subscriptions: _subscriptions, pricePence: _price, ...terms } = whole;
    const path = at(here, `/agreements/${made.id}`);
    expect((await here.coordinator.put(path, { ...terms, retainerPence: 1_000_000 })).body.instalments).toMatchObject([{ pence: 1_000_000 }]);
    const queries = app.app.get(ProcurementQueries);
    await app.app.get(Database).write(systemScope([here.id]), async (tx) => {
      const [due] = await queries.instalments(tx, here.id);
      expect(due).toMatchObject({ number: 1, of: 1, dueOn: '2026-09-01', pence: 1_000_000, charged: false });
      await queries.markInstalmentCharged(tx, (due as { id: string }).id);
      expect(await queries.instalments(tx, here.id)).toMatchObject([{ charged: true }]);
    });
    expect((await here.coordinator.put(path, { ...terms, retainerPence: 2 })).body.code).toBe('procurement.instalments-charged');
    expect((await here.coordinator.put(path, { ...terms, retainerPence: 1_000_000, noticeDays: 5 })).status).toBe(200);
    await expect(app.sql('update instalment set pence = 1 where agreement_id = $1', [made.id])).rejects.toThrow('charged already');
    await expect(app.sql('delete from instalment where agreement_id = $1', [made.id])).rejects.toThrow('charged already');
  });
});

describe('a cost-sharing rule', () => {
  let shared: Arranged;
  let sharedId: string;
  beforeAll(async () => {
    shared = await arrange();
    sharedId = (await make(shared)).body.id;
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['parts that are not 10,000', { basis: 'parts', parts: [{ basis: 'equal', basisPoints: 3000 }, { basis: 'use', basisPoints: 6999 }] }, 'procurement.rule-does-not-add-up'],
    ['parts without a list', { basis: 'parts' }, 'procurement.rule-does-not-add-up'],
    ['fixed percentages of a stranger', { basis: 'fixed', fixed: [{ urn: '100000', basisPoints: 10_000 }] }, 'procurement.rule-stranger'],
    ['a floor above the cap', { floorPence: 10, capPence: 9 }, 'procurement.floor-above-cap'],
    ['a day before the term', { effectiveOn: '2026-08-31' }, 'procurement.rule-outside-term'],
    ['a day that has a rule', {}, 'procurement.rule-exists'],
  ])('When it comes with %s, then it is refused', async (_, change, code) => {
    const path = at(shared.here, `/agreements/${sharedId}/rules`);
    const answer = await shared.here.coordinator.post(path, { ...(shared.body['rule'] as object), ...change });
    expect(answer.body.code).toBe(code);
    expect((await shared.here.coordinator.get(path)).body.total).toBe(1);
  });

  it('When fixed percentages name a school twice or are not all of it, then they are refused', async () => {
    const arranged = await arrange();
    const { here } = arranged;
    const { body: made } = await make(arranged);
    const path = at(here, `/agreements/${made.id}/rules`);
    const rule = { ...(arranged.body['rule'] as object), effectiveOn: '2027-01-01', basis: 'fixed' };
    const [a, b] = here.urns;
    expect((await here.coordinator.post(path, { ...rule, fixed: [{ urn: a, basisPoints: 5000 }, { urn: a, basisPoints: 5000 }] })).body.code).toBe('procurement.rule-same-school-twice');
    expect((await here.coordinator.post(path, { ...rule, fixed: [{ urn: a, basisPoints: 5000 }, { urn: b, basisPoints: 4999 }] })).body.code).toBe('procurement.rule-does-not-add-up');
    expect((await here.coordinator.post(path, { ...rule, agreedBy: [] })).body.errors[0].path).toBe('agreedBy');
    const made2 = await here.coordinator.post(path, { ...rule, fixed: [{ urn: a, basisPoints: 2500 }, { urn: b, basisPoints: 7500 }] });
    expect(made2.status).toBe(201);
    expect(made2.body.fixed).toEqual([{ urn: a, basisPoints: 2500 }, { urn: b, basisPoints: 7500 }]);
    const inForce = await app.app.get(Database).read(systemScope([here.id]), (tx) => app.app.get(ProcurementQueries).ruleInForce(tx, here.id, made.id, '2027-02-01'));
    expect(await app.reveal(inForce)).toMatchObject({ ruleId: made2.body.id, rule: { basis: 'fixed' }, measure: 'fixed', fixedBasisPoints: { [a as string]: 2500 }, agreedBy: ['Helen Marsh, Brookhurst'] });
  });

  it('When a rule has shared a charge, then neither the house nor the database changes it; a later one may follow', async () => {
    const arranged = await arrange();
    const { here } = arranged;
    const { body: made } = await make(arranged);
    const [used] = made.rules;
    const path = at(here, `/agreements/${made.id}/rules`);
    const rule = arranged.body['rule'] as object;
    expect((await here.coordinator.put(`${path}/${used.id}`, { ...rule, basis: 'equal' })).body).toMatchObject({ basis: 'equal', frozen: false });
    const database = app.app.get(Database);
    await database.write(systemScope([here.id]), (tx) => app.app.get(ProcurementQueries).freezeRule(tx, used.id));
    await database.write(systemScope([here.id]), (tx) => app.app.get(ProcurementQueries).freezeRule(tx, used.id));
    const refused = await here.coordinator.put(`${path}/${used.id}`, rule);
    expect([refused.status, refused.body.code]).toEqual([409, 'procurement.rule-frozen']);
    expect((await here.coordinator.post(path, rule)).body.code).toBe('procurement.rule-frozen');
    await expect(app.sql(`update agreement_rule set basis = 'use' where id = $1`, [used.id])).rejects.toThrow('frozen');
    await expect(app.sql('update agreement_rule set frozen_at = null where id = $1', [used.id])).rejects.toThrow('frozen');
    await expect(app.sql('delete from agreement_rule where id = $1', [used.id])).rejects.toThrow('frozen');
    await expect(
      app.sql(`insert into agreement_rule (id, collaboration_id, agreement_id, effective_on, basis, agreed_on, agreed_by) values ($1, $2, $3, '2026-08-01', 'equal', '2026-08-01', '{A}')`, [newId(), here.id, made.id]),
    ).rejects.toThrow('later date');
    expect((await here.coordinator.post(path, { ...rule, effectiveOn: '2027-01-01' })).status).toBe(201);
  });

  it('When two coordinators agree a rule for one day at the same moment, then one is made and the other refused', async () => {
    const arranged = await arrange();
    const { here } = arranged;
    const { body: made } = await make(arranged);
    const rule = { ...(arranged.body['rule'] as object), effectiveOn: '2027-01-01' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => here.coordinator.post(at(here, `/agreements/${made.id}/rules`), rule)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409, 409]);
  });
});

describe('a subscription', () => {
  it('When a school subscribes, leaves and comes back, then its days never overlap', async () => {
    const arranged = await arrange();
    const { here } = arranged;
    const { body: made } = await make(arranged, { subscriptions: [] });
    const path = at(here, `/agreements/${made.id}/subscriptions`);
    const urn = here.urns[2] as string;
    const first = await here.coordinator.post(path, { urn, from: '2026-09-01' });
    expect(first.body).toMatchObject({ urn, schoolName: `Test School ${urn}`, until: null, entitlementMilliunits: null });
    expect((await here.coordinator.post(path, { urn, from: '2027-01-01' })).body.code).toBe('procurement.already-subscribed');
    const left = await here.coordinator.put(`${path}/${first.body.id}`, { from: '2026-09-01', until: '2026-12-31' });
    expect(left.body.until).toBe('2026-12-31');
    expect((await here.coordinator.post(path, { urn, from: '2027-01-01', entitlementMilliunits: 2000 })).status).toBe(201);
    expect((await here.coordinator.put(`${path}/${first.body.id}`, { from: '2026-09-01' })).body.code).toBe('procurement.already-subscribed');
    expect((await here.coordinator.put(`${path}/${first.body.id}`, { from: '2026-10-01', until: '2026-12-31' })).body.code).toBe('procurement.subscription-used');
    expect((await here.coordinator.post(path, { urn, from: '2027-02-01', until: '2027-01-01' })).body.errors[0].path).toBe('until');
    expect((await here.coordinator.put(`${path}/${newId()}`, { from: '2026-09-01' })).status).toBe(404);
    expect((await here.auditor.get(path)).body.total).toBe(2);
    expect((await here.head.post(path, { urn, from: '2027-02-01' })).status).toBe(403);
  });

  it('When the database is asked for what the house would refuse, then it refuses too', async () => {
    const arranged = await arrange();
    const { here } = arranged;
    const { body: made } = await make(arranged);
    const subscribe = (urn: string, from: string, until: string | null, milliunits: number | null) =>
      app.sql('insert into subscription (id, collaboration_id, agreement_id, urn, from_on, until_on, entitlement_milliunits) values ($1, $2, $3, $4, $5, $6, $7)', [newId(), here.id, made.id, urn, from, until, milliunits]);
    await expect(subscribe(here.urns[0] as string, '2027-01-01', null, null)).rejects.toThrow('subscription_never_overlaps');
    await expect(subscribe(here.urns[2] as string, '2027-01-01', '2026-12-31', null)).rejects.toThrow('subscription_');
    await expect(subscribe(here.urns[2] as string, '2027-01-01', null, -1)).rejects.toThrow('subscription_entitlement_not_negative');
    const stranger = (await app.schools(1))[0] as string;
    await expect(subscribe(stranger, '2027-01-01', null, null)).rejects.toThrow('is not a member');
    const set = (column: string, value: unknown) => app.sql(`update agreement set ${column} = $2 where id = $1`, [made.id, value]);
    await expect(set('ends_on', '2026-08-31')).rejects.toThrow('agreement_ends_after_start');
    await expect(set('retainer_pence', 5)).rejects.toThrow('agreement_retainer_has_plan');
    await expect(set('minimum_notice_hours', 5)).rejects.toThrow('agreement_one_minimum_notice');
    await expect(set('afternoon_start_minute', 600)).rejects.toThrow('agreement_half_days_in_order');
    await expect(app.sql(`update agreement_price set pence = -1 where agreement_id = $1`, [made.id])).rejects.toThrow('agreement_price_within_reason');
    await expect(app.sql(`update agreement_rule set basis = 'parts', parts = '[{"basis": "equal", "basisPoints": 9999}]' where agreement_id = $1`, [made.id])).rejects.toThrow('agreement_rule_parts_add_up');
    await expect(app.sql(`update agreement_rule set basis = 'fixed', fixed_basis_points = '{"100001": 1}' where agreement_id = $1`, [made.id])).rejects.toThrow('agreement_rule_fixed_adds_up');
    await expect(app.sql(`update agreement_rule set cap_basis_points = 0 where agreement_id = $1`, [made.id])).rejects.toThrow('agreement_rule_bounds_within_reason');
    await expect(app.sql('insert into agreement_specialist (collaboration_id, agreement_id, specialist_id) values ($1, $2, $3)', [here.id, made.id, newId()])).rejects.toThrow('agreement_specialist_engagement_fk');
  });
});
