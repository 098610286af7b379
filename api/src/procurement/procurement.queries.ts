import { Injectable } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { dividingRule, type AgreedRule, type ProcurementProblem } from '@fairshare/domain/procurement';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { collaborationFacts, type CollaborationFacts } from '../schools/schools.queries.js';
import type { AgreementRecord, RuleInForce, ScheduledInstalment, SpecialistRecord } from './agreement-record.js';
import { agreementRows, recordOf, rowsWith, type AgreementRow } from './agreement-rows.js';

interface RuleRow extends AgreedRule {
  id: string;
  effectiveOn: DateOnly;
  agreedOn: DateOnly;
  agreedBy: string[];
  frozen: boolean;
}

export const ruleColumns = `id, effective_on as "effectiveOn", basis, parts, groups, leavers, fixed_basis_points as "fixedBasisPoints", cap_basis_points as "capBasisPoints",
  cap_pence as "capPence", floor_pence as "floorPence", census_on as "censusOn", agreed_on as "agreedOn", agreed_by as "agreedBy", frozen_at is not null as frozen`;

const agreedRows = rowsWith(`
         (select ${collaborationFacts} from collaboration c where c.id = a.collaboration_id) as collaboration,
         coalesce((select json_agg(json_build_object('specialistId', e.specialist_id, 'type', c.type, 'expiresOn', c.expires_on))
                     from engagement e left join credential c on c.collaboration_id = e.collaboration_id and c.specialist_id = e.specialist_id
                    where e.collaboration_id = a.collaboration_id
                      and e.specialist_id = any (coalesce($3::uuid[], array(select x.specialist_id from agreement_specialist x where x.collaboration_id = a.collaboration_id and x.agreement_id = a.id)))), '[]') as credentials,`);

/** What one credential says that somebody holds; one who is engaged and holds none stands there with `type` null. */
export interface Held {
  readonly specialistId: string;
  readonly type: string | null;
  readonly expiresOn: DateOnly | null;
}

export interface Agreed {
  readonly collaboration: CollaborationFacts;
  readonly agreement: AgreementRecord;
  readonly credentials: readonly Held[];
}

/** What the other rooms ask about agreements and specialists, inside their own transaction. */
@Injectable()
export class ProcurementQueries {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The names of these suppliers; one of another collaboration is not in the map. */
  async supplierNames(tx: Tx, collaborationId: string, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await sql<{ id: string; name: string }>(tx, 'select id, name from supplier where collaboration_id = $1 and id = any ($2)', [collaborationId, ids]);
    return new Map(rows.map((row) => [row.id, row.name]));
  }

