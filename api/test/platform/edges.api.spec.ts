import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig, settingNames } from '../../src/platform/config.js';
import { Database } from '../../src/platform/database.js';
import { secrets } from '../../src/platform/secret-files.js';
import { giasCsv, giasLine } from '../schools/national-files.js';
import { startApp, testPassword, type Client, type TestApp, type TestCollaboration } from '../harness.js';

let app: TestApp;
let c: TestCollaboration;
beforeAll(async () => {
  app = await startApp({ publicUrl: 'http://localhost:3000' });
  c = await app.collaboration({ schools: 2 });
});

const preview = { amountPence: 100, rule: { basis: 'equal' }, participants: [{ school: '125556' }, { school: '125562' }] };

/** Raw bytes to the server, and whatever came back before it closed. */
function raw(bytes: string, stayMs = 5_000): Promise<string> {
  const { port, hostname } = new URL(app.url);
  return new Promise((done) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const timer = setTimeout(() => socket.destroy(), stayMs);
    socket.on('data', (data) => (answer += data.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      done(answer);
    });
  });
}

describe('headers', () => {
  it('When anything is answered, then it says what a browser may do with it', async () => {
    const { headers } = await c.coordinator.get('/api/session');
    const policy = headers.get('content-security-policy') ?? '';
    for (const part of ["default-src 'self'", "script-src 'self'", "script-src-attr 'none'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'self'", "form-action 'self'"]) expect(policy).toContain(part);
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('permissions-policy')).toContain('geolocation=()');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
    // Over plain HTTP a promise of HTTPS would lock people out.
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('When the installation is reached over HTTPS, then browsers are told to stay there and the cookie stays with it', async () => {
    const secure = await startApp({ publicUrl: 'https://fairshare.example' });
    expect((await secure.anonymous().get('/api/session')).headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
  });

  it('When somebody signs in over HTTPS, then the cookie is bound to this host, and over HTTP it is worth nothing', async () => {
    const person = await app.person('administrator');
    const https = { 'x-forwarded-proto': 'https' };
    const plain = (person.cookie as string).replace('fairshare_session=', '');
    const asked = (name: string, headers: Record<string, string> = {}) => fetch(`${app.url}/api/account`, { headers: { cookie: `${name}=${plain}`, ...headers } });
    expect((await asked('__Host-fairshare_session', https)).status).toBe(200);
    expect((await asked('fairshare_session', https)).status).toBe(401);
    expect((await asked('__Host-fairshare_session')).status).toBe(401);
    const { email } = (await person.get('/api/account')).body;
    const begun = await app.anonymous().post('/api/session', { email, password: testPassword }, https);
    expect(begun.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-fairshare_session=[\w-]{40,}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)]);
    const left = await fetch(`${app.url}/api/session`, { method: 'DELETE', headers: { cookie: `__Host-fairshare_session=${plain}`, ...https } });
    expect(left.headers.getSetCookie()[0]).toMatch(/^__Host-fairshare_session=; .*Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
  });

  it('When headers are larger than any browser sends, then 431', async () => {
    expect((await fetch(`${app.url}/api/session`, { headers: { 'x-long': 'x'.repeat(20_000) } })).status).toBe(431);
  });

  it('When a forwarded address comes from no trusted proxy, then it is not believed, and from a trusted one it is', async () => {
    /** Where a sign-in seems to come from, and the name of its cookie. */
    const seen = async (at: TestApp) => {
      const { email } = (await (await at.person('administrator')).get('/api/account')).body;
      const begun = await at.anonymous().post('/api/session', { email, password: testPassword }, { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' });
      const cookie = begun.headers.getSetCookie()[0]?.split('=')[0];
      const [{ address }] = (await at.sql<{ address: string }>('select address from session order by id desc limit 1')) as [{ address: string }];
      return [await at.reveal(address), cookie];
    };
    expect(await seen(await startApp({ trustedProxies: '10.0.0.1' }))).toEqual(['127.0.0.1', 'fairshare_session']);
    expect(await seen(app)).toEqual(['203.0.113.9', '__Host-fairshare_session']);
  });

  it('When somebody asks for an echo of what they send, then there is none', async () => {
    expect(await raw('TRACE /api/session HTTP/1.1\r\nHost: localhost\r\nCookie: fairshare_session=canary\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 40[045] (?!.*canary)/s);
  });

  it('When something is answered, then its kind is said, and texts say in which letters', async () => {
    const at = `/api/collaborations/${c.id}`;
    const kinds = await Promise.all([`${at}/services`, '/api/nowhere', '/api/openapi.json', `${at}/trail.csv`, `${at}/trail.json`].map(async (path) => (await c.auditor.get(path)).headers.get('content-type')));
    expect(kinds).toEqual(['application/json', 'application/problem+json', 'application/json', 'text/csv', 'application/json'].map((kind) => `${kind}; charset=utf-8`));
  });
});

describe('requests from other sites', () => {
  it.each([
    ['another site', { origin: 'https://elsewhere.example' }],
    ['a sandboxed page', { origin: 'null' }],
    ['something that is no address', { origin: 'elsewhere' }],
    ['a browser that says so', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour on the same domain', { 'sec-fetch-site': 'same-site' }],
  ])('When an unsafe request comes from %s, then it is refused', async (_, headers) => {
    expect(await c.coordinator.post('/api/cost-sharing/preview', preview, headers)).toMatchObject({ status: 403, body: { code: 'platform.other-site' } });
    expect((await c.coordinator.get('/api/session', headers)).status).toBe(200);
  });

  it('When it comes from our own pages, then it is taken', async () => {
    expect((await c.coordinator.post('/api/cost-sharing/preview', preview, { origin: app.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });
});

describe('bodies', () => {
  const json = { 'content-type': 'application/json' };
  const send = (body: string, headers: Record<string, string> = json) =>
    fetch(`${app.url}/api/cost-sharing/preview`, { method: 'POST', body, headers: { ...headers, cookie: c.coordinator.cookie as string } });

  it('When a body is nested deeply, then it is refused before anything looks at it', async () => {
    expect(await c.coordinator.post('/api/cost-sharing/preview', JSON.parse(`${'{"a":'.repeat(30)}1${'}'.repeat(30)}`))).toMatchObject({ status: 422, body: { code: 'platform.too-deep' } });
    const deepest = await send(`${'['.repeat(400_000)}${']'.repeat(400_000)}`);
    expect([400, 422]).toContain(deepest.status);
  });

  it('When a body is no JSON, another kind of content, or larger than is read, then 400, 415 and 413', async () => {
    expect(await (await send('{"a":')).json()).toMatchObject({ status: 400, code: 'platform.malformed' });
    expect(await (await send('a=1', { 'content-type': 'application/x-www-form-urlencoded' })).json()).toMatchObject({ status: 415, code: 'platform.media-type' });
    expect(await (await send('<a/>', { 'content-type': 'application/xml' })).json()).toMatchObject({ status: 415 });
    expect(await (await send(`"${'x'.repeat(1_100_000)}"`)).json()).toMatchObject({ status: 413, code: 'platform.too-large' });
    expect((await send('{"__proto__":{"admin":true}}')).status).toBe(400);
  });

  it('When a body trickles, then the connection ends instead of being held', async () => {
    const server = app.app.getHttpServer() as { requestTimeout: number; headersTimeout: number };
    const { requestTimeout, headersTimeout } = server;
    Object.assign(server, { requestTimeout: 300, headersTimeout: 300 });
    const began = Date.now();
    const answer = await raw(`POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"email":`, 20_000);
    expect({ requestTimeout, headersTimeout }).toEqual({ requestTimeout: 120_000, headersTimeout: 20_000 });
    Object.assign(server, { requestTimeout, headersTimeout });
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(Date.now() - began).toBeLessThan(15_000);
  });

  it('When a message contradicts itself about its length, then it is not read', async () => {
    expect(await raw('POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('files', () => {
  it('When a file is of another kind than is asked for, then it is refused, whatever it is called', async () => {
    const administrator = await app.person('administrator');
    const csv = giasCsv([giasLine(1)]);
    const to = (client: Client, path: string, name: string, content: string | Uint8Array) => client.upload(path, name, content);
    expect(await to(administrator, '/api/schools/import?kind=gias', 'schools.exe', csv)).toMatchObject({ status: 422, body: { code: 'platform.wrong-file', facts: { expected: '.csv' } } });
    expect(await to(c.financeOfficer, `/api/collaborations/${c.id}/bank-statements`, 'statement.pdf', csv)).toMatchObject({ status: 422, body: { code: 'platform.wrong-file' } });
    const zip = new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 9, 0xff, 0xfe]);
    expect((await to(c.financeOfficer, `/api/collaborations/${c.id}/bank-statements`, 'statement.csv', zip)).status).toBe(422);
    expect((await to(administrator, '/api/schools/import?kind=gias', '../../../etc/passwd.csv', csv)).status).toBe(202);
  });
});

describe('faults', () => {
  afterEach(() => app.app.useLogger(['error', 'warn']));

  it('When something breaks inside, then the answer has a trace and nothing else', async () => {
    app.app.useLogger(false);
    const database = app.app.get(Database);
    const { read } = database;
    database.read = () => Promise.reject(new Error('relation "secret_table" at /srv/fairshare/dist/api/src/x.js:12 for postgres://user:password@host'));
    const answer = await c.coordinator.get(`/api/collaborations/${c.id}/services`);
    database.read = read;
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toEqual({
      type: 'urn:fairshare:problem:platform.unexpected', title: 'Unexpected', status: 500, code: 'platform.unexpected', facts: {},
      detail: 'Something went wrong on our side; nothing was changed. Please quote the trace number.', traceId: answer.headers.get('x-trace-id'),
    });
  });
});

describe('whom to tell', () => {
  it('When a contact is set, then security.txt names it and ends in half a year; else nothing is there', async () => {
    expect((await app.anonymous().get('/.well-known/security.txt')).status).toBe(404);
    const named = await startApp({ securityContact: 'mailto:security@fairshare.example', publicUrl: 'https://fairshare.example' });
    const { text, headers } = await named.anonymous().get('/.well-known/security.txt');
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(text).toMatch(/^Contact: mailto:security@fairshare\.example\nExpires: \S+Z\nPreferred-Languages: en\nCanonical: https:\/\/fairshare\.example\/\.well-known\/security\.txt\n$/);
    const days = (Date.parse(/Expires: (\S+)/.exec(text)?.[1] as string) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(180);
  });
});

describe('secrets', () => {
  it('When a secret is kept in a file, then it is read from there; when it cannot be, one sentence names the setting', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'fairshare-secret-')), 'url');
    writeFileSync(path, 'postgres://somebody@database:5432/fairshare\n');
    expect(readConfig({ DATABASE_URL_FILE: path }).databaseUrl).toBe('postgres://somebody@database:5432/fairshare');
    expect(() => readConfig({ DATABASE_URL_FILE: '/nowhere/at/all' })).toThrow('The file named by DATABASE_URL_FILE cannot be read (ENOENT).');
    expect(() => readConfig({ SECURITY_CONTACT: 'somebody' })).toThrow('The setting SECURITY_CONTACT is not usable');
  });

  it('When a setting is left empty, then it is as if it were not there', () => {
    expect(readConfig({ SIGN_IN_GOOGLE_CLIENT_ID: '', SIGN_IN_GOOGLE_CLIENT_SECRET: '', SECURITY_CONTACT: '', DATABASE_URL: '' })).toMatchObject({ providers: [], securityContact: undefined, databaseUrl: undefined });
    expect(() => readConfig({ SIGN_IN_GOOGLE_CLIENT_ID: 'fairshare' })).toThrow('The setting SIGN_IN_GOOGLE_CLIENT_SECRET is not usable');
  });

  it('When the program knows a setting, then the manual explains it, and a secret among them may stand in a file', () => {
    const manual = readFileSync('docs/operations.md', 'utf8');
    expect(settingNames.filter((name) => !manual.includes(`\`${name}\``))).toEqual([]);
    expect(secrets.filter((name) => !settingNames.includes(name))).toEqual([]);
    const named = [...manual.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, name]) => name as string).filter((name) => name !== 'FAIRSHARE_KEY_FILE');
    expect([...new Set(named)].filter((name) => !settingNames.includes(name))).toEqual([]);
  });
});
