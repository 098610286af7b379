import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Passwords } from '../../src/identity/passwords.js';
import { newId } from '../../src/platform/new-id.js';
import { startApp, type Client, type TestApp, type TestCollaboration } from '../harness.js';
import { routesOf, type Route } from '../routes.js';

const at = '/api/collaborations/:collaborationId';

/** What is costly or open to everybody, and what it spends from; a route that gains or loses a limit is named here. */
const limited: Readonly<Record<string, readonly string[]>> = {
  preview: ['POST /api/cost-sharing/preview'],
  booking: [
    `POST ${at}/bookings`, `POST ${at}/bookings/series-preview`, `POST ${at}/bookings/:bookingId/move`, `POST ${at}/bookings/:bookingId/seats`, `POST ${at}/bookings/:bookingId/proposals/accept`,
    `POST ${at}/holds`, `POST ${at}/holds/:bookingId/confirm`, `POST ${at}/waitlist`, `POST ${at}/waitlist-offers/:offerId/accept`,
  ],
  slots: [`GET ${at}/slots`],
  event: [`POST ${at}/events`, `POST ${at}/events/preview`, `PUT ${at}/events/:eventId`, `DELETE ${at}/events/:eventId`, `POST ${at}/events/:eventId/restore`],
  replanning: [`POST ${at}/replanning`, `POST ${at}/replanning/closing`],
  export: [
    `GET ${at}/trail.csv`, `GET ${at}/trail.json`, 'GET /api/trail.csv', 'GET /api/trail.json',
    `GET ${at}/invoices/:invoiceId.csv`, `GET ${at}/invoices/:invoiceId.pdf`, `GET ${at}/invoices/:invoiceId/credit-notes/:creditNoteId.pdf`, `GET ${at}/invoices/:invoiceId/credit-notes/:creditNoteId.csv`, `GET ${at}/invoices/:invoiceId/credit-notes/:creditNoteId.ubl.xml`, `GET ${at}/invoices/:invoiceId.ubl.xml`,
  ],
  import: [
    'POST /api/schools/import', `POST ${at}/bank-statements`, `POST ${at}/specialists/:specialistId/outside-calendars`, `POST ${at}/specialists/:specialistId/outside-calendars/file`,
    `POST ${at}/specialists/:specialistId/outside-calendars/:calendarId/refresh`,
  ],
  feed: ['GET /api/feeds/:file'],
  'way-in': [
    'POST /api/session/passkey-options', 'POST /api/session/passkey', 'POST /api/session/again/passkey-options', 'POST /api/session/providers/:provider', 'POST /api/session/back-from-provider',
    'POST /api/account/providers/:provider',
  ],
  'first-administrator': ['POST /api/session/first-administrator'],
  'new-factor': ['POST /api/account/authenticator', 'POST /api/account/authenticator/confirm', 'POST /api/account/recovery-codes', 'POST /api/account/passkeys', 'POST /api/account/passkeys/options'],
  'personal-data': ['GET /api/account/personal-data', 'GET /api/people/:userId/personal-data', 'POST /api/people/:userId/erasure', 'POST /api/people/:userId/lost-second-factor'],
  'add-person': [`POST ${at}/people`],
};

/** Open to everybody, and counted by account and address where the work begins: passwords, codes, links and resets. */
const countedInside = ['POST /api/session', 'POST /api/session/second-factor', 'POST /api/session/invitation', 'POST /api/session/invitation/look', 'POST /api/session/reset', 'POST /api/session/reset-request'];

let app: TestApp;
let routes: Route[];
let t: TestCollaboration;
let administrator: Client;
beforeAll(async () => {
  app = await startApp({ limits: true });
  routes = routesOf(app.app);
  t = await app.collaboration({ schools: 2 });
  administrator = await app.person('administrator');
});

/** Somebody who may call it. */
function callerOf({ name, path, permission }: Route): Client {
  if (permission === 'public') return app.anonymous();
  if (/bank-statements|invoices/.test(path)) return t.financeOfficer;
  return name === 'POST /api/schools/import' || /^\/api\/(trail|people)/.test(path) ? administrator : t.coordinator;
}

const call = (route: Route, client: Client) =>
  client.send(route.method, route.path.replace(':collaborationId', t.id).replace(/:(\w+)/g, () => newId()), route.method === 'GET' || route.method === 'DELETE' ? undefined : {});

describe('too many', () => {
  it('When a route is costly, then it is limited as declared, and whatever is open to everybody and writes is counted', () => {
    const found = routes.flatMap(({ name, limit }) => (limit ? [`${limit}: ${name}`] : [])).sort();
    expect(found).toEqual(Object.entries(limited).flatMap(([limit, names]) => names.map((name) => `${limit}: ${name}`)).sort());
    const open = routes.filter(({ permission, method, limit }) => permission === 'public' && method !== 'GET' && !limit).map(({ name }) => name);
    expect(open.sort()).toEqual([...countedInside].sort());
  });

  it('When all that is allowed was spent, whichever process it was spent on, then 429 says how long to wait and others go on', async () => {
    const wrong: unknown[] = [];
    for (const route of routes.filter(({ limit }) => limit)) {
      const client = callerOf(route);
      const key = `${route.limit}:${client.userId ?? '127.0.0.1'}`;
      const before = await call(route, client);
      // Counts live in the database: another process has just spent the rest.
      const spent = await app.sql('update rate_limit set points = 100000 where key = $1 returning key', [key]);
      const refused = await call(route, client);
      await app.sql('update rate_limit set expire = 1 where key = $1', [key]);
      const after = await call(route, client);
      const fits = ![before.status, after.status].some((status) => [401, 403, 429].includes(status)) || before.body?.code === 'identity.provider-other-way' || before.body?.code === 'identity.passkey-refused';
      if (!fits || spent.length !== 1 || refused.status !== 429 || refused.body.code !== 'platform.too-many' || !(Number(refused.headers.get('retry-after')) > 0)) {
        wrong.push([route.name, before.status, before.body?.code, spent.length, refused.status, after.status]);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('When this installation has an administrator, then nobody makes it hash another password', async () => {
    const choose = jest.spyOn(app.app.get(Passwords), 'choose');
    const refused = await app.anonymous().post('/api/session/first-administrator', { name: 'Mal', email: 'mal@test.example', password: 'a sentence nobody would guess' });
    expect([refused.body.code, choose.mock.calls.length]).toEqual(['identity.administrator-exists', 0]);
    choose.mockRestore();
  });
});
