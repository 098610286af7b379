import { addDays } from '@fairshare/domain/kernel/period';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { readTermDates, readTermEvents, type ReadTermDates, type TermEvent } from '@fairshare/domain/schools';
import ICAL from 'ical.js';

const mostEvents = 2000;

/** Term dates as text, as CSV, or as an iCalendar file. @throws `schools.not-a-calendar` for one that begins as a calendar and is none. */
export function readTermDatesFile(text: string): ReadTermDates {
  return /^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text) ? readTermEvents(eventsOf(text)) : readTermDates(text);
}

function eventsOf(text: string): TermEvent[] {
  let found: ICAL.Component[];
  try {
    found = new ICAL.Component(ICAL.parse(text.replace(/^\uFEFF?\s*/, '')) as unknown as ICAL.Component['jCal']).getAllSubcomponents('vevent');
  } catch {
    throw new DomainError('schools.not-a-calendar');
  }
  return found.slice(0, mostEvents).flatMap((component, i) => {
    const event = eventOf(component, i + 1);
    return event ? [event] : [];
  });
}

/** The days as they are written; the end of whole days is the day after. */
function eventOf(component: ICAL.Component, row: number): TermEvent | null {
  const start = component.getFirstPropertyValue('dtstart');
  const end = component.getFirstPropertyValue('dtend');
  if (!(start instanceof ICAL.Time)) return null;
  const summary = String(component.getFirstPropertyValue('summary') ?? '');
  const from = dayOf(start);
  if (!(end instanceof ICAL.Time)) return { row, summary, from, to: from };
  const to = end.isDate || (end.hour === 0 && end.minute === 0) ? addDays(dayOf(end), -1) : dayOf(end);
  return { row, summary, from, to: to < from && dayOf(end) >= from ? from : to };
}

const two = (n: number) => String(n).padStart(2, '0');
const dayOf = (time: ICAL.Time) => `${String(time.year).padStart(4, '0')}-${two(time.month)}-${two(time.day)}`;
