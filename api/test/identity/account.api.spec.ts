import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, testPassword, type Client, type TestApp } from '../harness.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});

const emailOf = async (client: Client): Promise<string> => (await client.get('/api/session')).body.user.email as string;

/** Somebody who signed in by password, as in a browser. */
async function signedIn(): Promise<{ client: Client; email: string }> {
  const made = await app.person('administrator');
  const email = await emailOf(made);
  await made.delete('/api/session');
  const client = app.anonymous();
  await client.signIn(email, testPassword);
  return { client, email };
}

describe('changing one’s password', () => {
  it('When the one so far is right, then the new one signs in, the old one does not, and other browsers are out', async () => {
    const { client, email } = await signedIn();
    const other = app.anonymous();
    await other.signIn(email, testPassword);
    const changed = await client.put('/api/account/password', { current: testPassword, password: 'three green lamps in a row' });
    expect(changed.status).toBe(204);
    expect((await client.get('/api/session')).status).toBe(200);
    expect((await other.get('/api/session')).status).toBe(401);
    expect((await app.anonymous().post('/api/session', { email, password: testPassword })).status).toBe(401);
    await app.anonymous().signIn(email, 'three green lamps in a row');
  });

  it.each([
    ['is short', 'eleven char', 'platform.not-valid'],
    ['is common', 'Password12345!', 'identity.password-common'],
    ['is one’s own name', 'testadministrator', 'identity.password-own-name'],
  ])('When the new one %s, then it is refused and nothing changes', async (_, password, code) => {
    const { client, email } = await signedIn();
    const answer = await client.put('/api/account/password', { current: testPassword, password });
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    await app.anonymous().signIn(email, testPassword);
  });

  it('When the one so far is wrong or missing, then it is refused', async () => {
    const { client } = await signedIn();
    for (const current of ['not this one', undefined]) {
      const answer = await client.put('/api/account/password', { current, password: 'three green lamps in a row' });
      expect([answer.status, answer.body.code]).toEqual([422, 'identity.wrong-current-password']);
    }
  });
});

describe('one’s sessions', () => {
  it('When several browsers are signed in, then each is listed, and ended one by one or all others at once', async () => {
    const { client, email } = await signedIn();
    const [second, third] = [app.anonymous(), app.anonymous()];
    await second.signIn(email, testPassword);
    await third.signIn(email, testPassword);
    const { body } = await client.get('/api/account/sessions');
    expect(body.items).toHaveLength(3);
    expect(body.items.filter((s: { thisOne: boolean }) => s.thisOne)).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ address: '127.0.0.1', device: expect.any(String), lastSeenAt: expect.any(String) });

    const ofSecond = (await second.get('/api/account/sessions')).body.items.find((s: { thisOne: boolean }) => s.thisOne).id as string;
    expect((await client.delete(`/api/account/sessions/${ofSecond}`)).status).toBe(204);
    expect((await second.get('/api/session')).status).toBe(401);
    expect((await client.delete('/api/account/sessions')).status).toBe(204);
    expect((await third.get('/api/session')).status).toBe(401);
    expect((await client.get('/api/session')).status).toBe(200);
  });

  it('When a session is somebody else’s, then it looks missing and goes on', async () => {
    const { client } = await signedIn();
    const stranger = await signedIn();
    const [theirs] = (await stranger.client.get('/api/account/sessions')).body.items as { id: string }[];
    expect((await client.delete(`/api/account/sessions/${theirs?.id}`)).status).toBe(404);
    expect((await stranger.client.get('/api/session')).status).toBe(200);
  });

  it('When somebody signs in over a session, then its secret is new and the old one is worth nothing', async () => {
    const { client, email } = await signedIn();
    const before = client.at(app.url);
    await client.signIn(email, testPassword);
    expect(client.cookie).not.toBe(before.cookie);
    expect((await before.get('/api/session')).status).toBe(401);
  });

  it('When seven busy days have passed, then it is over all the same', async () => {
    const { client } = await signedIn();
    const began = Date.now();
    try {
      for (let hour = 7; hour < 7 * 24; hour += 7) {
        app.clock.set(new Date(began + hour * 3_600_000).toISOString());
        expect((await client.get('/api/session')).status).toBe(200);
      }
      app.clock.set(new Date(began + 7 * 24 * 3_600_000 + 60_000).toISOString());
      expect((await client.get('/api/session')).status).toBe(401);
    } finally {
      app.clock.set(new Date().toISOString());
    }
  });
});

describe('a recent sign-in', () => {
  const later = (minutes: number) => app.clock.set(new Date(Date.now() + minutes * 60_000).toISOString());

  /** A coordinator who signed in by password. */
  async function coordinator(): Promise<{ client: Client; at: string }> {
    const place = await app.collaboration({ schools: 2 });
    const client = app.anonymous();
    await client.signIn(await emailOf(place.coordinator), testPassword);
    return { client, at: `/api/collaborations/${place.id}` };
  }

  it('When the sign-in is sixteen minutes old, then roles and bank details wait for another, and go on after it', async () => {
    later(0);
    const { client, at } = await coordinator();
    const grant = { name: 'Nell Frost', email: `nell-${Date.now()}@test.example`, role: 'head' };
    later(14);
    expect((await client.post(`${at}/people`, grant)).status).toBe(201);
    later(16);
    const bank = { accountName: 'Frost Ltd', sortCode: '200000', accountNumber: '55779911' };
    for (const [method, path, body] of [
      ['POST', `${at}/people`, { ...grant, role: 'governor' }],
      ['DELETE', `${at}/people/roles/${crypto.randomUUID()}`, undefined],
      ['POST', `${at}/suppliers`, { name: 'Frost Ltd', kind: 'company', bankDetails: bank }],
      ['PUT', `${at}/suppliers/${crypto.randomUUID()}`, { name: 'Frost Ltd', kind: 'company', bankDetails: null }],
      ['PUT', '/api/account/password', { current: testPassword, password: 'three green lamps in a row' }],
    ] as const) {
      const answer = await client.send(method, path, body);
      expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'identity.sign-in-again']);
    }
    // Without bank details a supplier is nothing sensitive.
    expect((await client.post(`${at}/suppliers`, { name: 'Frost Ltd', kind: 'company' })).status).toBe(201);

    expect((await client.post('/api/session/again', { password: 'not this one' })).status).toBe(422);
    const before = client.at(app.url);
    expect((await client.post('/api/session/again', { password: testPassword })).status).toBe(200);
    expect((await before.get('/api/session')).status).toBe(401);
    expect((await client.post(`${at}/people`, { ...grant, role: 'governor' })).status).toBe(201);
    later(0);
  });

  it('When the issuer of invoices changes, then its bank account asks for it too', async () => {
    later(0);
    const place = await app.collaboration({ schools: 2 });
    const client = app.anonymous();
    await client.signIn(await emailOf(place.financeOfficer), testPassword);
    later(16);
    const answer = await client.put(`/api/collaborations/${place.id}/invoice-issuer`, {});
    expect([answer.status, answer.body.code]).toEqual([403, 'identity.sign-in-again']);
    later(0);
  });

  it('When the collaboration is foreign, then it looks missing whatever the sign-in’s age', async () => {
    later(0);
    const { client } = await coordinator();
    const other = await app.collaboration({ schools: 2 });
    later(16);
    expect((await client.post(`/api/collaborations/${other.id}/people`, {})).status).toBe(404);
    later(0);
  });
});
