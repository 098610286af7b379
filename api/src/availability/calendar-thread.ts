// Runs in a thread of its own: a rule of recurrence can keep its reader busy for ever, and only a thread can be stopped.
import { parentPort, workerData } from 'node:worker_threads';
import ICAL from 'ical.js';

/** Wall time as the calendar writes it, or an instant where the calendar itself says what its zone is. */
export type CalendarTime = { readonly instant: number } | { readonly date: string; readonly minute: number; readonly tzid: string | null };

export interface BusyEvent {
  readonly startsAt: CalendarTime;
  readonly endsAt: CalendarTime;
}

export interface CalendarWork {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly most: number;
}

export type CalendarFound = { readonly busy: readonly BusyEvent[] } | { readonly fault: 'not-a-calendar' | 'too-much' };

const msPerDay = 86_400_000;
class TooMuch extends Error {}

const knownZones = new Map<string, boolean>();

/** Zones that everybody knows are not taken from the calendar: what it says of them may be old or wrong. */
function isKnown(tzid: string): boolean {
  let known = knownZones.get(tzid);
  if (known === undefined) {
    try {
      new Intl.DateTimeFormat('en-GB', { timeZone: tzid });
      known = true;
    } catch {
      known = false;
    }
    knownZones.set(tzid, known);
  }
  return known;
}

const two = (n: number) => String(n).padStart(2, '0');

function timeOf(time: ICAL.Time, tzid: string | null): CalendarTime {
  if (time.zone?.tzid === 'UTC') return { instant: time.toUnixTime() * 1000 };
  if (tzid && !isKnown(tzid) && time.zone && time.zone !== ICAL.Timezone.localTimezone) return { instant: time.toUnixTime() * 1000 };
  return { date: `${String(time.year).padStart(4, '0')}-${two(time.month)}-${two(time.day)}`, minute: time.isDate ? 0 : time.hour * 60 + time.minute, tzid: time.isDate ? null : tzid };
}

/** Good enough to leave out what is years away; the exact instant is worked out by who knows the zone. */
const roughly = (time: ICAL.Time) => Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute);

function isBusy(event: ICAL.Component): boolean {
  const text = (name: string) => String(event.getFirstPropertyValue(name) ?? '').toUpperCase();
  const own = String(event.getFirstPropertyValue('uid') ?? '').endsWith('@fairshare');
  return !own && text('transp') !== 'TRANSPARENT' && text('status') !== 'CANCELLED' && text('x-microsoft-cdo-busystatus') !== 'FREE';
}

function tzidOf(event: ICAL.Component): string | null {
  const tzid = event.getFirstProperty('dtstart')?.getParameter('tzid');
  return typeof tzid === 'string' ? tzid : null;
}

function collect(work: CalendarWork): BusyEvent[] {
  const busy: BusyEvent[] = [];
  const touches = (start: ICAL.Time, end: ICAL.Time) => roughly(end) > work.from - msPerDay && roughly(start) < work.to + msPerDay;
  const add = (component: ICAL.Component, start: ICAL.Time, end: ICAL.Time) => {
    if (!touches(start, end) || !isBusy(component) || roughly(end) <= roughly(start)) return;
    const tzid = tzidOf(component);
    busy.push({ startsAt: timeOf(start, tzid), endsAt: timeOf(end, tzid) });
    if (busy.length > work.most) throw new TooMuch();
  };
  for (const calendar of calendarsOf(work.text)) {
    for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
    for (const component of calendar.getAllSubcomponents('vevent')) addEvent(component, work, add);
    for (const component of calendar.getAllSubcomponents('vfreebusy')) addFreeBusy(component, busy, work);
  }
  return busy;
}

function addEvent(component: ICAL.Component, work: CalendarWork, add: (component: ICAL.Component, start: ICAL.Time, end: ICAL.Time) => void): void {
  if (!component.hasProperty('dtstart')) return;
  const event = new ICAL.Event(component);
  if (event.isRecurrenceException()) {
    // A changed date is told by its series; one whose series is not here stands for itself.
    const uid = component.getFirstPropertyValue('uid');
    const hasSeries = component.parent?.getAllSubcomponents('vevent').some((other) => other.getFirstPropertyValue('uid') === uid && !other.hasProperty('recurrence-id'));
    if (!hasSeries) add(component, event.startDate, event.endDate);
    return;
  }
  if (!event.isRecurring()) {
    add(component, event.startDate, event.endDate);
    return;
  }
  const dates = event.iterator();
  for (let next: ICAL.Time | null = dates.next(); next; next = dates.next()) {
    if (roughly(next) > work.to + msPerDay) return;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    add(item.component, startDate, endDate);
  }
}

function addFreeBusy(component: ICAL.Component, busy: BusyEvent[], work: CalendarWork): void {
  for (const property of component.getAllProperties('freebusy')) {
    if (String(property.getParameter('fbtype') ?? 'BUSY').toUpperCase() === 'FREE') continue;
    for (const period of property.getValues() as ICAL.Period[]) {
      busy.push({ startsAt: { instant: period.start.toUnixTime() * 1000 }, endsAt: { instant: period.getEnd().toUnixTime() * 1000 } });
      if (busy.length > work.most) throw new TooMuch();
    }
  }
}

function calendarsOf(text: string): ICAL.Component[] {
  const parsed = ICAL.parse(text) as unknown[];
  const roots = (typeof parsed[0] === 'string' ? [parsed] : parsed) as ConstructorParameters<typeof ICAL.Component>[0][];
  const calendars = roots.map((root) => new ICAL.Component(root)).filter((one) => one.name === 'vcalendar');
  if (calendars.length === 0) throw new Error('no calendar');
  return calendars;
}

function work(wanted: CalendarWork): CalendarFound {
  try {
    return { busy: collect(wanted) };
  } catch (error) {
    return { fault: error instanceof TooMuch ? 'too-much' : 'not-a-calendar' };
  }
}

parentPort?.postMessage(work(workerData as CalendarWork));
