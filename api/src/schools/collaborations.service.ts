import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Asked } from '@fairshare/contract/approvals';
import type { AddMember, ChangeCollaboration, ChangeMember, Collaboration, CreateCollaboration, Member, MemberQuery } from '@fairshare/contract/schools';
import { usualApprovalLimitPence } from '@fairshare/domain/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { formatPounds } from '@fairshare/domain/kernel/money';
import { leadSchoolIsMember, mayBeTakenBack, membershipEndsAfterStart, membershipsNeverOverlap, schoolIsOpenOn, type Membership, type SchoolStatus } from '@fairshare/domain/schools';
import type { Scope } from '../platform/actor.js';
import { Approvals } from '../platform/approvals.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { collaborationSql, memberOf, memberSql, type MemberRow } from './collaborations.sql.js';

/** Collaborations and who is a member of them, from when until when. */
@Injectable()
export class CollaborationsService implements OnModuleInit {
  readonly #approvals: Approvals;
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #trail: Trail;

  constructor(approvals: Approvals, database: Database, clock: Clock, trail: Trail) {
    this.#approvals = approvals;
    this.#database = database;
    this.#clock = clock;
    this.#trail = trail;
  }

  onModuleInit(): void {
    this.#approvals.limitsAre((tx, id) => limitOf(tx, id));
    this.#approvals.carriesOut('schools.limit', (tx, who, id, wanted) => this.#change(tx, who, id, wanted));
  }

