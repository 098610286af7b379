import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, testPassword, type Client, type TestApp } from '../harness.js';
import { client as fairshare, TestProvider, type Tampering } from './provider.js';

let app: TestApp;
let provider: TestProvider;
/** A second provider, which the first could be mistaken for. */
let other: TestProvider;
beforeAll(async () => {
  [provider, other] = [await TestProvider.listen(), await TestProvider.listen()];
  app = await startApp({
    publicUrl: 'http://localhost:3000',
    providers: [
      { id: 'microsoft', name: 'Microsoft', issuer: provider.issuer, clientId: fairshare.id, clientSecret: fairshare.secret },
      { id: 'google', name: 'Google', issuer: other.issuer, clientId: fairshare.id, clientSecret: fairshare.secret },
    ],
  });
  provider.serve(app.url);
  other.serve(app.url);
});
afterAll(async () => {
  await provider?.close();
  await other?.close();
});

let people = 0;
const newLogin = () => `login-${++people}`;

/** There and back in one browser; answers what stands in the address that it comes back to. */
async function thereAndBack(browser: Client, login: string, begin = '/api/session/providers/microsoft', at = provider): Promise<URLSearchParams> {
  const begun = await browser.post(begin, {});
  expect(begun.status).toBe(200);
  const back = await at.visit(begun.body.url as string, login);
  expect(`${back.origin}${back.pathname}`).toBe(`${app.url}/sign-in/back`);
  return back.searchParams;
}

const finish = (browser: Client, query: URLSearchParams) => browser.post('/api/session/back-from-provider', { query: query.toString() });

/** Somebody whose account at the provider is tied to theirs here. */
async function tied(): Promise<{ person: Client; login: string; email: string }> {
  const person = await app.person('administrator');
  const login = newLogin();
  const answer = await finish(person, await thereAndBack(person, login, '/api/account/providers/microsoft'));
  expect([answer.status, answer.body]).toEqual([200, { tied: true }]);
  return { person, login, email: (await person.get('/api/session')).body.user.email as string };
}

const signedIn = async (browser: Client) => (await browser.get('/api/session')).status === 200;

describe('signing in at a provider', () => {
  it('When the account was tied from a signed-in session, then it signs in', async () => {
    const { login, email } = await tied();
    const browser = app.anonymous();
    const answer = await finish(browser, await thereAndBack(browser, login));
    expect([answer.status, answer.body.user.email]).toEqual([200, email]);
    expect(await signedIn(browser)).toBe(true);
  });

  it('When the address asks, then it is the code flow with PKCE, state and nonce', async () => {
    const begun = await app.anonymous().post('/api/session/providers/microsoft', {});
    const asked = new URL(begun.body.url as string).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', code_challenge: expect.stringMatching(/^[\w-]{43}$/), state: expect.any(String), nonce: expect.any(String), scope: 'openid' });
    expect(begun.headers.getSetCookie()[0]).toMatch(/^fairshare_flow=[\w-]{40,}; .*HttpOnly; SameSite=Lax/);
  });

  it('When nobody tied the account, then an e-mail that somebody has here ties nobody', async () => {
    const browser = app.anonymous();
    const answer = await finish(browser, await thereAndBack(browser, newLogin()));
    expect([answer.status, answer.body.code]).toEqual([401, 'identity.outside-account-unknown']);
    expect(await signedIn(browser)).toBe(false);
  });

  it('When the person has a second factor, then it is asked for, unless the provider saw one', async () => {
    const { person, login } = await tied();
    const google = newLogin();
    await finish(person, await thereAndBack(person, google, '/api/account/providers/google', other));
    await app.sql(`insert into totp (user_id, secret, confirmed_at, created_at) values ($1, 'JBSWY3DPEHPK3PXP', now(), now())`, [person.userId]);
    const [one, two] = [app.anonymous(), app.anonymous()];
    expect((await finish(one, await thereAndBack(one, login))).status).toBe(202);
    expect(await signedIn(one)).toBe(false);
    other.tamper({ claims: { amr: ['pwd', 'mfa'] } });
    expect((await finish(two, await thereAndBack(two, google, '/api/session/providers/google', other))).status).toBe(200);
    other.tamper();
  });

  it('When the account is somebody else’s, then it cannot be tied twice; untied, it signs in no more', async () => {
    const { person, login } = await tied();
    const second = await app.person('administrator');
    const taken = await finish(second, await thereAndBack(second, login, '/api/account/providers/microsoft'));
    expect([taken.status, taken.body.code]).toEqual([409, 'identity.outside-account-taken']);
    expect((await person.delete('/api/account/providers/microsoft')).status).toBe(204);
    const browser = app.anonymous();
    expect((await finish(browser, await thereAndBack(browser, login))).status).toBe(401);
  });

  it('When it is the only way in, then it stays', async () => {
    const { person } = await tied();
    await app.sql('update app_user set password_hash = null where id = $1', [person.userId]);
    const answer = await person.delete('/api/account/providers/microsoft');
    expect([answer.status, answer.body.code]).toEqual([409, 'identity.last-way-in']);
  });

  it('When an invitation is accepted there, then that account signs in from then on', async () => {
    const place = await app.collaboration({ schools: 2 });
    const added = await place.coordinator.post(`/api/collaborations/${place.id}/people`, { name: 'Nell Frost', email: `nell-${newLogin()}@test.example`, role: 'auditor' });
    const invitation = (added.body.invitation.link as string).split('#')[1];
    const [browser, login] = [app.anonymous(), newLogin()];
    const begun = await browser.post('/api/session/providers/microsoft', { invitation });
    const back = await provider.visit(begun.body.url as string, login);
    expect((await finish(browser, back.searchParams)).body.user.name).toBe('Nell Frost');
    const later = app.anonymous();
    expect((await finish(later, await thereAndBack(later, login))).status).toBe(200);
  });
});

