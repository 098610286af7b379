import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { busyTimesOf } from '../../src/availability/busy-times.js';
import { OutsideBusyTimes } from '../../src/availability/outside-busy-times.js';
import { until } from '../client.js';
import { startApp, type TestApp } from '../harness.js';
import { benchOf, engage, agree, morning, type Bench } from '../bookings/arrange.js';

let app: TestApp;
let server: Server;
let address: string;
let content = '';
let status = 200;

beforeAll(async () => {
  server = createServer((_, response) => response.writeHead(status).end(content));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/own.ics`;
  app = await startApp({ outboundLoopback: true });
  app.clock.set(morning);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const calendar = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//A//B//EN', ...events.flatMap((one, i) => ['BEGIN:VEVENT', ...(one.includes('UID:') ? [] : [`UID:event-${i}`]), ...one.split('|'), 'END:VEVENT']), 'END:VCALENDAR', ''].join('\r\n');
const span = { startsAt: Date.parse('2026-09-01T00:00:00Z'), endsAt: Date.parse('2027-09-01T00:00:00Z') };
const busy = async (...events: string[]) =>
  (await busyTimesOf(calendar(...events), span, 'Europe/London')).map(({ startsAt, endsAt }) => [startsAt, endsAt].map((at) => new Date(at).toISOString().slice(0, 16)).join('/'));

describe('busy times of a calendar', () => {
  it('When an event repeats over the clock change, then each is at its wall time, without the dates taken out and with the one that moved', async () => {
    expect(await busy(
      'DTSTART;TZID=Europe/London:20261020T090000|DTEND;TZID=Europe/London:20261020T100000|RRULE:FREQ=WEEKLY;COUNT=4|EXDATE;TZID=Europe/London:20261103T090000|UID:weekly',
      'RECURRENCE-ID;TZID=Europe/London:20261110T090000|DTSTART;TZID=Europe/London:20261110T140000|DTEND;TZID=Europe/London:20261110T150000|UID:weekly',
    )).toEqual(['2026-10-20T08:00/2026-10-20T09:00', '2026-10-27T09:00/2026-10-27T10:00', '2026-11-10T14:00/2026-11-10T15:00']);
  });

  it('When an event is a whole day, in UTC, in another zone or in Outlook’s words, then it is where it belongs', async () => {
    expect(await busy(
      'DTSTART;VALUE=DATE:20261001|DTEND;VALUE=DATE:20261003',
      'DTSTART:20261006T090000Z|DTEND:20261006T100000Z',
      'DTSTART;TZID=America/New_York:20261007T090000|DURATION:PT90M',
      'DTSTART;TZID=GMT Standard Time:20261008T090000|DTEND;TZID=GMT Standard Time:20261008T100000',
      'DTSTART:20261009T090000|DTEND:20261009T100000',
    )).toEqual([
      '2026-09-30T23:00/2026-10-02T23:00', '2026-10-06T09:00/2026-10-06T10:00', '2026-10-07T13:00/2026-10-07T14:30', '2026-10-08T08:00/2026-10-08T09:00', '2026-10-09T08:00/2026-10-09T09:00',
    ]);
  });

  it('When an event takes no time, was cancelled or is a session of ours, then it is left out; overlapping ones are one', async () => {
    expect(await busy(
      'DTSTART:20261006T090000Z|DTEND:20261006T100000Z|TRANSP:TRANSPARENT', 'DTSTART:20261007T090000Z|DTEND:20261007T100000Z|STATUS:CANCELLED',
      'UID:0193c6f0-0000-7000-8000-000000000000@fairshare|DTSTART:20261008T090000Z|DTEND:20261008T100000Z', 'DTSTART:20261009T090000Z|DTEND:20261009T090000Z',
      'DTSTART:20261012T090000Z|DTEND:20261012T110000Z', 'DTSTART:20261012T100000Z|DTEND:20261012T120000Z',
    )).toEqual(['2026-10-12T09:00/2026-10-12T12:00']);
  });

  it.each(['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31', 'FREQ=SECONDLY'])('When a repetition never ends (%s), then the reading does', async (rule) => {
    await expect(busy(`DTSTART:20261006T090000Z|DTEND:20261006T100000Z|RRULE:${rule}`)).rejects.toMatchObject({ code: 'availability.calendar-too-full' });
  }, 30_000);
});

const calendarsOf = ({ c, specialistId }: Bench) => `/api/collaborations/${c.id}/specialists/${specialistId}/outside-calendars`;
const seen = async ({ c }: Bench) => (await c.coordinator.get(`/api/collaborations/${c.id}/outside-calendars`)).body.items;
/** Sessions end after some hours; on another day people sign in again. */
const signedInAgain = async ({ c, specialistId }: Bench) => ({
  specialist: await app.person('specialist', { collaborationId: c.id, specialistId }),
  businessManager: await app.person('business-manager', { collaborationId: c.id, schoolUrn: c.urns[0] as string }),
});
const dentist = 'DTSTART;TZID=Europe/London:20261020T090000|DTEND;TZID=Europe/London:20261020T103000|SUMMARY:Dentist';

describe('a calendar that a specialist keeps elsewhere', () => {
  it('When a file is sent, then nobody books over it in any collaboration, and nobody learns what it is', async () => {
    const bench = await benchOf(app);
    const { c, specialist, specialistId, path, body } = bench;
    const added = await specialist.upload(`${calendarsOf(bench)}/file`, 'my calendar.ics', calendar(dentist));
    expect(added).toMatchObject({ status: 201, body: { name: 'my calendar', kind: 'file', stale: false, fault: null, busyTimes: 1, asOf: '2026-09-14T07:00:00.000Z' } });
    const refused = await c.businessManager.post(path, body('2026-10-20T10:00', '2026-10-20T11:00'));
    expect([refused.status, refused.body.code]).toEqual([409, 'availability.absent']);
    expect(refused.body.facts.earliest).toBe('2026-10-20T09:30:00.000Z');
    expect(`${refused.text} ${JSON.stringify(await seen(bench))}`).not.toContain('Dentist');
    expect((await c.businessManager.post(path, body('2026-10-20T10:30', '2026-10-20T11:30'))).status).toBe(201);
    const other = await app.collaboration();
    await engage(app, other.id, specialistId);
    const agreementId = await agree(app, other, [specialistId], {});
    const elsewhere = await other.businessManager.post(`/api/collaborations/${other.id}/bookings`, { agreementId, specialistId, schoolUrns: [other.urns[0]], startsAt: '2026-10-20T09:00', endsAt: '2026-10-20T10:00', place: { remote: true } });
    expect(elsewhere.status).toBe(409);
    expect((await specialist.delete(`${calendarsOf(bench)}/${added.body.id}`)).status).toBe(204);
    expect((await c.businessManager.post(path, body('2026-10-20T09:00', '2026-10-20T10:00'))).status).toBe(201);
  });

  it('When it is at an address, then it is read again each hour, and what was known holds while it cannot be read', async () => {
    const bench = await benchOf(app);
    const { c, specialist, path, body } = bench;
    content = calendar(dentist);
    const added = await specialist.post(calendarsOf(bench), { name: 'Own diary', address });
    expect(added).toMatchObject({ status: 201, body: { kind: 'address', busyTimes: 1 } });
    expect(added.text).not.toContain(address);
    expect((await app.sql<{ address: string }>('select address from outside_calendar where id = $1', [added.body.id]))[0]?.address).toMatch(/^\{sealed:/);
    content = calendar('DTSTART;TZID=Europe/London:20261021T090000|DTEND;TZID=Europe/London:20261021T100000');
    app.clock.set('2026-09-14T08:00:00Z');
    await app.app.get(OutsideBusyTimes).readDue();
    await until(async () => (await seen(bench))[0].asOf === '2026-09-14T08:00:00.000Z');
    expect((await c.businessManager.post(path, body('2026-10-20T09:00', '2026-10-20T10:00'))).status).toBe(201);
    expect((await c.businessManager.post(path, body('2026-10-21T09:00', '2026-10-21T10:00'))).status).toBe(409);
    status = 500;
    app.clock.set('2026-09-15T09:00:00Z');
    const next = await signedInAgain(bench);
    const tried = await next.specialist.post(`${calendarsOf(bench)}/${added.body.id}/refresh`);
    expect(tried.body).toMatchObject({ stale: true, asOf: '2026-09-14T08:00:00.000Z', fault: { code: 'platform.address-not-reached' }, busyTimes: 1 });
    expect((await next.businessManager.post(path, body('2026-10-21T09:00', '2026-10-21T10:00'))).status).toBe(409);
    const told = () => app.sql(`select 1 from mail where about_id = $1`, [added.body.id]);
    expect(await told()).toHaveLength(2);
    await next.specialist.post(`${calendarsOf(bench)}/${added.body.id}/refresh`);
    expect(await told()).toHaveLength(2);
    status = 200;
    content = 'this is no calendar';
    expect((await next.specialist.post(`${calendarsOf(bench)}/${added.body.id}/refresh`)).body).toMatchObject({ busyTimes: 1, fault: { code: 'availability.not-a-calendar' } });
    content = calendar();
    expect((await next.specialist.post(`${calendarsOf(bench)}/${added.body.id}/refresh`)).body).toMatchObject({ busyTimes: 0, stale: false, fault: null });
    app.clock.set(morning);
  });

  it('When nothing is known any more, because a file is years old, then nothing is free', async () => {
    const bench = await benchOf(app, { term: ['2026-09-01', '2031-08-31'] });
    const { specialist, path, body } = bench;
    await specialist.upload(`${calendarsOf(bench)}/file`, 'old.ics', calendar(dentist));
    app.clock.set('2028-11-20T08:00:00Z');
    const { businessManager } = await signedInAgain(bench);
    expect((await businessManager.post(path, body('2028-11-21T09:00', '2028-11-21T10:00'))).status).toBe(201);
    expect((await businessManager.post(path, body('2028-11-27T09:00', '2028-11-27T10:00'))).body.code).toBe('availability.absent');
    app.clock.set(morning);
  });

  it('When what is sent or named cannot be read, then it is refused with a code and nothing is changed', async () => {
    const bench = await benchOf(app);
    const { c, specialist } = bench;
    const send = (text: string | Uint8Array) => specialist.upload(`${calendarsOf(bench)}/file`, 'a.ics', text);
    const name = (at: string) => specialist.post(calendarsOf(bench), { name: 'Own diary', address: at });
    [content, status] = ['no calendar', 200];
    const answers = [await send('no calendar'), await send('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nnonsense'), await send(new Uint8Array(50 * 1024 * 1024)), await name('https://192.168.1.1/own.ics'), await name('http://calendar.example/'), await name(address), await name('')];
    expect(answers.map(({ status: answered, body }) => [answered, body.code])).toEqual([
      [422, 'availability.not-a-calendar'], [422, 'availability.not-a-calendar'], [413, 'platform.too-large'], [422, 'platform.address-not-allowed'], [422, 'platform.address-not-allowed'], [422, 'availability.not-a-calendar'], [422, 'platform.not-valid'],
    ]);
    expect(await seen(bench)).toEqual([]);
    const other = await app.person('specialist', { collaborationId: c.id, specialistId: await engage(app, c.id) });
    expect((await other.post(calendarsOf(bench), { name: 'Own diary', address })).status).toBe(403);
  });
});
