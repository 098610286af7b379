import { describe, expect, it } from '@jest/globals';
import { giasMapper } from './gias-row.js';
import { mergeSchool, recordFault, rowShapeFault } from './national-row.js';
import { pupilPremiumMapper } from './pupil-premium-row.js';

const read = (fields: Record<string, string>) => {
  const all = { URN: '125610', EstablishmentName: 'Milverton Primary School', ...fields };
  return giasMapper(Object.keys(all)).read(Object.values(all));
};
const faultsOf = (fields: Record<string, string>) => read(fields).faults.map(({ column, code }) => `${column} ${code}`);

describe('a row of the register', () => {
  it.each([
    ['URN', '12561', 'schools.wrong-urn'],
    ['URN', '1256100', 'schools.wrong-urn'],
    ['URN', '025610', 'schools.wrong-urn'],
    ['URN', '', 'schools.wrong-urn'],
    ['EstablishmentName', ' \u00a0 ', 'schools.empty-name'],
    ['EstablishmentName', 'x'.repeat(501), 'schools.too-long'],
    ['EstablishmentStatus (code)', '9', 'schools.unknown-status'],
    ['EstablishmentStatus (name)', 'Ajar', 'schools.unknown-status'],
    ['OpenDate', '31-02-2019', 'schools.impossible-date'],
    ['OpenDate', '2019', 'schools.impossible-date'],
    ['CensusDate', '01-13-2019', 'schools.impossible-date'],
    ['NumberOfPupils', '-1', 'schools.negative-number'],
    ['NumberOfPupils', 'many', 'schools.not-a-number'],
    ['NumberOfPupils', '1e3', 'schools.not-a-number'],
    ['NumberOfPupils', '1,2', 'schools.not-a-number'],
    ['NumberOfPupils', '100001', 'schools.number-too-large'],
    ['Postcode', 'Leamington', 'schools.bad-postcode'],
    ['LA (code)', '93X', 'schools.wrong-code'],
    ['UKPRN', '123456789', 'schools.wrong-code'],
    ['Easting', '4.5', 'schools.not-a-number'],
  ])('When %s is %j, then it is refused as %s', (column, value, code) => {
    expect(faultsOf({ [column]: value })).toEqual([`${column} ${code}`]);
  });

  it('When a cell is written in another usual way, then it is understood', () => {
    const { school, numbers, faults } = read({ Postcode: 'cv326rd', 'LA (code)': '37', OpenDate: '1/9/1998', CloseDate: '2024-08-31', CensusDate: '17-01-2019', NumberOfPupils: '1,234.50' });
    expect(faults).toEqual([]);
    expect(school).toMatchObject({ postcode: 'CV32 6RD', laCode: '037', openedOn: '1998-09-01', closedOn: '2024-08-31' });
    expect(numbers).toEqual([{ urn: '125610', measure: 'pupils', censusOn: '2019-01-17', source: 'gias', thousandths: 1_234_500 }]);
  });

  it('When a row has several faults, then all are told', () => {
    expect(faultsOf({ URN: 'x', OpenDate: '99-99-9999', Postcode: '?' })).toHaveLength(3);
  });

  it('When cells are lost or gained, then the first missing column is named', () => {
    expect(rowShapeFault(['1'], ['URN', 'EstablishmentName'])).toMatchObject({ column: 'EstablishmentName', code: 'schools.too-few-columns' });
    expect(rowShapeFault(['1', '2', '3'], ['URN', 'EstablishmentName'])).toMatchObject({ code: 'schools.too-many-columns', value: '3' });
  });
});

describe('mergeSchool', () => {
  it('When nothing is new, then it is the same object', () => {
    const known = mergeSchool(undefined, read({ Town: 'Leamington Spa' }));
    expect(mergeSchool(known, read({}))).toBe(known);
    expect(mergeSchool(known, read({ Town: '' }))).toBe(known);
    expect(mergeSchool(known, read({ Town: 'Warwick' }))).toEqual({ ...known, town: 'Warwick' });
  });

  it('When the pupil-premium file names a school differently, then the register keeps its name', () => {
    const known = mergeSchool(undefined, read({}));
    const row = pupilPremiumMapper(['URN', 'School Name', 'Number of pupils on roll (7)']).read(['125610', 'Other Name', '723.5']);
    expect(mergeSchool(known, row)).toBe(known);
    expect(row.numbers).toEqual([{ urn: '125610', measure: 'pupils', censusOn: '2019-01-17', source: 'pupil-premium', thousandths: 723_500 }]);
    expect(mergeSchool(undefined, row).name).toBe('Other Name');
  });

  it('When a school closes before it opened, then the row meets what is known and is refused', () => {
    const known = mergeSchool(undefined, read({ OpenDate: '01-09-2020' }));
    const mapper = giasMapper(['URN', 'EstablishmentName', 'CloseDate']);
    expect(recordFault(mergeSchool(known, mapper.read(['125610', 'Milverton Primary School', '31-08-2019'])), mapper)).toMatchObject({ column: 'CloseDate', code: 'schools.closed-before-opened' });
  });
});
