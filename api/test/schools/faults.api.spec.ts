import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type Client, type TestApp } from '../harness.js';
import { cellsOf, csvOf, giasHeader, giasLine, importFile, windows1252, type GiasHeader, type GiasLine } from './national-files.js';

let app: TestApp;
let administrator: Client;

beforeAll(async () => {
  app = await startApp();
  administrator = await app.person('administrator');
}, 60_000);

/** The same numbers for the same seed on every machine (mulberry32). */
function seeded(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

interface Expected {
  readonly row: number;
  readonly column: string;
  readonly code: string;
}

type Spoil = (line: GiasLine, n: number, earlier: GiasLine) => { column: GiasHeader; code: string; cells: string[] };

const put = (line: GiasLine, column: GiasHeader, value: string, code: string) => ({ column, code, cells: cellsOf({ ...line, [column]: value }) });

const spoils: readonly Spoil[] = [
  (line, n) => put(line, 'URN', ['12345', 'ABCDEF', '', '1234567', '012345'][n % 5] as string, 'schools.wrong-urn'),
  (line, _, earlier) => put(line, 'URN', earlier.URN, 'schools.duplicate-urn'),
  (line, n) => put(line, n % 2 ? 'OpenDate' : 'CensusDate', ['31-02-2019', '00-01-2019', '17-13-2019', 'yesterday'][n % 4] as string, 'schools.impossible-date'),
  (line, n) => put(line, 'NumberOfPupils', `-${1 + n}`, 'schools.negative-number'),
  (line, n) => put(line, 'NumberOfPupils', ['lots', '12x', '1.2.3', '∞'.replace('∞', '--')][n % 4] as string, 'schools.not-a-number'),
  (line, n) => put(line, 'EstablishmentName', n % 2 ? '' : '   ', 'schools.empty-name'),
  (line, n) => put(line, n % 2 ? 'EstablishmentStatus (code)' : 'EstablishmentStatus (name)', n % 2 ? '77' : 'Half open', 'schools.unknown-status'),
  (line, n) => put(line, 'Postcode', ['CV32', '12345', 'CV32 6RDD', 'Ç1 1AA'][n % 4] as string, 'schools.bad-postcode'),
  (line, n) => ({ column: giasHeader[3 + (n % 10)] as GiasHeader, code: 'schools.too-few-columns', cells: cellsOf(line).slice(0, 3 + (n % 10)) }),
  (line, n) => put(line, 'UKPRN', `1${n}X`, 'schools.wrong-code'),
];

/** A file of good rows with so many spoilt ones among them, and what should be said of each. */
function spoiltFile(seed: number, rows: number, faults: number): { csv: string; expected: Expected[] } {
  const random = seeded(seed);
  const good = Array.from({ length: rows }, (_, n) => giasLine(n, 500_000));
  const cells = good.map(cellsOf);
  const expected: Expected[] = [];
  // Row 2 stays good, so that there is always an earlier row to repeat.
  const order = Array.from({ length: rows - 1 }, (_, i) => i + 1);
  for (let i = 0; i < faults; i++) {
    const j = i + random(order.length - i);
    [order[i], order[j]] = [order[j] as number, order[i] as number];
    const at = order[i] as number;
    const spoilt = (spoils[random(spoils.length)] as Spoil)(good[at] as GiasLine, random(1000), good[0] as GiasLine);
    cells[at] = spoilt.cells;
    expected.push({ row: at + 2, column: spoilt.column, code: spoilt.code });
  }
  return { csv: csvOf(giasHeader, cells), expected: expected.sort((a, b) => a.row - b.row) };
}

describe('faulty rows', () => {
  const { csv, expected } = spoiltFile(20_261_123, 5000, 1000);

  it('When a thousand rows of five thousand are spoilt, then a dry run reports each with its row and column and stores nothing', async () => {
    const { report } = await importFile(administrator, 'gias', windows1252(csv), true);
    expect(report).toMatchObject({ rows: 5000, created: 4000, updated: 0, unchanged: 0, rejected: 1000, errorsLeftOff: 0 });
    expect(report.errors.map(({ row, column, code }: Expected) => ({ row, column, code }))).toEqual(expected);
    for (const error of report.errors) expect(error.message).toMatch(/^[A-Z].*\.$/);
    expect(await app.sql('select 1 from school')).toEqual([]);
  }, 60_000);

  it('When the same file is imported, then the good rows stay, the faulty ones are left out alone, and a second import says the same', async () => {
    const first = await importFile(administrator, 'gias', windows1252(csv));
    expect(first.report).toMatchObject({ created: 4000, rejected: 1000 });
    expect((await app.sql<{ n: number }>('select count(*) as n from school'))[0]?.n).toBe(4000);
    const second = await importFile(administrator, 'gias', windows1252(csv));
    expect(second.report).toMatchObject({ created: 0, updated: 0, unchanged: 4000, rejected: 1000 });
    expect(second.report.errors).toEqual(first.report.errors);
  }, 60_000);

  it('When every row is faulty beyond ten thousand, then all are counted and the first ten thousand are listed', async () => {
    const { report, state } = await importFile(administrator, 'gias', `URN,EstablishmentName\n${'x,Nowhere\n'.repeat(10_500)}`, true);
    expect(state).toBe('done');
    expect(report).toMatchObject({ rows: 10_500, rejected: 10_500, errorsLeftOff: 500 });
    expect(report.errors).toHaveLength(10_000);
  }, 60_000);

  it('When a pupil-premium row is spoilt, then it is reported by the name that the file gives the column', async () => {
    const header = ['URN', 'School Name', 'Number of pupils on roll (7)', 'Total number of pupils eligible for the Deprivation Pupil Premium'];
    const file = csvOf(header, [
      ['600001', 'Good School', '723.5', '12'],
      ['600002', 'Negative School', '-3', '12'],
      ['600003', 'Wordy School', '210', 'a dozen'],
      ['600001', 'Good School', '1', '1'],
      ['600004', '', '1', '1'],
      ['600005', 'Precise School', '1.2345', '0'],
    ]);
    const { report } = await importFile(administrator, 'pupil-premium', file);
    expect(report).toMatchObject({ rows: 6, created: 1, rejected: 5 });
    expect(report.errors.map((e: Expected) => [e.row, e.column, e.code])).toEqual([
      [3, header[2], 'schools.negative-number'],
      [4, header[3], 'schools.not-a-number'],
      [5, 'URN', 'schools.duplicate-urn'],
      [6, 'School Name', 'schools.empty-name'],
      [7, header[2], 'schools.not-a-number'],
    ]);
    expect((await administrator.get('/api/schools/600001')).body.pupilNumbers).toEqual([
      { measure: 'pupils', censusOn: '2019-01-17', source: 'pupil-premium', number: 723.5 },
      { measure: 'pupil-premium', censusOn: '2019-01-17', source: 'pupil-premium', number: 12 },
    ]);
  });
});
