// Starts one real PostgreSQL for all API specs, with a migrated template from which each spec file copies its own database.
import { mkdtempSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServer, root } from '../../tools/build.mjs';

export default async function setUp() {
  await buildServer();
  const { startEmbeddedPostgres } = await import('../../dist/api/src/platform/embedded-postgres.js');
  const { loadMigrations, prepareDatabase } = await import('../../dist/api/src/platform/prepare.js');
  await import('../../dist/api/src/app.module.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'fairshare-test-'));
  chmodSync(dataDir, 0o755);
  const postgres = await startEmbeddedPostgres(dataDir, () => {});
  globalThis.stopTestPostgres = () => postgres.stop();
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  // What a power cut would lose is of no use to anybody here.
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) await client.query(`alter system set ${setting} = off`);
  await client.query('select pg_reload_conf()');
  await client.query('create database template_fairshare');
  await client.end();
  const template = new URL(postgres.url);
  template.pathname = '/template_fairshare';
  const connection = await prepareDatabase(template.href, await loadMigrations(join(root, 'dist/migrations')), () => {});
  process.env.TEST_PG_URL = postgres.url;
  process.env.TEST_PG_ROLE = connection.role ?? '';
  process.env.TEST_PG_LOGIN = connection.url;
}
