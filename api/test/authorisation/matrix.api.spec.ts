import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/new-id.js';
import { startApp, type Answer, type Client, type TestApp } from '../harness.js';
import { operationsOf, type Operation } from '../operations/operations.js';
import { routesOf, type Route } from '../routes.js';
import { arrangeWorld, askersOf, referenceOf, today, type Asker, type Records, type World } from './arrangement.js';
import { answersElse, ask, comparable, filled, identifiersOf, missing, takeBackWrites, unknownNames, type Unrecorded } from './cells.js';
import { fresh } from './fresh.js';
import { matrix } from './matrix.js';
import { sisters, type Nearness } from './sisters.js';

let app: TestApp;
let unrecorded: Unrecorded;
let routes: Route[];
let operations: Operation[];
let inside: Operation[];
let world: World;
let other: World;
let askers: Asker[];
let foreignIds: string[];
/** References that no row answers to; a known collaboration that nobody made. */
let gone: Records;
const nowhere = newId();

beforeAll(async () => {
  app = await startApp();
  app.clock.set(today);
  world = await arrangeWorld(app);
  other = await arrangeWorld(app);
  askers = await askersOf(app, world);
  routes = routesOf(app.app);
  operations = await operationsOf(app.anonymous());
  inside = operations.filter(({ path }) => path.includes(':collaborationId'));
  gone = missing(world.own);
  foreignIds = await identifiersOf(app, other.c.id);
  unrecorded = takeBackWrites(app);
}, 120_000);

const rolesIn = (name: string) => (Array.isArray(matrix[name]) ? (matrix[name] as readonly string[]) : []);
const isOpen = (operation: Operation, asker: Asker) => matrix[operation.name] === 'signed-in' || rolesIn(operation.name).includes(asker.role);
/** One's own account: each person's own, whatever their role; its own test asks for somebody else's. */
const isPersonal = ({ path }: Operation) => path.startsWith('/api/account');
const namesRecord = ({ path }: Operation) => /:(?!collaborationId\b)\w+/.test(path);
const ok = ({ status }: Answer) => status < 400;

/** Runs a walk in parallel batches and gives the sentences of what was wrong. */
async function walk<T>(items: readonly T[], look: (item: T) => Promise<string | undefined>): Promise<string[]> {
  const wrong: string[] = [];
  for (let i = 0; i < items.length; i += 16) {
    const found = await Promise.all(items.slice(i, i + 16).map(look));
    wrong.push(...found.filter((sentence): sentence is string => sentence !== undefined));
  }
  return wrong;
}

const said = (operation: Operation, what: string, answer: Answer) => `${operation.name}: ${what} answered ${answer.status} ${answer.body?.code ?? ''} ${answer.body?.errors ? JSON.stringify(answer.body.errors) : ''}`.trim();

describe('the matrix is whole', () => {
  it('When a route is added, then it stands in the matrix and in the OpenAPI document', () => {
    expect(routes.map((r) => r.name).sort()).toEqual(Object.keys(matrix).sort());
    expect(operations.map((o) => o.name).sort()).toEqual(Object.keys(matrix).sort());
  });

  it('When a route forgets to say who may, then this fails', () => {
    expect(routes.filter((r) => !r.permission).map((r) => r.name)).toEqual([]);
  });

  it('When a role at one school may call it, then it is declared what a sister school is to it', () => {
    const near = inside.filter(({ name }) => rolesIn(name).some((role) => ['business-manager', 'finance-officer', 'head', 'governor', 'specialist'].includes(role)));
    expect(near.map((o) => o.name).sort()).toEqual(Object.keys(sisters).sort());
  });

  it('When a route asks for a recent sign-in, then the column says so', () => {
    expect(Object.fromEntries(routes.flatMap((route) => (route.fresh ? [[route.name, route.fresh]] : [])))).toEqual(fresh);
  });

  it('When a path names a record, then one is arranged for it', () => {
    expect(inside.map((o) => [o.name, ...unknownNames(o.path, world.own)]).filter((row) => row.length > 1)).toEqual([]);
  });
});

