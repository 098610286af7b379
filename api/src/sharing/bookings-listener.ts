import { Injectable, type OnModuleInit } from '@nestjs/common';
import { dateAt, wallOf } from '@fairshare/domain/kernel/zone';
import { partOfPricePence, sharePence, type Participant } from '@fairshare/domain/sharing';
import { bookingCancelledLate, bookingDelivered, bookingNotDelivered, bookingWithdrawn, type BookingCancelledLate, type BookingDelivered, type BookingTold } from '../bookings/bookings.news.js';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { Events } from '../platform/events.js';
import type { AgreementRecord } from '../procurement/agreement-record.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { buysInAdvance, chargeForSession } from './booking-charge.js';
import { ChargesService } from './charges.service.js';
import { longDate } from './rule-in-words.js';

/** Turns what happened to bookings into charges, in the transaction in which it happened. */
@Injectable()
export class BookingsListener implements OnModuleInit {
  readonly #charges: ChargesService;
  readonly #events: Events;
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;

  constructor(charges: ChargesService, events: Events, procurement: ProcurementQueries, schools: SchoolsQueries) {
    this.#charges = charges;
    this.#events = events;
    this.#procurement = procurement;
    this.#schools = schools;
  }

  onModuleInit(): void {
    this.#events.on(bookingDelivered, (tx, who, told) => this.#delivered(tx, who, told));
    this.#events.on(bookingCancelledLate, (tx, who, told) => this.#cancelledLate(tx, who, told));
    this.#events.on(bookingNotDelivered, async (tx, who, told) => {
      await this.#charges.creditBooking(tx, who, told.collaborationId, told.bookingId, 'A school objected and was upheld');
    });
    this.#events.on(bookingWithdrawn, async (tx, who, told) => {
      await this.#charges.creditBooking(tx, who, told.collaborationId, told.bookingId, 'The specialist gave it up');
    });
  }

  /**
   * Time that was bought in advance is paid by its instalments. Where schools buy time in advance, a session beyond it is
   * charged to those who took it, by attendance; where they do not, every session is a shared cost under the agreement's rule.
   */
  async #delivered(tx: Tx, who: Scope, told: BookingDelivered): Promise<void> {
    const payers = payersOf(told);
    if (payers.length === 0) return;
    const agreement = await this.#procurement.agreement(tx, told.collaborationId, told.agreementId);
    if (agreement.reciprocal) return;
    const { zone } = await this.#schools.collaboration(tx, told.collaborationId);
    const whole = chargeForSession(agreement, told, told, zone);
    const pence = partOfSchools(whole, told, payers.map(({ urn }) => urn));
    if (pence === 0) return;
    const own = buysInAdvance(agreement);
    await this.#charges.makeCharge(tx, who, {
      ...aboutBooking(told, agreement, zone),
      kind: own ? 'overage' : 'booking',
      pence,
      ...(own ? { rule: { basis: 'weight' }, participants: byAttendance(payers) } : { use: attended(payers) }),
    });
  }

  async #cancelledLate(tx: Tx, who: Scope, told: BookingCancelledLate): Promise<void> {
    const bearers = payersOf(told).filter(({ urn }) => told.cancelledByUrns.includes(urn));
    if (bearers.length === 0) return;
    const agreement = await this.#procurement.agreement(tx, told.collaborationId, told.agreementId);
    if (agreement.reciprocal) return;
    const { zone } = await this.#schools.collaboration(tx, told.collaborationId);
    const whole = chargeForSession(agreement, told, { orderedOn: told.orderedOn, deliveredOn: told.cancelledOn }, zone);
    const pence = partOfPricePence(whole, told.chargedBasisPoints);
    if (pence === 0) return;
    const about = aboutBooking(told, agreement, zone);
    await this.#charges.makeCharge(tx, who, {
      ...about, kind: 'late-cancellation', description: `${about.description}, cancelled late`, pence, rule: { basis: 'weight' }, participants: byAttendance(bearers),
    });
  }
}

/** The schools whose part is not covered by units bought in advance. */
function payersOf(told: BookingTold): BookingTold['schools'] {
  if (told.coveredByEntitlement) return [];
  return told.schools.filter(({ urn }) => !told.coveredUrns.includes(urn));
}

/** When nobody came although the session was given, those who booked it bear it alike. */
function attended(schools: BookingTold['schools']): { urn: string; minutes: number }[] {
  const somebodyCame = schools.some(({ minutes }) => minutes > 0);
  return schools.map(({ urn, minutes }) => ({ urn, minutes: somebodyCame ? minutes : 1 }));
}

function byAttendance(schools: BookingTold['schools']): Participant[] {
  return attended(schools).map(({ urn, minutes }) => ({ school: urn, weight: minutes }));
}

/** The part of a joint session's price that falls on some of its schools, by attendance. */
function partOfSchools(pence: number, told: BookingTold, urns: readonly string[]): number {
  if (urns.length === told.schools.length || pence === 0) return pence;
  const shares = sharePence({ amountPence: pence, rule: { basis: 'weight' }, participants: byAttendance(told.schools) });
  return shares.filter(({ school }) => urns.includes(school)).reduce((sum, share) => sum + share.pence, 0);
}

const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function aboutBooking(told: BookingTold, agreement: AgreementRecord, zone: string) {
  const on = dateAt(told.startsAt, zone);
  const hours = `${clock(wallOf(told.startsAt, zone).minute)}–${clock(wallOf(told.endsAt, zone).minute)}`;
  return {
    collaborationId: told.collaborationId,
    agreementId: told.agreementId,
    bookingId: told.bookingId,
    description: `${agreement.service.name}, ${longDate(on)}, ${hours}`,
    serviceFrom: on,
    serviceTo: on,
    belongsOn: on,
  };
}