describe('showing once more that it is oneself, at a provider', () => {
  const begin = async (browser: Client) => new URL((await browser.post('/api/session/providers/microsoft', { again: true })).body.url as string);

  it('When somebody has nothing else, then they can, and what waited goes on', async () => {
    const { person, login } = await tied();
    await app.sql('update app_user set password_hash = null where id = $1', [person.userId]);
    await app.sql(`update session set proved_at = now() - interval '16 minutes' where user_id = $1`, [person.userId]);
    expect((await person.post('/api/account/recovery-codes', {})).body.code).toBe('identity.sign-in-again');
    const url = await begin(person);
    expect([url.searchParams.get('prompt'), url.searchParams.get('max_age')]).toEqual(['login', '0']);
    expect((await finish(person, (await provider.visit(url.href, login)).searchParams)).status).toBe(200);
    expect((await person.post('/api/account/recovery-codes', {})).body.code).toBe('identity.no-second-factor');
  });

  it('When somebody else’s account comes back, or a sign-in of this morning, then it shows nothing and the session goes on', async () => {
    const [{ person, login }, { login: another }] = [await tied(), await tied()];
    const other = await finish(person, (await provider.visit((await begin(person)).href, another)).searchParams);
    expect([other.status, other.body.code]).toEqual([422, 'identity.not-proved']);
    const query = (await provider.visit((await begin(person)).href, login)).searchParams;
    provider.tamper({ claims: { auth_time: Math.floor(Date.now() / 1000) - 3600 } });
    const old = await finish(person, query);
    provider.tamper();
    expect([old.status, old.body.code]).toEqual([422, 'identity.not-proved']);
    expect(await signedIn(person)).toBe(true);
  });
});

