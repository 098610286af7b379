import { describe, expect, it } from '@jest/globals';
import type { DomainError } from '../kernel/domain-error.js';
import { aBooking } from './booking.builder.js';
import { takeSeats } from './seats.js';

const session = aBooking({ capacity: 5 });
const early = session.startsAt - 1;
const taken = [{ schoolUrn: 'a', seats: 2 }, { schoolUrn: 'b', seats: 1 }];

describe('taking seats', () => {
  it.each([
    ['another school', 'c', 2, [...taken, { schoolUrn: 'c', seats: 2 }]],
    ['more of one’s own', 'a', 4, [{ schoolUrn: 'a', seats: 4 }, { schoolUrn: 'b', seats: 1 }]],
    ['fewer of one’s own', 'a', 1, [{ schoolUrn: 'a', seats: 1 }, { schoolUrn: 'b', seats: 1 }]],
    ['none any more', 'b', 0, [{ schoolUrn: 'a', seats: 2 }]],
  ])('%s', (_, schoolUrn, seats, after) => {
    expect(takeSeats(session, taken, { schoolUrn, seats }, early)).toEqual(after);
  });

  it.each([
    ['bookings.no-seats', aBooking(), taken, 1, early],
    ['bookings.session-full', session, taken, 3, early],
    ['bookings.already-begun', session, taken, 1, session.startsAt],
    ['bookings.wrong-state', aBooking({ capacity: 5, state: 'cancelled' }), taken, 1, early],
    ['bookings.last-school', session, [{ schoolUrn: 'c', seats: 1 }], 0, early],
  ] as const)('%s', (code, booking, before, seats, now) => {
    let refusal: unknown;
    try {
      takeSeats(booking, before, { schoolUrn: 'c', seats }, now);
    } catch (error) {
      refusal = error;
    }
    expect((refusal as DomainError).code).toBe(code);
  });
});
