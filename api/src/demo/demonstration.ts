import { Inject, Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Demonstration as Shown } from '@fairshare/contract/identity';
import { Passwords } from '../identity/passwords.js';
import { UserStore } from '../identity/user-store.js';
import { systemScope } from '../platform/actor.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { Door } from './door.js';
import { demoPeople, demoSchools, leadUrn } from './leamington.js';
import { makeAgreements, type Agreements } from './make-agreements.js';
import { makeBooks, makeFunding } from './make-books.js';
import { makeBookings } from './make-bookings.js';
import { makeConversion } from './make-conversion.js';
import { makeHours } from './make-hours.js';
import { makeInvoices } from './make-invoices.js';
import { makeJoint } from './make-joint.js';
import { makeApprovals } from './make-approvals.js';
import { makeInsurance, makeMoney } from './make-money.js';
import { makePlans } from './make-plans.js';
import { makeRarities } from './make-rarities.js';
import { makeSharedEvents } from './make-shared-events.js';
import { makeWaiting } from './make-waiting.js';
import { schoolYear, schoolYearOf } from './school-year.js';
import type { Story } from './story.js';

/** Roles above the collaboration, or of a supplier or specialist that it has only once there are agreements. */
const grantedElsewhere: ReadonlySet<string> = new Set(['administrator', 'specialist', 'supplier']);

/** A cluster of eleven real schools with a term behind it, so that nobody starts on an empty page. */
@Injectable()
export class Demonstration {
  readonly #config: Config;
  readonly #database: Database;
  readonly #passwords: Passwords;
  readonly #trail: Trail;
  readonly #users: UserStore;

  constructor(@Inject(CONFIG) config: Config, database: Database, passwords: Passwords, trail: Trail, users: UserStore) {
    this.#config = config;
    this.#database = database;
    this.#passwords = passwords;
    this.#trail = trail;
    this.#users = users;
  }

