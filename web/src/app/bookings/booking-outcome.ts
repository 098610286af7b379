import { formatWhen } from '../ui/london';
import type { Toast } from '../ui/toast';
import type { BookingOutcome } from './booking-dialog';

/** Says what became of a booking; a move can be taken back, of a series with all that went along and no others. */
export function tellOutcome(toast: Toast, { deed, moved }: BookingOutcome, takeBack: (id: string) => Promise<void>): void {
  if (!moved) {
    toast.show(deed === 'left' ? 'Left; the session stays for the others' : `Booking ${deed}`);
    return;
  }
  const { before, after } = moved;
  const went = (after.sessions ?? []).filter((one) => one.outcome === 'moves');
  const text = went.length > 1 ? `${went.length} sessions moved` : `Moved to ${formatWhen(after.startsAt, after.endsAt)}`;
  toast.show(text, { undo: () => takeBack(went[0]?.bookingId ?? before.id) });
}
