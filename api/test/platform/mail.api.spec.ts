import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemScope } from '../../src/platform/actor.js';
import { Database } from '../../src/platform/database.js';
import { Mail, type NewMail } from '../../src/platform/mail.js';
import { until } from '../client.js';
import { startApp, type TestApp } from '../harness.js';
import { MailServer } from './mail-server.js';

const server = new MailServer();
let app: TestApp;
let kept: TestApp;

const from = 'Fairshare <fairshare@leamington.example>';

beforeAll(async () => {
  await server.start();
  app = await startApp({ smtp: { host: '127.0.0.1', port: server.port, secure: false, user: undefined, password: undefined }, mailFrom: from });
  kept = await startApp();
});
afterAll(() => server.stop());

const send = (where: TestApp, mail: Partial<NewMail> & { to: string }) =>
  where.app.get(Database).write(systemScope(), (tx) => where.app.get(Mail).send(tx, { subject: 'A session', text: 'Tue 6 Oct 2026, 09:00', ...mail }));
const stored = async (where: TestApp, to: string) =>
  (await where.reveal(await where.sql<{ id: string; to_address: string; state: string; tries: number; message_id: string; text: string; last_error: string | null }>('select * from mail'))).find((mail) => mail.to_address === to);
const settled = (where: TestApp, to: string) => until(async () => ['sent', 'failed'].includes((await stored(where, to))?.state ?? '') && stored(where, to));

describe('mail', () => {
  it('When a mail is sent, then the server gets it once, with its text, its invitation and its Message-ID', async () => {
    const content = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n';
    await send(app, { to: 'one@test.example', html: '<p>Tue 6 Oct 2026</p>', calendar: { method: 'REQUEST', content } });
    const mail = await settled(app, 'one@test.example');
    expect(mail).toMatchObject({ state: 'sent', tries: 1, last_error: null });
    const [got, ...more] = server.to('one@test.example');
    expect(more).toEqual([]);
    expect(got?.messageId).toBe(mail?.message_id);
    expect(got?.from?.text).toBe('"Fairshare" <fairshare@leamington.example>');
    expect(got?.text).toContain('Tue 6 Oct 2026, 09:00');
    const calendar = got?.attachments.find((part) => part.contentType === 'text/calendar');
    expect(calendar?.content.toString()).toContain('METHOD:REQUEST');
  });

  it('When a subject or an address brings lines of its own, then they become no header and no other reader', async () => {
    await send(app, { to: 'lines@test.example', subject: 'Maths\r\nBcc: mal@test.example\r\nX-Mal: 1' });
    await settled(app, 'lines@test.example');
    const [got] = server.to('lines@test.example');
    expect([got?.subject, got?.bcc, got?.headers.has('x-mal')]).toEqual([expect.stringMatching(/^Maths\s+Bcc: mal@test\.example/), undefined, false]);
    expect(server.to('mal@test.example')).toEqual([]);
    const { coordinator, id } = await kept.collaboration({ schools: 1 });
    const added = await coordinator.post(`/api/collaborations/${id}/people`, { name: 'Mal', email: 'a@test.example\r\nBcc: mal@test.example', role: 'auditor' });
    expect(added.status).toBe(422);
  });

  it('When the deed that causes a mail is undone, then nothing is sent', async () => {
    const work = app.app.get(Database).write(systemScope(), async (tx) => {
      await app.app.get(Mail).send(tx, { to: 'undone@test.example', subject: 'x', text: 'x' });
      throw new Error('It did not happen.');
    });
    await expect(work).rejects.toThrow('It did not happen.');
    expect(await stored(app, 'undone@test.example')).toBeUndefined();
  });

  it('When the server is away and comes back, then the mail is delivered under the Message-ID it had', async () => {
    await server.stop();
    await send(app, { to: 'later@test.example' });
    const waiting = await until(async () => {
      const mail = await stored(app, 'later@test.example');
      return mail && mail.tries > 0 && mail;
    });
    expect(waiting).toMatchObject({ state: 'waiting' });
    expect(waiting.last_error).toContain('ECONNREFUSED');
    await server.start();
    const mail = await settled(app, 'later@test.example');
    expect(mail).toMatchObject({ state: 'sent', message_id: waiting.message_id });
    expect(server.to('later@test.example').map((one) => one.messageId)).toEqual([waiting.message_id]);
  });

  it('When the server says that there is no such person, then the mail failed and is not tried again', async () => {
    await send(app, { to: server.refused });
    expect(await settled(app, server.refused)).toMatchObject({ state: 'failed', tries: 1, last_error: expect.stringContaining('No such person') });
  });

  it('When a mail holds a link that works once, then its text is forgotten once it was delivered', async () => {
    await send(app, { to: 'secret@test.example', text: 'https://fairshare.test/join/abc', secret: true });
    const mail = await settled(app, 'secret@test.example');
    expect(server.to('secret@test.example')[0]?.text).toContain('/join/abc');
    expect(mail?.text).not.toContain('abc');
  });
});

describe('the outbox', () => {
  it('When there is no mail server, then an administrator reads what would have been sent, and nobody else does', async () => {
    await send(kept, { to: 'kept@test.example', secret: true, text: 'https://fairshare.test/join/abc' });
    const administrator = await kept.person('administrator');
    const list = await administrator.get('/api/outbox');
    expect(list.body).toMatchObject({ total: 1, leavesTheHouse: false, items: [{ to: 'kept@test.example', state: 'kept', invitation: false }] });
    const id = list.body.items[0].id as string;
    expect((await administrator.get(`/api/outbox/${id}`)).body).toMatchObject({ text: 'https://fairshare.test/join/abc', mayBeSentAgain: false });
    const again = await administrator.post(`/api/outbox/${id}/send-again`);
    expect([again.status, again.body.code]).toEqual([409, 'audit.no-mail-server']);
    const { coordinator } = await kept.collaboration();
    expect((await coordinator.get('/api/outbox')).status).toBe(403);
  });

  it('When an administrator sends a mail again, then it leaves as the same mail', async () => {
    await send(app, { to: 'again@test.example' });
    const { id, message_id } = (await settled(app, 'again@test.example')) as { id: string; message_id: string };
    const administrator = await app.person('administrator');
    expect((await administrator.post(`/api/outbox/${id}/send-again`)).body.state).toBe('waiting');
    await until(async () => Promise.resolve(server.to('again@test.example').length === 2));
    expect(server.to('again@test.example').map((one) => one.messageId)).toEqual([message_id, message_id]);
    await until(async () => (await stored(app, 'again@test.example'))?.state === 'sent');
    const trail = await app.sql(`select user_name from trail where action = 'audit.mail-sent-again' and subject_id = $1`, [id]);
    expect(trail).toHaveLength(1);
  });

  it('When the mail is not there, then the answer is 404', async () => {
    const administrator = await app.person('administrator');
    expect((await administrator.get('/api/outbox/0193c6f0-0000-7000-8000-000000000000')).status).toBe(404);
  });
});
