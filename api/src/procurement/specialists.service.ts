import { Injectable } from '@nestjs/common';
import type { PageQuery } from '@fairshare/contract/list';
import type { CredentialBody, EngagementBody, SpecialistBody, SpecialistEntry } from '@fairshare/contract/procurement';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { credentialState, standingOf, type ProcurementProblem } from '@fairshare/domain/procurement';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Personal } from '../platform/personal.js';
import { Trail } from '../platform/trail.js';
import type { SpecialistRecord } from './agreement-record.js';
import { CredentialEntity } from './credential.entity.js';
import { EngagementEntity } from './engagement.entity.js';
import { oneAtATime, pageOf } from './one-at-a-time.js';
import { mayMeetSpecialist } from './own-agreements.js';
import { ProcurementQueries } from './procurement.queries.js';
import { SupplierEntity } from './supplier.entity.js';

/** Evidence is for those who answer for who works with children, and for the specialist it is about. */
const seesEvidence = (who: Scope, specialistId: string) =>
  who.userId === null || who.specialistId === specialistId || who.roles.some((role) => role === 'coordinator' || role === 'business-manager' || role === 'head' || role === 'auditor');

/** Specialists, their engagement in a collaboration and the evidence that they may work. */
@Injectable()
export class SpecialistsService {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #personal: Personal;
  readonly #queries: ProcurementQueries;
  readonly #trail: Trail;

  constructor(clock: Clock, database: Database, personal: Personal, queries: ProcurementQueries, trail: Trail) {
    this.#clock = clock;
    this.#database = database;
    this.#personal = personal;
    this.#queries = queries;
    this.#trail = trail;
  }

