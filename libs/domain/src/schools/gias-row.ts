import { DomainError } from '../kernel/domain-error.js';
import { findColumns, type ColumnNames } from './header.js';
import { RowReader } from './row-reader.js';
import type { NationalRow, RowMapper } from './national-row.js';
import type { SchoolKind, SchoolStatus } from './school.js';

type GiasColumn =
  | 'urn' | 'name' | 'laCode' | 'laName' | 'establishmentNumber' | 'typeName' | 'groupCode' | 'groupName' | 'statusCode' | 'statusName'
  | 'openedOn' | 'closedOn' | 'phase' | 'censusOn' | 'pupils' | 'ukprn' | 'street' | 'town' | 'postcode' | 'easting' | 'northing'
  | 'trustCode' | 'trustName' | 'linkUrn' | 'linkType';

/** The register's extract `edubasealldata…csv`; links stand in it only when both files were joined. */
const columns: ColumnNames<GiasColumn> = {
  urn: ['urn'],
  name: ['establishmentname'],
  laCode: ['la (code)'],
  laName: ['la (name)'],
  establishmentNumber: ['establishmentnumber'],
  typeName: ['typeofestablishment (name)'],
  groupCode: ['establishmenttypegroup (code)'],
  groupName: ['establishmenttypegroup (name)'],
  statusCode: ['establishmentstatus (code)'],
  statusName: ['establishmentstatus (name)'],
  openedOn: ['opendate'],
  closedOn: ['closedate'],
  phase: ['phaseofeducation (name)'],
  censusOn: ['censusdate'],
  pupils: ['numberofpupils'],
  ukprn: ['ukprn'],
  street: ['street'],
  town: ['town'],
  postcode: ['postcode'],
  easting: ['easting'],
  northing: ['northing'],
  trustCode: ['trusts (code)'],
  trustName: ['trusts (name)'],
  linkUrn: ['linkurn'],
  linkType: ['linktype'],
};

const statusByCode: Readonly<Record<string, SchoolStatus>> = { 1: 'open', 2: 'closed', 3: 'open-but-proposed-to-close', 4: 'proposed-to-open' };
const statusByName: Readonly<Record<string, SchoolStatus>> = {
  open: 'open',
  closed: 'closed',
  'open, but proposed to close': 'open-but-proposed-to-close',
  'proposed to open': 'proposed-to-open',
};

/** Groups of the register that keep an academy's books: academies, free schools, and their sixth forms. */
const academyGroups = new Set(['10', '11', '13']);

type Reader = RowReader<GiasColumn>;

function statusOf(row: Reader): SchoolStatus | undefined {
  const code = row.text('statusCode');
  const name = row.text('statusName');
  const byCode = code ? statusByCode[code] : undefined;
  const byName = name ? statusByName[name.toLowerCase()] : undefined;
  const known = 'Known are open, closed, open but proposed to close, and proposed to open.';
  if (code && !byCode) row.fault('statusCode', 'schools.unknown-status', `The register has no status with this code. ${known}`);
  if (name && !byName) row.fault('statusName', 'schools.unknown-status', `The register has no status of this name. ${known}`);
  return byCode ?? byName;
}

function kindOf(row: Reader): SchoolKind | undefined {
  const code = row.text('groupCode');
  if (code) return academyGroups.has(code) ? 'academy' : 'maintained';
  const name = row.text('groupName') ?? row.text('typeName');
  return name ? kindOfTypeName(name) : undefined;
}

/** For files that give the type in words only. */
export function kindOfTypeName(typeName: string): SchoolKind {
  return /academ|free school|technical college|studio school/i.test(typeName) ? 'academy' : 'maintained';
}

function successorOf(row: Reader): string | null | undefined {
  const type = row.text('linkType');
  if (!type?.startsWith('Successor')) return undefined;
  return row.digits('linkUrn', 6);
}

/** @throws when the header is not that of the register's extract. */
export function giasMapper(header: readonly string[]): RowMapper {
  const found = findColumns(header, columns);
  if (!found.name) throw new DomainError('schools.wrong-kind-of-file', { missing: 'EstablishmentName' });
  const row: Reader = new RowReader(found);
  return {
    read(cells): NationalRow {
      row.take(cells);
      const urn = row.urn('urn');
      const school = {
        urn,
        name: row.name('name'),
        kind: kindOf(row),
        status: statusOf(row),
        laCode: row.digits('laCode', 3),
        laName: row.text('laName'),
        establishmentNumber: row.digits('establishmentNumber', 4),
        ukprn: row.digits('ukprn', 8),
        typeName: row.text('typeName'),
        phase: row.text('phase'),
        street: row.text('street'),
        town: row.text('town'),
        postcode: row.postcode('postcode'),
        easting: row.metres('easting'),
        northing: row.metres('northing'),
        trustCode: row.text('trustCode'),
        trustName: row.text('trustName'),
        openedOn: row.date('openedOn'),
        closedOn: row.date('closedOn'),
        successorUrn: successorOf(row),
      };
      const pupils = row.thousandths('pupils');
      const censusOn = row.date('censusOn');
      // A number without its census says nothing that could be used later, so it is left.
      const dated = typeof pupils === 'number' && typeof censusOn === 'string';
      return {
        school,
        numbers: dated ? [{ urn, measure: 'pupils', censusOn, source: 'gias', thousandths: pupils }] : [],
        faults: [...row.faults],
      };
    },
    columnOf: (field) => found[field as GiasColumn]?.name ?? field,
  };
}
