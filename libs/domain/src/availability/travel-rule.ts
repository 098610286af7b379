import { isoOf, msPerMinute, type Instant } from '../kernel/zone.js';
import type { Place } from './input.js';
import type { Question } from './question.js';
import type { Block, Rule } from './rule.js';
import { occupiedOf, ownMargins, type Occupied } from './taken-time.js';
import type { Journey } from './travel.js';

/** A journey that does not fit, and the start or the end that would leave room for it. */
interface TravelBlock extends Block {
  readonly fromUrn: string | null;
  readonly toUrn: string | null;
  readonly journey: Journey;
  readonly earliest: Instant | null;
  readonly latest: Instant | null;
}

/**
 * The nearest neighbour on one side that has a site. Remote sessions in between need no travel, but the journey
 * must fit one of the gaps around them: `widestMs` is the widest of those, up to the gap that is looked at.
 */
interface Neighbour {
  readonly siteUrn: string | null;
  readonly widestMs: number;
}

const isRemote = (place: Place | null): boolean => place !== null && 'remote' in place;
const siteOf = (place: Place | null): string | null => (place !== null && 'schoolUrn' in place ? place.schoolUrn : null);

/** For each gap, who comes before it. Gap `i` lies before `occupied[i]`; the last one after all of them. */
function neighboursBefore(occupied: readonly Occupied[]): (Neighbour | null)[] {
  const before: (Neighbour | null)[] = [null];
  let last: Neighbour | null = null;
  let endedAt = -Infinity;
  for (const { startsAt, endsAt, place } of occupied) {
    if (!isRemote(place)) last = { siteUrn: siteOf(place), widestMs: 0 };
    else if (last) last = { siteUrn: last.siteUrn, widestMs: Math.max(last.widestMs, startsAt - endedAt) };
    endedAt = Math.max(endedAt, endsAt);
    before.push(last);
  }
  return before;
}

/** For each gap, who comes after it. */
function neighboursAfter(occupied: readonly Occupied[]): (Neighbour | null)[] {
  const after = new Array<Neighbour | null>(occupied.length + 1).fill(null);
  let next: Neighbour | null = null;
  for (let i = occupied.length - 1; i >= 0; i -= 1) {
    const { endsAt, place } = occupied[i] as Occupied;
    const nextStart = occupied[i + 1]?.startsAt ?? Infinity;
    if (!isRemote(place)) next = { siteUrn: siteOf(place), widestMs: 0 };
    else if (next) next = { siteUrn: next.siteUrn, widestMs: Math.max(next.widestMs, nextStart - endsAt) };
    after[i] = next;
  }
  return after;
}

type Margins = ReturnType<typeof ownMargins>;

function legFrom(before: Neighbour, opensAt: Instant, closesAt: Instant, question: Question, { beforeMs }: Margins): TravelBlock | null {
  const journey = question.index.journeys.between(before.siteUrn, question.hostUrn);
  const journeyMs = journey.minutes * msPerMinute;
  if (journeyMs === 0 || before.widestMs >= journeyMs) return null;
  const earliest = opensAt + journeyMs + beforeMs;
  const endsAt = Math.min(earliest, closesAt);
  return { startsAt: opensAt, endsAt, fromUrn: before.siteUrn, toUrn: question.hostUrn, journey, earliest, latest: null };
}

function legTo(after: Neighbour, opensAt: Instant, closesAt: Instant, question: Question, { afterMs }: Margins): TravelBlock | null {
  const journey = question.index.journeys.between(question.hostUrn, after.siteUrn);
  const journeyMs = journey.minutes * msPerMinute;
  if (journeyMs === 0 || after.widestMs >= journeyMs) return null;
  const latest = closesAt - journeyMs - afterMs;
  const startsAt = Math.max(latest, opensAt);
  return { startsAt, endsAt: closesAt, fromUrn: question.hostUrn, toUrn: after.siteUrn, journey, earliest: null, latest };
}

/** A remote session must not use up the only gap in which the specialist can drive from one site to the next. */
function drivePast(before: Neighbour, after: Neighbour, opensAt: Instant, closesAt: Instant, question: Question, margins: Margins): TravelBlock | null {
  const journey = question.index.journeys.between(before.siteUrn, after.siteUrn);
  const journeyMs = journey.minutes * msPerMinute;
  const fitsElsewhere = Math.max(before.widestMs, after.widestMs) >= journeyMs;
  const neverFitted = closesAt - opensAt < journeyMs;
  if (journeyMs === 0 || fitsElsewhere || neverFitted) return null;
  const latest = closesAt - journeyMs - margins.afterMs;
  const earliest = opensAt + journeyMs + margins.beforeMs;
  return { startsAt: latest, endsAt: earliest, fromUrn: before.siteUrn, toUrn: after.siteUrn, journey, earliest, latest };
}

/** Travel from the booking before and to the booking after fits. */
export const travelFits: Rule<TravelBlock> = {
  code: 'availability.travel',
  sameForAll: false,
  blocks(question, specialistId) {
    const occupied = occupiedOf(question, specialistId);
    const befores = neighboursBefore(occupied);
    const afters = neighboursAfter(occupied);
    const margins = ownMargins(question);
    const found: TravelBlock[] = [];
    const add = (block: TravelBlock | null): unknown => block && found.push(block);
    let opensAt = -Infinity;
    for (let i = 0; i <= occupied.length; i += 1) {
      const closesAt = occupied[i]?.startsAt ?? Infinity;
      const before = befores[i];
      const after = afters[i];
      if (closesAt > opensAt && question.hostUrn === null) {
        if (before && after) add(drivePast(before, after, opensAt, closesAt, question, margins));
      } else if (closesAt > opensAt) {
        if (before) add(legFrom(before, opensAt, closesAt, question, margins));
        if (after) add(legTo(after, opensAt, closesAt, question, margins));
      }
      opensAt = Math.max(opensAt, occupied[i]?.endsAt ?? Infinity);
    }
    return found;
  },
  facts: ({ fromUrn, toUrn, journey, earliest, latest }, _question, specialistId) => ({
    specialistId,
    fromUrn,
    toUrn,
    minutes: journey.minutes,
    basis: journey.basis,
    ...(earliest === null ? {} : { earliest: isoOf(earliest) }),
    ...(latest === null ? {} : { latest: isoOf(latest) }),
  }),
};