describe('who may do what', () => {
  it('When nobody is signed in, then every route that is not public answers 401', async () => {
    const wrong = await walk(operations, async (operation) => {
      const answer = await ask(app.anonymous(), operation, world.c.id, world.own);
      const fits = matrix[operation.name] === 'public' ? answer.status < 500 || answer.status === 503 : answer.status === 401;
      return fits ? undefined : said(operation, 'nobody', answer);
    });
    expect(wrong).toEqual([]);
  });

  it('When each role asks for what is its own, then exactly what the matrix says is open, and nothing of others is in it', async () => {
    expect(foreignIds.length).toBeGreaterThan(50);
    const wrong = await walk(cells(operations), async ([operation, asker]) => {
      if (matrix[operation.name] === 'public' || operation.name === 'DELETE /api/session' || isPersonal(operation)) return undefined;
      const answer = await ask(asker.client, operation, world.c.id, asker.own);
      if (!fitsOwn(operation, asker, answer)) return said(operation, `${asker.name} at their own`, answer);
      // An administrator looks over the whole installation where no collaboration is named.
      const told = asker.role === 'administrator' && !operation.path.includes(':collaborationId') ? undefined : leakedIn(answer.text, asker);
      return told && `${operation.name} told ${asker.name} of ${told}`;
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  it('When a session is old, then exactly what the column says waits for another sign-in, and changes nothing meanwhile', async () => {
    const old = await oldSessions();
    // One's own account is asked about by somebody of whom nothing else is asked: their sessions may end by it.
    const alone: Asker = { ...(askers[1] as Asker), client: await app.person('coordinator', { collaborationId: world.c.id }) };
    old.set(alone, await oldSession(alone));
    const open = operations.flatMap((operation) => {
      const asker = isPersonal(operation) ? alone : askers.find((one) => isOpen(operation, one) && nearnessOf(operation, one) !== 'closed');
      return asker && operation.name !== 'DELETE /api/session' ? [[operation, asker] as const] : [];
    });
    const wrong = await walk(open, async ([operation, asker]) => {
      const answer = await ask(old.get(asker) as Client, operation, world.c.id, asker.own);
      const waits = answer.status === 403 && answer.body?.code === 'identity.sign-in-again';
      return waits === operation.name in fresh ? undefined : said(operation, `${asker.name} with an old session`, answer);
    });
    expect(wrong).toEqual([]);
    const [, coordinator] = askers as [Asker, Asker];
    // What is taken back, or says nothing of a bank account, does not wait.
    const without = await old.get(coordinator)?.post(`/api/collaborations/${world.c.id}/suppliers`, { name: 'Frost Ltd', kind: 'company' });
    expect([without?.status, (await old.get(coordinator)?.put('/api/account/acting-for', { userId: null }))?.status]).toEqual([201, 204]);
  }, 120_000);

  it('When a role at one school or a specialist asks for a sister’s, then it is as declared', async () => {
    const near = cells(inside).filter(([operation, asker]) => isOpen(operation, asker) && asker.reach !== 'all' && nearnessOf(operation, asker) !== 'closed');
    const wrong = await walk(near, async ([operation, asker]) => {
      const answer = await ask(asker.client, operation, world.c.id, world.sister);
      return fitsSister(operation, asker, answer) ? undefined : said(operation, `${asker.name} at a sister’s`, answer);
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  it('When a list shows own records only, then the own one is in it and the sister’s is not', async () => {
    const lists = cells(inside).filter(([operation, asker]) => isOpen(operation, asker) && asker.reach !== 'all' && sisters[operation.name]?.lists && sisters[operation.name]?.listsAllTo !== asker.reach);
    expect(lists.length).toBeGreaterThan(3);
    const wrong = await walk(lists, async ([operation, asker]) => {
      const record = sisters[operation.name]?.lists as string;
      const { text } = await asker.client.get(`${filled(operation.path, world.c.id, asker.own)}?size=200`);
      return text.includes(asker.own[record] as string) && !text.includes(world.sister[record] as string) ? undefined : `${operation.name} as ${asker.name}`;
    });
    expect(wrong).toEqual([]);
  });
});

describe('one’s own account', () => {
  it('When somebody asks for a session, a passkey or a delegation of another person, then it answers as one that nobody has', async () => {
    const [asker, victim] = askers as [Asker, Asker];
    const sessions = 'select id from session where user_id = $1 order by id';
    const before = await app.sql<{ id: string }>(sessions, [victim.client.userId]);
    const [session] = before;
    const theirs: Records = { sessionId: session?.id as string, passkeyId: newId(), delegationId: newId() };
    await app.sql(
      `insert into passkey (id, user_id, credential_id, public_key, counter, transports, name, synced, created_at) values ($1, $2, 'credential', '\\x00', 0, '[]', 'Phone', false, now())`,
      [theirs['passkeyId'], victim.client.userId],
    );
    await app.sql(`insert into delegation (id, from_user_id, to_user_id, from_on, until_on, created_at) values ($1, $2, $3, '2026-10-01', '2026-10-31', now())`, [
      theirs['delegationId'], victim.client.userId, askers[2]?.client.userId,
    ]);
    // A provider is a kind of sign-in, the same for everybody, and no record.
    const personal = operations.filter((operation) => isPersonal(operation) && namesRecord(operation) && !operation.path.includes(':provider'));
    expect(personal.map(({ path }) => unknownNames(path, theirs)).flat()).toEqual([]);
    const wrong = await walk(personal, async (operation) => {
      const foreign = await ask(asker.client, operation, nowhere, theirs);
      const none = await ask(asker.client, operation, nowhere, missing(theirs));
      return foreign.status === 404 && comparable(foreign, theirs, nowhere) === comparable(none, missing(theirs), nowhere) ? undefined : said(operation, 'somebody else', foreign);
    });
    expect(wrong).toEqual([]);
    expect(await app.sql(sessions, [victim.client.userId])).toEqual(before);
  });
});

describe('what is foreign looks like what is missing', () => {
  it('When another collaboration is asked for, then everybody gets the answer of one that does not exist', async () => {
    const outside = cells(inside).filter(([operation, asker]) => !(asker.role === 'administrator' && isOpen(operation, asker)));
    // What does not exist answers everybody alike: asked once for each operation.
    const none = new Map(await Promise.all(inside.map(async (operation) => [operation, await ask((askers[1] as Asker).client, operation, nowhere, gone)] as const)));
    const wrong = await walk(outside, async ([operation, asker]) => {
      const foreign = await ask(asker.client, operation, other.c.id, other.own);
      if (foreign.status !== 404) return said(operation, `${asker.name} at another collaboration`, foreign);
      const missed = none.get(operation) as Answer;
      return comparable(foreign, other.own, other.c.id) === comparable(missed, gone, nowhere) && foreign.text.length === missed.text.length ? undefined : `${operation.name}: ${asker.name} can tell foreign from missing`;
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  it('When a record of another collaboration is asked for in one’s own, then it answers as a missing one does', async () => {
    const open = cells(inside.filter(namesRecord)).filter(([operation, asker]) => isOpen(operation, asker));
    const wrong = await walk(open, async ([operation, asker]) => {
      const foreign = await ask(asker.client, operation, world.c.id, other.own, asker.own);
      const none = await ask(asker.client, operation, world.c.id, gone, asker.own);
      const refused = asker.reach !== 'all' && ['closed', 'refused'].includes(nearnessOf(operation, asker)) ? 403 : 404;
      if (![404, refused].includes(foreign.status)) return said(operation, `${asker.name} at a foreign record`, foreign);
      return comparable(foreign, other.own, world.c.id) === comparable(none, gone, world.c.id) && foreign.text.length === none.text.length ? undefined : `${operation.name}: ${asker.name} can tell foreign from missing`;
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  it('When a body or a query names a record of another collaboration, then it answers as a missing one does', async () => {
    const schoolsStay = (records: Records): Records => ({ ...records, urn: world.own['urn'] as string, schoolUrn: world.own['schoolUrn'] as string });
    const open = cells(inside.filter((o) => o.body ?? o.queryParameters.some(({ name, required }) => required && name in world.own))).filter(([operation, asker]) => isOpen(operation, asker));
    const wrong = await walk(open, async ([operation, asker]) => {
      const foreign = await ask(asker.client, operation, world.c.id, asker.own, schoolsStay(other.own));
      const none = await ask(asker.client, operation, world.c.id, asker.own, schoolsStay(gone));
      const same = ok(foreign) ? foreign.status === none.status : comparable(foreign, other.own, world.c.id) === comparable(none, gone, world.c.id);
      return same ? undefined : said(operation, `${asker.name} naming something foreign`, foreign);
    });
    expect(wrong).toEqual([]);
  }, 120_000);
});

/** A session of the same person that began an hour ago. */
async function oldSession(asker: Asker): Promise<Client> {
  app.clock.set(new Date(Date.parse(today) - 3_600_000).toISOString());
  const old = await app.sessionOf(asker.client.userId as string, 'a browser');
  app.clock.set(today);
  return old;
}

async function oldSessions(): Promise<Map<Asker, Client>> {
  const old = new Map<Asker, Client>();
  for (const asker of askers) old.set(asker, await oldSession(asker));
  return old;
}

const cells = (of: readonly Operation[]): (readonly [Operation, Asker])[] => of.flatMap((operation) => askers.map((asker) => [operation, asker] as const));

/** An identifier of another collaboration, or what a school keeps for itself, in what somebody else was told. */
function leakedIn(text: string, asker: Asker): string | undefined {
  const [own, sister] = [world.own, world.sister].map((records) => referenceOf(records['urn'] as string)) as [string, string];
  return foreignIds.find((id) => text.includes(id)) ?? (asker.reach === 'all' ? [own, sister] : [sister]).find((words) => text.includes(words));
}

function nearnessOf(operation: Operation, asker: Asker): Nearness {
  const declared = sisters[operation.name];
  return (asker.reach !== 'all' && declared?.[asker.reach]) || 'whole';
}

function fitsOwn(operation: Operation, asker: Asker, answer: Answer): boolean {
  if (!isOpen(operation, asker)) {
    // An administrator stands outside every collaboration, so that what is closed to them looks like missing.
    return answer.status === (asker.role === 'administrator' && operation.path.includes(':collaborationId') ? 404 : 403);
  }
  if (nearnessOf(operation, asker) === 'closed') return answer.status === 403;
  if (operation.name in answersElse) return answer.status === answersElse[operation.name];
  return ok(answer) || answer.status === 409 || (answer.status === 422 && !namesRecord(operation)) || (answer.status === 404 && !operation.path.includes(':collaborationId'));
}

function fitsSister(operation: Operation, asker: Asker, answer: Answer): boolean {
  if (answersElse[operation.name] === 404) return answer.status === 404;
  const expected = { hidden: [404], refused: [403], closed: [403], whole: [200, 201, 202, 204, 409, 422] }[nearnessOf(operation, asker)];
  return expected.includes(answer.status);
}

describe('what all of the above wrote', () => {
  it('When a write of any role changed anything, then the trail says so', () => {
    // A key is made when something of a person is first encrypted: it says nothing of anybody.
    unrecorded.delete('personal_key');
    expect(Object.fromEntries([...unrecorded].map(([tables, roles]) => [tables, [...roles].sort()]))).toEqual({});
  });
});
