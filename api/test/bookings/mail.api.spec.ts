import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { until } from '../client.js';
import { startApp, type Client, type TestApp } from '../harness.js';
import { MailServer } from '../platform/mail-server.js';
import { benchOf, morning, type Bench } from './arrange.js';

const server = new MailServer();
let app: TestApp;

beforeAll(async () => {
  await server.start();
  app = await startApp({ smtp: { host: '127.0.0.1', port: server.port, secure: false, user: undefined, password: undefined } });
  app.clock.set(morning);
});
afterAll(() => server.stop());

const emailOf = async (who: Client) => (await app.reveal(await app.sql<{ email: string }>('select email from app_user where id = $1', [who.userId])))[0]?.email ?? '';
const inboxOf = async (who: Client) => server.to(await emailOf(who));

/** The mails of somebody once there are so many. */
async function mailsOf(who: Client, many: number) {
  const inbox = await until(async () => {
    const mails = await inboxOf(who);
    return mails.length >= many && mails;
  });
  expect(inbox).toHaveLength(many);
  return inbox;
}

/** What a second parser reads in the invitation of a mail. */
function invitationIn(mail: Awaited<ReturnType<typeof mailsOf>>[number] | undefined) {
  const part = mail?.attachments.find((one) => one.contentType === 'text/calendar');
  const calendar = new ICAL.Component(ICAL.parse(part?.content.toString() ?? '') as unknown[] as never);
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  return { method: calendar.getFirstPropertyValue('method'), events, attendee: events[0]?.component.getFirstPropertyValue('attendee'), text: part?.content.toString() ?? '' };
}

/** So that what should not come has had its time to come. */
async function everythingTold(): Promise<void> {
  await until(async () => (await app.sql(`select 1 from pgboss.job where name in ('bookings.tell-by-mail', 'platform.deliver-mail') and state in ('created', 'retry', 'active')`)).length === 0);
}

const atCollaboration = (bench: Bench, path: string) => `/api/collaborations/${bench.c.id}/${path}`;

