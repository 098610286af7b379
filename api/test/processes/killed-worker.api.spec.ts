import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemScope } from '../../src/platform/actor.js';
import { Database } from '../../src/platform/database.js';
import { Mail } from '../../src/platform/mail.js';
import { until } from '../client.js';
import { startApp, type TestApp } from '../harness.js';
import { MailServer } from '../platform/mail-server.js';
import { startProcess } from './program.js';

const server = new MailServer();
let app: TestApp;

beforeAll(async () => {
  await server.start();
  app = await startApp({ worksJobs: false, smtp: { host: '127.0.0.1', port: server.port, secure: false, user: undefined, password: undefined } });
}, 120_000);
afterAll(() => server.stop());

describe('a worker that is killed beside a living one', () => {
  it('When it was handing over a mail, then the other takes the job up within a minute and no mail is lost', async () => {
    const settings = { SMTP_URL: `smtp://127.0.0.1:${server.port}`, MAIL_FROM: 'fairshare@test.example' };
    const first = await startProcess(app.databaseUrl, true, settings);
    server.hangs = true;
    await app.app.get(Database).write(systemScope(), (tx) => app.app.get(Mail).send(tx, { to: 'one@test.example', subject: 'A session', text: 'Tue 6 Oct 2026' }));
    await until(() => Promise.resolve(server.offered === 1));
    const gone = new Promise((done) => first.child.once('exit', done));
    first.child.kill('SIGKILL');
    await gone;
    const killedAt = Date.now();
    server.hangs = false;
    await startProcess(app.databaseUrl, true, settings);
    await until(() => Promise.resolve(server.received.length > 0), 60_000);
    expect(Date.now() - killedAt).toBeLessThan(60_000);
    const mail = await until(async () => (await app.sql<{ message_id: string; state: string }>(`select message_id, state from mail where state = 'sent'`))[0]);
    expect(server.received.map((one) => one.messageId)).toEqual([mail.message_id]);
  }, 120_000);
});
