import type { AvailabilityCode } from '@fairshare/domain/availability';
import type { Facts } from '@fairshare/domain/kernel/domain-error';
import { declareProblems } from '../platform/problem.js';

type AvailabilityProblem =
  | AvailabilityCode
  | 'availability.ends-before-it-starts'
  | 'availability.range-too-long'
  | 'availability.pattern-overlaps-itself'
  | 'availability.hours-changed-meanwhile'
  | 'availability.room-exists'
  | 'availability.room-in-use'
  | 'availability.already-withdrawn'
  | 'availability.not-a-calendar'
  | 'availability.calendar-too-full'
  | 'availability.too-many-calendars'
  | 'availability.file-is-not-read-again';

const at = (facts: Facts, words: string) => (typeof facts['earliest'] === 'string' ? `${words} The earliest time that would do is ${wallText(facts['earliest'])}.` : words);
const school = (facts: Facts, words: string) => `School ${String(facts['schoolUrn'] ?? '')} ${words}`.replace('  ', ' ');

/** As people read it; where the collaboration's zone matters the facts hold the instant. */
function wallText(iso: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/London' }).format(new Date(iso));
}

declareProblems<AvailabilityProblem>({
  'availability.outside-pattern': [409, (f) => at(f, 'The specialist does not work then.')],
  'availability.absent': [409, (f) => at(f, 'The specialist is away then.')],
  'availability.school-holiday': [409, (f) => school(f, 'is on holiday then.')],
  'availability.school-inset': [409, (f) => school(f, 'has an INSET day then: there are no pupils.')],
  'availability.bank-holiday': [409, 'That day is a bank holiday.'],
  'availability.slot-taken': [409, 'The specialist is busy then.'],
  'availability.room-taken': [409, 'The room is in use then.'],
  'availability.travel': [409, (f) => at(f, 'The specialist cannot travel between the two sites in that time.')],
  'availability.no-agreement': [409, 'The agreement is not in force then.'],
  'availability.not-subscribed': [409, (f) => school(f, 'does not subscribe to this agreement then.')],
  'availability.no-entitlement': [409, (f) => school(f, 'has no entitlement left for this.')],
  'availability.notice-too-short': [409, (f) => at(f, 'That is at shorter notice than was agreed, or in the past.')],
  'availability.too-far-ahead': [409, 'That is farther ahead than the agreement lets anybody book.'],
  'availability.credential-expired': [409, 'A credential that the specialist needs is not valid on that day.'],
  'availability.calendar-not-known': [409, (f) => school(f, 'has no term dates for that day yet.')],
  'availability.no-such-time': [422, (f) => at(f, 'There is no such time: check the date, or whether the clocks change then.')],
  'availability.ends-before-it-starts': [422, 'The end has to be after the start.'],
  'availability.range-too-long': [422, 'Please ask for at most 400 days at once.'],
  'availability.pattern-overlaps-itself': [422, 'Two stretches of the same day overlap.'],
  'availability.hours-changed-meanwhile': [409, 'Somebody else changed these hours meanwhile: look at them again.'],
  'availability.room-exists': [409, 'This school already has a room of that name.'],
  'availability.room-in-use': [409, 'Sessions were booked in this room, so that it stays: give it another name instead.'],
  'availability.not-a-calendar': [422, 'This is not an iCalendar file (.ics) that can be read; nothing was changed.'],
  'availability.calendar-too-full': [422, 'This calendar has more dates than can be read, or a repetition that never ends; nothing was changed.'],
  'availability.too-many-calendars': [409, (f) => `A specialist can have ${String(f['most'])} outside calendars: take one away first.`],
  'availability.file-is-not-read-again': [409, 'A file stays as it was: send a newer one, and take this one away.'],
  'availability.already-withdrawn': [409, 'This absence was taken back already.'],
});
