import { Injectable } from '@nestjs/common';
import { milliunitsOf, type EntitlementLeft } from '@fairshare/domain/availability';
import { entitlementLeft } from '@fairshare/domain/bookings';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { dateAt } from '@fairshare/domain/kernel/zone';
import { sql, type Tx } from '../platform/database.js';
import type { AgreementRecord } from '../procurement/agreement-record.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { EntitlementLedger } from './entitlement-ledger.js';

/** How much of an agreement a school used. */
export interface DeliveredUse {
  readonly urn: string;
  readonly minutes: number;
  readonly sessions: number;
}

/** A delivered session in thousandths of a unit. */
export interface DeliveredUnits {
  readonly on: DateOnly;
  readonly milliunits: number;
}

/** A session of which it is not known yet whether it took place. */
export interface OpenSession extends DeliveredUnits {
  readonly agreementId: string;
}

/** What a school objected to is not known until that is decided, and was not given where it is upheld. */
const undisputed = `
  not exists (select from booking_objection o where o.collaboration_id = b.collaboration_id and o.booking_id = b.id and o.outcome is distinct from 'rejected')`;

const within = (from: string, to: string, zone: string) =>
  `b.starts_at >= (${from}::date)::timestamp at time zone ${zone} and b.starts_at < (${to}::date + 1)::timestamp at time zone ${zone}`;

/** Minutes that one school's employee gave another in a session without money. */
export interface TimeGiven {
  readonly id: string;
  readonly giverUrn: string;
  readonly takerUrn: string;
  readonly minutes: number;
  readonly givenOn: DateOnly;
  readonly what: string;
  readonly recordedBy: string;
}

/** What other rooms may ask of bookings. */
@Injectable()
export class BookingsQueries {
  readonly #entitlement: EntitlementLedger;
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;

  constructor(entitlement: EntitlementLedger, procurement: ProcurementQueries, schools: SchoolsQueries) {
    this.#entitlement = entitlement;
    this.#procurement = procurement;
    this.#schools = schools;
  }

  /** Delivered minutes and sessions of each school, by the wall day they were on; both days belong to it. Attendance of 0 minutes is no session. */
  async deliveredUse(tx: Tx, collaborationId: string, agreementId: string, from: DateOnly, to: DateOnly): Promise<DeliveredUse[]> {
    const { zone } = await this.#schools.collaboration(tx, collaborationId);
    return sql<DeliveredUse>(
      tx,
      `select s.urn, sum(s.minutes)::int as minutes, count(*) filter (where s.minutes > 0)::int as sessions
         from booking b join booking_school s on s.collaboration_id = b.collaboration_id and s.booking_id = b.id
        where b.collaboration_id = $1 and b.agreement_id = $2 and b.state = 'delivered' and ${undisputed} and ${within('$3', '$4', '$5')}
        group by s.urn order by s.urn`,
      [collaborationId, agreementId, from, to, zone],
    );
  }

  /** What was delivered, session by session in thousandths of the unit of the agreement's price; a joint session counts once. */
  async deliveredUnits(tx: Tx, collaborationId: string, agreement: AgreementRecord, from: DateOnly, to: DateOnly): Promise<DeliveredUnits[]> {
    const { zone } = await this.#schools.collaboration(tx, collaborationId);
    const sessions = await sql<{ startsAt: Date; endsAt: Date }>(
      tx,
      `select b.starts_at as "startsAt", b.ends_at as "endsAt" from booking b
        where b.collaboration_id = $1 and b.agreement_id = $2 and b.state = 'delivered' and ${undisputed} and ${within('$3', '$4', '$5')}
        order by b.starts_at`,
      [collaborationId, agreement.id, from, to, zone],
    );
    return sessions.map((session) => unitsOf(agreement, session, zone));
  }

  /** Sessions that are neither confirmed as given nor cancelled, and those of which a school's objection is not decided, by their days. */
  async openSessions(tx: Tx, collaborationId: string, agreements: readonly AgreementRecord[]): Promise<OpenSession[]> {
    const { zone } = await this.#schools.collaboration(tx, collaborationId);
    const rows = await sql<{ agreementId: string; startsAt: Date; endsAt: Date }>(
      tx,
      `select b.agreement_id as "agreementId", b.starts_at as "startsAt", b.ends_at as "endsAt" from booking b
        where b.collaboration_id = $1 and (b.state = 'confirmed' or b.state = 'delivered' and exists (
          select from booking_objection o where o.collaboration_id = b.collaboration_id and o.booking_id = b.id and o.outcome is null
            and not exists (select from booking_objection u where u.collaboration_id = b.collaboration_id and u.booking_id = b.id and u.outcome = 'upheld')))
        order by b.starts_at`,
      [collaborationId],
    );
    const byId = new Map(agreements.map((agreement) => [agreement.id, agreement]));
    return rows.flatMap(({ agreementId, ...session }) => {
      const agreement = byId.get(agreementId);
      return agreement ? [{ agreementId, ...unitsOf(agreement, session, zone) }] : [];
    });
  }

  /** Attendance at delivered sessions under agreements without money: given by the school whose employee delivers, taken by those who came. */
  async timeGiven(tx: Tx, collaborationId: string): Promise<TimeGiven[]> {
    const { zone } = await this.#schools.collaboration(tx, collaborationId);
    return sql<TimeGiven>(
      tx,
      `select b.id, p.school_urn as "giverUrn", s.urn as "takerUrn", s.minutes, (b.starts_at at time zone $2)::date as "givenOn", v.name as what, w.name as "recordedBy"
         from booking b
         join agreement a on a.collaboration_id = b.collaboration_id and a.id = b.agreement_id and a.reciprocal
         join supplier p on p.collaboration_id = a.collaboration_id and p.id = a.supplier_id and p.school_urn is not null
         join service v on v.collaboration_id = a.collaboration_id and v.id = a.service_id
         join specialist w on w.id = b.specialist_id
         join booking_school s on s.collaboration_id = b.collaboration_id and s.booking_id = b.id and s.urn <> p.school_urn and s.minutes > 0
        where b.collaboration_id = $1 and b.state = 'delivered' and ${undisputed}
        order by b.starts_at desc, b.id desc, s.position`,
      [collaborationId, zone],
    );
  }

  /** What is left of each school's entitlement, in thousandths of the agreement's unit. */
  async entitlementLeft(tx: Tx, collaborationId: string, agreementId: string): Promise<readonly EntitlementLeft[]> {
    const agreement = await this.#procurement.agreement(tx, collaborationId, agreementId);
    return entitlementLeft(await this.#entitlement.entries(tx, collaborationId, agreement));
  }
}

function unitsOf(agreement: AgreementRecord, session: { readonly startsAt: Date; readonly endsAt: Date }, zone: string): DeliveredUnits {
  const unit = agreement.priceBasis === 'retainer' ? agreement.terms.unit : agreement.priceBasis;
  const period = { startsAt: session.startsAt.getTime(), endsAt: session.endsAt.getTime() };
  return { on: dateAt(period.startsAt, zone), milliunits: milliunitsOf(unit, period, agreement.terms, zone) };
}
