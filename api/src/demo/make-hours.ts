import { addDays, isoWeekday } from '@fairshare/domain/kernel/period';
import type { Agreements } from './make-agreements.js';
import { schoolYearOf } from './school-year.js';
import type { Story } from './story.js';

/** Hours that change in spring, a Saturday besides, a day of leave, and somebody new whose hours nobody has entered yet. */
export async function makeHours(story: Story, agreements: Agreements): Promise<void> {
  const coordinator = story.coordinator.on(undefined);
  const of = (specialistId: string) => `${story.at}/specialists/${specialistId}`;
  const spring = `${schoolYearOf(story.today) + 1}-04-01`;
  const { assessment, counselling, psychology } = agreements;
  await coordinator.post(`${of(assessment.specialistId)}/working-patterns`, {
    validFrom: spring > story.today ? spring : addDays(story.today, 28), everyWeeks: 2, anchorOn: spring, termTimeOnly: true, hours: [{ weekday: 4, from: '09:00', to: '12:00' }],
  });
  const saturday = addDays(story.today, 13 - isoWeekday(story.today));
  await coordinator.post(`${of(psychology.specialistId)}/extra-time`, { startsAt: `${saturday}T09:00`, endsAt: `${saturday}T12:00` });
  const day = addDays(story.today, 42);
  await coordinator.post(`${of(counselling.specialistId)}/absences`, { startsAt: `${day}T00:00`, endsAt: `${addDays(day, 2)}T00:00`, reason: 'training' });
  const { body: supplier } = await coordinator.post(`${story.at}/suppliers`, { name: 'Leah Grant Speech and Language', kind: 'self-employed', email: 'leah@speech.example' });
  await coordinator.post(`${story.at}/specialists`, { name: 'Leah Grant', email: 'leah@speech.example', supplierId: supplier['id'], from: story.today });
}
