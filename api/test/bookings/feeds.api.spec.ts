import { beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { startApp, type TestApp } from '../harness.js';
import { benchOf, morning, type Bench } from './arrange.js';

let app: TestApp;
let bench: Bench;
let feeds: string;

beforeAll(async () => {
  app = await startApp();
  app.clock.set(morning);
  bench = await benchOf(app);
  feeds = `/api/collaborations/${bench.c.id}/feeds`;
});

const eventsOf = (text: string) => new ICAL.Component(ICAL.parse(text) as unknown[] as never).getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));

describe('calendar feeds', () => {
  it('When a school subscribes, then a second parser reads its bookings, moved and cancelled ones included, and no reference', async () => {
    const { c, path, body } = bench;
    const made = await c.businessManager.post(path, body('2026-10-20T09:00', '2026-10-20T10:00', { reference: 'K-17' }));
    const other = await c.businessManager.post(path, body('2026-11-03T09:00', '2026-11-03T10:00'));
    const feed = await c.businessManager.post(feeds, { kind: 'school', schoolUrn: c.urns[0] });
    expect(feed).toMatchObject({ status: 201, body: { kind: 'school', subject: c.urns[0] } });
    const first = await app.anonymous().get(feed.body.path);
    expect(first.headers.get('content-type')).toContain('text/calendar');
    expect(first.text).not.toContain('K-17');
    expect(first.text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    const [before, winter] = eventsOf(first.text);
    expect([before?.uid, before?.sequence, before?.startDate.toJSDate().toISOString()]).toEqual([`${made.body.id}@fairshare`, 0, '2026-10-20T08:00:00.000Z']);
    expect(winter?.startDate.toJSDate().toISOString()).toBe('2026-11-03T09:00:00.000Z');
    const etag = first.headers.get('etag') as string;
    expect((await app.anonymous().get(feed.body.path, { 'if-none-match': etag })).status).toBe(304);
    await c.businessManager.post(`${path}/${made.body.id}/move`, { startsAt: '2026-10-20T11:00', endsAt: '2026-10-20T12:00' });
    await c.businessManager.post(`${path}/${other.body.id}/cancel`, { reason: 'no longer needed' });
    const second = await app.anonymous().get(feed.body.path, { 'if-none-match': etag });
    expect(second.status).toBe(200);
    const [moved, cancelled] = eventsOf(second.text);
    expect([moved?.uid, moved?.sequence]).toEqual([`${made.body.id}@fairshare`, 1]);
    expect(cancelled?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
  });

  it('When a feed is revoked, then its address answers 404 at once', async () => {
    const { c } = bench;
    const feed = await c.coordinator.post(feeds, { kind: 'collaboration' });
    expect((await app.anonymous().get(feed.body.path)).status).toBe(200);
    expect((await c.businessManager.delete(`${feeds}/${feed.body.id}`)).status).toBe(404);
    expect((await c.coordinator.delete(`${feeds}/${feed.body.id}`)).status).toBe(204);
    expect((await app.anonymous().get(feed.body.path)).status).toBe(404);
    expect((await c.coordinator.get(feeds)).body.items.map((one: { id: string }) => one.id)).not.toContain(feed.body.id);
    expect((await app.anonymous().get('/api/feeds/nothing.ics')).status).toBe(404);
  });

  it('When somebody asks for what is not theirs, then it is refused; a specialist reads their own diary', async () => {
    const { c, specialist, specialistId } = bench;
    expect((await c.businessManager.post(feeds, { kind: 'school', schoolUrn: c.urns[1] })).body.code).toBe('bookings.not-your-school');
    expect((await specialist.post(feeds, { kind: 'collaboration' })).status).toBe(403);
    expect((await specialist.post(feeds, { kind: 'specialist', specialistId: c.id })).status).toBe(403);
    const own = await specialist.post(feeds, { kind: 'specialist', specialistId });
    expect(eventsOf((await app.anonymous().get(own.body.path)).text).length).toBeGreaterThan(0);
    const [kept] = await app.sql<{ kept: number }>('select count(*)::int as kept from calendar_feed where token_hash = $1', [String(own.body.path).slice(11, -4)]);
    expect(kept?.kept).toBe(0);
  });
});
