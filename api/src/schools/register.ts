import type { PupilNumber, PupilNumberSource, SchoolRecord } from '@fairshare/domain/schools';
import { sql, type Tx } from '../platform/database.js';

const columns = {
  urn: 'text', name: 'text', kind: 'text', status: 'text', laCode: 'text', laName: 'text', establishmentNumber: 'text', ukprn: 'text',
  typeName: 'text', phase: 'text', street: 'text', town: 'text', postcode: 'text', easting: 'integer', northing: 'integer',
  trustCode: 'text', trustName: 'text', openedOn: 'date', closedOn: 'date', successorUrn: 'text',
} as const satisfies Record<keyof SchoolRecord, string>;

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const keys = Object.keys(columns) as (keyof SchoolRecord)[];
const selected = keys.map((key) => `${snake(key)} as "${key}"`).join(', ');
const typed = keys.map((key) => `"${key}" ${columns[key]}`).join(', ');
const replaced = keys.filter((key) => key !== 'urn').map((key) => `${snake(key)} = excluded.${snake(key)}`).join(', ');

const saveSchools = `
  insert into school (${keys.map(snake).join(', ')})
  select ${keys.map((key) => `"${key}"`).join(', ')} from json_to_recordset($1) as row (${typed})
  on conflict (urn) do update set ${replaced}`;

const saveNumbers = `
  insert into pupil_number (urn, measure, census_on, source, thousandths)
  select urn, measure, "censusOn", source, thousandths
    from json_to_recordset($1) as row (urn text, measure text, "censusOn" date, source text, thousandths bigint)
  on conflict (urn, measure, census_on, source) do update set thousandths = excluded.thousandths`;

/** What the register holds of some schools: the schools, and the numbers that one source gave. */
export interface Known {
  readonly schools: ReadonlyMap<string, SchoolRecord>;
  readonly numbers: ReadonlyMap<string, number>;
}

export const numberKey = (number: Pick<PupilNumber, 'urn' | 'measure' | 'censusOn'>) => `${number.urn} ${number.measure} ${number.censusOn}`;

/** One importer at a time writes to the register, so that two files never wait for one another's rows. */
export async function lockRegister(tx: Tx): Promise<void> {
  await sql(tx, `select pg_advisory_xact_lock(hashtext('fairshare:school-register'))`);
}

/** Some thousands of schools in two statements. Joined, not looked up in a list: a list is read through for every school of the register. */
export async function knownSchools(tx: Tx, urns: readonly string[], source: PupilNumberSource): Promise<Known> {
  const schools = await sql<SchoolRecord>(tx, `select ${selected} from unnest($1::text[]) as wanted (urn) join school using (urn)`, [urns]);
  const numbers = await sql<PupilNumber>(
    tx,
    'select urn, measure, census_on as "censusOn", thousandths from pupil_number where urn = any($1) and source = $2',
    [urns, source],
  );
  return {
    schools: new Map(schools.map((school) => [school.urn, school])),
    numbers: new Map(numbers.map((number) => [numberKey(number), number.thousandths])),
  };
}

/** Stores new and changed schools and numbers; a school comes before its numbers. */
export async function saveToRegister(tx: Tx, schools: readonly SchoolRecord[], numbers: readonly PupilNumber[]): Promise<void> {
  if (schools.length > 0) await sql(tx, saveSchools, [JSON.stringify(schools)]);
  if (numbers.length > 0) await sql(tx, saveNumbers, [JSON.stringify(numbers)]);
}
