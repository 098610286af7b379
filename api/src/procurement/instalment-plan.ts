import { divideByWeight } from '@fairshare/domain/kernel/money';
import { addDays, type DateOnly } from '@fairshare/domain/kernel/period';
import type { InstalmentPlan } from '@fairshare/domain/procurement';
import { addMonths, instalmentSchedule, type Instalment } from '@fairshare/domain/sharing';

interface Retainer {
  readonly retainerPence: number | null;
  readonly instalmentPlan: InstalmentPlan | null;
  readonly startsOn: DateOnly;
  readonly endsOn: DateOnly;
}

/** The instalments of a retainer. Monthly and termly plans pay each year of a longer term alike. */
export function instalmentsOf({ retainerPence, instalmentPlan, startsOn, endsOn }: Retainer): Instalment[] {
  if (retainerPence === null || instalmentPlan === null) return [];
  const years = instalmentPlan === 'monthly-12' || instalmentPlan === 'termly-3' ? yearsOf(startsOn, endsOn) : [{ from: startsOn, to: endsOn }];
  const pence = divideByWeight(retainerPence, years.map(() => 1));
  return years.flatMap((year, index) => instalmentSchedule({ totalPence: pence[index] as number, kind: instalmentPlan, startsOn: year.from, endsOn: year.to }));
}

function yearsOf(startsOn: DateOnly, endsOn: DateOnly): { from: DateOnly; to: DateOnly }[] {
  const years = [];
  for (let year = 0, from = startsOn; from <= endsOn; year += 1, from = addMonths(startsOn, 12 * year)) {
    const last = addDays(addMonths(startsOn, 12 * (year + 1)), -1);
    years.push({ from, to: last < endsOn ? last : endsOn });
  }
  return years;
}
