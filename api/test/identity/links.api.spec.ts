import { beforeAll, describe, expect, it } from '@jest/globals';
import { Personal } from '../../src/platform/personal.js';
import { startApp, testPassword, type Client, type TestApp, type TestCollaboration } from '../harness.js';

let app: TestApp;
let place: TestCollaboration;
beforeAll(async () => {
  app = await startApp();
  place = await app.collaboration({ schools: 2 });
});

const chosen = 'three green lamps in a row';
let made = 0;
const newEmail = () => `nell-${++made}-${Date.now()}@test.example`;
const tokenIn = (text: string) => /#([\w-]{43})/.exec(text)?.[1] as string;

async function mailsTo(email: string): Promise<{ subject: string; text: string }[]> {
  return app.reveal(await app.sql<{ subject: string; text: string }>('select subject, text from mail where to_index = $1 order by created_at, id', [app.app.get(Personal).lookup(email)]));
}

async function invite(email = newEmail()): Promise<{ email: string; userId: string; token: string }> {
  const { body, status } = await place.coordinator.post(`/api/collaborations/${place.id}/people`, { name: 'Nell Frost', email, role: 'auditor' });
  expect(status).toBe(201);
  return { email, userId: body.person.userId as string, token: tokenIn(body.invitation.link as string) };
}

describe('an invitation', () => {
  it('When it is opened, then the person chooses a password and is signed in with the role', async () => {
    const { email, token } = await invite();
    expect((await app.anonymous().post('/api/session/invitation/look', { token })).body).toEqual({ name: 'Nell Frost', email });
    const browser = app.anonymous();
    const accepted = await browser.post('/api/session/invitation', { token, password: chosen });
    expect([accepted.status, accepted.body.grants]).toEqual([200, [{ role: 'auditor', collaborationId: place.id }]]);
    await app.anonymous().signIn(email, chosen);
  });

  it('When it was used once, also twice at the same moment, then it opens nothing more', async () => {
    const { token } = await invite();
    const both = await Promise.all([1, 2].map(() => app.anonymous().post('/api/session/invitation', { token, password: chosen })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect((await app.anonymous().post('/api/session/invitation/look', { token })).body.code).toBe('identity.link-over');
  });

  it('When a week has passed, then it is over; a new one works and the former does not', async () => {
    const { email, userId, token } = await invite();
    app.clock.set(new Date(Date.now() + 7 * 86_400_000 + 60_000).toISOString());
    expect((await app.anonymous().post('/api/session/invitation', { token, password: chosen })).status).toBe(404);
    app.clock.set(new Date().toISOString());
    const again = await place.coordinator.post(`/api/collaborations/${place.id}/people/${userId}/invitation`);
    expect(again.body).toMatchObject({ email, link: expect.stringContaining('/invitation#') });
    expect((await app.anonymous().post('/api/session/invitation', { token, password: chosen })).status).toBe(404);
    expect((await app.anonymous().post('/api/session/invitation', { token: tokenIn(again.body.link as string), password: chosen })).status).toBe(200);
    const accepted = await place.coordinator.post(`/api/collaborations/${place.id}/people/${userId}/invitation`);
    expect([accepted.status, accepted.body.code]).toEqual([409, 'identity.already-accepted']);
  });

  it('When the password is refused, then the link can be used again', async () => {
    const { token } = await invite();
    expect((await app.anonymous().post('/api/session/invitation', { token, password: 'passwordpassword' })).body.code).toBe('identity.password-common');
    expect((await app.anonymous().post('/api/session/invitation', { token, password: chosen })).status).toBe(200);
  });

  it('When it was not accepted yet, then nobody signs in as that person', async () => {
    const { email } = await invite();
    const wrong = await app.anonymous().post('/api/session', { email, password: chosen });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'identity.wrong-credentials']);
  });

  it('When it goes out by mail, then the mail holds the link, and the answer to the coordinator does not', async () => {
    const sending = await startApp({ smtp: { host: '127.0.0.1', port: 9, secure: false, user: undefined, password: undefined }, worksJobs: false });
    const there = await sending.collaboration({ schools: 2 });
    const email = newEmail();
    const { body } = await there.coordinator.post(`/api/collaborations/${there.id}/people`, { name: 'Nell Frost', email, role: 'auditor' });
    expect(body.invitation).toEqual({ email, link: null });
    const [mail] = await sending.reveal(await sending.sql<{ text: string }>('select text from mail where to_index = $1', [sending.app.get(Personal).lookup(email)]));
    expect((await sending.anonymous().post('/api/session/invitation', { token: tokenIn(mail?.text ?? ''), password: chosen })).status).toBe(200);
  });

  it('When the same request is sent again, then no secret of a link is kept with its answer', async () => {
    const email = newEmail();
    const send = () => place.coordinator.post(`/api/collaborations/${place.id}/people`, { name: 'Nell Frost', email, role: 'auditor' }, { 'idempotency-key': email });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([201, 201]);
    const kept = JSON.stringify(await app.sql('select answer from idempotency_key where key = $1', [email]));
    expect(kept).not.toContain(tokenIn(first.body.invitation.link as string));
    expect(JSON.stringify(await app.sql('select * from ticket'))).not.toContain(tokenIn(second.body.invitation.link as string));
  });
});

