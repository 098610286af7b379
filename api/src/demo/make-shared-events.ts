import { addDays, isoWeekday, type DateOnly } from '@fairshare/domain/kernel/period';
import { leadUrn } from './leamington.js';
import type { Agreements } from './make-agreements.js';
import type { Story } from './story.js';

/** What the schools do together beside sessions, and one day on which the counsellor cannot come: so that nothing to re-plan is an empty page. */
export async function makeSharedEvents(story: Story, agreements: Agreements): Promise<void> {
  const monday = addDays(story.today, 8 - isoWeekday(story.today));
  const coordinator = story.coordinator.on(undefined);
  const urns = agreements.counselling.urns.slice(0, 4);
  const day = (weeks: number, weekday: number): DateOnly => addDays(monday, 7 * weeks + weekday - 1);
  const at = (date: DateOnly, from: string, to: string) => ({ startsAt: `${date}T${from}`, endsAt: `${date}T${to}` });
  const add = (body: object) => coordinator.post(`${story.at}/events`, body);
  const untilSummer = { end: { sessions: 5 } };
  await add({ kind: 'meeting', title: 'Heads of the cluster', place: 'Town Hall', time: at(day(0, 2), '16:00', '17:30'), repeat: { recurrence: { kind: 'week-of-half-term', week: 3, weekday: 2 }, ...untilSummer } });
  await add({ kind: 'training', title: 'Paediatric first aid', place: 'Brookhurst', time: at(day(0, 4), '13:00', '16:00') });
  await add({ kind: 'sports', title: 'Cross-country', place: 'Newbold Comyn', time: at(day(1, 3), '10:00', '14:30'), schoolUrns: urns });
  await add({ kind: 'inset', title: 'Joint training day', time: { from: day(1, 5), to: day(1, 5) } });
  await story.businessManager.post(`${story.at}/events`, { kind: 'teacher-exchange', title: 'Year 4 mathematics', time: { from: day(0, 1), to: day(0, 2) }, schoolUrns: urns.slice(0, 2) });
  await fallIll(story, agreements);
}

/** A coming day on which the counsellor has a session, at the lead school when there is one, is the day on which they cannot come. */
async function fallIll(story: Story, agreements: Agreements): Promise<void> {
  const coordinator = story.coordinator.on(undefined);
  const query = `from=${addDays(story.today, 6)}&to=${addDays(story.today, 35)}&state=confirmed&agreementId=${agreements.counselling.id}&size=20`;
  const coming = (await coordinator.get(`${story.at}/bookings?${query}`)).body.items ?? [];
  const ofLead = (one: Record<string, unknown>) => (one['schools'] as { urn: string }[]).some((school) => school.urn === leadUrn);
  const booking = coming.find(ofLead) ?? coming[0];
  if (!booking) return;
  const date = String(booking['startsAt']).slice(0, 10);
  await coordinator.post(`${story.at}/specialists/${String(booking['specialistId'])}/absences`, { startsAt: `${date}T00:00`, endsAt: `${addDays(date, 1)}T00:00`, reason: 'leave' });
  await coordinator.put(`${story.at}/bookings/${String(booking['id'])}/deadline`, { dueOn: addDays(date, 14), why: 'Agreed with the local authority' });
}
