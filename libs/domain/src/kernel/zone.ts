import { DomainError } from './domain-error.js';
import { dateOfDayNumber, dayNumber, isDateOnly, type DateOnly } from './period.js';

/** A moment: whole milliseconds since 1 January 1970 in UTC. */
export type Instant = number;

/** From `startsAt` up to, not including, `endsAt`. */
export interface InstantPeriod {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** What a clock on the wall shows: a date and the minute since midnight, 0 to 1440 (1440 is the next day's midnight). */
export interface WallTime {
  readonly date: DateOnly;
  readonly minute: number;
}

export const msPerMinute = 60_000;
export const msPerDay = 86_400_000;
const defaultZone = 'Europe/London';

/** One year of a zone: `offsetsMs[0]` holds from its start, `offsetsMs[i + 1]` from `changesAt[i]` on. */
interface ZoneYear {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly changesAt: readonly Instant[];
  readonly offsetsMs: readonly number[];
}

/** Intl is slow, so it is asked once for each year of a zone; afterwards every conversion is arithmetic. */
interface ZoneTable {
  readonly name: string;
  readonly format: Intl.DateTimeFormat;
  readonly years: Map<number, ZoneYear>;
  latest: ZoneYear | null;
}

const tables = new Map<string, ZoneTable>();

function tableOf(zone: string): ZoneTable {
  let table = tables.get(zone);
  if (!table) {
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    table = { name: zone, format, years: new Map(), latest: null };
    tables.set(zone, table);
  }
  return table;
}

/** What Intl says: milliseconds to add to the instant to read the wall clock. The instant is a whole second. */
function askOffset(format: Intl.DateTimeFormat, instant: Instant): number {
  const read: Record<string, number> = {};
  for (const part of format.formatToParts(instant)) read[part.type] = Number(part.value);
  const wall = Date.UTC(read['year'] ?? 0, (read['month'] ?? 1) - 1, read['day'], read['hour'], read['minute'], read['second']);
  return wall - instant;
}

/** The second at which the offset leaves `offsetMs`, between an instant that has it and one that has not. */
function changeBetween(format: Intl.DateTimeFormat, from: Instant, to: Instant, offsetMs: number): Instant {
  let before = from / 1000;
  let after = to / 1000;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (askOffset(format, middle * 1000) === offsetMs) before = middle;
    else after = middle;
  }
  return after * 1000;
}

/** Looks at every seventh day: no zone has changed its clocks twice within a week. */
function readYear(table: ZoneTable, year: number): ZoneYear {
  const startsAt = Date.UTC(year, 0, 1);
  const endsAt = Date.UTC(year + 1, 0, 1);
  const changesAt: Instant[] = [];
  const offsetsMs = [askOffset(table.format, startsAt)];
  let known = offsetsMs[0] ?? 0;
  for (let from = startsAt; from < endsAt; from += 7 * msPerDay) {
    const to = Math.min(from + 7 * msPerDay, endsAt);
    const offset = askOffset(table.format, to);
    if (offset === known) continue;
    changesAt.push(changeBetween(table.format, from, to, known));
    offsetsMs.push(offset);
    known = offset;
  }
  return { startsAt, endsAt, changesAt, offsetsMs };
}

function yearAt(table: ZoneTable, instant: Instant): ZoneYear {
  const latest = table.latest;
  if (latest && instant >= latest.startsAt && instant < latest.endsAt) return latest;
  const year = new Date(instant).getUTCFullYear();
  let found = table.years.get(year);
  if (!found) {
    found = readYear(table, year);
    table.years.set(year, found);
  }
  table.latest = found;
  return found;
}

function offsetMsAt(table: ZoneTable, instant: Instant): number {
  const year = yearAt(table, instant);
  let i = 0;
  while (i < year.changesAt.length && instant >= (year.changesAt[i] ?? Infinity)) i += 1;
  return year.offsetsMs[i] ?? 0;
}

/** Minutes the wall clock is ahead of UTC: 60 in London in July. */
export function offsetMinutesAt(instant: Instant, zone: string = defaultZone): number {
  return offsetMsAt(tableOf(zone), instant) / msPerMinute;
}

/** The wall's day as a day number (`dayNumber`): the quick form of `wallOf` where only the day matters. */
export function dayAt(instant: Instant, zone: string = defaultZone): number {
  return Math.floor((instant + offsetMsAt(tableOf(zone), instant)) / msPerDay);
}

export function dateAt(instant: Instant, zone: string = defaultZone): DateOnly {
  return dateOfDayNumber(dayAt(instant, zone));
}

/** What the wall clock shows; seconds are left off. `minute` is 0 to 1439. */
export function wallOf(instant: Instant, zone: string = defaultZone): WallTime {
  const wallMs = instant + offsetMsAt(tableOf(zone), instant);
  const day = Math.floor(wallMs / msPerDay);
  return { date: dateOfDayNumber(day), minute: Math.floor((wallMs - day * msPerDay) / msPerMinute) };
}

/** The instants, in order, at which the wall shows this: none in a spring gap, two in an autumn hour, else one. */
function instantsOf(table: ZoneTable, wallMs: number): Instant[] {
  const before = offsetMsAt(table, wallMs - msPerDay);
  const after = offsetMsAt(table, wallMs + msPerDay);
  if (before === after) return [wallMs - before];
  return [wallMs - before, wallMs - after]
    .filter((instant) => instant + offsetMsAt(table, instant) === wallMs)
    .sort((a, b) => a - b);
}

/** The moment the clocks jumped over this wall time. */
function endOfGap(table: ZoneTable, wallMs: number): Instant {
  const from = wallMs - msPerDay;
  const changes = [...yearAt(table, from).changesAt, ...yearAt(table, wallMs + msPerDay).changesAt];
  return changes.find((change) => change > from) ?? wallMs;
}

/**
 * The instant at which the wall clock shows this time. A time that comes twice takes the first, unless the
 * offset (minutes ahead of UTC) says which. Throws `availability.no-such-time` for a time the clocks skip,
 * with the `earliest` moment after it, and for an offset the zone does not have then.
 */
export function instantOf(wall: WallTime, zone: string = defaultZone, offsetMinutes?: number): Instant {
  const table = tableOf(zone);
  const wallMs = dayNumber(wall.date) * msPerDay + wall.minute * msPerMinute;
  const found = instantsOf(table, wallMs);
  const instant =
    offsetMinutes === undefined ? found[0] : found.find((one) => wallMs - one === offsetMinutes * msPerMinute);
  if (instant === undefined) {
    const earliest = isoOf(found[0] ?? endOfGap(table, wallMs));
    throw new DomainError('availability.no-such-time', { wallTime: isoOf(wallMs).slice(0, 16), zone, earliest });
  }
  return instant;
}

/** Like `instantOf`, for the edges of patterns and days: a time that the clocks skip becomes the moment they jump. */
export function instantAtOrAfter(day: number, minute: number, zone: string = defaultZone): Instant {
  const table = tableOf(zone);
  const wallMs = day * msPerDay + minute * msPerMinute;
  return instantsOf(table, wallMs)[0] ?? endOfGap(table, wallMs);
}

/** The first moment of a date. */
export function startOfDate(date: DateOnly, zone: string = defaultZone): Instant {
  return instantAtOrAfter(dayNumber(date), 0, zone);
}

/** From the first moment of `from` to the last of `to`: how a span of dates becomes instants. */
export function wholeDays(from: DateOnly, to: DateOnly, zone: string = defaultZone): InstantPeriod {
  return { startsAt: startOfDate(from, zone), endsAt: instantAtOrAfter(dayNumber(to) + 1, 0, zone) };
}

/** How instants leave the domain: ISO 8601 in UTC with `Z`, to the millisecond. */
export function isoOf(instant: Instant): string {
  return new Date(instant).toISOString();
}

const isoText = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/** Minutes ahead of UTC written as `Z`, `+01:00` or `+0100`; null when they are more than a day has. */
function offsetOfText(text: string): number | null {
  if (text.toUpperCase() === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(-2));
  if (hours > 23 || minutes > 59) return null;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/**
 * An instant as a request writes it: ISO 8601 with an offset or `Z`; without one it is wall time in the zone.
 * Throws `availability.no-such-time` for a wall time that does not exist (28 March 2027 01:30 in London,
 * 30 February anywhere) and for text that is no time at all.
 */
export function parseInstant(text: string, zone: string = defaultZone): Instant {
  const [, date = '', hours = '', minutes = '', seconds = '0', fraction = '', offsetText] = isoText.exec(text) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  const offset = offsetText === undefined ? undefined : offsetOfText(offsetText);
  const isTime = date >= '1900' && isDateOnly(date) && Number(minutes) < 60 && Number(seconds) < 60 && minute <= 1440;
  const restMs = Number(seconds) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  if (!isTime || offset === null || (minute === 1440 && restMs > 0)) {
    throw new DomainError('availability.no-such-time', { text, zone });
  }
  if (offset === undefined) return instantOf({ date, minute }, zone) + restMs;
  return dayNumber(date) * msPerDay + (minute - offset) * msPerMinute + restMs;
}
