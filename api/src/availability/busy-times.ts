import { Worker } from 'node:worker_threads';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { dayNumber } from '@fairshare/domain/kernel/period';
import { instantAtOrAfter, type Instant, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import type { BusyEvent, CalendarFound, CalendarTime, CalendarWork } from './calendar-thread.js';

const mostEvents = 20_000;
const mostMs = 5_000;

/** Names that Outlook writes for zones of Europe and of nobody else's calendar. */
const outlookZones: Readonly<Record<string, string>> = {
  'GMT Standard Time': 'Europe/London',
  'Greenwich Standard Time': 'UTC',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Romance Standard Time': 'Europe/Paris',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Eastern Standard Time': 'America/New_York',
};

/**
 * The times within a span at which a calendar says that its owner is busy, in order and without overlaps: recurrences
 * expanded, whole days in the zone, what is transparent, cancelled or a session of ours left out.
 * @throws `availability.not-a-calendar`, `availability.calendar-too-full`
 */
export async function busyTimesOf(text: string, span: InstantPeriod, zone: string): Promise<InstantPeriod[]> {
  const found = await inAThread({ text, from: span.startsAt, to: span.endsAt, most: mostEvents });
  if ('fault' in found) throw new DomainError(found.fault === 'too-much' ? 'availability.calendar-too-full' : 'availability.not-a-calendar');
  return merged(found.busy.map((event) => within(event, span, zone)).filter((one) => one.endsAt > one.startsAt));
}

function inAThread(work: CalendarWork): Promise<CalendarFound> {
  const own = import.meta.url.endsWith('.ts') ? './calendar-thread.ts' : './calendar-thread.js';
  const thread = new Worker(new URL(own, import.meta.url), { workerData: work, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 256 } });
  return new Promise<CalendarFound>((done) => {
    const timer = setTimeout(() => done({ fault: 'too-much' }), mostMs);
    thread.once('message', (found: CalendarFound) => {
      clearTimeout(timer);
      done(found);
    });
    thread.once('error', () => {
      clearTimeout(timer);
      done({ fault: 'too-much' });
    });
  }).finally(() => void thread.terminate());
}

function within(event: BusyEvent, span: InstantPeriod, zone: string): InstantPeriod {
  return { startsAt: Math.max(instantIn(event.startsAt, zone), span.startsAt), endsAt: Math.min(instantIn(event.endsAt, zone), span.endsAt) };
}

/** A time without a zone is wall time where the collaboration is; one that the clocks skip is the moment they jump. */
function instantIn(time: CalendarTime, zone: string): Instant {
  if ('instant' in time) return time.instant;
  const named = time.tzid === null ? zone : (outlookZones[time.tzid] ?? time.tzid);
  return instantAtOrAfter(dayNumber(time.date), time.minute, isZone(named) ? named : zone);
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function merged(periods: InstantPeriod[]): InstantPeriod[] {
  const result: { startsAt: Instant; endsAt: Instant }[] = [];
  for (const one of periods.sort((a, b) => a.startsAt - b.startsAt)) {
    const last = result.at(-1);
    if (last && one.startsAt <= last.endsAt) last.endsAt = Math.max(last.endsAt, one.endsAt);
    else result.push({ ...one });
  }
  return result;
}
