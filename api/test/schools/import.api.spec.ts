import { beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../client.js';
import { startApp, type Client, type TestApp } from '../harness.js';
import { csvOf, giasCsv, giasHeader, giasLine, importEnd, importFile, realFile, windows1252 } from './national-files.js';

let app: TestApp;
let administrator: Client;

beforeAll(async () => {
  app = await startApp();
  administrator = await app.person('administrator');
}, 60_000);

const lines = (count: number, base: number) => Array.from({ length: count }, (_, n) => giasLine(n, base));
const counts = (report: Record<string, unknown>) => ({ rows: report['rows'], created: report['created'], updated: report['updated'], unchanged: report['unchanged'], rejected: report['rejected'] });
const pupilsOf = async (urn: string) => (await administrator.get(`/api/schools/${urn}`)).body.pupilNumbers;

const generatedPremium = (count: number, base: number) =>
  Buffer.from(
    csvOf(
      ['URN', 'LA', 'Local Authority', 'Estab', 'School Name', 'School Type', 'Number of pupils on roll (7)', 'Total number of pupils eligible for the Deprivation Pupil Premium'],
      Array.from({ length: count }, (_, n) => [String(base + n), '937', 'Warwickshire', String(2000 + n), `Generated School ${n}`, 'Community school', `${200 + n}.5`, String(20 + n)]),
    ),
  );

describe('the national files', () => {
  const gias = realFile('gias-edubasealldata.csv') ?? windows1252(giasCsv(lines(3000, 100_000)));
  const premium = realFile('dfe-pupil-premium-2019-20.csv') ?? generatedPremium(3000, 100_000);
  const rows = realFile('gias-edubasealldata.csv') ? 21_567 : 3000;

  it('When a dry run has been made, then it reports what would happen and nothing has changed', async () => {
    const { report, ...status } = await importFile(administrator, 'gias', gias, true);
    expect(counts(report)).toEqual({ rows, created: rows, updated: 0, unchanged: 0, rejected: 0 });
    expect(status).toMatchObject({ state: 'done', done: rows, total: rows, dryRun: true });
    expect(await app.sql('select 1 from school limit 1')).toEqual([]);
  }, 120_000);

  it('When the register is imported, then progress moves while it runs and every school is there within a minute', async () => {
    const began = Date.now();
    const { body } = await administrator.upload('/api/schools/import?kind=gias', 'gias.csv', gias);
    const seen: number[] = [];
    const end = await until(async () => {
      const status = (await administrator.get(`/api/imports/${body.id}`)).body;
      if (status.state === 'running') seen.push(status.done);
      return status.state === 'done' && status;
    }, 120_000);
    process.stdout.write(`Register: ${Date.now() - began} ms, progress ${[...new Set(seen)].join(' ')}\n`);
    expect(counts(end.report)).toEqual({ rows, created: rows, updated: 0, unchanged: 0, rejected: 0 });
    expect(new Set(seen).size).toBeGreaterThan(1);
    expect(Date.now() - began).toBeLessThan(60_000);
    expect((await app.sql<{ n: string }>('select count(*) as n from school'))[0]?.n).toBe(rows);
  }, 120_000);

  it('When the register is imported again, then every row is unchanged', async () => {
    const { report } = await importFile(administrator, 'gias', gias);
    expect(counts(report)).toEqual({ rows, created: 0, updated: 0, unchanged: rows, rejected: 0 });
  }, 120_000);

  it('When the pupil-premium file is imported, then half pupils are kept exactly and a second import changes nothing', async () => {
    const began = Date.now();
    const first = await importFile(administrator, 'pupil-premium', premium);
    process.stdout.write(`Pupil premium: ${Date.now() - began} ms\n`);
    expect(counts(first.report)).toEqual({ rows, created: rows, updated: 0, unchanged: 0, rejected: 0 });
    const second = await importFile(administrator, 'pupil-premium', premium);
    expect(counts(second.report)).toEqual({ rows, created: 0, updated: 0, unchanged: rows, rejected: 0 });
    const halves = await app.sql<{ urn: string; thousandths: number }>(`select urn, thousandths from pupil_number where source = 'pupil-premium' and thousandths % 1000 = 500 limit 1`);
    const half = (await pupilsOf(halves[0]?.urn as string)).find((line: { source: string; measure: string }) => line.source === 'pupil-premium' && line.measure === 'pupils');
    expect(half).toMatchObject({ censusOn: '2019-01-17', number: Number(halves[0]?.thousandths) / 1000 });
  }, 120_000);

  it('When the extract is in Windows-1252, then names with accents are right', async () => {
    const { body } = await administrator.get(`/api/schools?query=${encodeURIComponent('St Thomas à Becket')}`);
    expect(body.items[0].name).toMatch(/^St Thomas à Becket/);
  });
});

describe('two files about the same schools', () => {
  it('When one rounds what the other gives in halves, then each keeps its own number and neither undoes the other', async () => {
    const gias = windows1252(giasCsv(lines(5, 410_000)));
    const premium = generatedPremium(5, 410_000);
    expect(counts((await importFile(administrator, 'pupil-premium', premium)).report)).toMatchObject({ created: 5 });
    expect(counts((await importFile(administrator, 'gias', gias)).report)).toMatchObject({ updated: 5 });
    expect(counts((await importFile(administrator, 'pupil-premium', premium)).report)).toMatchObject({ unchanged: 5 });
    expect(counts((await importFile(administrator, 'gias', gias)).report)).toMatchObject({ unchanged: 5 });
    const { body } = await administrator.get('/api/schools/410001');
    expect(body.name).toBe('St Thomas à Becket School 1');
    expect(body.pupilNumbers.map((line: { source: string; measure: string; number: number }) => [line.source, line.measure, line.number])).toEqual([
      ['pupil-premium', 'pupils', 201.5],
      ['gias', 'pupils', 101],
      ['pupil-premium', 'pupil-premium', 21],
    ]);
  });
});

describe('a file that somebody changed', () => {
  it('When columns are missing, in another order or new, then the rest is read and what was known stays', async () => {
    const base = 400_000;
    await importFile(administrator, 'gias', windows1252(giasCsv(lines(3, base))));
    const few = csvOf(['Unheard Of', 'EstablishmentName', 'URN'], [['x', 'Renamed School', '400001'], ['y', 'St Thomas à Becket School 2', '400002']]);
    const { report } = await importFile(administrator, 'gias', `\ufeff${few}`);
    expect(counts(report)).toEqual({ rows: 2, created: 0, updated: 1, unchanged: 1, rejected: 0 });
    expect((await administrator.get('/api/schools/400001')).body).toMatchObject({ name: 'Renamed School', town: 'Leamington Spa', postcode: 'CV31 1AB', laCode: '937' });
  });

  it('When a cell is blank, then it wipes out nothing that was known, but a closing that was called off is taken back', async () => {
    const line = { ...giasLine(7, 400_000), CloseDate: '31-08-2024', 'EstablishmentStatus (code)': '2', 'EstablishmentStatus (name)': 'Closed' };
    await importFile(administrator, 'gias', windows1252(giasCsv([line])));
    expect((await administrator.get('/api/schools/400007')).body).toMatchObject({ status: 'closed', closedOn: '2024-08-31' });
    await importFile(administrator, 'gias', windows1252(giasCsv([{ ...giasLine(7, 400_000), Postcode: '', Town: '' }])));
    expect((await administrator.get('/api/schools/400007')).body).toMatchObject({ status: 'open', closedOn: null, town: 'Leamington Spa', postcode: 'CV37 7AB' });
  });

  it('When links stand in the extract, then a closed school names its successor', async () => {
    const file = csvOf([...giasHeader, 'LinkURN', 'LinkType'], [[...giasHeader.map((name) => giasLine(8, 400_000)[name]), '400001', 'Successor']]);
    await importFile(administrator, 'gias', windows1252(file));
    expect((await administrator.get('/api/schools/400008')).body.successorUrn).toBe('400001');
  });

  it('When lines are separated by semicolons, or end in a line feed alone with blank lines between, then it is read all the same', async () => {
    const text = 'URN;EstablishmentName\n\n400020;Semicolon School\n\n400021;\n';
    const { report } = await importFile(administrator, 'gias', text);
    expect(counts(report)).toEqual({ rows: 2, created: 1, updated: 0, unchanged: 0, rejected: 1 });
    expect(report.errors).toEqual([{ row: 5, column: 'EstablishmentName', value: '', code: 'schools.empty-name', message: 'The name of the school is missing.' }]);
  });

  it('When one value never closes its quotation mark, then only the rows it swallows are lost', async () => {
    const good = lines(6, 401_000).map((line) => giasHeader.map((name) => `"${line[name]}"`).join(','));
    good[2] = good[2]?.replace('"Warwickshire"', '"Warwickshire') as string;
    const { report } = await importFile(administrator, 'gias', windows1252([giasHeader.map((name) => `"${name}"`).join(','), ...good].join('\r\n')));
    expect(report).toMatchObject({ rows: 6, created: 5, rejected: 1, errors: [{ row: 4, code: 'schools.too-few-columns' }] });
  });
});

describe('a file that is not one', () => {
  const header = giasHeader.join(',');
  const refused: [string, string, Uint8Array | string, number, string][] = [
    ['is empty', 'gias', '', 422, 'platform.empty-file'],
    ['holds blank lines only', 'gias', '\r\n \r\n', 422, 'schools.not-a-csv-file'],
    ['has a header only', 'gias', `${header}\r\n`, 422, 'schools.no-rows'],
    ['has no header', 'gias', csvOf(Object.values(giasLine(1)), [Object.values(giasLine(2))]), 422, 'schools.no-header'],
    ['has no column URN', 'gias', 'Name,Town\r\nA,B\r\n', 422, 'schools.no-urn-column'],
    ['is prose', 'gias', 'Dear bursar\r\nplease find attached\r\n', 422, 'schools.not-a-csv-file'],
    ['is UTF-16', 'gias', Buffer.from(`\ufeff${header}\r\n1,2`, 'utf16le'), 422, 'schools.wrong-encoding'],
    ['is UTF-16 without its mark', 'gias', Buffer.from(`${header}\r\n1,2`, 'utf16le'), 422, 'schools.wrong-encoding'],
    ['is a spreadsheet', 'gias', Buffer.from('PK\x03\x04URN,EstablishmentName\r\n1,2'), 422, 'schools.not-a-csv-file'],
    ['is binary', 'gias', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)), 422, 'schools.not-a-csv-file'],
    ['is the other national file', 'pupil-premium', giasCsv([giasLine(1)]), 422, 'schools.wrong-kind-of-file'],
    ['is the other national file', 'gias', generatedPremium(2, 1), 422, 'schools.wrong-kind-of-file'],
    ['is of a kind nobody knows', 'ofsted', giasCsv([giasLine(1)]), 422, 'platform.not-valid'],
  ];

  it.each(refused)('When it %s (%s), then it is refused with a sentence and changes nothing', async (_, kind, content, status, code) => {
    const before = await app.sql('select count(*) from school_import');
    const answer = await administrator.upload(`/api/schools/import?kind=${kind}`, 'file.csv', content);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await app.sql('select count(*) from school_import')).toEqual(before);
  });

  it('When a quotation mark is never closed, then the import fails with the row and changes nothing', async () => {
    const text = `URN,EstablishmentName\r\n402000,Good School\r\n402001,"Bad School\r\n${'402002,School\r\n'.repeat(50)}`;
    const end = await importFile(administrator, 'gias', text);
    expect(end).toMatchObject({ state: 'failed', report: { created: 0, errors: [{ row: 3, code: 'schools.quote-never-closed' }] } });
    expect((await administrator.get('/api/schools/402000')).status).toBe(404);
  });

  it('When it is larger than 32 MB, or 100 MB, then it is refused as too large', async () => {
    for (const megabytes of [33, 100]) {
      const answer = await administrator.upload('/api/schools/import?kind=gias', 'large.csv', Buffer.alloc(megabytes * 1024 * 1024, 'x'));
      expect(answer).toMatchObject({ status: 413, body: { code: 'platform.too-large' } });
    }
  }, 30_000);

  it('When no file is sent, or something that is no form, then it says so', async () => {
    const empty = await administrator.send('POST', '/api/schools/import?kind=gias', new FormData());
    expect(empty.status).toBeGreaterThanOrEqual(400);
    expect(empty.status).toBeLessThan(500);
    expect(await administrator.post('/api/schools/import?kind=gias', { file: 'x' })).toMatchObject({ status: 415 });
  });
});