  /** @throws `platform.not-found` when it is foreign or missing. */
  async agreement(tx: Tx, collaborationId: string, agreementId: string): Promise<AgreementRecord> {
    const [row] = await sql<AgreementRow>(tx, `${agreementRows} where a.collaboration_id = $1 and a.id = $2`, [collaborationId, agreementId]);
    if (!row) throw new DomainError('platform.not-found');
    return recordOf(row, this.#clock.today());
  }

  /**
   * Everything that was agreed about one kind of session, in one statement: the agreement, its collaboration, and what
   * these specialists may show (left out: the agreement's own). One who is not engaged is not among the credentials.
   * @throws `platform.not-found` when the agreement is foreign or missing.
   */
  async agreed(tx: Tx, collaborationId: string, agreementId: string, specialistIds: readonly string[] | null = null): Promise<Agreed> {
    const [row] = await sql<AgreementRow & Pick<Agreed, 'collaboration' | 'credentials'>>(tx, `${agreedRows} where a.collaboration_id = $1 and a.id = $2`, [collaborationId, agreementId, specialistIds]);
    if (!row) throw new DomainError('platform.not-found');
    return { collaboration: row.collaboration, agreement: recordOf(row, this.#clock.today()), credentials: row.credentials };
  }

  /** All agreements, by name; with `onOrAfter` only those that are in force on that day or begin later. */
  async agreements(tx: Tx, collaborationId: string, onOrAfter: DateOnly | null = null): Promise<AgreementRecord[]> {
    const rows = await sql<AgreementRow>(
      tx,
      `${agreementRows} where a.collaboration_id = $1 and ($2::date is null or a.ends_on >= $2) order by a.name, a.id`,
      [collaborationId, onOrAfter],
    );
    return rows.map((row) => recordOf(row, this.#clock.today()));
  }

  /** Engaged specialists, with their services and credentials; only those named when `ids` is given. */
  specialists(tx: Tx, collaborationId: string, ids: readonly string[] | null = null): Promise<SpecialistRecord[]> {
    return sql<SpecialistRecord>(
      tx,
      `select p.id, p.name, e.supplier_id as "supplierId", s.name as "supplierName", e.from_on as "from", e.until_on as "until",
              coalesce((select json_agg(distinct jsonb_build_object('id', v.id, 'name', v.name, 'kind', v.kind, 'colour', v.colour))
                          from agreement_specialist x
                          join agreement a on a.collaboration_id = x.collaboration_id and a.id = x.agreement_id
                          join service v on v.collaboration_id = a.collaboration_id and v.id = a.service_id
                         where x.collaboration_id = e.collaboration_id and x.specialist_id = e.specialist_id), '[]') as services,
              coalesce((select json_agg(json_build_object('id', c.id, 'type', c.type, 'number', c.number, 'checkedOn', c.checked_on,
                                 'checkedBy', c.checked_by, 'expiresOn', c.expires_on) order by c.type, c.expires_on desc nulls first, c.id)
                          from credential c where c.collaboration_id = e.collaboration_id and c.specialist_id = e.specialist_id), '[]') as credentials
         from engagement e
         join specialist p on p.id = e.specialist_id
         join supplier s on s.collaboration_id = e.collaboration_id and s.id = e.supplier_id
        where e.collaboration_id = $1 and ($2::uuid[] is null or e.specialist_id = any ($2))
        order by p.id`,
      [collaborationId, ids],
    );
  }

  /** What booking asks of each engaged specialist, and nothing else; one without credentials stands there with `type` null. */
  credentialsHeld(tx: Tx, collaborationId: string, ids: readonly string[]): Promise<Held[]> {
    return sql(
      tx,
      `select e.specialist_id as "specialistId", c.type, c.expires_on as "expiresOn"
         from engagement e left join credential c on c.collaboration_id = e.collaboration_id and c.specialist_id = e.specialist_id
        where e.collaboration_id = $1 and e.specialist_id = any ($2::uuid[])`,
      [collaborationId, ids],
    );
  }

  /** @throws `procurement.no-rule` when no rule is in force on the day. */
  async ruleInForce(tx: Tx, collaborationId: string, agreementId: string, on: DateOnly): Promise<RuleInForce> {
    const [row] = await sql<RuleRow>(
      tx,
      `select ${ruleColumns} from agreement_rule
        where collaboration_id = $1 and agreement_id = $2 and effective_on <= $3 order by effective_on desc limit 1`,
      [collaborationId, agreementId, on],
    );
    if (!row) throw new DomainError<ProcurementProblem>('procurement.no-rule', { agreementId, on });
    return {
      ruleId: row.id,
      effectiveOn: row.effectiveOn,
      rule: dividingRule(row),
      measure: row.basis,
      censusOn: row.censusOn,
      leavers: row.leavers,
      fixedBasisPoints: row.fixedBasisPoints ?? {},
      agreedBy: row.agreedBy,
      agreedOn: row.agreedOn,
      frozen: row.frozen,
    };
  }

  /** From now on the database refuses to change the rule. Asked again it does nothing. */
  async freezeRule(tx: Tx, ruleId: string): Promise<void> {
    await sql(tx, 'update agreement_rule set frozen_at = $2 where id = $1 and frozen_at is null', [ruleId, this.#clock.now()]);
  }

  /** Every instalment, charged or not, in the order of an agreement's schedule. */
  instalments(tx: Tx, collaborationId: string): Promise<ScheduledInstalment[]> {
    return sql<ScheduledInstalment>(
      tx,
      `select id, agreement_id as "agreementId", number, (count(*) over (partition by agreement_id))::int as "of", due_on as "dueOn",
              service_from as "serviceFrom", service_to as "serviceTo", pence, charged_at is not null as charged
         from instalment where collaboration_id = $1 order by agreement_id, number`,
      [collaborationId],
    );
  }

  /** @throws `platform.not-found` for one that is missing or charged already. */
  async markInstalmentCharged(tx: Tx, id: string): Promise<void> {
    const rows = await sql(tx, 'update instalment set charged_at = $2 where id = $1 and charged_at is null returning id', [id, this.#clock.now()]);
    if (rows.length === 0) throw new DomainError('platform.not-found');
  }
}

export type { AgreementRecord, CredentialRecord, RuleInForce, ScheduledInstalment, SpecialistRecord, SubscriptionRecord } from './agreement-record.js';
