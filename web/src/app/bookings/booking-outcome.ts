import type { MoveBooking } from '@fairshare/contract/bookings.js';
import { formatWhen } from '../ui/london';
import type { Toast } from '../ui/toast';
import type { BookingOutcome } from './booking-dialog';

/** Says what became of a booking; a move can be taken back, of a series with all that went along and no others. */
export function tellOutcome(toast: Toast, { deed, moved }: BookingOutcome, moveBack: (to: MoveBooking) => Promise<void>): void {
  if (!moved) {
    toast.show(`Booking ${deed}`);
    return;
  }
  const { before, after } = moved;
  const went = (after.sessions ?? []).filter((one) => one.outcome === 'moves');
  const back: MoveBooking = { startsAt: before.startsAt, endsAt: before.endsAt, specialistId: before.specialistId };
  const alike: MoveBooking = went.length > 1 ? { ...back, which: 'following', among: went.map((one) => one.bookingId) } : back;
  const canGoBack = went.length === 0 || went.some((one) => one.bookingId === before.id);
  const text = went.length > 1 ? `${went.length} sessions moved` : `Moved to ${formatWhen(after.startsAt, after.endsAt)}`;
  toast.show(text, canGoBack ? { undo: () => moveBack(alike) } : {});
}
