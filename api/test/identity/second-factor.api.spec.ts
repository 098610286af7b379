import { beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { startApp, testPassword, type Client, type TestApp, type TestCollaboration } from '../harness.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});

const emailOf = async (client: Client): Promise<string> => (await client.get('/api/session')).body.user.email as string;

/** The clock stands still, so that a code is this half minute's. */
const at = (instant: string) => app.clock.set(instant);
const noon = '2026-11-25T12:00:10Z';

const codeOf = (secret: string, secondsLater = 0) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: app.clock.now().getTime() + secondsLater * 1000 });

/** Somebody with an authenticator app, who has seen their recovery codes. */
async function withAuthenticator(role: 'administrator' | 'head' = 'administrator', place?: TestCollaboration) {
  at(noon);
  const client = place ? await app.person(role, { collaborationId: place.id, schoolUrn: place.urns[0] as string }) : await app.person(role);
  const { secret, uri } = (await client.post('/api/account/authenticator')).body;
  const confirmed = await client.post('/api/account/authenticator/confirm', { code: codeOf(secret) });
  return { client, email: await emailOf(client), secret: secret as string, uri: uri as string, confirmed, recoveryCodes: confirmed.body.recoveryCodes as string[] };
}

/** The first step: the password is right. */
async function firstStep(email: string): Promise<{ client: Client; ticket: string; ways: string[] }> {
  const client = app.anonymous();
  const asked = await client.post('/api/session', { email, password: testPassword });
  expect(asked.status).toBe(202);
  expect(client.cookie).toBeUndefined();
  return { client, ...asked.body };
}

describe('an authenticator app', () => {
  it('When it is set up, then signing in takes its code, and nobody is signed in before', async () => {
    const { email, secret, uri, confirmed } = await withAuthenticator();
    expect(uri).toMatch(/^otpauth:\/\/totp\/Fairshare:/);
    expect(confirmed.status).toBe(200);
    expect(confirmed.body.recoveryCodes).toHaveLength(10);
    at('2026-11-25T12:05:00Z');
    const { client, ticket, ways } = await firstStep(email);
    expect(ways).toEqual(['authenticator', 'recovery-code']);
    const wrong = await client.post('/api/session/second-factor', { ticket, code: '000000' });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'identity.wrong-code']);
    expect((await client.get('/api/session')).status).toBe(401);
    const done = await client.post('/api/session/second-factor', { ticket, code: codeOf(secret) });
    expect([done.status, done.body.user.email]).toEqual([200, email]);
    expect((await client.get('/api/session')).status).toBe(200);
  });

  it('When a code was used, then it works no more, also under another ticket and within its half minute', async () => {
    const { email, secret } = await withAuthenticator();
    at('2026-11-25T12:10:10Z');
    const first = await firstStep(email);
    const code = codeOf(secret);
    expect((await first.client.post('/api/session/second-factor', { ticket: first.ticket, code })).status).toBe(200);
    const second = await firstStep(email);
    const again = await second.client.post('/api/session/second-factor', { ticket: second.ticket, code });
    expect([again.status, again.body.code]).toEqual([422, 'identity.wrong-code']);
    // Nor does an earlier one that nobody used.
    expect((await second.client.post('/api/session/second-factor', { ticket: second.ticket, code: codeOf(secret, -30) })).status).toBe(422);
    at('2026-11-25T12:10:40Z');
    expect((await second.client.post('/api/session/second-factor', { ticket: second.ticket, code: codeOf(secret) })).status).toBe(200);
  });

  it('When the same code comes twenty times at once, then one gets in', async () => {
    const { email, secret } = await withAuthenticator();
    at('2026-11-25T12:15:10Z');
    const steps = await Promise.all(Array.from({ length: 20 }, () => firstStep(email)));
    const code = codeOf(secret);
    const answers = await Promise.all(steps.map(({ client, ticket }) => client.post('/api/session/second-factor', { ticket, code })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(19);
  });

  it.each([
    [-60, 422],
    [-30, 200],
    [30, 200],
    [60, 422],
  ])('When its clock is %i seconds away, then the answer is %i', async (seconds, status) => {
    const { email, secret } = await withAuthenticator();
    at('2026-11-25T12:20:10Z');
    const { client, ticket } = await firstStep(email);
    expect((await client.post('/api/session/second-factor', { ticket, code: codeOf(secret, seconds) })).status).toBe(status);
  });

  it('When the ticket is ten minutes old, used or invented, then one begins again', async () => {
    const { email, secret } = await withAuthenticator();
    at('2026-11-25T12:25:10Z');
    const { client, ticket } = await firstStep(email);
    expect((await client.post('/api/session/second-factor', { ticket, code: codeOf(secret) })).status).toBe(200);
    for (const [when, old] of [['2026-11-25T12:25:50Z', ticket], ['2026-11-25T12:26:00Z', 'a-ticket-that-nobody-gave']] as const) {
      at(when);
      const answer = await client.post('/api/session/second-factor', { ticket: old, code: codeOf(secret) });
      expect([answer.status, answer.body.code]).toEqual([401, 'identity.step-too-late']);
    }
    const late = await firstStep(email);
    at('2026-11-25T12:37:00Z');
    expect((await late.client.post('/api/session/second-factor', { ticket: late.ticket, code: codeOf(secret) })).status).toBe(401);
  });

  it('When it is taken away, then the password alone signs in again, and its recovery codes are gone', async () => {
    const { client, email } = await withAuthenticator();
    expect((await client.delete('/api/account/authenticator')).status).toBe(204);
    await app.anonymous().signIn(email, testPassword);
    expect((await client.get('/api/account')).body).toMatchObject({ authenticator: false, recoveryCodesLeft: 0 });
  });

  it('When there is one already, then no second secret is given out', async () => {
    const { client } = await withAuthenticator();
    const answer = await client.post('/api/account/authenticator');
    expect([answer.status, answer.body.code]).toEqual([409, 'identity.has-authenticator']);
  });

  it('When it is set up, then browsers that never showed it are out, and a recent sign-in takes its code', async () => {
    at(noon);
    const client = await app.person('administrator');
    const email = await emailOf(client);
    const other = app.anonymous();
    await other.signIn(email, testPassword);
    const { secret } = (await client.post('/api/account/authenticator')).body;
    await client.post('/api/account/authenticator/confirm', { code: codeOf(secret) });
    expect((await other.get('/api/session')).status).toBe(401);
    at('2026-11-25T12:01:00Z');
    expect((await client.post('/api/session/again', { password: testPassword })).body.code).toBe('identity.wrong-code');
    expect((await client.post('/api/session/again', { password: testPassword, code: codeOf(secret) })).status).toBe(200);
  });
});