  /** Those that the person has a role in; an administrator, who makes them, sees all. */
  list(who: Scope, page: number, size: number) {
    const scope: Scope = who.roles.includes('administrator') ? { ...who, collaborationIds: 'every' } : who;
    return this.#database.read(scope, async (tx) => {
      const rows = await sql<Collaboration & { found: number }>(tx, `${collaborationSql} order by c.name, c.id limit $3 offset $4`, [
        null, this.#clock.today(), size, (page - 1) * size,
      ]);
      return { items: rows, total: rows[0]?.found ?? 0, page, size };
    });
  }

  read(who: Scope, id: string): Promise<Collaboration> {
    return this.#database.read(who, (tx) => this.#collaboration(tx, id));
  }

  /** The lead school becomes the first member; the coordinator is given the role afterwards, by identity. */
  create(who: Scope, wanted: CreateCollaboration): Promise<Collaboration> {
    const id = newId();
    return this.#database.write({ ...who, collaborationIds: [id] }, async (tx) => {
      const leadSchoolUrn = wanted.leadSchoolUrn ?? null;
      if (leadSchoolUrn) await this.#mayJoin(tx, leadSchoolUrn, this.#clock.today());
      await sql(tx, 'insert into collaboration (id, name, nation, lead_school_urn, approval_limit_pence) values ($1, $2, $3, $4, $5)', [
        id, wanted.name, wanted.nation, leadSchoolUrn, wanted.approvalLimitPence === undefined ? usualApprovalLimitPence : wanted.approvalLimitPence,
      ]);
      if (leadSchoolUrn) await this.#store(tx, id, { id: newId(), urn: leadSchoolUrn, fromOn: this.#clock.today(), untilOn: null });
      await this.#trail.record(tx, who, { action: 'schools.collaboration-created', collaborationId: id, subjectKind: 'collaboration', subjectId: id, after: wanted });
      return this.#collaboration(tx, id);
    });
  }

  /** Raising the limit, or taking it away, is above every limit: otherwise one person could lift it and put it back. */
  change(who: Scope, id: string, wanted: ChangeCollaboration): Promise<Collaboration | Asked> {
    return this.#database.write(who, async (tx) => {
      leadSchoolIsMember(wanted.leadSchoolUrn, await this.#memberships(tx, id), this.#clock.today());
      const before = await limitOf(tx, id);
      const higher = before !== null && (wanted.approvalLimitPence === null || wanted.approvalLimitPence > before);
      const summary = wanted.approvalLimitPence === null ? 'No limit any more' : `A limit of ${formatPounds(wanted.approvalLimitPence)} in place of ${formatPounds(before ?? 0)}`;
      const asked = higher ? await this.#approvals.ask(tx, who, { kind: 'schools.limit', collaborationId: id, subjectId: null, pence: null, summary, wanted }) : undefined;
      return asked ?? this.#change(tx, who, id, wanted);
    });
  }

  async #change(tx: Tx, who: Scope, id: string, wanted: ChangeCollaboration): Promise<Collaboration> {
    const before = await this.#lock(tx, id);
    leadSchoolIsMember(wanted.leadSchoolUrn, await this.#memberships(tx, id), this.#clock.today());
    await sql(tx, 'update collaboration set name = $2, lead_school_urn = $3, approval_limit_pence = $4 where id = $1', [id, wanted.name, wanted.leadSchoolUrn, wanted.approvalLimitPence]);
    await this.#trail.record(tx, who, { action: 'schools.collaboration-changed', collaborationId: id, subjectKind: 'collaboration', subjectId: id, before, after: wanted });
    return this.#collaboration(tx, id);
  }

  members(who: Scope, collaborationId: string, query: MemberQuery) {
    return this.#database.read(who, async (tx) => {
      await this.#collaboration(tx, collaborationId);
      const rows = await sql<MemberRow>(tx, `${memberSql} order by s.name, m.urn, m.from_on limit $5 offset $6`, [
        collaborationId, null, query.on ?? this.#clock.today(), query.on ?? null, query.size, (query.page - 1) * query.size,
      ]);
      const items = rows.map((row) => memberOf(row, this.#clock.today()));
      return { items, total: rows[0]?.found ?? 0, page: query.page, size: query.size };
    });
  }

  addMember(who: Scope, collaborationId: string, wanted: AddMember): Promise<Member> {
    return this.#database.write(who, async (tx) => {
      await this.#lock(tx, collaborationId);
      await this.#mayJoin(tx, wanted.urn, wanted.from);
      const membership = { id: newId(), urn: wanted.urn, fromOn: wanted.from, untilOn: wanted.until };
      membershipEndsAfterStart(membership);
      membershipsNeverOverlap(membership, await this.#memberships(tx, collaborationId));
      await this.#store(tx, collaborationId, membership);
      await this.#trail.record(tx, who, { action: 'schools.member-added', collaborationId, subjectKind: 'school', subjectId: wanted.urn, after: wanted });
      return this.#member(tx, collaborationId, membership.id);
    });
  }

  changeMember(who: Scope, collaborationId: string, membershipId: string, wanted: ChangeMember): Promise<Member> {
    return this.#database.write(who, async (tx) => {
      await this.#lock(tx, collaborationId);
      const { before, others } = await this.#pick(tx, collaborationId, membershipId);
      const after = { ...before, fromOn: wanted.from, untilOn: wanted.until };
      membershipEndsAfterStart(after);
      membershipsNeverOverlap(after, others);
      await sql(tx, 'update membership set from_on = $3, until_on = $4 where collaboration_id = $1 and id = $2', [collaborationId, membershipId, wanted.from, wanted.until]);
      await this.#trail.record(tx, who, { action: 'schools.member-changed', collaborationId, subjectKind: 'school', subjectId: before.urn, before: { from: before.fromOn, until: before.untilOn }, after: wanted });
      return this.#member(tx, collaborationId, membershipId);
    });
  }

  /** Takes a slip back; what has history gets an end instead. */
  takeBack(who: Scope, collaborationId: string, membershipId: string): Promise<void> {
    return this.#database.write(who, async (tx) => {
      const { leadSchoolUrn } = await this.#lock(tx, collaborationId);
      const { before, others } = await this.#pick(tx, collaborationId, membershipId);
      mayBeTakenBack(before, this.#clock.today());
      if (leadSchoolUrn === before.urn) leadSchoolIsMember(leadSchoolUrn, others, this.#clock.today());
      await sql(tx, 'delete from membership where collaboration_id = $1 and id = $2', [collaborationId, membershipId]);
      await this.#trail.record(tx, who, { action: 'schools.member-taken-back', collaborationId, subjectKind: 'school', subjectId: before.urn, before });
    });
  }

  async #collaboration(tx: Tx, id: string): Promise<Collaboration> {
    const [found] = await sql<Collaboration>(tx, collaborationSql, [id, this.#clock.today()]);
    if (!found) throw new DomainError('platform.not-found');
    return found;
  }

  /** Changes to one collaboration's members queue here, so that what was checked still holds when it is stored. */
  async #lock(tx: Tx, id: string): Promise<{ name: string; leadSchoolUrn: string | null; approvalLimitPence: number | null }> {
    const [found] = await sql<{ name: string; leadSchoolUrn: string | null; approvalLimitPence: number | null }>(
      tx,
      'select name, lead_school_urn as "leadSchoolUrn", approval_limit_pence as "approvalLimitPence" from collaboration where id = $1 for update',
      [id],
    );
    if (!found) throw new DomainError('platform.not-found');
    return found;
  }

  #memberships(tx: Tx, collaborationId: string): Promise<Membership[]> {
    return sql<Membership>(
      tx,
      `select id, urn, from_on as "fromOn", until_on as "untilOn", (recorded_at at time zone 'Europe/London')::date as "recordedOn"
         from membership where collaboration_id = $1 order by from_on`,
      [collaborationId],
    );
  }

  async #pick(tx: Tx, collaborationId: string, membershipId: string): Promise<{ before: Membership; others: Membership[] }> {
    const all = await this.#memberships(tx, collaborationId);
    const before = all.find((membership) => membership.id === membershipId);
    if (!before) throw new DomainError('platform.not-found');
    return { before, others: all.filter((membership) => membership !== before) };
  }

  async #mayJoin(tx: Tx, urn: string, on: string): Promise<void> {
    const [school] = await sql<{ status: SchoolStatus; closedOn: string | null; successorUrn: string | null }>(
      tx,
      'select status, closed_on as "closedOn", successor_urn as "successorUrn" from school where urn = $1',
      [urn],
    );
    if (!school) throw new DomainError('schools.no-such-school', { urn });
    schoolIsOpenOn({ urn, ...school }, on);
  }

  async #store(tx: Tx, collaborationId: string, membership: Omit<Membership, 'recordedOn'>): Promise<void> {
    await sql(tx, 'insert into membership (id, collaboration_id, urn, from_on, until_on, recorded_at) values ($1, $2, $3, $4, $5, $6)', [
      membership.id, collaborationId, membership.urn, membership.fromOn, membership.untilOn, this.#clock.now(),
    ]);
  }

  async #member(tx: Tx, collaborationId: string, membershipId: string): Promise<Member> {
    const [row] = await sql<MemberRow>(tx, memberSql, [collaborationId, membershipId, this.#clock.today(), null]);
    if (!row) throw new DomainError('platform.not-found');
    return memberOf(row, this.#clock.today());
  }
}

/** Null also for a collaboration that is not there. */
async function limitOf(tx: Tx, id: string): Promise<number | null> {
  const [row] = await sql<{ pence: number | null }>(tx, 'select approval_limit_pence as pence from collaboration where id = $1', [id]);
  return row?.pence ?? null;
}
