import { beforeAll, describe, expect, it } from '@jest/globals';
import { agree, calendarOf, engage, morning } from '../bookings/arrange.js';
import { newId } from '../../src/platform/new-id.js';
import { Personal } from '../../src/platform/personal.js';
import { startApp, type Client, type TestApp, type TestCollaboration } from '../harness.js';

/** Somebody who serves two collaborations, with a session and an absence with a note in each, and an account of their own. */
interface Shared {
  readonly a: TestCollaboration;
  readonly b: TestCollaboration;
  readonly specialistId: string;
  readonly email: string;
}

let app: TestApp;
let administrator: Client;
beforeAll(async () => {
  app = await startApp();
  app.clock.set(morning);
  administrator = await app.person('administrator');
}, 60_000);

const at = (c: TestCollaboration, path: string) => `/api/collaborations/${c.id}/${path}`;
const noteOf = (c: TestCollaboration) => `note of ${c.name}`;

async function shared(): Promise<Shared> {
  const [a, b] = [await app.collaboration({ schools: 1 }), await app.collaboration({ schools: 1 })];
  const specialistId = newId();
  const email = `sam-${newId()}@test.example`;
  for (const c of [a, b]) {
    await calendarOf(app, c.id);
    await engage(app, c.id, specialistId);
    await agree(app, c, [specialistId], { payAsYouGo: true });
    const absent = await c.coordinator.post(at(c, `specialists/${specialistId}/absences`), { startsAt: c === a ? '2026-10-05T09:00' : '2026-10-06T09:00', endsAt: c === a ? '2026-10-05T12:00' : '2026-10-06T12:00', reason: 'illness', note: noteOf(c) });
    expect(absent.status).toBe(201);
  }
  await app.sql('update specialist set email = $2, email_index = $3 where id = $1', [specialistId, await app.seal(specialistId, email), app.app.get(Personal).lookup(email)]);
  return { a, b, specialistId, email };
}

/** Adds somebody to a collaboration and signs in as them. */
async function joined(c: TestCollaboration, email: string, role: object): Promise<Client> {
  const added = await c.coordinator.post(at(c, 'people'), { name: 'Nell Frost', email, ...role });
  expect(added.status).toBe(201);
  return app.sessionOf(added.body.person.userId, 'a browser');
}

const kinds = (body: { records: { kind: string }[] }) => body.records.map(({ kind }) => kind);

