import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, testPassword, type TestApp } from '../harness.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});

describe('signing in', () => {
  it('When the password is right, then there is a session with its grants and an HttpOnly cookie', async () => {
    const admin = await app.person('administrator');
    const session = await admin.get('/api/session');
    expect(session.status).toBe(200);
    expect(session.body.grants).toEqual([{ role: 'administrator' }]);
    const again = await app.anonymous().signIn(session.body.user.email, testPassword);
    expect(again.headers.getSetCookie()[0]).toMatch(/^fairshare_session=[\w-]{40,}; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('When the e-mail is unknown, then the answer is the one for a wrong password', async () => {
    const admin = await app.person('administrator');
    const { email } = (await admin.get('/api/session')).body.user;
    const wrong = await app.anonymous().post('/api/session', { email, password: 'not this one' });
    const unknown = await app.anonymous().post('/api/session', { email: 'nobody@test.example', password: 'not this one' });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'identity.wrong-credentials']);
    expect({ ...unknown.body, traceId: '' }).toEqual({ ...wrong.body, traceId: '' });
    const lines = await app.sql(`select subject_id, after, user_id from trail where action = 'identity.sign-in-refused' and (subject_id = 'unknown' or subject_id = $1) order by happened_at, id`, [admin.userId]);
    expect(lines).toEqual([{ subject_id: admin.userId, after: { by: 'password' }, user_id: null }, { subject_id: 'unknown', after: { by: 'password' }, user_id: null }]);
  });

  it('When somebody signs out, then the cookie is worth nothing', async () => {
    const admin = await app.person('administrator');
    const copy = admin.at(app.url);
    const left = await admin.delete('/api/session');
    expect(left.status).toBe(204);
    expect(left.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).sort()).toEqual(['fairshare_acting_for=', 'fairshare_session=']);
    expect((await copy.get('/api/session')).status).toBe(401);
  });

  it('When somebody is erased, or their account is closed, then every session of theirs is over', async () => {
    const [keeper, erased, closed] = [await app.person('administrator'), await app.person('administrator'), await app.person('administrator')];
    const more = await app.sessionOf(erased.userId as string, 'a phone');
    expect((await more.get('/api/session')).status).toBe(200);
    expect((await keeper.post(`/api/people/${erased.userId}/erasure`, { dryRun: false })).status).toBe(200);
    await app.sql('update app_user set active = false where id = $1', [closed.userId]);
    for (const session of [erased, more, closed]) expect((await session.get('/api/session')).status).toBe(401);
    expect(await app.sql('select 1 from session where user_id = $1', [erased.userId])).toEqual([]);
  });

  it('When nobody has been there for eight hours, then the session is over', async () => {
    const admin = await app.person('administrator');
    app.clock.set(new Date(Date.now() + 9 * 3_600_000).toISOString());
    expect((await admin.get('/api/session')).status).toBe(401);
    app.clock.set(new Date().toISOString());
  });

  it('When a request comes from another site, then it is refused', async () => {
    const admin = await app.person('administrator');
    const answer = await admin.send('DELETE', '/api/session', undefined, { 'sec-fetch-site': 'cross-site' });
    expect([answer.status, answer.body.code]).toEqual([403, 'platform.other-site']);
    const origin = await admin.send('DELETE', '/api/session', undefined, { origin: 'https://elsewhere.example' });
    expect(origin.status).toBe(403);
  });

  it.each([
    [{ email: 5, password: 'x' }, 'email'],
    [{ email: 'a@b.example' }, 'password'],
    [{ email: 'a@b.example', password: 'x', extra: 1 }, ''],
  ])('When the body is %j, then the fault is named', async (body, path) => {
    const answer = await app.anonymous().post('/api/session', body);
    expect([answer.status, answer.body.code]).toEqual([422, 'platform.not-valid']);
    expect(answer.body.errors[0].path).toBe(path);
  });

  it('When the body is not JSON, then it is a problem, not a crash', async () => {
    const response = await fetch(`${app.url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"em' });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('an address', () => {
  it('When it does not take the method, then it answers 405 and says which it takes', async () => {
    const answer = await app.anonymous().put('/api/session', {});
    expect([answer.status, answer.body.code]).toEqual([405, 'platform.method-not-allowed']);
    expect(answer.headers.get('allow')).toContain('POST');
  });

  it('When it does not exist, then it answers 404', async () => {
    const answer = await app.anonymous().get('/api/nowhere');
    expect([answer.status, answer.body.code]).toEqual([404, 'platform.not-found']);
  });

  it('When the contents are no JSON, then it answers 415', async () => {
    const response = await fetch(`${app.url}/api/session`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'hello' });
    expect(response.status).toBe(415);
  });
});

describe('the first administrator', () => {
  it('When there is none, then one can be made, once', async () => {
    const empty = await startApp();
    expect((await empty.anonymous().get('/api/session/first-administrator')).body).toEqual({ needed: true });
    const wanted = { name: 'Sam Okoro', email: 'sam@test.example', password: testPassword };
    const [one, two] = await Promise.all([
      empty.anonymous().post('/api/session/first-administrator', wanted),
      empty.anonymous().post('/api/session/first-administrator', { ...wanted, email: 'other@test.example' }),
    ]);
    expect([one.status, two.status].sort()).toEqual([204, 409]);
    expect((await empty.anonymous().get('/api/session/first-administrator')).body).toEqual({ needed: false });
  });
});

describe('guessing passwords', () => {
  it('When an account was tried ten times in vain, then even the right password waits', async () => {
    const limited = await startApp({ limits: true });
    const admin = await limited.person('administrator');
    const { email } = (await admin.get('/api/session')).body.user;
    const guess = (password: string) => limited.anonymous().post('/api/session', { email, password });
    for (let i = 0; i < 10; i++) expect((await guess('not this one')).status).toBe(401);
    const refused = await guess(testPassword);
    expect([refused.status, refused.body.code]).toEqual([429, 'platform.too-many']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
