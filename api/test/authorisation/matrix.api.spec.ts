import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '@fairshare/contract/identity';
import { newId } from '../../src/platform/new-id.js';
import { startApp, type Answer, type Client, type TestApp } from '../harness.js';
import { routesOf, type Route } from '../routes.js';
import { matrix, wholeCollaboration } from './matrix.js';

const roles: readonly Role[] = ['administrator', 'coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'specialist', 'supplier', 'auditor'];

let app: TestApp;
let routes: Route[];
let own: string;
let other: string;
let urn: string;
let specialistId: string;
const clients = new Map<Role, Client>();

beforeAll(async () => {
  app = await startApp();
  routes = routesOf(app.app);
  const here = await app.collaboration({ schools: 2 });
  own = here.id;
  urn = here.urns[0] as string;
  other = (await app.collaboration({ schools: 2 })).id;
  specialistId = newId();
  await app.sql('insert into specialist (id, name) values ($1, $2)', [specialistId, 'Dr Test']);
  for (const role of roles) {
    const where = role === 'administrator' ? {} : { collaborationId: own, ...(role === 'specialist' ? { specialistId } : {}) };
    clients.set(role, await app.person(role, where));
  }
}, 60_000);

/** Fills a path in: ids that exist nowhere, so that nothing is changed by walking every route. */
function filled(path: string, collaborationId: string): string {
  return path
    .replace(':collaborationId', collaborationId)
    .replace(':urn', urn)
    .replace(':specialistId', specialistId)
    .replace(/:kind|:name/, 'none')
    .replace(/:\w+/g, () => newId());
}

const ask = (client: Client, route: Route, collaborationId: string): Promise<Answer> =>
  client.send(route.method, filled(route.path, collaborationId), ['POST', 'PUT', 'PATCH'].includes(route.method) ? {} : undefined);

describe('who may do what', () => {
  it('When a route is added, then it stands in the matrix', () => {
    expect(routes.map((r) => r.name).sort()).toEqual(Object.keys(matrix).sort());
  });

  it('When a route forgets to say who may, then this fails', () => {
    expect(routes.filter((r) => !r.permission).map((r) => r.name)).toEqual([]);
  });

  it('When nobody is signed in, then every route that is not public answers 401', async () => {
    const wrong: string[] = [];
    for (const route of routes) {
      const { status } = await ask(app.anonymous(), route, own);
      if (matrix[route.name] === 'public' ? status >= 500 && status !== 503 : status !== 401) wrong.push(`${route.name}: ${status}`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  it.each(roles)('When a %s asks in their own collaboration, then exactly what the matrix says is open', async (role) => {
    const wrong: string[] = [];
    for (const route of routes) {
      const row = matrix[route.name];
      if (row === undefined || row === 'public' || role === 'administrator' && route.path.includes(':collaborationId') && row !== 'signed-in' && !row.includes(role)) continue;
      // A session is the asker's own: ending it would end the walk.
      if (route.name === 'DELETE /api/session') continue;
      const { status } = await ask(clients.get(role) as Client, route, own);
      const open = row === 'signed-in' || row.includes(role);
      const fits = open ? status !== 401 && status !== 403 && status < 500 : status === 403;
      if (!fits) wrong.push(`${route.name}: ${status}, the matrix says ${open ? 'open' : 'closed'}`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  it.each(roles.filter((role) => role !== 'administrator'))('When a %s asks in another collaboration, then foreign and missing look the same', async (role) => {
    const wrong: string[] = [];
    for (const route of routes.filter((r) => r.path.includes(':collaborationId'))) {
      const client = clients.get(role) as Client;
      const foreign = await ask(client, route, other);
      const missing = await ask(client, route, newId());
      if (foreign.status !== 404 || missing.status !== 404) wrong.push(`${route.name}: ${foreign.status} and ${missing.status}`);
      else if (foreign.text.length !== missing.text.length) wrong.push(`${route.name}: answers of different length`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  it('When the finance officer of one school reaches for the books of all, then it is refused', async () => {
    const officer = await app.person('finance-officer', { collaborationId: own, schoolUrn: urn });
    const wrong: string[] = [];
    for (const route of routes.filter((r) => wholeCollaboration.includes(r.name))) {
      const { status } = await ask(officer, route, own);
      if (status < 400 || status >= 500) wrong.push(`${route.name}: ${status}`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});