describe('a forgotten password', () => {
  const emailOf = async (client: Client) => (await client.get('/api/session')).body.user.email as string;

  async function asked(): Promise<{ person: Client; email: string; token: string }> {
    const person = await app.person('administrator');
    const email = await emailOf(person);
    expect((await app.anonymous().post('/api/session/reset-request', { email })).status).toBe(202);
    const [mail] = await mailsTo(email);
    return { person, email, token: tokenIn(mail?.text ?? '') };
  }

  it('When the link is opened, then the new password signs in, the old one does not, and every browser is out', async () => {
    const { person, email, token } = await asked();
    expect((await app.anonymous().post('/api/session/reset', { token, password: chosen })).status).toBe(204);
    expect((await person.get('/api/session')).status).toBe(401);
    expect((await app.anonymous().post('/api/session', { email, password: testPassword })).status).toBe(401);
    await app.anonymous().signIn(email, chosen);
    expect((await mailsTo(email)).map(({ subject }) => subject)).toEqual(['A new password for Fairshare', 'Your password for Fairshare was changed']);
    expect((await app.anonymous().post('/api/session/reset', { token, password: chosen })).body.code).toBe('identity.link-over');
  });

  it('When the person has a second factor, then the new password alone signs nobody in', async () => {
    const { person, email, token } = await asked();
    await app.sql(`insert into totp (user_id, secret, confirmed_at, created_at) values ($1, 'JBSWY3DPEHPK3PXP', now(), now())`, [person.userId]);
    expect((await app.anonymous().post('/api/session/reset', { token, password: chosen })).status).toBe(204);
    const browser = app.anonymous();
    const answer = await browser.post('/api/session', { email, password: chosen });
    expect([answer.status, answer.body.ways]).toEqual([202, ['authenticator']]);
    expect((await browser.get('/api/session')).status).toBe(401);
  });

  it('When an hour has passed, or another was asked for, then the link is over', async () => {
    const { email, token } = await asked();
    app.clock.set(new Date(Date.now() + 61 * 60_000).toISOString());
    expect((await app.anonymous().post('/api/session/reset', { token, password: chosen })).status).toBe(404);
    app.clock.set(new Date().toISOString());
    await app.anonymous().post('/api/session/reset-request', { email });
    expect((await app.anonymous().post('/api/session/reset', { token, password: chosen })).status).toBe(404);
  });

  it('When nobody has the address, then the answer is the same, in the same time, and no mail goes out', async () => {
    const person = await app.person('administrator');
    const known = await emailOf(person);
    const timed = async (email: string) => {
      const began = performance.now();
      const answer = await app.anonymous().post('/api/session/reset-request', { email });
      return { ms: performance.now() - began, said: [answer.status, answer.text] };
    };
    const there = await timed(known);
    const nobody = await timed('nobody@test.example');
    expect(nobody.said).toEqual(there.said);
    expect(Math.min(there.ms, nobody.ms)).toBeGreaterThan(350);
    expect(await mailsTo('nobody@test.example')).toEqual([]);
  });

  it('When it was asked four times in a quarter of an hour, then it waits, whether somebody has the address or not', async () => {
    const limited = await startApp({ limits: true });
    const known = await emailOf(await limited.person('administrator'));
    for (const email of [known, 'nobody@test.example']) {
      const answers = [];
      for (let i = 0; i < 4; i++) answers.push((await limited.anonymous().post('/api/session/reset-request', { email })).status);
      expect(answers).toEqual([202, 202, 202, 429]);
    }
  });
});
