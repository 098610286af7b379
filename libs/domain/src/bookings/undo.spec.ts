import { describe, expect, it } from '@jest/globals';
import { period } from '../availability/availability.builder.js';
import { approve, move, request, undo, undoMinutes } from './booking-moves.js';
import { aWish, head, manager } from './booking.builder.js';

const now = period('2026-10-05', '08:00', '09:00').startsAt;
const by = { userId: manager, now: now + 60_000 };

describe('undo', () => {
  it('takes back what was booked without a word about who bears a charge', () => {
    const made = request({ ...aWish(), askedAt: now }, { needsApproval: false });
    expect(undo(made, by)).toMatchObject({ state: 'cancelled', cancellation: { by: 'common', reason: 'Booked by mistake' }, lastDeed: null, sequence: 1 });
  });

  it('puts a moved booking back with everything that a cancellation counts', () => {
    const made = request({ ...aWish(), askedAt: now }, { needsApproval: false });
    const moved = move(made, period('2026-10-07', '09:00', '10:00'), { party: 'school', now, userId: manager });
    expect(moved.movedFrom).toHaveLength(1);
    expect(undo(moved, by)).toEqual({ ...made, lastDeed: null, sequence: 2 });
  });

  it.each([
    ['somebody else asks', { ...by, userId: head }, 'bookings.nothing-to-undo'],
    ['the time is over', { ...by, now: now + undoMinutes * 60_000 + 1 }, 'bookings.too-late-to-undo'],
    ['the session has begun', { ...by, now: now + undoMinutes * 60_000 }, 'bookings.already-begun'],
  ])('refuses when %s', (_, who, code) => {
    const soon = request({ ...aWish({ startsAt: now + 300_000, endsAt: now + 3_600_000 }), askedAt: now }, { needsApproval: false });
    expect(() => undo(soon, who)).toThrow(expect.objectContaining({ code }));
  });

  it('ends when anything else happens to the booking', () => {
    const asked = request({ ...aWish(), askedAt: now }, { needsApproval: true });
    const approved = approve(asked, { userId: head, aboveLimit: false, now });
    expect(() => undo(approved, by)).toThrow(expect.objectContaining({ code: 'bookings.nothing-to-undo' }));
  });
});
