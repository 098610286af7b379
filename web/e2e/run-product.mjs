// The product with its demonstration, as `npm start` runs it, but with a clock that the journey may put forward: a session
// booked today has to take place before it can be delivered and invoiced. Told by messages: { forwardMs }.
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServer, buildWeb, root } from '../../tools/build.mjs';

await buildServer();
buildWeb();
const at = (path) => import(`../../dist/api/src/${path}.js`);
const [{ createApp }, { Demonstration }, { Clock }, { startEmbeddedPostgres }, { loadMigrations, prepareDatabase }] = await Promise.all(
  ['app', 'demo/demonstration', 'platform/clock', 'platform/embedded-postgres', 'platform/prepare'].map(at),
);

const dataDir = mkdtempSync(join(tmpdir(), 'fairshare-journeys-'));
chmodSync(dataDir, 0o755);
const postgres = await startEmbeddedPostgres(dataDir, () => {});
const connection = await prepareDatabase(postgres.url, await loadMigrations(join(root, 'dist/migrations')), () => {});
const config = { port: 0, host: '127.0.0.1', databaseUrl: undefined, dataDir, demo: true, limits: false, worksJobs: true, demoPassword: 'for the journeys only', installationKey: 'the key of the journeys, known to everybody', publicUrl: 'http://localhost', trustedProxies: 'loopback', smtp: undefined, mailFrom: 'Fairshare <fairshare@localhost>' };
const app = await createApp(config, connection, join(root, 'dist/web/browser'));
const clock = app.get(Clock);
const standing = clock.now.bind(clock);
let forwardMs = 0;
clock.now = () => new Date(standing().getTime() + forwardMs);

await app.get(Demonstration).load(app, clock.today(), () => {});
await app.listen(0, '127.0.0.1');
process.send({ url: `http://127.0.0.1:${app.getHttpServer().address().port}`, password: config.demoPassword });

process.on('message', (message) => {
  forwardMs = message.forwardMs;
  process.send({ forwardMs });
});
process.on('disconnect', async () => {
  await app.close();
  await postgres.stop();
  process.exit(0);
});
