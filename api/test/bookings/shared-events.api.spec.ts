import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../harness.js';
import { calendarOf, closeSchool, morning } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set(morning);
});

async function cluster() {
  const c = await app.collaboration({ schools: 3 });
  await calendarOf(app, c.id);
  return { c, at: `/api/collaborations/${c.id}/events` };
}

const heads = { kind: 'meeting', title: 'Heads’ meeting', place: 'Town Hall', time: { startsAt: '2026-09-22T16:00', endsAt: '2026-09-22T17:30' } };

describe('one calendar for everything shared', () => {
  it('When an event comes in week 3 of each half-term, then its dates follow the school year, and the preview is what is stored', async () => {
    const { c, at } = await cluster();
    const wanted = { ...heads, time: { startsAt: '2026-09-14T16:00', endsAt: '2026-09-14T17:00' }, repeat: { recurrence: { kind: 'week-of-half-term', week: 3, weekday: 2 }, end: { until: '2027-02-28' } } };
    const preview = await c.coordinator.post(`${at}/preview`, wanted);
    expect(preview.status).toBe(200);
    const made = await c.coordinator.post(at, wanted);
    expect(made.status).toBe(201);
    const planned = preview.body.dates.filter((d: { outcome: string }) => d.outcome === 'will-book').map((d: { startsAt: string }) => d.startsAt);
    expect(made.body.items.map((e: { startsAt: string }) => e.startsAt)).toEqual(planned);
    expect(planned[0]).toMatch(/^2026-09-\d\dT15:00:00.000Z$/);
    expect(planned[1]).toMatch(/^2026-11-\d\dT16:00:00.000Z$/);
  });

  it('When a weekly event meets the holidays, then those dates are skipped and an INSET day is not', async () => {
    const { c, at } = await cluster();
    await closeSchool(app, c.id, c.urns[0] as string, 'inset', '2026-10-13');
    const made = await c.businessManager.post(at, { ...heads, time: { startsAt: '2026-10-06T09:00', endsAt: '2026-10-06T10:00' }, repeat: { recurrence: { kind: 'weekly' }, end: { until: '2026-11-03' } } });
    expect(made.body.items.map((e: { startsAt: string }) => e.startsAt.slice(0, 13))).toEqual(['2026-10-06T08', '2026-10-13T08', '2026-10-20T08', '2026-11-03T09']);
    expect(made.body.skipped).toMatchObject([{ date: '2026-10-27', code: 'availability.school-holiday', detail: expect.stringContaining('holiday') }]);
  });

  it('When schools are invited, then they and the whole calendar see it; only its school and the coordinator change it', async () => {
    const { c, at } = await cluster();
    const [own, sister, third] = c.urns as [string, string, string];
    const sports = { kind: 'sports', title: 'Cross-country', time: { from: '2026-10-01', to: '2026-10-02' }, schoolUrns: [own, sister] };
    const made = await c.businessManager.post(at, sports);
    const [event] = made.body.items;
    expect(event).toMatchObject({ days: { from: '2026-10-01', to: '2026-10-02' }, startsAt: '2026-09-30T23:00:00.000Z', mayChange: true });
    const seen = async (urn: string) => (await c.auditor.get(`${at}?from=2026-10-02&to=2026-10-02&schoolUrn=${urn}`)).body.items.length;
    expect([await seen(own), await seen(sister), await seen(third)]).toEqual([1, 1, 0]);
    expect((await c.auditor.get(`${at}?from=2026-10-03&to=2026-10-03`)).body.items).toEqual([]);
    expect((await c.sister.put(`${at}/${event.id}`, { ...sports, title: 'Hockey' })).body.code).toBe('bookings.not-your-event');
    expect((await c.sister.get(`${at}?from=2026-10-01&to=2026-10-01`)).body.items[0].mayChange).toBe(false);
    const moved = await c.coordinator.put(`${at}/${event.id}`, { ...sports, title: 'Hockey', schoolUrns: [], time: { from: '2026-10-08', to: '2026-10-09' } });
    expect(moved.body.items[0]).toMatchObject({ title: 'Hockey', days: { from: '2026-10-08', to: '2026-10-09' }, schools: [], sequence: 1 });
    expect((await c.coordinator.post(at, { ...sports, schoolUrns: ['999999'] })).body.code).toBe('schools.not-a-member');
    expect((await c.coordinator.post(at, { ...sports, time: { startsAt: '2026-10-01T10:00', endsAt: '2026-10-01T09:00' } })).body.code).toBe('bookings.ends-before-it-starts');
  });

  it('When one and the following are moved or removed, then the earlier stay, and a removal is taken back', async () => {
    const { c, at } = await cluster();
    const made = await c.coordinator.post(at, { ...heads, repeat: { recurrence: { kind: 'weekly' }, end: { sessions: 4 } } });
    const ids = made.body.items.map((e: { id: string }) => e.id);
    const starts = async () => (await c.head.get(`${at}?from=2026-09-01&to=2026-12-18`)).body.items.map((e: { startsAt: string }) => e.startsAt.slice(5, 13));
    await c.coordinator.put(`${at}/${ids[2]}`, { ...heads, time: { startsAt: '2026-10-07T15:00', endsAt: '2026-10-07T16:00' }, which: 'following' });
    expect(await starts()).toEqual(['09-22T15', '09-29T15', '10-07T14', '10-14T14']);
    await c.coordinator.delete(`${at}/${ids[1]}?which=following`);
    expect(await starts()).toEqual(['09-22T15']);
    await c.coordinator.post(`${at}/${ids[1]}/restore`, {});
    expect(await starts()).toEqual(['09-22T15', '09-29T15', '10-07T14', '10-14T14']);
  });

  it('When a school reads its feed, then shared events are in it by days or by times, and a removed one as cancelled', async () => {
    const { c, at } = await cluster();
    await c.coordinator.post(at, { kind: 'inset', title: 'Joint training day', time: { from: '2026-10-01', to: '2026-10-02' } });
    const meeting = await c.coordinator.post(at, heads);
    await c.coordinator.post(at, { ...heads, title: 'Not for us', schoolUrns: [c.urns[1]] });
    await c.coordinator.delete(`${at}/${meeting.body.items[0].id}`);
    const feed = await c.businessManager.post(`/api/collaborations/${c.id}/feeds`, { kind: 'school', schoolUrn: c.urns[0] });
    const text = await (await fetch(`${app.url}${feed.body.path}`)).text();
    expect(text).toContain('DTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261003\r\nSUMMARY:INSET day: Joint training day');
    expect(text).toContain('DTSTART;TZID=Europe/London:20260922T160000');
    expect(text.match(/STATUS:CANCELLED/g)).toHaveLength(1);
    expect(text).not.toContain('Not for us');
  });
});
