import type { Booking, BookingState } from './booking.js';

/** What people are told of a booking by mail. */
export type Tidings = 'confirmed' | 'requested' | 'moved' | 'cancelled' | 'declined' | 'expired' | 'needs-replanning';

const announced: readonly BookingState[] = ['confirmed', 'needs-replanning'];

/** What is to be told of a booking that was made; a hold is nobody's business yet. */
export function tidingsOfNew(booking: Pick<Booking, 'state'>): 'confirmed' | 'requested' | null {
  return booking.state === 'confirmed' || booking.state === 'requested' ? booking.state : null;
}

/** Whether what stands in a diary is no longer so: another time, person or place, or it was not certain to happen. */
function isElsewhere(before: Booking, after: Booking): boolean {
  const shown = ({ state, startsAt, endsAt, specialistId, place, roomId, schoolUrns }: Booking) => JSON.stringify([state, startsAt, endsAt, specialistId, place, roomId, schoolUrns]);
  return shown(before) !== shown(after);
}

/** What is to be told of a change, or null when nobody needs to know: a delivery, or what was never announced. */
export function tidingsOfChange(before: Booking, after: Booking): Tidings | null {
  if (before.state === 'held') return tidingsOfNew(after);
  if (after.state === 'confirmed') return before.state === 'requested' ? 'confirmed' : isElsewhere(before, after) ? 'moved' : null;
  if (after.state === 'cancelled') return announced.includes(before.state) ? 'cancelled' : null;
  if (after.state === 'declined' || after.state === 'expired') return after.state;
  return after.state === 'needs-replanning' && before.state === 'confirmed' ? 'needs-replanning' : null;
}

/** `mine`: what I booked and what was booked for my school by others; `school`: every session of my schools; `none`. */
export type MailWish = 'mine' | 'school' | 'none';

/** Somebody a mail could go to, with every way in which the booking concerns them. */
export interface Reader {
  readonly wish: MailWish;
  /** They asked for it. */
  readonly asked: boolean;
  /** It is their diary. */
  readonly delivers: boolean;
  /** They book for one of its schools. */
  readonly booksForSchool: boolean;
  /** They have a say over one of its schools, or over all. */
  readonly ofSchool: boolean;
  /** They may approve it. */
  readonly approves: boolean;
}

/** Whether somebody is told: who asked and who delivers always, the school when others acted for it, approvers when they are asked. */
export function isTold(tidings: Tidings, booking: Pick<Booking, 'onBehalfOf'>, reader: Reader): boolean {
  if (reader.wish === 'none') return false;
  if (tidings === 'requested') return reader.approves;
  const undecided = tidings === 'declined' || tidings === 'expired';
  if (reader.asked) return true;
  if (reader.delivers) return !undecided && tidings !== 'needs-replanning';
  if (reader.booksForSchool && (booking.onBehalfOf !== null || tidings === 'needs-replanning')) return true;
  return reader.wish === 'school' && reader.ofSchool;
}
