import { DomainError } from '../kernel/domain-error.js';
import type { DateOnly } from '../kernel/period.js';
import { kindOfTypeName } from './gias-row.js';
import { findColumns, type ColumnNames } from './header.js';
import type { NationalRow, RowMapper } from './national-row.js';
import { RowReader } from './row-reader.js';
import type { PupilNumber } from './school.js';

type PremiumColumn = 'urn' | 'name' | 'laCode' | 'laName' | 'establishmentNumber' | 'typeName' | 'pupils' | 'eligible';

const columns: ColumnNames<PremiumColumn> = {
  urn: ['urn'],
  name: ['school name'],
  laCode: ['la', 'la code'],
  laName: ['local authority', 'la name'],
  establishmentNumber: ['estab'],
  typeName: ['school type'],
  pupils: ['number of pupils on roll'],
  eligible: [
    'total number of pupils eligible for the deprivation pupil premium',
    'number of pupils eligible for the deprivation pupil premium',
    'total number of pupils eligible for the pupil premium',
  ],
};

/** The file of the allocation year 2019-20 has no date in it; its numbers were counted at the school census of January 2019. */
export const premiumCensusOn: DateOnly = '2019-01-17';

/** @throws when the header is not that of the pupil-premium file. */
export function pupilPremiumMapper(header: readonly string[]): RowMapper {
  const found = findColumns(header, columns);
  if (!found.pupils && !found.eligible) throw new DomainError('schools.wrong-kind-of-file', { missing: 'Number of pupils on roll' });
  const row = new RowReader<PremiumColumn>(found);
  return {
    read(cells): NationalRow {
      row.take(cells);
      const urn = row.urn('urn');
      const typeName = row.text('typeName');
      const school = {
        urn,
        name: row.name('name'),
        kind: typeName ? kindOfTypeName(typeName) : undefined,
        laCode: row.digits('laCode', 3),
        laName: row.text('laName'),
        establishmentNumber: row.digits('establishmentNumber', 4),
        typeName,
      };
      const numbers: PupilNumber[] = [];
      const pupils = row.thousandths('pupils');
      if (typeof pupils === 'number') numbers.push({ urn, measure: 'pupils', censusOn: premiumCensusOn, source: 'pupil-premium', thousandths: pupils });
      const eligible = row.thousandths('eligible');
      if (typeof eligible === 'number') numbers.push({ urn, measure: 'pupil-premium', censusOn: premiumCensusOn, source: 'pupil-premium', thousandths: eligible });
      return { school, numbers, faults: [...row.faults], onlyForNewSchools: true };
    },
    columnOf: (field) => found[field as PremiumColumn]?.name ?? field,
  };
}
