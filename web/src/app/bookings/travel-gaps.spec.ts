import { describe, expect, it } from '@jest/globals';
import type { Booking } from '@fairshare/contract/bookings.js';
import { withGaps } from './travel-gaps';

const session = (startsAt: string, endsAt: string, urn: string | null) =>
  ({ startsAt, endsAt, place: urn ? { schoolUrn: urn } : { remote: true }, schools: [{ urn: urn ?? '1', name: `School ${urn ?? '1'}` }] }) as unknown as Booking;
const travel = { items: [{ fromUrn: '1', toUrn: '2', minutes: 25 }], assumedMinutes: 20 };

describe('what lies between two sessions', () => {
  it('says the journey and whether it fits, an assumption as such, and none where nobody travels', () => {
    const gaps = withGaps([
      session('2026-10-06T08:00Z', '2026-10-06T09:00Z', '1'), session('2026-10-06T09:15Z', '2026-10-06T10:00Z', '2'),
      session('2026-10-06T11:00Z', '2026-10-06T12:00Z', '1'), session('2026-10-06T12:30Z', '2026-10-06T13:00Z', null),
    ], travel).map((one) => one.gap && [one.gap.journey, one.gap.tight]);
    expect(gaps).toEqual([null, [25, true], [20, false], [null, false]]);
  });

  it('names the school one travels to', () => {
    expect(withGaps([session('2026-10-06T08:00Z', '2026-10-06T09:00Z', '1'), session('2026-10-06T09:30Z', '2026-10-06T10:00Z', '2')], travel)[1]?.gap?.words).toBe('30 minutes to get to School 2: 25 minutes on the road');
  });
});