  /** Loads the demonstration into an empty Fairshare, once; a second start finds it and does nothing. */
  async load(app: NestFastifyApplication, today: string, say: (line: string) => void): Promise<void> {
    const password = this.#config.demoPassword;
    if (!password || (await this.#users.anybody())) return;
    const began = Date.now();
    say('Loading the demonstration: Leamington North Cluster …');
    await this.#mark('demonstration.began');
    await this.#makeRegister();
    await this.#makePeople(password);
    const story = await this.#makeCollaboration(app, password, today);
    say('  1 of 4  eleven schools, their school years and their people');
    const agreements = await makeAgreements(story);
    await this.#linkSpecialist(story, agreements);
    say('  2 of 4  five agreements with their specialists and sharing rules');
    await makeFunding(story);
    await makeInsurance(story);
    const made = await makeBookings(story, agreements);
    await makeSharedEvents(story, agreements);
    say(`  3 of 4  ${made.delivered} sessions of the past weeks, ${made.coming} of the coming ones`);
    await makeHours(story, agreements);
    await makeJoint(story, agreements);
    await makeWaiting(story, agreements);
    const invoices = await makeInvoices(story);
    await makeBooks(story);
    await makePlans(story);
    await makeMoney(story);
    await makeConversion(story, this.#database);
    await makeRarities(story);
    await makeApprovals(story);
    say(`  4 of 4  ${invoices.issued} invoices of two months, partly paid (all in ${((Date.now() - began) / 1000).toFixed(0)} s)`);
    await this.#mark('demonstration.loaded');
  }

  /** What the sign-in page shows; undefined where there is no demonstration. */
  async shown(): Promise<Shown | undefined> {
    const password = this.#config.demo ? this.#config.demoPassword : undefined;
    const there = password ? await this.#users.activeByEmail(demoPeople[0]?.email ?? '') : undefined;
    if (!password || !there) return undefined;
    return { people: demoPeople.map(({ email, name, role }) => ({ email, name, role })), password };
  }

  /** The sign-ins, as printed at start. */
  async signIns(): Promise<string[]> {
    const shown = await this.shown();
    if (!shown) return [];
    return ['Sign in as', ...shown.people.map((p) => `  ${p.role.padEnd(17)} ${p.email}`), `  each with the password ${shown.password}`];
  }

  async #mark(action: string): Promise<void> {
    const who = systemScope();
    await this.#database.write(who, (tx) => this.#trail.record(tx, who, { action, collaborationId: null, subjectKind: 'demonstration', subjectId: 'leamington' }));
  }

  /** The schools as the national files have them; importing those later finds the same URNs. */
  async #makeRegister(): Promise<void> {
    await this.#database.write(systemScope(), async (tx) => {
      for (const s of demoSchools) {
        await sql(
          tx,
          `insert into school (urn, name, kind, status, la_code, la_name, establishment_number, type_name, phase, town)
           values ($1, $2, $3, 'open', '937', 'Warwickshire', $4, $5, $6, 'Leamington Spa') on conflict (urn) do nothing`,
          [s.urn, s.name, s.kind, s.estabNumber, s.typeName, s.phase],
        );
        await sql(
          tx,
          `insert into pupil_number (urn, measure, census_on, source, thousandths) values ($1, 'pupils', '2019-01-17', 'entered', $2), ($1, 'pupil-premium', '2019-01-17', 'entered', $3)
           on conflict do nothing`,
          [s.urn, s.pupils * 1000, s.pupilPremium * 1000],
        );
      }
    });
  }

  async #makePeople(password: string): Promise<void> {
    const hash = await this.#passwords.hash(password);
    await this.#database.write(systemScope(), async (tx) => {
      for (const person of demoPeople) {
        await this.#users.add(tx, { id: newId(), email: person.email, name: person.name, passwordHash: hash });
      }
      await this.#grant(tx, 'administrator', null, null, null);
    });
  }

  async #makeCollaboration(app: NestFastifyApplication, password: string, today: string): Promise<Story> {
    const door = (role: string) => Door.open(app, `${role}@leamington.example`, password);
    const administrator = await door('administrator');
    const { body } = await administrator.post('/api/collaborations', { name: 'Leamington North Cluster', nation: 'england', leadSchoolUrn: leadUrn });
    const id = body['id'] as string;
    await this.#database.write(systemScope(), async (tx) => {
      for (const { role, schoolUrn } of demoPeople) {
        if (!grantedElsewhere.has(role)) await this.#grant(tx, role, id, schoolUrn ?? null, null);
      }
    });
    const coordinator = await door('coordinator');
    const at = `/api/collaborations/${id}`;
    const since = `${schoolYearOf(today) - 2}-09-01`;
    const { body: members } = await coordinator.get(`${at}/members`);
    for (const lead of members.items ?? []) await coordinator.put(`${at}/members/${String(lead['id'])}`, { from: since, until: null });
    for (const { urn } of demoSchools) if (urn !== leadUrn) await coordinator.post(`${at}/members`, { urn, from: since });
    for (const year of [-1, 0, 1]) {
      for (const entry of schoolYear(schoolYearOf(today) + year)) {
        await coordinator.post(`${at}/school-year/lines`, { target: { level: 'local-authority', laCode: '937' }, ...entry });
      }
    }
    return { at, today, coordinator, businessManager: await door('business-manager'), financeOfficer: await door('finance-officer'), open: door };
  }

  /** The specialist who signs in is the one who delivers educational psychology; the supplier is whose that is. */
  async #linkSpecialist(story: Story, { psychology }: Agreements): Promise<void> {
    const collaborationId = story.at.split('/').at(-1) as string;
    await this.#database.write(systemScope(), async (tx) => {
      await this.#grant(tx, 'specialist', collaborationId, null, psychology.specialistId);
      await this.#grant(tx, 'supplier', collaborationId, null, null, psychology.supplierId);
    });
  }

  async #grant(tx: Tx, role: string, collaborationId: string | null, schoolUrn: string | null, specialistId: string | null, supplierId: string | null = null): Promise<void> {
    const userId = await this.#users.idOf(tx, demoPeople.find((p) => p.role === role)?.email ?? '');
    await sql(tx, 'insert into role_grant (id, user_id, role, collaboration_id, school_urn, specialist_id, supplier_id) values ($1, $2, $3, $4, $5, $6, $7)', [
      newId(), userId, role, collaborationId, schoolUrn, specialistId, supplierId,
    ]);
  }
}