describe('recovery codes', () => {
  it('When the phone is lost, then each of ten gets one in, once, however it is typed', async () => {
    const { email, recoveryCodes } = await withAuthenticator();
    const [code] = recoveryCodes as [string];
    const first = await firstStep(email);
    expect((await first.client.post('/api/session/second-factor', { ticket: first.ticket, code: code.toUpperCase().replaceAll('-', ' ') })).status).toBe(200);
    const second = await firstStep(email);
    expect((await second.client.post('/api/session/second-factor', { ticket: second.ticket, code })).status).toBe(422);
    expect((await first.client.get('/api/account')).body.recoveryCodesLeft).toBe(9);
  });

  it('When new ones are made, then the former ones open nothing; none is stored as it is shown', async () => {
    const { client, email, recoveryCodes } = await withAuthenticator();
    const made = (await client.post('/api/account/recovery-codes', {}, { 'idempotency-key': 'codes' })).body.recoveryCodes as string[];
    expect(new Set([...made, ...recoveryCodes]).size).toBe(20);
    const step = await firstStep(email);
    expect((await step.client.post('/api/session/second-factor', { ticket: step.ticket, code: recoveryCodes[0] })).status).toBe(422);
    expect((await step.client.post('/api/session/second-factor', { ticket: step.ticket, code: made[0] })).status).toBe(200);
    const stored = JSON.stringify([await app.sql('select * from recovery_code'), await app.sql('select * from idempotency_key')]);
    for (const code of made) expect(stored).not.toContain(code.replaceAll('-', ''));
    for (const code of made) expect(stored).not.toContain(code);
  });

  it('When somebody has no second factor, then there is nothing to stand in for', async () => {
    const client = await app.person('administrator');
    expect((await client.post('/api/account/recovery-codes')).body.code).toBe('identity.no-second-factor');
  });
});

describe('guessing codes', () => {
  it('When ten were wrong, then even the right one waits, under a new ticket too', async () => {
    const limited = await startApp({ limits: true });
    limited.clock.set(noon);
    const client = await limited.person('administrator');
    const { secret } = (await client.post('/api/account/authenticator')).body;
    const right = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: limited.clock.now().getTime() });
    await client.post('/api/account/authenticator/confirm', { code: right() });
    limited.clock.set('2026-11-25T12:02:00Z');
    const ticketOf = async () => (await limited.anonymous().post('/api/session', { email: await emailOf(client), password: testPassword })).body.ticket as string;
    const ticket = await ticketOf();
    for (let i = 0; i < 10; i++) expect((await limited.anonymous().post('/api/session/second-factor', { ticket, code: '000000' })).status).toBe(422);
    const answer = await limited.anonymous().post('/api/session/second-factor', { ticket: await ticketOf(), code: right() });
    expect([answer.status, answer.body.code]).toEqual([429, 'platform.too-many']);
  });
});