describe('an answer that is not right', () => {
  const refused = async (browser: Client, query: URLSearchParams, status: number, code: string) => {
    const answer = await finish(browser, query);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.getSetCookie().filter((line) => line.startsWith('fairshare_session='))).toEqual([]);
    expect(await signedIn(browser)).toBe(false);
  };
  const hour = 3600;
  const now = Math.floor(Date.now() / 1000);

  it.each<[string, Tampering]>([
    ['has another nonce', { claims: { nonce: 'of another sign-in' } }],
    ['has no nonce', { claims: { nonce: undefined } }],
    ['was issued by another', { claims: { iss: 'https://login.elsewhere.example' } }],
    ['is meant for another', { claims: { aud: 'another-client' } }],
    ['has expired', { claims: { iat: now - 2 * hour, exp: now - hour } }],
    ['is signed with another key', { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }],
  ])('When the ID token %s, then nobody is signed in', async (_, tampering) => {
    const { login } = await tied();
    const browser = app.anonymous();
    const query = await thereAndBack(browser, login);
    provider.tamper(tampering);
    try {
      await refused(browser, query, 401, 'identity.provider-refused');
    } finally {
      provider.tamper();
    }
  });

  it('When the token is only signed anew, then it is right: it was the lie that was refused', async () => {
    const { login } = await tied();
    const browser = app.anonymous();
    const query = await thereAndBack(browser, login);
    provider.tamper({});
    expect((await finish(browser, query)).status).toBe(200);
    provider.tamper();
  });

  it('When the state is another, then it is refused', async () => {
    const { login } = await tied();
    const browser = app.anonymous();
    const query = await thereAndBack(browser, login);
    query.set('state', 'of another sign-in');
    await refused(browser, query, 400, 'identity.provider-other-way');
  });

  it('When the answer says that another issued it, then it is refused', async () => {
    const { login } = await tied();
    const browser = app.anonymous();
    const query = await thereAndBack(browser, login);
    expect(query.get('iss')).toBe(provider.issuer);
    query.set('iss', other.issuer);
    await refused(browser, query, 401, 'identity.provider-refused');
  });

  it('When another browser brings it, or brings it twice, then it is refused', async () => {
    const { login } = await tied();
    const browser = app.anonymous();
    const query = await thereAndBack(browser, login);
    await refused(app.anonymous(), query, 400, 'identity.provider-other-way');
    const stranger = app.anonymous();
    await thereAndBack(stranger, newLogin());
    await refused(stranger, query, 400, 'identity.provider-other-way');
    expect((await finish(browser, query)).status).toBe(200);
    const again = await finish(browser, query);
    expect([again.status, again.body.code]).toEqual([400, 'identity.provider-other-way']);
  });

  it('When the code is invented, or the person said no there, then it is refused', async () => {
    const { login } = await tied();
    const browser = app.anonymous();
    const query = await thereAndBack(browser, login);
    query.set('code', 'invented');
    await refused(browser, query, 401, 'identity.provider-refused');
    const said = new URL((await browser.post('/api/session/providers/microsoft', {})).body.url as string).searchParams;
    await refused(browser, new URLSearchParams({ error: 'access_denied', state: said.get('state') as string }), 400, 'identity.provider-cancelled');
  });

  it('When an account is to be tied and the session has changed meanwhile, then it is tied to nobody', async () => {
    const [person, login] = [await app.person('administrator'), newLogin()];
    const query = await thereAndBack(person, login, '/api/account/providers/microsoft');
    const someone = await app.person('administrator');
    const email = (await someone.get('/api/session')).body.user.email as string;
    await person.signIn(email, testPassword);
    expect((await finish(person, query)).status).toBe(401);
    const browser = app.anonymous();
    expect((await finish(browser, await thereAndBack(browser, login))).status).toBe(401);
  });
});

describe('the providers', () => {
  it('When they are set, then the sign-in page can name them; another name is not found', async () => {
    expect((await app.anonymous().get('/api/session/providers')).body).toEqual({ items: [{ id: 'microsoft', name: 'Microsoft' }, { id: 'google', name: 'Google' }] });
    expect((await app.anonymous().post('/api/session/providers/facebook', {})).status).toBe(404);
  });

  it('When one cannot be reached, then it says so and asks to try another way', async () => {
    const away = await startApp({ providers: [{ id: 'dfe', name: 'DfE Sign-in', issuer: 'http://127.0.0.1:9', clientId: 'x', clientSecret: 'y' }] });
    const answer = await away.anonymous().post('/api/session/providers/dfe', {});
    expect([answer.status, answer.body.code]).toEqual([503, 'identity.provider-away']);
  });
});
