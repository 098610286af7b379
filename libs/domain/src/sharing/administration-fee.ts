import { addDays, type DateOnly, type DatePeriod } from '../kernel/period.js';
import type { AdministrationFeeTerms, ChargePlan } from './charge-plan.js';
import { dayInWords, percentOf, pounds, runsOf, sumPence, weightsOf, type DueCharge, type DuePlan } from './due-charge.js';
import { keyOfTime, periodEnd, timesMade } from './period-end.js';
import { partOfPricePence } from './session-price.js';

const monthsOf = { month: 1, quarter: 3, year: 12 } as const;

/** No fee is taken of the fee itself, of money asked for in advance, or of what was owed before. */
const withoutFee = new Set(['administration-fee', 'on-account', 'true-up', 'opening-balance']);

/**
 * The lead school's fee for each month, quarter or year of a plan, due the day after. A part of what was charged is
 * taken of everything since the plan began, less the fees before: what is charged late or corrected comes in with the
 * next fee, after the last one by itself, and the fees of a year are the part of the year to the penny. It falls on the
 * schools by what each was charged; a fixed sum falls on the members by the rule.
 */
export function administrationFees(plan: ChargePlan<AdministrationFeeTerms>, about: DuePlan): DueCharge[] {
  const { inScope, ofPlan, madeKeys, open, today, through } = about;
  const charged = inScope.filter(({ kind, belongsOn }) => !withoutFee.has(kind) && belongsOn >= plan.startsOn);
  let takenPence = sumPence(ofPlan.filter(({ byHand }) => !byHand));
  const due: DueCharge[] = [];
  const isPart = plan.terms.basisPoints !== null;
  const runs = runsOf({ from: plan.startsOn, to: plan.endsOn }, monthsOf[plan.terms.every]).filter(({ to }) => plan.stoppedOn === null || to < plan.stoppedOn);
  const keyOf = (run: DatePeriod) => `fee:${plan.id}:${run.from}`;
  // A run without a fee is left out of account once a later one had its fee: that one has taken in what came late.
  const next = isPart ? runs.findLastIndex((run) => madeKeys.has(keyOf(run))) + 1 : 0;
  for (const run of runs.slice(Math.min(next, isPart ? runs.length - 1 : next))) {
    const times = timesMade(madeKeys, keyOf(run));
    const dueOn = addDays(run.to, 1);
    if (dueOn > through) break;
    if (times > 0 && (!isPart || about.isUnshared)) continue;
    const soFar = charged.filter(({ belongsOn }) => belongsOn <= run.to);
    const { pence, workings } = feeOf(plan.terms, sumPence(soFar), takenPence, plan.startsOn);
    if (pence === 0) continue;
    takenPence += pence;
    const ofRun = weightsOf(soFar.filter(({ belongsOn }) => belongsOn >= run.from));
    const weights = ofRun.length > 0 ? ofRun : weightsOf(soFar);
    // Only the last one waits: what the others do not know yet, the next one takes in.
    const { waits, sentences } = periodEnd({ from: plan.startsOn, to: run.to }, isPart && run === runs.at(-1) && times === 0 ? open : [], today);
    due.push({
      key: keyOfTime(keyOf(run), times), kind: 'administration-fee', planId: plan.id, agreementId: plan.agreementId, pence, dueOn, workings: [...workings, ...sentences],
      description: `${plan.name}, ${dayInWords(run.from)} to ${dayInWords(run.to)}`,
      serviceFrom: run.from, serviceTo: run.to, belongsOn: run.to, ...(waits && { waits }),
      among: isPart ? { measure: 'what each was charged', weights } : null,
    });
  }
  return due;
}

function feeOf(terms: AdministrationFeeTerms, chargedPence: number, takenPence: number, since: DateOnly): { pence: number; workings: string[] } {
  if (terms.basisPoints === null) return { pence: terms.pence ?? 0, workings: [`A sum of ${pounds(terms.pence ?? 0)} for each ${terms.every}.`] };
  const wholePence = partOfPricePence(chargedPence, terms.basisPoints);
  const pence = wholePence - takenPence;
  return {
    pence,
    workings: [
      `${pounds(chargedPence)} was charged since ${dayInWords(since)}; ${percentOf(terms.basisPoints)} of it is ${pounds(wholePence)}.`,
      ...(takenPence === 0 ? [] : [`${pounds(takenPence)} of the fee was charged before, which leaves ${pounds(pence)}.`]),
    ],
  };
}