describe('who imports, and how often', () => {
  it('When somebody other than an administrator imports, then it is refused', async () => {
    const cluster = await app.collaboration();
    for (const client of [cluster.coordinator, cluster.businessManager, cluster.financeOfficer, cluster.head, cluster.auditor]) {
      expect(await client.upload('/api/schools/import?kind=gias', 'f.csv', giasCsv([giasLine(1)]))).toMatchObject({ status: 403, body: { code: 'identity.not-allowed' } });
      expect((await client.get('/api/imports')).status).toBe(403);
    }
    expect((await app.anonymous().upload('/api/schools/import?kind=gias', 'f.csv', giasCsv([giasLine(1)]))).status).toBe(401);
  });

  it('When an import is asked for that does not exist, then it is not found', async () => {
    expect((await administrator.get('/api/imports/0198c7a0-0000-7000-8000-000000000000')).status).toBe(404);
    expect((await administrator.get('/api/imports/12')).status).toBe(422);
  });

  it('When a second import of the kind is started while one runs, then it is refused, and another kind is not', async () => {
    const waiting = await app.sql<{ id: string }>(
      `insert into school_import (id, kind, dry_run, file_name, content, total, created_at) values (gen_random_uuid(), 'gias', true, 'x.csv', $1, 1, now()) returning id`,
      [Buffer.from('URN,EstablishmentName\n403000,Waiting School\n')],
    );
    const file = giasCsv([giasLine(1)]);
    expect(await administrator.upload('/api/schools/import?kind=gias', 'f.csv', file)).toMatchObject({ status: 409, body: { code: 'schools.import-running' } });
    expect((await administrator.upload('/api/schools/import?kind=pupil-premium', 'f.csv', generatedPremium(1, 100_000))).status).toBe(202);
    await app.sql('delete from school_import where id = $1', [waiting[0]?.id]);
  });

  it('When twenty people start the same import at once, then one is taken at a time and the others are told', async () => {
    const file = windows1252(giasCsv(lines(500, 404_000)));
    const answers = await Promise.all(Array.from({ length: 20 }, () => administrator.upload('/api/schools/import?kind=gias', 'f.csv', file)));
    // One that is done before the last of the twenty has arrived makes way for a second.
    expect([...new Set(answers.map((answer) => answer.status))].sort()).toEqual([202, 409]);
    for (const { body } of answers.filter((answer) => answer.status === 202)) await importEnd(administrator, body.id);
    const atOnce = `select 1 from school_import a join school_import b on b.kind = a.kind and b.id > a.id and b.created_at < a.finished_at where a.id = any ($1::uuid[])`;
    expect(await app.sql(atOnce, [answers.filter((answer) => answer.status === 202).map(({ body }) => body.id as string)])).toEqual([]);
    expect((await app.sql<{ n: number }>(`select count(*) as n from school where urn between '404000' and '404499'`))[0]?.n).toBe(500);
  });

  it('When the process was killed in the middle, then the next start takes the import up again, once', async () => {
    const [left] = await app.sql<{ id: string }>(
      `insert into school_import (id, kind, dry_run, file_name, content, state, done, total, created_at, started_at)
       values (gen_random_uuid(), 'gias', false, 'x.csv', $1, 'running', 200, 300, now(), now()) returning id`,
      [windows1252(giasCsv(lines(300, 405_000)))],
    );
    const { SchoolImports } = await import('../../src/schools/school-imports.service.js');
    const imports = app.app.get(SchoolImports);
    await Promise.all([imports.onApplicationBootstrap(), imports.run(left?.id as string), imports.run(left?.id as string)]);
    const end = await importEnd(administrator, left?.id as string);
    expect(end).toMatchObject({ state: 'done', done: 300, report: { created: 300 } });
  });

  it('When faults are downloaded, then a value that looks like a formula stays text', async () => {
    const end = await importFile(administrator, 'gias', 'URN,EstablishmentName\n=1+1,Formula School\n');
    const csv = await administrator.get(`/api/imports/${end.id}/errors.csv`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.text).toContain(`2,URN,'=1+1,schools.wrong-urn`);
  });
});