  list(who: Scope, collaborationId: string, query: PageQuery) {
    return this.#database.read(who, async (tx) => {
      // Names are encrypted, so that only here they can be put in order.
      const near = (await this.#queries.specialists(tx, collaborationId)).filter((one) => mayMeetSpecialist(who, one));
      const all = await this.#personal.reveal(near, tx);
      const part = pageOf(all.sort((a, b) => a.name.localeCompare(b.name, 'en-GB')), query);
      return { ...part, items: part.items.map((specialist) => this.#shown(who, specialist)) };
    });
  }

  one(who: Scope, collaborationId: string, specialistId: string): Promise<SpecialistEntry> {
    return this.#database.read(who, (tx) => this.#one(tx, who, collaborationId, specialistId));
  }

  /** Engages somebody: the person whom another collaboration knows by the same e-mail address, or somebody new. */
  engage(who: Scope, collaborationId: string, body: SpecialistBody): Promise<SpecialistEntry> {
    return this.#database.write(who, async (tx) => {
      await oneAtATime(tx, collaborationId);
      await refuseUnknownSupplier(tx, collaborationId, body.supplierId);
      const specialistId = await this.#personOf(tx, body);
      const engaged = await tx.getRepository(EngagementEntity).existsBy({ collaborationId, specialistId });
      if (engaged) throw new DomainError<ProcurementProblem>('procurement.already-engaged');
      await tx.getRepository(EngagementEntity).insert({ id: newId(), collaborationId, specialistId, ...engagementOf(body) });
      const shown = await this.#one(tx, who, collaborationId, specialistId);
      await this.#trail.record(tx, who, { action: 'procurement.specialist-engaged', collaborationId, subjectKind: 'specialist', subjectId: specialistId, after: shown });
      return shown;
    });
  }

  /** The engagement changes; the person, whom other collaborations may know too, stays. */
  changeEngagement(who: Scope, collaborationId: string, specialistId: string, body: EngagementBody): Promise<SpecialistEntry> {
    return this.#database.write(who, async (tx) => {
      await oneAtATime(tx, collaborationId);
      const before = await this.#one(tx, who, collaborationId, specialistId);
      await refuseUnknownSupplier(tx, collaborationId, body.supplierId);
      await tx.getRepository(EngagementEntity).update({ collaborationId, specialistId }, engagementOf(body));
      const after = await this.#one(tx, who, collaborationId, specialistId);
      await this.#trail.record(tx, who, { action: 'procurement.engagement-changed', collaborationId, subjectKind: 'specialist', subjectId: specialistId, before, after });
      return after;
    });
  }

  recordCredential(who: Scope, collaborationId: string, specialistId: string, body: CredentialBody): Promise<SpecialistEntry> {
    return this.#database.write(who, async (tx) => {
      await oneAtATime(tx, collaborationId);
      await this.#one(tx, who, collaborationId, specialistId);
      const credential = {
        id: newId(), collaborationId, specialistId, type: body.type, number: await this.#personal.sealOrNull(tx, specialistId, body.number), checkedOn: body.checkedOn,
        checkedBy: (await this.#personal.sealOrNull(tx, specialistId, body.checkedBy)) ?? who.name, expiresOn: body.expiresOn ?? null,
      };
      await tx.getRepository(CredentialEntity).insert(credential);
      await this.#trail.record(tx, who, { action: 'procurement.credential-recorded', collaborationId, subjectKind: 'specialist', subjectId: specialistId, after: credential });
      return this.#one(tx, who, collaborationId, specialistId);
    });
  }

  /** Takes back a record made by mistake; the trail keeps it. */
  async removeCredential(who: Scope, collaborationId: string, specialistId: string, credentialId: string): Promise<void> {
    await this.#database.write(who, async (tx) => {
      const [gone] = await sql(tx, 'delete from credential where collaboration_id = $1 and specialist_id = $2 and id = $3 returning *', [collaborationId, specialistId, credentialId]);
      if (!gone) throw new DomainError('platform.not-found');
      await this.#trail.record(tx, who, { action: 'procurement.credential-removed', collaborationId, subjectKind: 'specialist', subjectId: specialistId, before: gone });
    });
  }

  async #one(tx: Tx, who: Scope, collaborationId: string, specialistId: string): Promise<SpecialistEntry> {
    const [specialist] = await this.#queries.specialists(tx, collaborationId, [specialistId]);
    if (!specialist || !mayMeetSpecialist(who, specialist)) throw new DomainError('platform.not-found');
    return this.#shown(who, specialist);
  }

  /** One person for the whole system: the e-mail address finds who is there already. */
  async #personOf(tx: Tx, body: SpecialistBody): Promise<string> {
    const emailIndex = body.email ? this.#personal.lookup(body.email) : null;
    const [known] = emailIndex ? await sql<{ id: string }>(tx, 'select id from specialist where email_index = $1', [emailIndex]) : [];
    if (known) return known.id;
    const id = newId();
    const [made] = await sql<{ id: string }>(
      tx,
      'insert into specialist (id, name, email, email_index) values ($1, $2, $3, $4) on conflict (email_index) do nothing returning id',
      [id, await this.#personal.seal(tx, id, body.name), await this.#personal.sealOrNull(tx, id, body.email), emailIndex],
    );
    return made ? made.id : this.#personOf(tx, body);
  }

  #shown(who: Scope, specialist: SpecialistRecord): SpecialistEntry {
    const today = this.#clock.today();
    const credentials = specialist.credentials.map((credential) => ({ ...credential, state: credentialState(credential, today) }));
    return { ...specialist, services: [...specialist.services], standing: standingOf(credentials, today), credentials: seesEvidence(who, specialist.id) ? credentials : null };
  }
}

const engagementOf = (body: EngagementBody) => ({ supplierId: body.supplierId, fromOn: body.from, untilOn: body.until ?? null });

async function refuseUnknownSupplier(tx: Tx, collaborationId: string, supplierId: string): Promise<void> {
  const known = await tx.getRepository(SupplierEntity).existsBy({ collaborationId, id: supplierId });
  if (!known) throw new DomainError<ProcurementProblem>('procurement.no-such-supplier');
}