describe('mail about bookings', () => {
  it('When a session is booked, moved and cancelled, then who asked and the specialist get invitations that follow it', async () => {
    const bench = await benchOf(app);
    const { c, path, body, specialist } = bench;
    const made = await c.businessManager.post(path, body('2026-10-20T09:00', '2026-10-20T10:00', { reference: 'K-17' }));
    await mailsOf(specialist, 1);
    await c.businessManager.post(`${path}/${made.body.id}/move`, { startsAt: '2026-11-03T11:00', endsAt: '2026-11-03T12:00' });
    await mailsOf(specialist, 2);
    await c.businessManager.post(`${path}/${made.body.id}/cancel`, { reason: 'Sam K. is ill' });
    for (const reader of [specialist, c.businessManager]) {
      const mails = await mailsOf(reader, 3);
      const read = mails.map(invitationIn);
      expect(read.map(({ method }) => method)).toEqual(['REQUEST', 'REQUEST', 'CANCEL']);
      expect(read.map(({ events }) => events[0]?.uid)).toEqual(Array.from({ length: 3 }, () => `${made.body.id}@fairshare`));
      expect(read.map(({ events }) => events[0]?.sequence)).toEqual([0, 1, 2]);
      expect(read[1]?.events[0]?.startDate.toJSDate().toISOString()).toBe('2026-11-03T11:00:00.000Z');
      expect(read[2]?.events[0]?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
      expect(read[0]?.attendee).toBe(`mailto:${await emailOf(reader)}`);
      expect(mails.map(({ subject }) => subject?.split(':')[0])).toEqual(['Booked', 'Moved', 'Cancelled']);
      expect(mails[0]?.text).toContain('Tue 20 Oct 2026, 09:00–10:00');
      expect(mails[0]?.text).toContain(`https://fairshare.test/c/${c.id}/calendar?booking=${made.body.id}`);
      // Neither the school's own reference nor what somebody wrote as a reason leaves by mail.
      expect(mails.map((mail) => `${mail.text} ${invitationIn(mail).text}`).join(' ')).not.toMatch(/K-17|Sam K/);
    }
    await everythingTold();
    expect(await inboxOf(c.sister)).toEqual([]);
    expect(await inboxOf(c.head)).toEqual([]);
  });

  it('When the coordinator books for a school, then the school is told for whom and by whom', async () => {
    const { c, path, body } = await benchOf(app);
    await c.coordinator.post(path, body('2026-10-20T09:00', '2026-10-20T10:00'));
    const [told] = await mailsOf(c.businessManager, 1);
    expect(told?.text).toContain(`Test coordinator, on behalf of Test School ${c.urns[0]}, booked this.`);
    await everythingTold();
    expect(await inboxOf(c.sister)).toEqual([]);
  });

  it('When a session needs approval, then those who may approve are asked, and who asked hears what was decided', async () => {
    const { c, path, body, specialist } = await benchOf(app, { needsApproval: true });
    const [first, second] = [await c.businessManager.post(path, body('2026-10-20T09:00', '2026-10-20T10:00')), await c.businessManager.post(path, body('2026-10-20T14:00', '2026-10-20T15:00'))];
    const asked = await mailsOf(c.head, 2);
    expect(asked.map(({ subject }) => subject?.split(':')[0])).toEqual(['Please decide', 'Please decide']);
    expect(asked[0]?.attachments).toEqual([]);
    await mailsOf(c.coordinator, 2);
    await c.head.post(`${path}/${first.body.id}/approve`);
    await c.head.post(`${path}/${second.body.id}/decline`, { reason: 'Sam K. again' });
    const heard = await mailsOf(c.businessManager, 2);
    expect(heard.map(({ subject }) => subject?.split(':')[0]).sort()).toEqual(['Booked', 'Declined']);
    expect(heard.map(({ text }) => text).join(' ')).not.toContain('Sam K');
    expect(await mailsOf(specialist, 1)).toMatchObject([{ subject: expect.stringContaining('Booked') }]);
  });

  it('When a series is booked, then one mail has all its dates', async () => {
    const { c, path, body, specialist } = await benchOf(app);
    const repeat = { recurrence: { kind: 'weekly' }, end: { sessions: 4 } };
    await c.businessManager.post(path, body('2026-10-06T09:00', '2026-10-06T10:00', { repeat }));
    const [mail] = await mailsOf(specialist, 1);
    expect(mail?.subject).toContain('4 sessions from Tue 6 Oct 2026');
    const { method, events } = invitationIn(mail);
    expect([method, events.map((one) => one.startDate.toJSDate().toISOString())]).toEqual([
      'PUBLISH', ['2026-10-06T08:00:00.000Z', '2026-10-13T08:00:00.000Z', '2026-10-20T08:00:00.000Z', '2026-11-03T09:00:00.000Z'],
    ]);
  });

  it('When somebody chooses which mails they want, then they get those', async () => {
    const bench = await benchOf(app);
    const { c, path, body, specialist } = bench;
    expect((await c.head.get(atCollaboration(bench, 'mail-wish'))).body).toEqual({ sessions: 'mine' });
    await c.head.put(atCollaboration(bench, 'mail-wish'), { sessions: 'school' });
    await c.businessManager.put(atCollaboration(bench, 'mail-wish'), { sessions: 'none' });
    expect((await c.businessManager.get(atCollaboration(bench, 'mail-wish'))).body).toEqual({ sessions: 'none' });
    expect((await c.head.put(atCollaboration(bench, 'mail-wish'), { sessions: 'all' })).status).toBe(422);
    await c.businessManager.post(path, body('2026-10-20T09:00', '2026-10-20T10:00'));
    await mailsOf(c.head, 1);
    await mailsOf(specialist, 1);
    await everythingTold();
    expect(await inboxOf(c.businessManager)).toEqual([]);
  });

  it('When the job that writes the mails is done twice, then each is sent once', async () => {
    const { c, path, body, specialist } = await benchOf(app);
    await c.businessManager.post(path, body('2026-10-20T09:00', '2026-10-20T10:00'));
    await mailsOf(specialist, 1);
    await app.sql(
      `insert into pgboss.job (name, data, retry_limit, expire_seconds) select name, data, 0, 60 from pgboss.job where name = 'bookings.tell-by-mail' and data->>'collaborationId' = $1`, [c.id],
    );
    await everythingTold();
    expect(await inboxOf(specialist)).toHaveLength(1);
  });
});