describe('a school that asks for a second factor', () => {
  const rules = (place: TestCollaboration) => `/api/collaborations/${place.id}/second-factor`;

  it('When the coordinator asks it of one school, then its people set one up before anything else, and others go on', async () => {
    at(noon);
    const place = await app.collaboration({ schools: 2 });
    const members = `/api/collaborations/${place.id}/members`;
    expect((await place.coordinator.put(rules(place), { everybody: false, schoolUrns: [place.urns[0]] })).body).toEqual({ everybody: false, schoolUrns: [place.urns[0]] });
    for (const path of [members, '/api/collaborations']) {
      const refused = await place.head.get(path);
      expect([refused.status, refused.body.code]).toEqual([403, 'identity.second-factor-needed']);
    }
    expect((await place.sister.get(members)).status).toBe(200);
    expect((await place.financeOfficer.get(members)).status).toBe(200);
    expect((await place.head.get('/api/session')).status).toBe(200);
    expect((await place.head.get('/api/account')).body.needsSecondFactor).toBe(true);

    const { secret } = (await place.head.post('/api/account/authenticator')).body;
    await place.head.post('/api/account/authenticator/confirm', { code: codeOf(secret) });
    expect((await place.head.get(members)).status).toBe(200);
    const kept = await place.head.delete('/api/account/authenticator');
    expect([kept.status, kept.body.code]).toEqual([409, 'identity.second-factor-required']);
    expect((await place.head.get('/api/account')).body.authenticator).toBe(true);
  });

  it('When it is asked of everybody and then of nobody, then doors close and open again', async () => {
    at(noon);
    const place = await app.collaboration({ schools: 2 });
    const { client } = await withAuthenticator('head', place);
    await place.coordinator.put(rules(place), { everybody: true, schoolUrns: [] });
    expect((await place.sister.get(`/api/collaborations/${place.id}/members`)).status).toBe(403);
    expect((await client.get(`/api/collaborations/${place.id}/members`)).status).toBe(200);
    // The coordinator is asked too, and cannot take it back without one.
    expect((await place.coordinator.put(rules(place), { everybody: false, schoolUrns: [] })).body.code).toBe('identity.second-factor-needed');
    const { secret } = (await place.coordinator.post('/api/account/authenticator')).body;
    await place.coordinator.post('/api/account/authenticator/confirm', { code: codeOf(secret) });
    await place.coordinator.put(rules(place), { everybody: false, schoolUrns: [] });
    expect((await place.sister.get(`/api/collaborations/${place.id}/members`)).status).toBe(200);
  });

  it('When a head would set it, then it is refused; another collaboration is not touched', async () => {
    at(noon);
    const [place, other] = [await app.collaboration({ schools: 2 }), await app.collaboration({ schools: 2 })];
    expect((await place.head.put(rules(place), { everybody: true, schoolUrns: [] })).status).toBe(403);
    await place.coordinator.put(rules(place), { everybody: true, schoolUrns: [] });
    expect((await other.head.get(`/api/collaborations/${other.id}/members`)).status).toBe(200);
  });
});

describe('a second factor that is lost with its recovery codes', () => {
  it('When an administrator takes it away, then the password is enough again, every session is over, a mail and the trail say so', async () => {
    const { client, email } = await withAuthenticator('administrator');
    const keeper = await app.person('administrator');
    const path = `/api/people/${client.userId}/lost-second-factor`;
    expect(await keeper.post(`/api/people/${keeper.userId}/lost-second-factor`, { reason: 'Me' })).toMatchObject({ status: 409, body: { code: 'identity.not-oneself' } });
    expect((await keeper.post(path, { reason: ' ' })).status).toBe(422);
    expect((await keeper.post(path, { reason: 'Spoke to her on the telephone' })).status).toBe(204);
    expect((await client.get('/api/session')).status).toBe(401);
    const again = app.anonymous();
    expect((await again.post('/api/session', { email, password: testPassword })).status).toBe(200);
    expect(await keeper.post(path, { reason: 'Twice' })).toMatchObject({ status: 409, body: { code: 'identity.no-second-factor' } });
    const [line] = await app.reveal(await app.sql<{ action: string; after: { reason: string; authenticators: number } }>(`select action, after from trail where subject_id = $1 and action = 'identity.lost-factor-taken-away'`, [client.userId]));
    expect(line).toMatchObject({ after: { authenticators: 1, passkeys: 0, reason: 'Spoke to her on the telephone' } });
    const subjects = await app.reveal(await app.sql<{ subject: string }>('select subject from mail order by created_at desc limit 5'));
    expect(subjects.map(({ subject }) => subject)).toContain('Your second factor for Fairshare was taken away');
    const coordinator = await app.person('coordinator', { collaborationId: (await app.collaboration({ schools: 1 })).id });
    expect((await coordinator.post(path, { reason: 'Not mine' })).status).toBe(403);
  });
});