describe('everything about oneself', () => {
  it('When somebody else gets the role of a specialist, then nothing of the specialist is theirs to take', async () => {
    const { a, b, specialistId } = await shared();
    const assistant = await joined(a, `nell-${newId()}@test.example`, { role: 'specialist', specialistId });
    const taken = await assistant.get('/api/account/personal-data');
    expect(taken.status).toBe(200);
    for (const foreign of [b.id, noteOf(a), noteOf(b)]) expect(taken.text).not.toContain(foreign);
    expect(kinds(taken.body)).toEqual(expect.arrayContaining(['account', 'role grant']));
    expect(kinds(taken.body)).not.toEqual(expect.arrayContaining(['absence']));
  });

  it('When the specialist takes theirs, then it is what is in the collaborations that gave them the role', async () => {
    const { a, b, specialistId, email } = await shared();
    const own = await joined(a, email, { role: 'specialist', specialistId });
    const first = await own.get('/api/account/personal-data');
    expect([first.text.includes(noteOf(a)), first.text.includes(noteOf(b)), first.text.includes(b.id)]).toEqual([true, false, false]);
    expect((await b.coordinator.post(at(b, 'people'), { name: 'Sam', email, role: 'specialist', specialistId })).status).toBe(201);
    const both = await own.get('/api/account/personal-data');
    expect([both.text.includes(noteOf(a)), both.text.includes(noteOf(b))]).toEqual([true, true]);
    expect(both.text).not.toMatch(/\{sealed:/);
    expect((await administrator.get(`/api/people/${own.userId}/personal-data`)).text).toContain(noteOf(b));
  });
});

describe('erasing whoever helps a specialist', () => {
  it('When they go, then the specialist stays: name, notes, feeds and bank details', async () => {
    const { a, b, specialistId } = await shared();
    const assistant = await joined(a, `nell-${newId()}@test.example`, { role: 'specialist', specialistId });
    const feed = await b.coordinator.post(at(b, 'feeds'), { kind: 'specialist', specialistId });
    expect(feed.status).toBe(201);
    expect((await administrator.post(`/api/people/${assistant.userId}/erasure`, { dryRun: false })).status).toBe(200);
    expect((await a.coordinator.get(at(a, `specialists/${specialistId}`))).body.name).toMatch(/^Dr /);
    expect((await b.coordinator.get(at(b, `specialists/${specialistId}/absences`))).text).toContain(noteOf(b));
    expect((await app.anonymous().get(feed.body.path)).status).toBe(200);
  });

  it('When the specialist goes, then their name and notes go in both', async () => {
    const { a, b, specialistId, email } = await shared();
    const own = await joined(a, email, { role: 'specialist', specialistId });
    expect((await a.coordinator.post(`/api/people/${own.userId}/erasure`, { dryRun: true })).body.code).toBe('identity.belongs-elsewhere');
    expect((await administrator.post(`/api/people/${own.userId}/erasure`, { dryRun: false })).status).toBe(200);
    expect((await b.coordinator.get(at(b, `specialists/${specialistId}`))).body.name).toBe('somebody who has left');
  });
});

describe('a link to hand over where no mail leaves the house', () => {
  it('When somebody is invited by two collaborations, then neither coordinator gets the link, and the former one opens nothing', async () => {
    const [a, b] = [await app.collaboration({ schools: 1 }), await app.collaboration({ schools: 1 })];
    const person = { name: 'Kit Marsh', email: `kit-${newId()}@test.example`, role: 'auditor' };
    const first = await a.coordinator.post(at(a, 'people'), person);
    const [link] = [first.body.invitation.link as string];
    expect(link).toContain('/invitation#');
    const second = await b.coordinator.post(at(b, 'people'), person);
    expect(second.body.invitation).toEqual({ email: person.email, link: null });
    expect((await app.anonymous().post('/api/session/invitation/look', { token: link.split('#')[1] })).body.code).toBe('identity.link-over');
    for (const c of [a, b]) expect((await c.coordinator.post(at(c, `people/${first.body.person.userId}/invitation`))).body.link).toBeNull();
    const [mail] = (await administrator.get('/api/outbox?size=1')).body.items;
    expect((await administrator.get(`/api/outbox/${mail.id}`)).body.text).toContain('/invitation#');
  });

  it('When it is a specialist whom another collaboration may know, then it is not handed over either', async () => {
    const { a, specialistId, email } = await shared();
    const added = await a.coordinator.post(at(a, 'people'), { name: 'Sam', email, role: 'specialist', specialistId });
    expect([added.status, added.body.invitation.link]).toEqual([201, null]);
  });
});

describe('a role taken away', () => {
  it('When somebody loses it, then their sessions and the calendar feeds they made end with it', async () => {
    const c = await app.collaboration({ schools: 2 });
    const feed = await c.businessManager.post(at(c, 'feeds'), { kind: 'school', schoolUrn: c.urns[0] });
    expect((await app.anonymous().get(feed.body.path)).status).toBe(200);
    const { items } = (await c.coordinator.get(at(c, 'people?size=200'))).body;
    const { grants } = items.find((p: { userId: string }) => p.userId === c.businessManager.userId);
    expect((await c.coordinator.delete(at(c, `people/roles/${grants[0].id}`))).status).toBe(204);
    expect((await c.businessManager.get('/api/session')).status).toBe(401);
    expect((await app.anonymous().get(feed.body.path)).status).toBe(404);
  });

  it('When a role is asked for at a school that is no member, or one of the whole at a school, then it is refused', async () => {
    const [c, other] = [await app.collaboration({ schools: 1 }), await app.collaboration({ schools: 1 })];
    const add = (role: object) => c.coordinator.post(at(c, 'people'), { name: 'Nell Frost', email: `nell-${newId()}@test.example`, ...role });
    expect((await add({ role: 'head', schoolUrn: other.urns[0] })).body.code).toBe('identity.no-such-member');
    for (const role of ['coordinator', 'auditor']) expect((await add({ role, schoolUrn: c.urns[0] })).status).toBe(422);
  });
});

describe('texts that look sealed', () => {
  it('When somebody sends one in any part of a request, then it is refused and nothing is opened for them', async () => {
    const c = await app.collaboration({ schools: 1 });
    const [{ name }] = (await app.sql<{ name: string }>('select name from app_user where id = $1', [c.head.userId])) as [{ name: string }];
    expect(name).toMatch(/^\{sealed:/);
    const code = 'platform.reserved-words';
    expect((await c.auditor.put('/api/account/name', { name })).body.code).toBe(code);
    expect((await c.auditor.put('/api/account/name', { name: `I am ${name}` })).body.code).toBe(code);
    const participants = [{ school: name }, { school: '125562' }];
    expect((await c.auditor.post('/api/cost-sharing/preview', { amountPence: 100, rule: { basis: 'equal' }, participants })).body.code).toBe(code);
    expect((await app.anonymous().post('/api/session', { email: name, password: 'x' })).body.code).toBe(code);
    expect((await c.auditor.post('/api/cost-sharing/preview', { [name]: 1 })).body.code).toBe(code);
    expect((await c.auditor.get(`/api/schools?query=${encodeURIComponent(name)}`)).body.code).toBe(code);
    expect((await c.auditor.get(`/api/collaborations/${encodeURIComponent(name)}`)).body.code).toBe(code);
    expect((await c.auditor.get('/api/account', { 'user-agent': name })).body.code).toBe(code);
    expect((await administrator.upload('/api/schools/import?kind=gias', 'x.csv', `URN,EstablishmentName\n1,${name}`)).body.code).toBe(code);
    for (const answer of [await c.auditor.get('/api/session'), await c.auditor.get('/api/account/sessions')]) expect(answer.text).not.toContain('Test head');
  });
});
