import { describe, expect, it } from '@jest/globals';
import { aCalendar, at, binswood, campion, period } from '../availability/availability.builder.js';
import type { Instant } from '../kernel/zone.js';
import { aBooking } from './booking.builder.js';
import type { Booking, CancellingParty } from './booking.js';
import { move, replan } from './booking-moves.js';
import { bandFor, cancellationOutcome, objectionIsInTime } from './cancellation.js';

const bands = [
  { atLeastWorkingDays: 1, chargeBasisPoints: 5_000 },
  { atLeastWorkingDays: 5, chargeBasisPoints: 0 },
  { atLeastWorkingDays: 0, chargeBasisPoints: 10_000 },
];
const terms = { bands, calendar: aCalendar(binswood), zone: 'Europe/London' };

const outcome = (booking: Booking, now: Instant, party: CancellingParty = 'school') =>
  cancellationOutcome(booking, { party, schoolUrn: party === 'school' ? binswood : null, now }, terms);

const on = (date: string) => aBooking(period(date, '09:00', '10:00'));

describe('cancellation bands', () => {
  it.each([
    ['2026-10-13', '2026-10-05', '12:00', 6, 0],
    ['2026-10-13', '2026-10-06', '00:00', 5, 0],
    ['2026-10-13', '2026-10-06', '23:59', 5, 0],
    ['2026-10-13', '2026-10-07', '00:00', 4, 5_000],
    ['2026-10-13', '2026-10-12', '23:59', 1, 5_000],
    ['2026-10-13', '2026-10-13', '00:00', 0, 10_000],
    ['2026-10-13', '2026-10-14', '12:00', 0, 10_000],
    // Over a weekend, over half-term, over a bank holiday.
    ['2026-10-12', '2026-10-10', '12:00', 1, 5_000],
    ['2026-11-02', '2026-10-23', '12:00', 1, 5_000],
    ['2026-11-06', '2026-10-23', '12:00', 5, 0],
    ['2027-05-10', '2027-04-30', '12:00', 5, 0],
    ['2027-05-07', '2027-04-30', '12:00', 4, 5_000],
    // On a Saturday, cancelled on the Friday: no working day between, but not on the day.
    ['2026-10-10', '2026-10-09', '12:00', 1, 5_000],
  ])('a booking on %s cancelled on %s at %s: %i working days, %i basis points', (date, given, time, workingDays, chargeBasisPoints) => {
    expect(outcome(on(date), at(given, time))).toMatchObject({ workingDays, chargeBasisPoints });
  });

  it('less notice than any band asks for falls into the shortest; without bands it is free', () => {
    const two = bands.slice(0, 2);
    expect(bandFor(two, 0)).toEqual({ atLeastWorkingDays: 1, chargeBasisPoints: 5_000 });
    expect(cancellationOutcome(on('2026-10-13'), { party: 'school', schoolUrn: binswood, now: at('2026-10-13', '08:00') }, { ...terms, bands: [] })).toMatchObject({
      chargeBasisPoints: 0,
      band: null,
      borneBy: [],
    });
  });

  it('charges the school that cancels, or all when the reason is common', () => {
    const joint = aBooking({ ...period('2026-10-13', '09:00', '10:00'), schoolUrns: [campion, binswood] });
    const now = at('2026-10-13', '08:00');
    expect(outcome(joint, now).borneBy).toEqual([binswood]);
    expect(outcome(joint, now, 'common').borneBy).toEqual([campion, binswood]);
    expect(outcome(joint, at('2026-10-01', '08:00')).borneBy).toEqual([]);
  });

  it('never charges for the specialist’s own cancellation', () => {
    expect(outcome(on('2026-10-13'), at('2026-10-13', '08:00'), 'specialist')).toMatchObject({ chargeBasisPoints: 0, borneBy: [] });
  });

  it('never charges for what was never confirmed', () => {
    for (const state of ['held', 'requested'] as const) {
      expect(outcome({ ...on('2026-10-13'), state }, at('2026-10-13', '08:00')).chargeBasisPoints).toBe(0);
    }
  });
});

describe('moving does not launder a late cancellation', () => {
  const to = period('2026-11-17', '09:00', '10:00');
  const movedOn = (date: string, party: CancellingParty = 'school') => move(on('2026-10-13'), to, { party, now: at(date, '12:00') });

  it.each([
    ['2026-10-13', 10_000],
    ['2026-10-12', 5_000],
    ['2026-10-06', 0],
  ])('moved on %s, cancelled long before the new date: %i basis points', (date, chargeBasisPoints) => {
    expect(outcome(movedOn(date), at('2026-10-14', '12:00')).chargeBasisPoints).toBe(chargeBasisPoints);
  });

  it('counts every period it left, and says which decided', () => {
    const twice = move(movedOn('2026-10-12'), period('2026-12-01', '09:00', '10:00'), { party: 'school', now: at('2026-10-20', '12:00') });
    expect(outcome(twice, at('2026-10-21', '12:00'))).toMatchObject({
      chargeBasisPoints: 5_000,
      workingDays: 1,
      countedFor: { startsAt: at('2026-10-13', '09:00'), givenAt: at('2026-10-12', '12:00') },
    });
  });

  it('the later date can still cost more', () => {
    expect(outcome(movedOn('2026-10-12'), at('2026-11-17', '08:00')).chargeBasisPoints).toBe(10_000);
  });

  it('a move by the specialist counts against nobody', () => {
    expect(outcome(movedOn('2026-10-13', 'specialist'), at('2026-10-14', '12:00')).chargeBasisPoints).toBe(0);
  });
});

describe('cancelling what needs re-planning', () => {
  it('is free when the specialist made it impossible', () => {
    const ill = replan(on('2026-10-13'), { code: 'availability.absent', causedBy: 'specialist', at: at('2026-10-13', '07:00') });
    expect(outcome(ill, at('2026-10-13', '08:00')).chargeBasisPoints).toBe(0);
  });

  it('counts the notice from when the school moved its day', () => {
    const moved = (date: string) => replan(on('2026-10-13'), { code: 'availability.school-inset', causedBy: 'school', at: at(date, '12:00') });
    expect(outcome(moved('2026-10-05'), at('2026-10-13', '08:00')).chargeBasisPoints).toBe(0);
    expect(outcome(moved('2026-10-12'), at('2026-10-13', '08:00')).chargeBasisPoints).toBe(5_000);
  });
});

describe('objections', () => {
  it.each([
    ['2026-10-13', '23:59', true],
    ['2026-10-14', '00:00', false],
  ])('to what was delivered on 6 October, on %s at %s: %s', (date, time, inTime) => {
    const delivered = { deliveredAt: at('2026-10-06', '10:05') };
    expect(objectionIsInTime(delivered, at(date, time), { workingDays: 5, calendar: terms.calendar, zone: terms.zone })).toBe(inTime);
  });

  it('there is nothing to object to before', () => {
    expect(objectionIsInTime({ deliveredAt: null }, 0, { workingDays: 5, calendar: terms.calendar, zone: terms.zone })).toBe(false);
  });
});
