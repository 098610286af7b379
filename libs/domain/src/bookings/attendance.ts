import { msPerMinute } from '../kernel/zone.js';
import { refuse, type Attendance, type Booking } from './booking.js';

const minutesPerDay = 1440;

function checked(booking: Booking, { schoolUrn, minutes }: Attendance): void {
  if (!booking.schoolUrns.includes(schoolUrn)) refuse('bookings.school-not-part', { bookingId: booking.id, schoolUrn });
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > minutesPerDay) {
    refuse('bookings.attendance-not-possible', { schoolUrn, minutes });
  }
}

/**
 * Who came, in whole minutes, a line for each school of the booking in its order; a school that is not named did not
 * come. When nothing is said, each was there for the whole session.
 */
export function attendanceOf(booking: Booking, said: readonly Attendance[] | undefined): readonly Attendance[] {
  const all = Math.round((booking.endsAt - booking.startsAt) / msPerMinute);
  if (!said) return booking.schoolUrns.map((schoolUrn) => ({ schoolUrn, minutes: all }));
  const bySchool = new Map<string, number>();
  for (const one of said) {
    checked(booking, one);
    if (bySchool.has(one.schoolUrn)) refuse('bookings.same-school-twice', { schoolUrn: one.schoolUrn });
    bySchool.set(one.schoolUrn, one.minutes);
  }
  return booking.schoolUrns.map((schoolUrn) => ({ schoolUrn, minutes: bySchool.get(schoolUrn) ?? 0 }));
}

export function sameAttendance(a: readonly Attendance[], b: readonly Attendance[]): boolean {
  const minutes = new Map(b.map((one) => [one.schoolUrn, one.minutes]));
  return a.length === b.length && a.every((one) => minutes.get(one.schoolUrn) === one.minutes);
}
