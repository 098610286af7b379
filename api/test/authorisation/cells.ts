import { Database } from '../../src/platform/database.js';
import { newId } from '../../src/platform/new-id.js';
import type { Answer, Client, TestApp } from '../harness.js';
import type { Operation } from '../operations/operations.js';
import { sampleOf, type Known } from '../operations/samples.js';
import { statement } from '../billing/charging.js';
import type { Records } from './arrangement.js';

class RolledBack extends Error {
  readonly answer: unknown;
  constructor(answer: unknown) {
    super('What was written is taken back.');
    this.answer = answer;
  }
}

/** Tables that a transaction changed without a line in the trail, with the roles under which it did. */
export type Unrecorded = Map<string, Set<string>>;

/** Rows that this connection has written, by table; what came before on it counts too, so that two of them say what happened between. */
const rowsWritten = `select relname::text as table, n_tup_ins + n_tup_upd + n_tup_del as rows from pg_stat_xact_user_tables where schemaname = 'public'`;
type Written = { table: string; rows: string }[];

function changedBetween(before: Written, after: Written): string[] {
  const then = new Map(before.map(({ table, rows }) => [table, rows]));
  return after.filter(({ table, rows }) => rows !== (then.get(table) ?? '0')).map(({ table }) => table).sort();
}

/**
 * From here on every writing transaction is answered and then taken back: each cell meets the arranged state, whatever
 * the others did. Deferred constraints are asked first, as a commit would.
 */
export function takeBackWrites(app: TestApp): Unrecorded {
  const database = app.app.get(Database);
  const unrecorded: Unrecorded = new Map();
  database.write = async <T>(who: Parameters<Database['write']>[0], work: Parameters<Database['write']>[1]): Promise<T> => {
    try {
      return await database.read(who, async (tx) => {
        const before: Written = await tx.query(rowsWritten);
        const answer = await work(tx);
        await tx.query('set constraints all immediate');
        const tables = changedBetween(before, await tx.query(rowsWritten));
        if (tables.length > 0 && !tables.includes('trail')) unrecorded.set(tables.join(' '), (unrecorded.get(tables.join(' ')) ?? new Set()).add(who.roles.join(' ')));
        throw new RolledBack(answer);
      });
    } catch (error) {
      if (error instanceof RolledBack) return error.answer as T;
      throw error;
    }
  };
  return unrecorded;
}

const names = /:(\w+)/g;

/** The key of a record in a path: the name alone, or with the two parts before it where the name means several things. */
function recordOf(records: Records, path: string, name: string): string | undefined {
  const parts = path.split('/');
  const i = parts.findIndex((part) => part === `:${name}` || part.startsWith(`:${name}.`));
  const near = [parts[i - 2], parts[i - 1], name].join('/').replaceAll(':', '');
  return records[near] ?? records[[parts[i - 1], ...(parts[i - 2]?.startsWith(':') ? [parts[i - 2]] : []), name].join('/')] ?? records[name];
}

/** Names in a path, other than the collaboration's, for which no record is arranged. */
export function unknownNames(path: string, records: Records): string[] {
  return [...path.matchAll(names)].map(([, name]) => name as string).filter((name) => name !== 'collaborationId' && !recordOf(records, path, name));
}

export function filled(path: string, collaborationId: string, records: Records): string {
  return path.replace(names, (_, name: string) => (name === 'collaborationId' ? collaborationId : (recordOf(records, path, name) ?? newId())));
}

/** Records nobody has, of the same form as those given. */
export function missing(records: Records): Records {
  const made = (value: string) => (/^\d{6}$/.test(value) ? '999999' : value.length === 36 ? newId() : `${value.slice(0, -10)}${'0'.repeat(6)}.ics`);
  return Object.fromEntries(Object.entries(records).map(([key, value]) => [key, made(value)]));
}

/** What a request that means well says where the schema leaves it open: things in their order, days that are in term. */
const sensible: Known = {
  startsAt: '2026-11-10T10:00:00Z', endsAt: '2026-11-10T11:00:00Z', startsOn: '2026-11-10', endsOn: '2026-11-10',
  from: ['09:00', '2026-09-01', '2026-11-10T10:00:00Z'], to: ['10:00', '2026-09-30', '2026-11-10T11:00:00Z'], on: '2026-09-15', through: '2026-09-15', throughOn: '2026-08-31', minutes: '60', laCode: '937',
};

const calendarLine = (urn: Known[string] | undefined) => ({ target: { level: 'school', urn }, kind: 'inset', name: 'Training', from: '2027-01-05', to: '2027-01-05' });

