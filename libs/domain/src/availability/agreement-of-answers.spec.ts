import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isoOf, wholeDays, type InstantPeriod } from '../kernel/zone.js';
import { ada, anInput, aPattern, at, bea, binswood, busy, campion, telford } from './availability.builder.js';
import type { AvailabilityInput, Place, TakenTime, WantedPeriod, WorkingPattern } from './input.js';
import { availabilityRules } from './rules.js';
import { findSlots } from './slots.js';
import { whyNot } from './why-not.js';

// Finding, explaining and checking are three ways through the same rules. Here they are held against each other on
// random worlds; fast-check prints the seed of a failure, which then becomes a case of its own.

const quarter = 15 * 60_000;
const firstDay = '2026-10-20';
const window = wholeDays(firstDay, '2026-11-03');

const places: fc.Arbitrary<Place | null> = fc.constantFrom<(Place | null)[]>(
  { schoolUrn: binswood },
  { schoolUrn: campion },
  { schoolUrn: telford },
  { remote: true },
  null,
);

const quarters = fc.integer({ min: 0, max: Math.floor((window.endsAt - window.startsAt) / quarter) });
const stretch = (most: number): fc.Arbitrary<InstantPeriod> =>
  fc.tuple(quarters, fc.integer({ min: 1, max: most })).map(([from, length]) => ({
    startsAt: window.startsAt + from * quarter,
    endsAt: window.startsAt + (from + length) * quarter,
  }));

/** Bookings of one resource never overlap: the exclusion constraint sees to it. */
const takenOf = (resourceId: string): fc.Arbitrary<TakenTime[]> =>
  fc.array(fc.tuple(stretch(12), places, fc.constantFrom(0, 15, 30)), { maxLength: 40 }).map((rows) => {
    const sorted = rows.sort((a, b) => a[0].startsAt - b[0].startsAt);
    const apart = sorted.filter(([one], i) => sorted.slice(0, i).every(([other]) => other.endsAt <= one.startsAt));
    return apart.map(([one, place, afterMinutes]) => busy(resourceId, one, place, { afterMinutes }));
  });

const hours = fc.tuple(fc.integer({ min: 28, max: 44 }), fc.integer({ min: 46, max: 72 })).map(([from, to]) => ({ startMinute: from * 15, endMinute: to * 15 }));
const pattern: fc.Arbitrary<WorkingPattern> = fc
  .record({ weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 2 }), hours, everyWeeks: fc.constantFrom(1 as const, 2 as const), termTimeOnly: fc.boolean() })
  .map(({ weekdays, hours: when, everyWeeks, termTimeOnly }) =>
    aPattern(ada, { everyWeeks, anchorOn: '2026-10-19', termTimeOnly, periods: weekdays.map((weekday) => ({ weekday, ...when })) }),
  );

const world: fc.Arbitrary<AvailabilityInput> = fc
  .record({
    patterns: fc.array(pattern, { minLength: 1, maxLength: 3 }),
    absences: fc.array(stretch(60), { maxLength: 4 }),
    extraTime: fc.array(stretch(40), { maxLength: 4 }),
    taken: takenOf(ada),
    room: takenOf('room-1'),
    expiresOn: fc.constantFrom(null, '2026-10-30', '2027-01-01'),
    left: fc.integer({ min: 0, max: 3000 }),
    unit: fc.constantFrom('day' as const, 'half-day' as const, 'hour' as const, 'session' as const),
    payAsYouGo: fc.boolean(),
    beforeMinutes: fc.constantFrom(0, 15),
    now: quarters.map((from) => window.startsAt - 9 * 86_400_000 + from * quarter),
    horizonDays: fc.constantFrom(3, 12, 300),
  })
  .map((made) =>
    anInput(
      {
        now: made.now,
        patterns: made.patterns,
        absences: made.absences.map((one) => ({ ...one, specialistId: ada })),
        extraTime: made.extraTime.map((one) => ({ ...one, specialistId: ada })),
        taken: [...made.taken, ...made.room],
        credentials: [{ specialistId: ada, type: 'insurance', expiresOn: made.expiresOn }],
        entitlements: [binswood, campion].map((schoolUrn) => ({ schoolUrn, period: { from: '2026-09-01', to: '2026-11-01' }, leftMilliunits: made.left })),
      },
      { stepMinutes: 15, unit: made.unit, payAsYouGo: made.payAsYouGo, beforeMinutes: made.beforeMinutes, horizonDays: made.horizonDays },
    ),
  );

