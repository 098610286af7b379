import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/new-id.js';
import { addDays, isoWeekday } from '@fairshare/domain/kernel/period';
import { until } from '../client.js';
import { startApp, type TestApp } from '../harness.js';
import { startProcess } from '../processes/program.js';
import { ruleOf } from '../sharing/arrange.js';
import { agree, benchOf, closeSchool, engage, morning, storedOverlaps, type Bench } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set(morning);
});

const travel = (bench: Bench, items: unknown[]) => bench.c.coordinator.put(`/api/collaborations/${bench.c.id}/travel-times`, { items });
const slotsOf = (bench: Bench, query: string) => bench.c.businessManager.get(`/api/collaborations/${bench.c.id}/slots?agreementId=${bench.agreementId}&${query}`);

describe('the cases of the booking rules', () => {
  it('1. Weekly Tuesday 09:00–10:00 from 6 October 2026 skips half-term and crosses the clock change', async () => {
    const { c, path, body } = await benchOf(app);
    const wanted = body('2026-10-06T09:00', '2026-10-06T10:00', { repeat: { recurrence: { kind: 'weekly' }, end: { until: '2026-11-03' } } });
    const preview = await c.businessManager.post(`${path}/series-preview`, wanted);
    const expected = [
      ['2026-10-06', '2026-10-06T08:00:00.000Z', 'will-book'],
      ['2026-10-13', '2026-10-13T08:00:00.000Z', 'will-book'],
      ['2026-10-20', '2026-10-20T08:00:00.000Z', 'will-book'],
      ['2026-10-27', '2026-10-27T09:00:00.000Z', 'skipped'],
      ['2026-11-03', '2026-11-03T09:00:00.000Z', 'will-book'],
    ];
    expect(preview.body.dates.map((d: { date: string; startsAt: string; outcome: string }) => [d.date, d.startsAt, d.outcome])).toEqual(expected);
    expect(preview.body.dates[3]).toMatchObject({ code: 'availability.school-holiday', detail: expect.stringContaining('holiday') });
    const booked = await c.businessManager.post(path, wanted);
    expect(booked.status).toBe(201);
    expect(booked.body.series.bookings.map((b: { startsAt: string }) => b.startsAt)).toEqual(expected.filter((e) => e[2] === 'will-book').map((e) => e[1]));
    expect(booked.body.series.skipped).toHaveLength(1);
    const four = await c.businessManager.post(`${path}/series-preview`, { ...wanted, startsAt: '2026-10-06T11:00', endsAt: '2026-10-06T12:00', repeat: { recurrence: { kind: 'weekly' }, end: { sessions: 4 } } });
    expect(four.body).toMatchObject({ willBook: 4, skipped: 1, complete: true });
  });

  it('2. The same request under server time zones UTC, Europe/London, America/New_York and Pacific/Auckland gives byte-identical answers', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const elsewhere = await startApp();
    const { c, path, body, agreementId } = await benchOf(elsewhere, { term: [addDays(today, -60), addDays(today, 300)] });
    const first = Array.from({ length: 7 }, (_, i) => addDays(today, 7 + i)).find((date) => isoWeekday(date) === 2) as string;
    const wanted = body(`${first}T09:00`, `${first}T10:00`, { repeat: { recurrence: { kind: 'weekly' }, end: { sessions: 30 } } });
    expect((await c.businessManager.post(path, wanted)).status).toBe(201);
    const zones = ['UTC', 'Europe/London', 'America/New_York', 'Pacific/Auckland'];
    const feed = await c.businessManager.post(`/api/collaborations/${c.id}/feeds`, { kind: 'school', schoolUrn: c.urns[0] });
    const answers: string[][] = [];
    for (const TZ of zones) {
      const { base, child } = await startProcess(elsewhere.databaseUrl, false, { TZ });
      const client = c.businessManager.at(base);
      // So many days hold a clock change whenever the test is run: from the end of March to the end of October are 217.
      const span = `from=${addDays(today, 2)}&to=${addDays(today, 230)}`;
      const asked = [
        await client.get(`/api/collaborations/${c.id}/slots?agreementId=${agreementId}&schoolUrn=${c.urns[0]}&${span}&minutes=60&explain=true`),
        await client.get(`${path}?${span}&size=200`),
        await client.post(`${path}/series-preview`, { ...wanted, startsAt: `${first}T11:00`, endsAt: `${first}T12:00` }),
        await elsewhere.anonymous().at(base).get(feed.body.path),
      ];
      expect(asked.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
      answers.push(asked.map((answer) => answer.text));
      child.kill('SIGTERM');
    }
    for (const other of answers) expect(other).toEqual(answers[0]);
    expect(JSON.parse(answers[0]?.[1] ?? '{}').items.length).toBeGreaterThan(20);
  }, 180_000);

  it('3. A visit that ends at 10:30 at A and 25 minutes of road to B: 10:45 is refused as travel, 10:55 books, 10:30 at A books', async () => {
    const bench = await benchOf(app);
    const { c, path, body } = bench;
    const [a, b] = c.urns as [string, string];
    await travel(bench, [{ fromUrn: a, toUrn: b, minutes: 25 }, { fromUrn: b, toUrn: a, minutes: 25 }]);
    expect((await c.coordinator.post(path, body('2026-09-21T09:30', '2026-09-21T10:30'))).status).toBe(201);
    const early = await c.coordinator.post(path, body('2026-09-21T10:45', '2026-09-21T11:45', { schoolUrns: [b] }));
    expect(early).toMatchObject({ status: 409, body: { code: 'availability.travel', facts: { earliest: '2026-09-21T09:55:00.000Z', minutes: 25 } } });
    const made = await c.coordinator.post(path, body('2026-09-21T10:55', '2026-09-21T11:55', { schoolUrns: [b] }));
    expect(made.status).toBe(201);
    await c.coordinator.post(`${path}/${made.body.id}/cancel`, { reason: 'to make room' });
    expect((await c.coordinator.post(path, body('2026-09-21T10:30', '2026-09-21T11:30'))).status).toBe(201);
  });

  it('4. A visit between two others checks both legs; an asymmetric pair is honoured', async () => {
    const bench = await benchOf(app);
    const { c, path, body } = bench;
    const [a, b] = c.urns as [string, string];
    await travel(bench, [{ fromUrn: a, toUrn: b, minutes: 10 }, { fromUrn: b, toUrn: a, minutes: 40 }]);
    await c.coordinator.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'));
    await c.coordinator.post(path, body('2026-09-21T12:00', '2026-09-21T13:00'));
    const late = await c.coordinator.post(path, body('2026-09-21T10:30', '2026-09-21T11:30', { schoolUrns: [b] }));
    expect(late.body).toMatchObject({ code: 'availability.travel', facts: { latest: '2026-09-21T10:20:00.000Z', fromUrn: b, toUrn: a, minutes: 40 } });
    expect((await c.coordinator.post(path, body('2026-09-21T10:10', '2026-09-21T11:20', { schoolUrns: [b] }))).status).toBe(201);
  });

  it('5. Morning at A and afternoon at B books only if the journey fits the gap; 11:30–13:30 takes both halves', async () => {
    const bench = await benchOf(app, { unit: 'half-day', entitlementMilliunits: 4000 });
    const { c, path, body, agreementId } = bench;
    const [a, b] = c.urns as [string, string];
    await travel(bench, [{ fromUrn: a, toUrn: b, minutes: 70 }]);
    await c.coordinator.post(path, body('2026-09-21T09:00', '2026-09-21T12:00'));
    expect((await c.coordinator.post(path, body('2026-09-21T13:00', '2026-09-21T16:00', { schoolUrns: [b] }))).body.code).toBe('availability.travel');
    await travel(bench, [{ fromUrn: a, toUrn: b, minutes: 60 }]);
    expect((await c.coordinator.post(path, body('2026-09-21T13:00', '2026-09-21T16:00', { schoolUrns: [b] }))).status).toBe(201);
    expect((await c.coordinator.post(path, body('2026-09-22T11:30', '2026-09-22T13:30'))).status).toBe(201);
    const left = await c.coordinator.get(`/api/collaborations/${c.id}/entitlements?agreementId=${agreementId}`);
    const of = (urn: string) => left.body.items.find((item: { schoolUrn: string }) => item.schoolUrn === urn);
    expect(of(a)).toMatchObject({ grantedMilliunits: 4000, bookedMilliunits: 3000, leftMilliunits: 1000 });
    expect(of(b)).toMatchObject({ leftMilliunits: 3000 });
  });

  it('7. Nine and a half of ten days are used; of ten parallel half-day requests exactly one is accepted', async () => {
    const bench = await benchOf(app, { unit: 'day', entitlementMilliunits: 500 });
    const { c, path, body } = bench;
    const days = Array.from({ length: 10 }, (_, i) => `2026-11-${String(9 + i + (i > 4 ? 2 : 0)).padStart(2, '0')}`);
    const answers = await Promise.all(days.map((day) => c.businessManager.post(path, body(`${day}T09:00`, `${day}T12:00`))));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    const refused = answers.find((answer) => answer.status === 409);
    expect(refused?.body).toMatchObject({ code: 'availability.no-entitlement', facts: { schoolUrn: c.urns[0], leftMilliunits: 0, neededMilliunits: 500 } });
  });

  it('8. A retried request with the same Idempotency-Key returns the same booking; with another body it is refused', async () => {
    const { c, path, body } = await benchOf(app);
    const key = { 'idempotency-key': newId() };
    const answers = await Promise.all(Array.from({ length: 30 }, () => c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'), key)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    const other = await c.businessManager.post(path, body('2026-09-21T11:00', '2026-09-21T12:00'), key);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency.body-differs' } });
    expect((await c.businessManager.get(path)).body.total).toBe(1);
  });

  it('9. A joint booking of two schools with different half-terms finds only dates open for both; the refusal names the school', async () => {
    const bench = await benchOf(app);
    const { c, path, body } = bench;
    const [a, b] = c.urns as [string, string];
    await closeSchool(app, c.id, b, 'half-term', '2026-10-19', '2026-10-23');
    const found = await slotsOf(bench, `schoolUrn=${a}&schoolUrn=${b}&from=2026-10-12&to=2026-11-06&minutes=60`);
    const days = new Set(found.body.slots.map((slot: { startsAt: string }) => slot.startsAt.slice(0, 10)));
    expect([...days].filter((day) => String(day) >= '2026-10-19' && String(day) <= '2026-10-30')).toEqual([]);
    expect(days.has('2026-10-13') && days.has('2026-11-03')).toBe(true);
    const refused = await c.coordinator.post(path, body('2026-10-20T09:00', '2026-10-20T10:00', { schoolUrns: [a, b] }));
    expect(refused).toMatchObject({ status: 409, body: { code: 'availability.school-holiday', facts: { schoolUrn: b } } });
    expect((await c.coordinator.post(path, body('2026-10-20T09:00', '2026-10-20T10:00', { schoolUrns: [a] }))).status).toBe(201);
  });

  it('10. A school in two collaborations: a specialist shared by both is never sold twice; each sees only that the time is busy', async () => {
    const first = await benchOf(app);
    const both = await app.collaboration({ urns: first.c.urns });
    await app.sql(`insert into calendar_entry (id, collaboration_id, level, la_code, kind, name, from_on, to_on) select gen_random_uuid(), $1, level, la_code, kind, name, from_on, to_on from calendar_entry where collaboration_id = $2`, [both.id, first.c.id]);
    await engage(app, both.id, first.specialistId);
    const agreementId = await agree(app, both, [first.specialistId]);
    const made = await first.c.businessManager.post(first.path, first.body('2026-09-21T09:00', '2026-09-21T10:00'));
    expect(made.status).toBe(201);
    const path = `/api/collaborations/${both.id}/bookings`;
    const refused = await both.businessManager.post(path, first.body('2026-09-21T09:30', '2026-09-21T10:30', { agreementId }));
    expect(refused).toMatchObject({ status: 409, body: { code: 'availability.slot-taken', facts: { busy: true } } });
    expect(refused.text).not.toContain(made.body.id);
    expect(refused.body.facts.bookedBy).toBeUndefined();
    expect((await both.businessManager.get(path)).body.total).toBe(0);
    const slots = await both.businessManager.get(`/api/collaborations/${both.id}/slots?agreementId=${agreementId}&schoolUrn=${both.urns[0]}&from=2026-09-21&to=2026-09-21&minutes=60&explain=true`);
    const busy = slots.body.refusals.find((run: { code: string }) => run.code === 'availability.slot-taken');
    expect(busy).toMatchObject({ startsAt: '2026-09-21T08:00:00.000Z', endsAt: '2026-09-21T09:00:00.000Z', facts: { busy: true } });
    expect(slots.text).not.toContain(made.body.id);
  });

  it('11. A coordinator books for a school: the trail names both, the school is told, its entitlement and its charge are used', async () => {
    const bench = await benchOf(app, { unit: 'session', entitlementMilliunits: 3000 });
    const { c, path, body } = bench;
    const made = await c.coordinator.post(path, body('2026-09-21T09:00', '2026-09-21T10:00', { schoolUrns: [c.urns[1]] }));
    expect(made.body).toMatchObject({ onBehalfOf: c.urns[1], requestedBy: 'Test coordinator' });
    const detail = await c.sister.get(`${path}/${made.body.id}`);
    expect(detail.body.history[0]).toMatchObject({ action: 'bookings.confirmed', by: 'Test coordinator', after: { onBehalfOf: c.urns[1] } });
    expect(detail.body.taken).toEqual([{ urn: c.urns[1], milliunits: 1000 }]);
    const mails = await until(async () => {
      const sent = await app.reveal(await app.sql<{ to_address: string; text: string }>('select to_address, text from mail where about_id = $1', [made.body.id]));
      return sent.length > 1 && sent;
    });
    const [atSister] = await app.reveal(await app.sql<{ email: string }>('select email from app_user where id = $1', [c.sister.userId]));
    expect(mails.find((mail) => mail.to_address === atSister?.email)?.text).toContain(`Test coordinator, on behalf of Test School ${c.urns[1]}, booked this.`);

    // What no entitlement covers is charged, and the school that it was booked for bears it.
    const priced = await benchOf(app);
    await ruleOf(app, priced.c.id, priced.agreementId, { effectiveOn: '2026-09-01', basis: 'use' });
    const session = await priced.c.coordinator.post(priced.path, priced.body('2026-09-21T09:00', '2026-09-21T10:00', { schoolUrns: [priced.c.urns[1]] }));
    app.clock.set('2026-09-21T10:00:00Z');
    const specialist = await app.person('specialist', { collaborationId: priced.c.id, specialistId: priced.specialistId });
    expect((await specialist.post(`${priced.path}/${session.body.id}/deliver`)).body.state).toBe('delivered');
    const charges = (await (await app.person('finance-officer', { collaborationId: priced.c.id })).get(`/api/collaborations/${priced.c.id}/charges?bookingId=${session.body.id}`)).body;
    expect(charges.items).toMatchObject([{ kind: 'booking', pence: 6000 }]);
    expect(charges.items[0].shares.map((share: { urn: string; pence: number }) => [share.urn, share.pence])).toEqual(priced.c.urns.map((urn) => [urn, urn === priced.c.urns[1] ? 6000 : 0]));
    app.clock.set(morning);
    expect(await storedOverlaps(app)).toBe(0);
  });

  it('12. An academy conversion moves coming bookings, balances and entitlement to the new URN on its date; history keeps the old one', async () => {
    const bench = await benchOf(app, { unit: 'session', entitlementMilliunits: 5000 });
    const { c, path, body, agreementId } = bench;
    const [old] = c.urns as [string];
    const [academy, stranger] = (await app.schools(2)) as [string, string];
    const before = await c.businessManager.post(path, body('2026-11-16T09:00', '2026-11-16T10:00'));
    const after = await c.businessManager.post(path, body('2027-01-11T09:00', '2027-01-11T10:00'));
    const convert = (more: object = {}, query = '') => c.coordinator.post(`/api/collaborations/${c.id}/conversions${query}`, { fromUrn: old, on: '2027-01-01', ...more });
    expect(await convert()).toMatchObject({ status: 409, body: { code: 'bookings.not-the-successor' } });
    await app.sql('update school set successor_urn = $2 where urn = $1', [old, academy]);
    expect(await convert({ toUrn: stranger })).toMatchObject({ status: 409, body: { code: 'bookings.not-the-successor' } });
    const expected = { fromUrn: old, toUrn: academy, membership: true, bookings: 1, agreements: [{ agreementId, leftMilliunits: 4000 }] };
    expect((await convert({}, '?dryRun=true')).body).toMatchObject(expected);
    expect((await c.coordinator.get(`${path}/${after.body.id}`)).body.schools).toMatchObject([{ urn: old }]);
    expect((await convert()).body).toMatchObject(expected);
    expect((await convert()).body).toMatchObject({ membership: false, bookings: 0, agreements: [] });

    expect((await c.coordinator.get(`${path}/${before.body.id}`)).body).toMatchObject({ schools: [{ urn: old }], place: { schoolUrn: old }, sequence: 0 });
    const moved = (await c.coordinator.get(`${path}/${after.body.id}`)).body;
    expect(moved).toMatchObject({ schools: [{ urn: academy }], place: { schoolUrn: academy }, sequence: 1, taken: [{ urn: academy, milliunits: 1000 }] });
    expect(moved.history.at(-1)).toMatchObject({ action: 'bookings.school-followed', before: { schoolUrn: old }, after: { schoolUrn: academy } });
    const accounts = (await c.coordinator.get(`/api/collaborations/${c.id}/entitlements?agreementId=${agreementId}`)).body.items as { schoolUrn: string; leftMilliunits: number }[];
    const left = (urn: string) => accounts.filter((one) => one.schoolUrn === urn).reduce((sum, one) => sum + one.leftMilliunits, 0);
    expect([left(old), left(academy)]).toEqual([0, 3000]);
    const members = (await c.coordinator.get(`/api/collaborations/${c.id}/members?size=50`)).body.items as { urn: string }[];
    expect(members.map((one) => one.urn)).toContain(old);
    const spans = await app.sql('select urn, from_on::text, until_on::text from membership where collaboration_id = $1 and urn = any ($2) order by from_on', [c.id, [old, academy]]);
    expect(spans).toEqual([{ urn: old, from_on: '2020-09-01', until_on: '2026-12-31' }, { urn: academy, from_on: '2027-01-01', until_on: null }]);
    const wanted = (urn: string, day: string) => c.coordinator.post(path, body(`2027-01-${day}T11:00`, `2027-01-${day}T12:00`, { schoolUrns: [urn] }));
    expect(await wanted(old, '12')).toMatchObject({ status: 409, body: { code: 'availability.not-subscribed', facts: { schoolUrn: old } } });
    for (const day of ['12', '13', '14']) expect((await wanted(academy, day)).status).toBe(201);
    expect((await wanted(academy, '15')).body.code).toBe('availability.no-entitlement');
    const [broken] = await app.sql<{ count: number }>('select count(*)::int as count from invariant_broken where collaboration_id = $1', [c.id]);
    expect(broken?.count).toBe(0);
  });
});
