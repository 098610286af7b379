import { createHash, randomBytes } from 'node:crypto';
import { afterAll } from '@jest/globals';
import { ConsoleLogger, Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import type { Role } from '@fairshare/contract/identity';
import { createApp } from '../src/app.js';
import { Passwords } from '../src/identity/passwords.js';
import { Sessions } from '../src/identity/sessions.js';
import { systemScope } from '../src/platform/actor.js';
import { Clock } from '../src/platform/clock.js';
import type { Config } from '../src/platform/config.js';
import type { Connection } from '../src/platform/data-source.js';
import { Database } from '../src/platform/database.js';
import { newId } from '../src/platform/new-id.js';
import { Personal, type KeyKind } from '../src/platform/personal.js';
import { Client } from './client.js';

export { Client, type Answer } from './client.js';

/** A clock that stands still on the day a test says. */
export class TestClock extends Clock {
  #now: Date | undefined;

  set(instant: string): void {
    this.#now = new Date(instant);
  }

  override now(): Date {
    return this.#now ? new Date(this.#now) : new Date();
  }
}

export const testPassword = 'a sentence nobody would guess';

export interface TestCollaboration {
  readonly id: string;
  readonly name: string;
  readonly urns: readonly string[];
  readonly coordinator: Client;
  /** Business manager, head and finance officer of the first school. */
  readonly businessManager: Client;
  readonly head: Client;
  readonly schoolFinanceOfficer: Client;
  /** Finance officer of the whole collaboration. */
  readonly financeOfficer: Client;
  readonly auditor: Client;
  /** Business manager of the second school: a sister, not a stranger. */
  readonly sister: Client;
}

const urnOf = (n: number) => String(900_000 + n);
let schoolsMade = 0;

/** The real app on a database of its own, listening on loopback. */
export class TestApp {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly clock: TestClock;
  readonly databaseUrl: string;
  readonly #owner: pg.Pool;
  #passwordHash: string | undefined;

  constructor(app: NestFastifyApplication, url: string, clock: TestClock, databaseUrl: string) {
    this.app = app;
    this.url = url;
    this.clock = clock;
    this.databaseUrl = databaseUrl;
    this.#owner = new pg.Pool({ connectionString: databaseUrl, max: 2 });
    this.#owner.on('error', () => undefined);
  }

  /** A statement as the database's owner, past every policy: for arranging and for looking at what is stored. */
  async sql<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#owner.query<Row>(text, [...values])).rows;
  }

  /** A personal text as it is stored, with the key of a person, a specialist or a school in a collaboration. */
  seal(keyId: string, text: string, kind: KeyKind = 'person'): Promise<string> {
    return this.app.get(Database).write(systemScope(), (tx) => this.app.get(Personal).seal(tx, keyId, text, kind));
  }

  /** What is stored, as people read it. */
  reveal<T>(stored: T): Promise<T> {
    return this.app.get(Personal).revealAll(stored);
  }

  /** Somebody who is not signed in. */
  anonymous(): Client {
    return new Client(this.url);
  }

  /** A new person with a role, signed in. */
  async person(role: Role, where: { collaborationId?: string; schoolUrn?: string; specialistId?: string; supplierId?: string; trustCode?: string } = {}): Promise<Client> {
    this.#passwordHash ??= await this.app.get(Passwords).hash(testPassword);
    const id = newId();
    const email = `${role}-${randomBytes(6).toString('hex')}@test.example`;
    await this.sql('insert into app_user (id, email, email_index, name, password_hash) values ($1, $2, $3, $4, $5)', [
      id, await this.seal(id, email), this.app.get(Personal).lookup(email), await this.seal(id, `Test ${role}`), this.#passwordHash,
    ]);
    await this.sql('insert into role_grant (id, user_id, role, collaboration_id, school_urn, specialist_id, supplier_id, trust_code) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
      newId(), id, role, where.collaborationId ?? null, where.schoolUrn ?? null, where.specialistId ?? null, where.supplierId ?? null, where.trustCode ?? null,
    ]);
    // Signing in has specs of its own; here a session is put where signing in would put it, without the cost of a password.
    const token = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    // It counts as a recent sign-in for as long as it lives, whatever day a spec moves to; freshness has specs of its own.
    await this.sql('insert into session (token_hash, id, user_id, created_at, last_seen_at, proved_at, expires_at) values ($1, $2, $3, $4, $4, $5, $5)', [
      createHash('sha256').update(token).digest('base64url'), newId(), id, now, new Date(now.getTime() + 7 * 86_400_000),
    ]);
    return new Client(this.url, id, `fairshare_session=${token}`);
  }

  /** A session as signing in begins it, of somebody who is there already. */
  async sessionOf(userId: string, device: string): Promise<Client> {
    const { token } = await this.app.get(Sessions).begin(userId, { by: 'password', secondFactor: false }, { address: '127.0.0.1', device });
    return new Client(this.url, userId, `fairshare_session=${token}`);
  }

  /** Schools on the national register with pupil numbers, so that no test needs the national file. */
  async schools(count: number): Promise<string[]> {
    const urns = Array.from({ length: count }, () => urnOf(++schoolsMade));
    for (const [i, urn] of urns.entries()) {
      await this.sql(
        `insert into school (urn, name, kind, status, la_code, la_name, phase) values ($1, $2, 'maintained', 'open', '937', 'Warwickshire', 'Primary')`,
        [urn, `Test School ${urn}`],
      );
      await this.sql(
        `insert into pupil_number (urn, measure, census_on, thousandths) values ($1, 'pupils', '2025-10-02', $2), ($1, 'pupil-premium', '2025-10-02', $3)`,
        [urn, (100 + 50 * i) * 1000, (10 + 5 * i) * 1000],
      );
    }
    return urns;
  }

  /** A collaboration of its own for each test, so that all of them can run side by side. */
  async collaboration(options: { schools?: number; urns?: readonly string[] } = {}): Promise<TestCollaboration> {
    const urns = options.urns ?? (await this.schools(options.schools ?? 3));
    const id = newId();
    const name = `Cluster ${id.slice(-6)}`;
    await this.sql(`insert into collaboration (id, name, zone, nation, lead_school_urn) values ($1, $2, 'Europe/London', 'england', $3)`, [id, name, urns[0]]);
    for (const urn of urns) {
      await this.sql(`insert into membership (id, collaboration_id, urn, from_on) values ($1, $2, $3, '2020-09-01')`, [newId(), id, urn]);
    }
    const at = (schoolUrn: string | undefined) => ({ collaborationId: id, ...(schoolUrn ? { schoolUrn } : {}) });
    const first = urns[0];
    return {
      id, name, urns,
      coordinator: await this.person('coordinator', at(undefined)),
      businessManager: await this.person('business-manager', at(first)),
      head: await this.person('head', at(first)),
      schoolFinanceOfficer: await this.person('finance-officer', at(first)),
      financeOfficer: await this.person('finance-officer', at(undefined)),
      auditor: await this.person('auditor', at(undefined)),
      sister: await this.person('business-manager', at(urns[1] ?? first)),
    };
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.#owner.end();
  }
}