interface Asking {
  readonly minutes: number;
  readonly schoolUrns: readonly string[];
  readonly place: Place | undefined;
  readonly roomId: string | null;
}

const asking: fc.Arbitrary<Asking> = fc.record({
  minutes: fc.constantFrom(15, 60, 180, 420),
  schoolUrns: fc.constantFrom([binswood], [campion], [binswood, campion]),
  place: fc.constantFrom<(Place | undefined)[]>(undefined, { remote: true }, { schoolUrn: telford }),
  roomId: fc.constantFrom(null, 'room-1'),
});

/** Every quarter of an hour of the window, asked one by one. */
function byAsking(input: AvailabilityInput, asked: Asking): { wanted: WantedPeriod; code: string | null }[] {
  const { minutes, schoolUrns, place, roomId } = asked;
  const answers: { wanted: WantedPeriod; code: string | null }[] = [];
  for (let startsAt = window.startsAt; startsAt + minutes * 60_000 <= window.endsAt; startsAt += quarter) {
    const wanted: WantedPeriod = { specialistId: ada, startsAt, endsAt: startsAt + minutes * 60_000, schoolUrns, roomId, ...(place ? { place } : {}) };
    answers.push({ wanted, code: whyNot(input, wanted)?.code ?? null });
  }
  return answers;
}

const request = (asked: Asking) => ({
  from: window.startsAt,
  to: window.endsAt,
  minutes: asked.minutes,
  schoolUrns: asked.schoolUrns,
  roomId: asked.roomId,
  specialistIds: [ada],
  ...(asked.place ? { place: asked.place } : {}),
});

const runs = { numRuns: Number(process.env['FAIRSHARE_RUNS'] ?? 12) };

describe('findSlots and whyNot', () => {
  it('agree about every quarter of an hour of random worlds', () => {
    let open = 0;
    fc.assert(
      fc.property(world, asking, (input, asked) => {
        const one = byAsking(input, asked).filter((answer) => answer.code === null);
        open += one.length;
        const found = findSlots(input, request(asked)).slots;
        expect(found.map((slot) => isoOf(slot.startsAt))).toEqual(one.map((answer) => isoOf(answer.wanted.startsAt)));
      }),
      runs,
    );
    expect(open).toBeGreaterThan(runs.numRuns);
  });

  it('agree with the explanation: the first rule among the stretches a period overlaps is the answer', () => {
    const order = availabilityRules.map((rule) => rule.code as string);
    const seen = new Set<string>();
    fc.assert(
      fc.property(world, asking, (input, asked) => {
        // A remote drive-past and a session over midday are refused by their length, not by a stretch of time.
        fc.pre(!(asked.place && 'remote' in asked.place) && !['day', 'half-day'].includes(input.agreement.unit));
        const { refusals = [] } = findSlots(input, { ...request(asked), explain: true });
        const answers = byAsking(input, asked);
        const explained = answers.map(({ wanted }) => {
          const overlapped = refusals.filter((run) => run.startsAt < wanted.endsAt && run.endsAt > wanted.startsAt);
          const [first] = overlapped.map((run) => run.code as string).sort((a, b) => order.indexOf(a) - order.indexOf(b));
          return `${isoOf(wanted.startsAt)} ${first ?? null}`;
        });
        expect(explained).toEqual(answers.map(({ wanted, code }) => `${isoOf(wanted.startsAt)} ${code}`));
        for (const { code } of answers) if (code) seen.add(code);
      }),
      runs,
    );
    expect(seen.size).toBeGreaterThan(6);
  });

  it('do not look beyond the specialist who is asked about', () => {
    const input = anInput({ taken: [busy(bea, { startsAt: at(firstDay, '09:00'), endsAt: at(firstDay, '16:00') }, null)] }, { stepMinutes: 15 });
    const asked: Asking = { minutes: 60, schoolUrns: [binswood], place: undefined, roomId: null };
    expect(findSlots(input, request(asked)).slots.length).toBe(byAsking(input, asked).filter((answer) => answer.code === null).length);
  });
});
