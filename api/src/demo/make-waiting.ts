import { addDays, isoWeekday, type DateOnly } from '@fairshare/domain/kernel/period';
import { demoPeople } from './leamington.js';
import type { Agreements } from './make-agreements.js';
import type { Story } from './story.js';

const ownUrn = demoPeople.find(({ role }) => role === 'business-manager')?.schoolUrn ?? '';

/** The business manager's school waits for time, and the psychologist has appointments of her own. */
export async function makeWaiting(story: Story, { psychology }: Agreements): Promise<void> {
  const monday = addDays(story.today, 8 - isoWeekday(story.today));
  await story.coordinator.post(`${story.at}/waitlist`, {
    agreementId: psychology.id, schoolUrns: [psychology.urns.includes(ownUrn) ? ownUrn : psychology.urns[0]], minutes: 180, from: monday, to: addDays(monday, 18),
  });
  await story.coordinator.upload(`${story.at}/specialists/${psychology.specialistId}/outside-calendars/file`, 'Private practice.ics', calendarFrom(monday));
}

/** Every Thursday afternoon for a year, and one whole day. */
function calendarFrom(monday: DateOnly): string {
  const compact = (date: DateOnly) => date.replaceAll('-', '');
  const thursday = compact(addDays(monday, 3));
  return [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//Calendar//EN',
    'BEGIN:VEVENT', 'UID:practice@example', `DTSTART;TZID=Europe/London:${thursday}T153000`, `DTEND;TZID=Europe/London:${thursday}T170000`, 'RRULE:FREQ=WEEKLY;COUNT=52', 'SUMMARY:Practice', 'END:VEVENT',
    'BEGIN:VEVENT', 'UID:conference@example', `DTSTART;VALUE=DATE:${compact(addDays(monday, 14))}`, `DTEND;VALUE=DATE:${compact(addDays(monday, 15))}`, 'SUMMARY:Conference', 'END:VEVENT',
    'END:VCALENDAR', '',
  ].join('\r\n');
}
