import { describe, expect, it } from '@jest/globals';
import { at, bea, binswood, campion, period, telford } from '../availability/availability.builder.js';
import { DomainError } from '../kernel/domain-error.js';
import { aBooking, aWish, head, manager } from './booking.builder.js';
import type { Booking, BookingAction, BookingState, Cancellation } from './booking.js';
import {
  approve,
  bookingMoves,
  cancel,
  decline,
  deliver,
  expire,
  hold,
  move,
  occupiesTime,
  possibleActions,
  replan,
  request,
  requestHeld,
  restore,
} from './booking-moves.js';

function refusalOf(ask: () => unknown): DomainError {
  try {
    ask();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const now = at('2026-09-21', '09:00');
const afterwards = at('2026-10-06', '10:05');
const reason: Cancellation = { by: 'school', schoolUrn: binswood, userId: manager, reason: 'trip', at: now };
const later = period('2026-10-13', '09:00', '10:00');

const doing: Record<BookingAction, (booking: Booking) => Booking> = {
  request: (booking) => requestHeld(booking, { needsApproval: true, now }),
  confirm: (booking) => requestHeld(booking, { needsApproval: false, now }),
  approve: (booking) => approve(booking, { userId: head, aboveLimit: false, now }),
  decline: (booking) => decline(booking, { userId: head }),
  expire: (booking) => expire({ ...booking, keptUntil: now }, now),
  move: (booking) => move(booking, later, { party: 'school', now }),
  replan: (booking) => replan(booking, { code: 'availability.absent', causedBy: 'specialist', at: now }),
  restore: (booking) => restore(booking),
  cancel: (booking) => cancel(booking, reason),
  deliver: (booking) => deliver(booking, { at: afterwards }),
};

const states: readonly BookingState[] = ['held', 'requested', 'confirmed', 'delivered', 'needs-replanning', 'cancelled', 'declined', 'expired'];

/** A booking as it stands in a state; of what needs re-planning one that was confirmed. */
function standing(state: BookingState): Booking {
  const replanning = { code: 'availability.absent', causedBy: 'specialist', at: now, was: 'confirmed' } as const;
  return aBooking({ state, ...(state === 'needs-replanning' ? { replanning } : {}) });
}

/** The states a second asking finds done already, so that it is answered as the first. */
const doneAlready: Partial<Record<BookingAction, readonly BookingState[]>> = {
  approve: ['confirmed'],
  decline: ['declined'],
  expire: ['expired'],
  replan: ['needs-replanning'],
  restore: ['confirmed', 'requested'],
  cancel: ['cancelled'],
  deliver: ['delivered'],
};

describe('bookingMoves', () => {
  const every = (Object.keys(bookingMoves) as BookingAction[]).flatMap((action) => states.map((state) => [action, state] as const));

  it.each(every)('%s in state %s does what the table says', (action, state) => {
    const row: Partial<Record<BookingState, BookingState | 'as-before'>> = bookingMoves[action];
    const next = row[state];
    const booking = standing(state);
    if (doneAlready[action]?.includes(state)) {
      const again = doing[action](booking);
      expect(again.state).toBe(state);
      expect(again.sequence).toBe(booking.sequence);
    } else if (next) {
      const done = doing[action](booking);
      expect(done.state).toBe(next === 'as-before' ? 'confirmed' : next);
      expect(done.sequence).toBe(booking.sequence + 1);
    } else {
      const refusal = refusalOf(() => doing[action](booking));
      expect(refusal.code).toBe(state === 'delivered' ? 'bookings.already-delivered' : 'bookings.wrong-state');
      expect(refusal.facts).toMatchObject({ action });
    }
  });

  it('changes nothing of the booking it was given', () => {
    for (const [action, state] of every) {
      const booking = Object.freeze(standing(state));
      try {
        doing[action](booking);
      } catch (error) {
        expect(error).toBeInstanceOf(DomainError);
      }
      expect(booking).toEqual(standing(state));
    }
  });

  it('says what can be done in each state', () => {
    expect(possibleActions('requested')).toEqual(['approve', 'decline', 'expire', 'move', 'replan', 'cancel']);
    expect(possibleActions('delivered')).toEqual([]);
  });

  it('says which states occupy time', () => {
    expect(states.filter((state) => occupiesTime({ state }))).toEqual(['held', 'requested', 'confirmed', 'delivered']);
  });
});

describe('request', () => {
  it('is confirmed, or waits where the service needs approval', () => {
    expect(request(aWish(), { needsApproval: false })).toMatchObject({ state: 'confirmed', keptUntil: null, place: { schoolUrn: binswood }, sequence: 0 });
    expect(request(aWish({ keptUntil: 9 }), { needsApproval: true })).toMatchObject({ state: 'requested', keptUntil: 9 });
  });

  it('keeps who asked, for whom, where and in which series', () => {
    const wish = aWish({ onBehalfOf: campion, place: { remote: true }, seriesId: 'series-1', roomId: 'room-1' });
    expect(request(wish, { needsApproval: false })).toMatchObject({ requestedBy: manager, onBehalfOf: campion, place: { remote: true }, seriesId: 'series-1', roomId: 'room-1' });
  });

  it.each([
    ['bookings.ends-before-it-starts', { endsAt: aWish().startsAt }],
    ['bookings.ends-before-it-starts', { endsAt: Number.NaN }],
    ['bookings.no-schools', { schoolUrns: [] }],
    ['bookings.same-school-twice', { schoolUrns: [binswood, campion, binswood] }],
  ])('refuses as %s', (code, changes) => {
    expect(refusalOf(() => request(aWish(changes), { needsApproval: false })).code).toBe(code);
  });
});

describe('holds and approval', () => {
  const held = hold(aWish(), now + 1);
  const asked = request(aWish({ keptUntil: now + 1 }), { needsApproval: true });

  it('a hold becomes what it was for, until the moment it runs out', () => {
    expect(requestHeld(held, { needsApproval: false, now })).toMatchObject({ state: 'confirmed', keptUntil: null });
    expect(requestHeld(held, { needsApproval: true, now, keptUntil: 99 })).toMatchObject({ state: 'requested', keptUntil: 99 });
    expect(refusalOf(() => requestHeld(held, { needsApproval: false, now: now + 1 })).code).toBe('bookings.hold-expired');
  });

  it('expires at that moment and not before', () => {
    expect(expire(held, now)).toBe(held);
    expect(expire(held, now + 1).state).toBe('expired');
    expect(expire(request(aWish(), { needsApproval: true }), now).state).toBe('requested');
  });

  it('approving twice is the same as once', () => {
    const once = approve(asked, { userId: head, aboveLimit: true, now });
    expect(once).toMatchObject({ state: 'confirmed', decidedBy: head, keptUntil: null });
    expect(approve(once, { userId: manager, aboveLimit: true, now })).toBe(once);
  });

  it('nobody approves what they asked for above the limit', () => {
    expect(refusalOf(() => approve(asked, { userId: manager, aboveLimit: true, now })).code).toBe('bookings.own-request');
    expect(approve(asked, { userId: manager, aboveLimit: false, now }).state).toBe('confirmed');
  });

  it('a request that has run out is not approved', () => {
    expect(refusalOf(() => approve(asked, { userId: head, aboveLimit: false, now: now + 1 })).code).toBe('bookings.hold-expired');
  });
});

describe('move', () => {
  const by = { party: 'school' as const, now };
  it('keeps the period it leaves', () => {
    const moved = move(aBooking(), later, by);
    expect(moved).toMatchObject({ ...later, movedFrom: [{ ...period('2026-10-06', '09:00', '10:00'), movedAt: now, movedBy: 'school' }] });
    expect(move(moved, period('2026-10-20', '09:00', '10:00'), by).movedFrom).toHaveLength(2);
  });

  it('to where it stands changes nothing', () => {
    const booking = aBooking();
    expect(move(booking, period('2026-10-06', '09:00', '10:00'), by)).toBe(booking);
    expect(move(booking, { ...period('2026-10-06', '09:00', '10:00'), specialistId: bea }, by)).toMatchObject({ specialistId: bea, movedFrom: [], sequence: 1 });
  });

  it('to another place or room', () => {
    expect(move(aBooking(), { ...later, place: { remote: true }, roomId: 'room-1' }, by)).toMatchObject({ place: { remote: true }, roomId: 'room-1' });
  });

  it('refuses a period that ends before it starts', () => {
    expect(refusalOf(() => move(aBooking(), { startsAt: 2, endsAt: 2 }, by)).code).toBe('bookings.ends-before-it-starts');
  });
});

describe('when the world changes', () => {
  const because = { code: 'availability.school-inset', causedBy: 'school' as const, at: now };
  it('a request goes back to being a request: re-planning is no approval', () => {
    const hit = replan(request(aWish(), { needsApproval: true }), because);
    expect(hit).toMatchObject({ state: 'needs-replanning', replanning: { ...because, was: 'requested' } });
    expect(restore(hit)).toMatchObject({ state: 'requested', replanning: null });
    expect(move(hit, later, { party: 'school', now })).toMatchObject({ state: 'requested', replanning: null });
  });

  it('accepted where it stands (another specialist), it is confirmed again', () => {
    const hit = replan(aBooking(), because);
    const same = period('2026-10-06', '09:00', '10:00');
    expect(move(hit, { ...same, specialistId: bea }, { party: 'specialist', now })).toMatchObject({ state: 'confirmed', specialistId: bea });
  });
});

describe('deliver', () => {
  const joint = aBooking({ schoolUrns: [binswood, campion] });

  it('without attendance every school was there all the time', () => {
    expect(deliver(joint, { at: afterwards })).toMatchObject({
      state: 'delivered',
      deliveredAt: afterwards,
      attendance: [
        { schoolUrn: binswood, minutes: 60 },
        { schoolUrn: campion, minutes: 60 },
      ],
    });
  });

  it('a school that is not named did not come', () => {
    expect(deliver(joint, { at: afterwards, attendance: [{ schoolUrn: campion, minutes: 45 }] }).attendance).toEqual([
      { schoolUrn: binswood, minutes: 0 },
      { schoolUrn: campion, minutes: 45 },
    ]);
  });

  it('saying it again is the same as once, saying it otherwise is refused', () => {
    const once = deliver(joint, { at: afterwards, attendance: [{ schoolUrn: campion, minutes: 45 }] });
    expect(deliver(once, { at: afterwards + 1 })).toBe(once);
    expect(deliver(once, { at: afterwards + 1, attendance: [{ schoolUrn: campion, minutes: 45 }] })).toBe(once);
    expect(refusalOf(() => deliver(once, { at: afterwards, attendance: [{ schoolUrn: campion, minutes: 44 }] })).code).toBe('bookings.already-delivered');
  });

  it('is not said before it begins, unless it may be', () => {
    expect(refusalOf(() => deliver(joint, { at: joint.startsAt - 1 })).code).toBe('bookings.not-begun');
    expect(deliver(joint, { at: joint.startsAt }).state).toBe('delivered');
    expect(deliver(joint, { at: joint.startsAt - 1, mayBeEarly: true }).state).toBe('delivered');
  });

  it.each([
    ['bookings.school-not-part', [{ schoolUrn: telford, minutes: 60 }]],
    ['bookings.same-school-twice', [{ schoolUrn: campion, minutes: 60 }, { schoolUrn: campion, minutes: 30 }]],
    ['bookings.attendance-not-possible', [{ schoolUrn: campion, minutes: -1 }]],
    ['bookings.attendance-not-possible', [{ schoolUrn: campion, minutes: 0.5 }]],
    ['bookings.attendance-not-possible', [{ schoolUrn: campion, minutes: 1441 }]],
  ])('refuses attendance as %s', (code, attendance) => {
    expect(refusalOf(() => deliver(joint, { at: afterwards, attendance })).code).toBe(code);
  });
});
