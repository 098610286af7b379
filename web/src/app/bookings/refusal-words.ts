import type { RefusedRun } from '@fairshare/contract/availability.js';
import { formatDay } from '../ui/london';

const sentences: Readonly<Record<string, string>> = {
  'absent': 'The specialist is away.',
  'school-holiday': 'The school is on holiday.',
  'school-inset': 'The school has an INSET day.',
  'bank-holiday': 'There is a bank holiday.',
  'slot-taken': 'Other bookings take the time.',
  'room-taken': 'The room is taken.',
  'travel': 'The journey from another school would not fit.',
  'no-agreement': 'The agreement does not cover these dates.',
  'not-subscribed': 'Your school does not subscribe to this agreement.',
  'no-entitlement': 'What was bought in advance is used up.',
  'notice-too-short': 'It is too soon: the agreement asks for more notice.',
  'too-far-ahead': 'It is too far ahead to be booked yet.',
  'credential-expired': 'A credential of the specialist will have expired by then.',
  'calendar-not-known': 'The school year is not known for these dates yet.',
};

/** Why a stretch of time is not free, as a sentence. */
export function reasonOf(run: RefusedRun): string {
  const code = run.code.replace('availability.', '');
  const expired = run.facts['expiredOn'] ?? run.facts['expiresOn'];
  if (code === 'credential-expired' && typeof expired === 'string') return `A credential of the specialist expires on ${formatDay(expired)}.`;
  return sentences[code] ?? code.replaceAll('-', ' ');
}
