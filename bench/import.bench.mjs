// Importing the national files against reading them with csv-parse and storing them with COPY, on the same machine in the same run.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { parse } from 'csv-parse/sync';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = (path) => import(join(root, 'dist', path));

const files = [
  { label: 'register', kind: 'gias', name: 'gias-edubasealldata.csv', encoding: 'windows-1252' },
  { label: 'pupil premium', kind: 'pupil-premium', name: 'dfe-pupil-premium-2019-20.csv', encoding: 'utf-8' },
];

const timed = async (work) => {
  const began = performance.now();
  const answer = await work();
  return [performance.now() - began, answer];
};

/** @param {{pgUrl: string}} options a server on which a database may be made; it is dropped afterwards. */
export async function run({ pgUrl }) {
  const database = `bench_import_${process.pid}`;
  const admin = new pg.Client({ connectionString: pgUrl });
  await admin.connect();
  await admin.query(`create database ${database}`);
  const url = new URL(pgUrl);
  url.pathname = `/${database}`;
  try {
    return await measure(url.href);
  } finally {
    await admin.query(`drop database ${database} with (force)`);
    await admin.end();
  }
}

async function measure(url) {
  const { source, importOnce } = await connect(url);
  const rows = [];
  const ratios = [];
  try {
    for (const file of files) {
      const path = join(root, '../shared/data', file.name);
      const content = existsSync(path) ? readFileSync(path) : generated(file);
      const [baselineMs] = await timed(() => parseAndCopy(url, content, file.encoding));
      const [dryMs] = await timed(() => importOnce(content, file.kind, true));
      const [firstMs, first] = await timed(() => importOnce(content, file.kind, false));
      const [againMs, again] = await timed(() => importOnce(content, file.kind, false));
      rows.push(
        { label: `${file.label}: csv-parse + COPY`, value: baselineMs, unit: 'ms' },
        { label: `${file.label}: dry run`, value: dryMs, unit: 'ms' },
        { label: `${file.label}: import of ${first.created} schools`, value: firstMs, unit: 'ms' },
        { label: `${file.label}: again, ${again.unchanged} unchanged`, value: againMs, unit: 'ms' },
      );
      ratios.push({ label: `${file.label}: import / (csv-parse + COPY)`, value: firstMs / baselineMs, aim: '≤ 4', ok: firstMs <= 4 * baselineMs });
    }
  } finally {
    await source.destroy();
  }
  return { name: 'import', rows, ratios };
}

async function connect(url) {
  const [{ loadMigrations, prepareDatabase }, { dataSourceOptions }, { openNationalFile }, { RowImport }] = await Promise.all([
    dist('api/src/platform/prepare.js'), dist('api/src/platform/data-source.js'), dist('api/src/schools/national-file.js'), dist('api/src/schools/import-rows.js'),
  ]);
  await dist('api/src/app.module.js');
  const { DataSource } = await import('typeorm');
  await prepareDatabase(url, await loadMigrations(join(root, 'dist/migrations')), () => {});
  const source = await new DataSource(dataSourceOptions({ url }, [])).initialize();
  const importOnce = (content, kind, dryRun) =>
    source.transaction((tx) => new RowImport(tx, openNationalFile(content, kind), { source: kind, dryRun, progress: async () => {} }).run());
  return { source, importOnce };
}

/** What anybody would write first: read everything, check nothing, and copy it into a table of text. */
async function parseAndCopy(url, content, encoding) {
  const records = parse(new TextDecoder(encoding).decode(content), { bom: true });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`create temp table raw (${records[0].map((_, i) => `c${i} text`).join(', ')}) on commit drop`);
    await copy(client, 'raw', records);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/** COPY FROM STDIN over the plain protocol of `pg`, without a library. */
function copy(client, table, records) {
  const escape = (text) => text.replace(/[\\\t\n\r]/g, (c) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[c]);
  const text = records.slice(1).map((cells) => cells.map(escape).join('\t')).join('\n');
  return new Promise((done, fail) => {
    client.query({
      submit(connection) {
        connection.query(`copy ${table} from stdin`);
      },
      handleError: fail,
      handleCopyInResponse(connection) {
        connection.sendCopyFromChunk(Buffer.from(`${text}\n`));
        connection.endCopyFrom();
      },
      handleCommandComplete() {},
      handleReadyForQuery: done,
      handleRowDescription() {},
      handleDataRow() {},
    });
  });
}

/** For a machine without the national files: as many rows of made-up schools. */
function generated({ kind }) {
  const count = 21_567;
  const gias = kind === 'gias';
  const header = gias
    ? ['URN', 'LA (code)', 'LA (name)', 'EstablishmentName', 'EstablishmentStatus (code)', 'CensusDate', 'NumberOfPupils', ...Array.from({ length: 126 }, (_, i) => `Unused ${i}`)]
    : ['URN', 'LA', 'Local Authority', 'School Name', 'Number of pupils on roll (7)', 'Total number of pupils eligible for the Deprivation Pupil Premium'];
  const line = (n) =>
    gias
      ? [100_000 + n, '937', 'Warwickshire', `Generated School ${n}`, '1', '17-01-2019', 100 + (n % 500), ...Array(126).fill('')]
      : [100_000 + n, '937', 'Warwickshire', `Generated School ${n}`, `${100 + (n % 500)}.5`, n % 90];
  return Buffer.from([header, ...Array.from({ length: count }, (_, n) => line(n))].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\r\n'));
}
