import { addDays, isoWeekday, type DateOnly } from '@fairshare/domain/kernel/period';
import { demoPeople } from './leamington.js';
import type { Agreements, DemoAgreement } from './make-agreements.js';
import { morningOf, type Story } from './story.js';

const weeksBack = 13;
const weeksAhead = 5;
/** The school of the demonstration's business manager and head. */
const ownUrn = demoPeople.find(({ role }) => role === 'business-manager')?.schoolUrn ?? '';

interface Slot {
  readonly specialistId: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

interface Made {
  readonly id: string;
  readonly urn: string;
  readonly endsAt: string;
}

interface Plan {
  readonly agreement: DemoAgreement;
  readonly minutes: number;
  /** Sessions a week in the past, and in the coming weeks, which still have room. */
  readonly past: number;
  readonly coming: number;
}

/** Sessions of the past weeks, delivered, and some of the coming ones. */
export async function makeBookings(story: Story, agreements: Agreements): Promise<{ delivered: number; coming: number }> {
  const plans: Plan[] = [
    { agreement: agreements.psychology, minutes: 180, past: 2, coming: 1 },
    { agreement: agreements.assessment, minutes: 60, past: 3, coming: 2 },
    { agreement: agreements.counselling, minutes: 50, past: 5, coming: 3 },
    { agreement: agreements.management, minutes: 180, past: 3, coming: 2 },
  ];
  const monday = addDays(story.today, 1 - isoWeekday(story.today));
  const made: Made[] = [];
  for (let week = -weeksBack; week <= weeksAhead; week++) {
    for (const plan of plans) made.push(...(await bookWeek(story, plan, addDays(monday, 7 * week), week)));
  }
  const past = made.filter((booking) => booking.endsAt.slice(0, 10) < story.today);
  for (const { id, endsAt } of past) await story.coordinator.on(new Date(Date.parse(endsAt) + 3_600_000)).post(`${story.at}/bookings/${id}/deliver`);
  await cancelLate(story, made.filter(({ urn, endsAt }) => urn !== ownUrn && endsAt.slice(0, 10) > addDays(story.today, 2)));
  story.coordinator.on(undefined);
  return { delivered: past.length, coming: made.length - past.length };
}

/** Books as the coordinator did, ten days before the week began, or this morning for what is still to come. */
async function bookWeek(story: Story, plan: Plan, monday: DateOnly, week: number): Promise<Made[]> {
  const asked = addDays(monday, -10);
  const door = story.coordinator.on(asked < story.today ? morningOf(asked) : undefined);
  const days = daysOf(week, monday, story.today);
  const count = week < 0 ? plan.past : days.length * plan.coming;
  const booked: Made[] = [];
  const { agreement, minutes } = plan;
  for (let i = 0; i < count; i++) {
    const turn = (week + weeksBack) * count + i;
    const urn = urnInTurn(agreement, turn, (week === 0 || week === 1) && i === 0);
    const query = new URLSearchParams({ agreementId: agreement.id, schoolUrn: urn, ...days[i % days.length], minutes: String(minutes) });
    const { body } = await door.get(`${story.at}/slots?${query}`);
    const slots = body['slots'] as Slot[];
    const slot = slots[(turn * 37) % Math.max(1, slots.length)];
    if (!slot) continue;
    const { status, body: booking } = await door.try('POST', `${story.at}/bookings`, { agreementId: agreement.id, schoolUrns: [urn], ...slot, place: { schoolUrn: urn } });
    if (status === 201) booked.push({ id: booking['id'] as string, urn, endsAt: slot.endsAt });
  }
  return booked;
}

/** The days of a week; of this one those to come and, since they had sessions as well, those that are over. */
function daysOf(week: number, monday: DateOnly, today: DateOnly): readonly { readonly from: DateOnly; readonly to: DateOnly }[] {
  const friday = addDays(monday, 4);
  if (week !== 0 || today <= monday || today > friday) return [{ from: monday, to: friday }];
  return [{ from: today, to: friday }, { from: monday, to: addDays(today, -1) }];
}

/** Schools take turns; this week and the next the business manager's own school is first, so that Home has something to show. */
function urnInTurn({ urns }: DemoAgreement, turn: number, ownFirst: boolean): string {
  return ownFirst && urns.includes(ownUrn) ? ownUrn : (urns[(turn * 5) % urns.length] as string);
}

/** One school gave up a session at the last moment, so that its band shows on the calendar. */
async function cancelLate(story: Story, coming: readonly { id: string }[]): Promise<void> {
  const [first] = coming;
  if (first) await story.coordinator.on(undefined).try('POST', `${story.at}/bookings/${first.id}/cancel`, { reason: 'Inspection announced for that morning' });
}
