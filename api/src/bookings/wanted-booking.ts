import type { NewBooking, Repeat } from '@fairshare/contract/bookings';
import { lengthIsOnOffer } from '@fairshare/domain/availability';
import { hold, mostDatesOfSeries, request, type Booking, type BookingsCode, type SeriesWanted } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { dateAt, msPerDay, msPerMinute, parseInstant, wallOf, type Instant, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { newId } from '../platform/new-id.js';
import type { AgreementRecord } from '../procurement/procurement.queries.js';

/** Years that calendars are kept for; anything else is a slip of the keyboard. */
const firstYear = '2000';
const lastYear = '2199';

/** Reads a period as a request writes it. @throws `availability.no-such-time`, `bookings.ends-before-it-starts`, `bookings.period-too-long` */
export function periodWanted(wanted: { readonly startsAt: string; readonly endsAt: string }, zone: string): InstantPeriod {
  const period = { startsAt: parseInstant(wanted.startsAt, zone), endsAt: parseInstant(wanted.endsAt, zone) };
  const year = dateAt(period.startsAt, zone).slice(0, 4);
  if (year < firstYear || year > lastYear) throw new DomainError('availability.no-such-time', { text: wanted.startsAt });
  if (period.endsAt <= period.startsAt) throw new DomainError<BookingsCode>('bookings.ends-before-it-starts', { startsAt: wanted.startsAt, endsAt: wanted.endsAt });
  if (period.endsAt - period.startsAt > msPerDay) throw new DomainError('bookings.period-too-long');
  return period;
}

/** @throws `bookings.length-not-on-offer`, `bookings.specialist-not-offered` */
export function assertOffered(agreement: AgreementRecord, specialistId: string, period: InstantPeriod): void {
  const minutes = (period.endsAt - period.startsAt) / msPerMinute;
  if (!lengthIsOnOffer(agreement.terms, minutes)) {
    throw new DomainError<BookingsCode>('bookings.length-not-on-offer', { minutes, lengthsMinutes: agreement.terms.lengthsMinutes });
  }
  if (!agreement.specialistIds.includes(specialistId)) throw new DomainError('bookings.specialist-not-offered', { specialistId });
}

/** A request keeps its period until it is decided, at the latest until it would begin; a hold until it runs out. */
export function asked(who: Scope, collaborationId: string, wanted: NewBooking, period: InstantPeriod, agreement: AgreementRecord, kept: { seriesId?: string | null; heldUntil?: Instant; askedAt?: Instant } = {}): Booking {
  const isFromElsewhere = who.userId !== null && who.schoolUrns === 'all';
  const wish = {
    id: newId(),
    collaborationId,
    agreementId: wanted.agreementId,
    specialistId: wanted.specialistId,
    schoolUrns: wanted.schoolUrns,
    ...period,
    requestedBy: who.userId ?? '',
    onBehalfOf: isFromElsewhere ? (wanted.schoolUrns[0] ?? null) : null,
    keptUntil: period.startsAt,
    roomId: wanted.roomId ?? null,
    capacity: wanted.capacity ?? null,
    seriesId: kept.seriesId ?? null,
    ...(kept.askedAt === undefined ? {} : { askedAt: kept.askedAt }),
    ...(wanted.place ? { place: wanted.place } : {}),
  };
  return kept.heldUntil === undefined ? request(wish, agreement) : hold(wish, kept.heldUntil);
}

/** A session that schools join is offered by who acts for all of them. @throws `identity.not-allowed`, `bookings.seats-not-in-series` */
export function assertMayOfferSeats(who: Scope, wanted: NewBooking): void {
  if (wanted.capacity === undefined) return;
  assertAllSchools(who);
  if (wanted.repeat) throw new DomainError('bookings.seats-not-in-series');
}

/** The school whose reference it is: of somebody at one school their own, else the first that is named. */
export function referenceOf(who: Scope, wanted: NewBooking): Readonly<Record<string, string>> {
  const own = who.schoolUrns === 'all' ? undefined : wanted.schoolUrns.find((urn) => who.schoolUrns.includes(urn));
  const urn = own ?? wanted.schoolUrns[0];
  return wanted.reference && urn ? { [urn]: wanted.reference } : {};
}

/** The first session says when; the rule says on which days. @throws `bookings.series-across-midnight`, `bookings.series-too-long` */
export function seriesWanted(wanted: NewBooking, repeat: Repeat, period: InstantPeriod, zone: string): SeriesWanted {
  if ('sessions' in repeat.end && repeat.end.sessions > mostDatesOfSeries) throw new DomainError<BookingsCode>('bookings.series-too-long', { most: mostDatesOfSeries });
  const start = wallOf(period.startsAt, zone);
  const end = wallOf(period.endsAt, zone);
  const endMinute = end.date === start.date ? end.minute : 1440;
  if (end.date !== start.date && end.minute !== 0) throw new DomainError('bookings.series-across-midnight');
  return {
    specialistId: wanted.specialistId,
    schoolUrns: wanted.schoolUrns,
    roomId: wanted.roomId ?? null,
    ...(wanted.place ? { place: wanted.place } : {}),
    firstOn: start.date,
    startMinute: start.minute,
    endMinute,
    recurrence: repeat.recurrence,
    end: repeat.end,
  };
}