export const testConfig: Config = {
  port: 0, host: '127.0.0.1', databaseUrl: undefined, dataDir: '', demo: false, limits: false, worksJobs: true, demoPassword: undefined, trustedProxies: 'loopback', securityContact: undefined,
  installationKey: 'the key of tests, known to everybody',
  publicUrl: 'https://fairshare.test', smtp: undefined, mailFrom: 'Fairshare <fairshare@fairshare.test>', outboundLoopback: false,
  providers: [],
};

/** A database of its own, copied from the migrated template. */
export async function newDatabase(): Promise<string> {
  const base = process.env['TEST_PG_URL'];
  if (!base) throw new Error('API specs need the global set-up of jest.config.mjs.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: base });
  await client.connect();
  try {
    // Copying one template twice at the same moment is refused, so that copies queue here.
    await client.query(`select pg_advisory_lock(hashtext('template'))`);
    await client.query(`create database ${name} template template_fairshare`);
  } finally {
    await client.end();
  }
  const url = new URL(base);
  url.pathname = `/${name}`;
  return url.href;
}

/** Call it once at the top of a spec file's `beforeAll`; it is closed after the file. */
export async function startApp(config: Partial<Config> = {}, connection: Pick<Connection, 'connections'> = {}): Promise<TestApp> {
  const databaseUrl = await newDatabase();
  // A spec before this one may have silenced the program.
  Logger.overrideLogger(new ConsoleLogger());
  const role = process.env['TEST_PG_ROLE'] || undefined;
  const app = await createApp({ ...testConfig, ...config }, { url: loginTo(databaseUrl), role, ...connection });
  const clock = new TestClock();
  app.get(Clock).now = () => clock.now();
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  const started = new TestApp(app, `http://127.0.0.1:${port}`, clock, databaseUrl);
  running.add(started);
  return started;
}

const running = new Set<TestApp>();

afterAll(async () => {
  for (const app of running) await app.close();
  running.clear();
});

/** The same database under the login that the program has in service; the specs themselves look at it as its owner. */
function loginTo(databaseUrl: string): string {
  const login = new URL(process.env['TEST_PG_LOGIN'] as string);
  login.pathname = new URL(databaseUrl).pathname;
  return login.href;
}