/** Bodies with rules between their fields, which no schema tells. */
const bodies: Readonly<Record<string, (known: Known) => unknown>> = {
  'POST /api/collaborations/:collaborationId/charge-plans': () => ({ name: 'Fee', startsOn: '2026-09-01', endsOn: '2027-08-31', terms: { kind: 'administration-fee', every: 'month', pence: 1000 } }),
  'PUT /api/collaborations/:collaborationId/funding/:urn/budgets': () => ({ id: null, on: '2026-10-01', kind: 'pupil-premium', name: 'Pupil premium', conditions: null, pence: 100_000 }),
  'PUT /api/collaborations/:collaborationId/funding/:urn/shares/:shareId': () => ({ parts: [{ budgetId: null, pence: 10_000 }], reason: 'As agreed' }),
  'POST /api/collaborations/:collaborationId/matches': ({ bankLineId, invoiceId }) => ({ bankLineId, invoices: [{ invoiceId }] }),
  'POST /api/collaborations/:collaborationId/supplier-bills/:billId/lines/:lineId/covers': ({ chargeId }) => ({ chargeId }),
  'POST /api/collaborations/:collaborationId/vat-treatments': ({ agreementId, urn }) => ({ agreementId, urn, fromOn: '2026-09-01', treatment: 'exempt', reason: 'As advised' }),
  'POST /api/collaborations/:collaborationId/school-year/lines': ({ urn }) => calendarLine(urn),
  'PUT /api/collaborations/:collaborationId/school-year/lines/:lineId': ({ urn }) => calendarLine(urn),
  'POST /api/collaborations/:collaborationId/school-year/paste': ({ urn }) => ({ target: { level: 'school', urn }, text: 'Training day: 5 January 2027' }),
  'POST /api/collaborations/:collaborationId/opening-balances': ({ urn }) => ({ on: '2026-09-01', balances: [{ urn, pence: 100 }] }),
  'POST /api/collaborations/:collaborationId/entitlements/loans': ({ urn, agreementId }) => ({ agreementId, fromUrn: urn, toUrn: '100000', from: '2026-09-01', to: '2027-08-31', milliunits: 1 }),
  'POST /api/collaborations/:collaborationId/specialists/:specialistId/working-patterns/changes': () => ({ add: [{ validFrom: '2026-09-01', hours: [{ weekday: 7, from: '09:00', to: '12:00' }] }] }),
  'POST /api/collaborations/:collaborationId/suppliers': () => ({ name: 'Frost Ltd', kind: 'company', bankDetails: { accountName: 'Frost Ltd', sortCode: '20-00-00', accountNumber: '55779911' } }),
  'PUT /api/collaborations/:collaborationId/suppliers/:supplierId': () => ({ name: 'Frost Ltd', kind: 'company', bankDetails: { accountName: 'Frost Ltd', sortCode: '20-00-00', accountNumber: '55779911' } }),
  'POST /api/collaborations/:collaborationId/hours-given': ({ urn }) => ({ giverUrn: urn, takerUrn: '100000', minutes: 60, givenOn: '2026-09-15', what: 'Moderation' }),
};

/** Asks as a program would that means well: the path filled in, required queries said, the body what the schema asks for. */
export function ask(client: Client, operation: Operation, collaborationId: string, records: Records, references: Records = records): Promise<Answer> {
  const known: Known = { collaborationId, ...references, ...sensible };
  const query = new URLSearchParams();
  for (const { name, schema } of operation.queryParameters.filter((p) => p.required || p.name === 'schoolUrn')) {
    for (const value of [sampleOf(schema, known, false, name)].flat()) query.append(name, String(value));
  }
  const path = filled(operation.path, collaborationId, records) + (query.size > 0 ? `?${query.toString()}` : '');
  if (operation.upload) return client.upload(path, ...fileFor(path));
  const body = bodies[operation.name]?.(known) ?? (operation.body ? sampleOf(operation.body, known) : undefined);
  return client.send(operation.method, path, body);
}

/** What is open and still answers so: nothing was re-planned that could be undone; nothing is read from an address that is nobody's. */
export const answersElse: Readonly<Record<string, number>> = {
  'POST /api/collaborations/:collaborationId/specialists/:specialistId/outside-calendars': 422,
};

/** What a calendar program exports, or a bank. */
function fileFor(path: string): [name: string, content: string] {
  if (!path.includes('calendars')) return ['statement.csv', statement([['26/09/2026', 'SOMEBODY', 100]])];
  const event = ['BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260901T090000Z', 'DTSTART:20261201T090000Z', 'DTEND:20261201T100000Z', 'SUMMARY:Away', 'END:VEVENT'];
  return ['own.ics', ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...event, 'END:VCALENDAR', ''].join('\r\n')];
}

/** An answer without what differs between any two requests: the trace and the ids that were asked for. */
export function comparable(answer: Answer, asked: Records, collaborationId: string): string {
  let text = answer.text.replace(/"traceId":"[^"]*"/, '"traceId":""').replaceAll(collaborationId, 'ID');
  for (const value of Object.values(asked)) text = text.replaceAll(value, 'ID');
  return `${answer.status} ${answer.headers.get('content-type')} ${text}`;
}

/** Every identifier of a collaboration's rows, read from the catalogue so that a new table is looked at too. */
export async function identifiersOf(app: TestApp, collaborationId: string): Promise<string[]> {
  const tables = await app.sql<{ name: string }>(
    `select a.table_name as name from information_schema.columns a join information_schema.columns b on b.table_schema = a.table_schema and b.table_name = a.table_name
      where a.table_schema = 'public' and a.column_name = 'id' and b.column_name = 'collaboration_id'`,
  );
  const found = await Promise.all(tables.map(({ name }) => app.sql<{ id: string }>(`select id::text as id from ${name} where collaboration_id = $1`, [collaborationId])));
  return [...found.flat().map((row) => row.id), collaborationId];
}
