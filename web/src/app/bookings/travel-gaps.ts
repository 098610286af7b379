import type { TravelTimes } from '@fairshare/contract/availability.js';
import type { Booking } from '@fairshare/contract/bookings.js';

/** What lies between two sessions of a day. */
export interface Gap {
  readonly minutes: number;
  /** Minutes of road, entered or assumed; null when nobody has to travel. */
  readonly journey: number | null;
  /** Less time than the road takes. */
  readonly tight: boolean;
  readonly words: string;
}

const siteOf = ({ place }: Booking): string | null => ('schoolUrn' in place ? place.schoolUrn : null);
const nameOf = (booking: Booking): string => booking.schools.find((school) => school.urn === siteOf(booking))?.name ?? booking.schools[0]?.name ?? '';

function gapBetween(before: Booking, after: Booking, travel: TravelTimes | undefined): Gap {
  const minutes = Math.round((Date.parse(after.startsAt) - Date.parse(before.endsAt)) / 60_000);
  const [from, to] = [siteOf(before), siteOf(after)];
  if (!travel || !from || !to || from === to) return { minutes, journey: null, tight: false, words: `${minutes} minutes in between` };
  const known = travel.items.find((pair) => pair.fromUrn === from && pair.toUrn === to)?.minutes;
  const journey = known ?? travel.assumedMinutes;
  const how = known === undefined ? `about ${journey} minutes on the road, as an assumption` : `${journey} minutes on the road`;
  return { minutes, journey, tight: minutes < journey, words: `${minutes} minutes to get to ${nameOf(after)}: ${how}` };
}

/** A day's sessions in order, each with what lies between it and the one before. */
export function withGaps(bookings: readonly Booking[], travel: TravelTimes | undefined): { booking: Booking; gap: Gap | null }[] {
  const sorted = [...bookings].sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  return sorted.map((booking, i) => {
    const before = sorted[i - 1];
    return { booking, gap: before ? gapBetween(before, booking, travel) : null };
  });
}
