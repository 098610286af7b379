import { addDays, monthOf } from '@fairshare/domain/kernel/period';
import { demoSchools, leadUrn } from './leamington.js';
import { schoolYearOf } from './school-year.js';
import type { Story } from './story.js';

/** What is charged beyond sessions and instalments, an expense that is still an estimate, and hours that schools gave one another. */
export async function makePlans(story: Story): Promise<void> {
  const office = story.financeOfficer.on(undefined);
  const { startsOn, endsOn } = yearOf(story.today);
  const { body } = await office.get(`${story.at}/agreements?size=200`);
  const idOf = (name: string) => body.items?.find((one) => one['name'] === name)?.['id'] as string;
  const plan = (name: string, agreementId: string | null, terms: object, from = startsOn) =>
    office.post(`${story.at}/charge-plans`, { name, agreementId, startsOn: from, endsOn, terms });
  await plan('Lead school’s administration fee', null, { kind: 'administration-fee', every: 'month', basisPoints: 150 }, monthOf(addDays(story.today, -45)).from);
  await plan('Psychology volume discount', idOf('Educational psychology'), { kind: 'discount', tiers: [{ fromMilliunits: 40_000, basisPoints: 300 }, { fromMilliunits: 80_000, basisPoints: 600 }] });
  await plan('Attendance officer', idOf('Shared business manager'), {
    kind: 'shared-post', fullTimeSalaryPence: 3_102_400, hoursPerWeek: '22.5', fullTimeHours: '37', weeksPaid: '44.5', insuranceFromPence: 500_000, pensionBasisPoints: 2150, instalments: 'sept-march-april-august',
  });
  await office.post(`${story.at}/charges`, {
    kind: 'expense', agreementId: idOf('SEN assessment by Trinity'), description: 'Mileage of the assessor this half-term', pence: 8370, estimated: true,
    mileage: { miles: '186', pencePerMile: '45' }, serviceFrom: addDays(story.today, -28), serviceTo: addDays(story.today, -1),
  });
  const [second, third] = demoSchools.filter(({ urn }) => urn !== leadUrn).map(({ urn }) => urn) as [string, string];
  for (const [giverUrn, takerUrn, minutes, days, what] of [[leadUrn, second, 180, 41, 'Moderation of writing'], [second, third, 120, 27, 'Phonics observation'], [third, leadUrn, 90, 12, 'Computing lead, half a morning']] as const) {
    await office.post(`${story.at}/hours-given`, { giverUrn, takerUrn, minutes, givenOn: addDays(story.today, -days), what });
  }
}

function yearOf(today: string): { startsOn: string; endsOn: string } {
  const year = schoolYearOf(today);
  return { startsOn: `${year}-09-01`, endsOn: `${year + 1}-08-31` };
}
