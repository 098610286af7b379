import { addDays, type DateOnly, type DatePeriod } from '../kernel/period.js';
import type { AdministrationFeeTerms, ChargePlan } from './charge-plan.js';
import { dayInWords, percentOf, pounds, runsOf, sumPence, weightsOf, weightsOr, type ChargedLine, type DueCharge, type DuePlan, type Weight } from './due-charge.js';
import { keyOfTime, periodEnd, timesMade } from './period-end.js';
import { partOfPricePence } from './session-price.js';

const monthsOf = { month: 1, quarter: 3, year: 12 } as const;

type FeePlan = ChargePlan<AdministrationFeeTerms>;

/** No fee is taken of the fee itself, of money asked for in advance, or of what was owed before. */
const withoutFee = new Set(['administration-fee', 'on-account', 'true-up', 'opening-balance']);

/**
 * The lead school's fee for each month, quarter or year of a plan, due the day after. A part of what was charged is
 * taken of everything since the plan began, less the fees before: what is charged late or corrected comes in with the
 * next fee, after the last one by itself, and the fees of a year are the part of the year to the penny. It falls on the
 * schools by what each was charged; a fixed sum falls on the members by the rule.
 */
export function administrationFees(plan: FeePlan, about: DuePlan): DueCharge[] {
  const { inScope, ofPlan, madeKeys, open, today, through } = about;
  const charged = inScope.filter(({ kind, belongsOn }) => !withoutFee.has(kind) && belongsOn >= plan.startsOn);
  let takenPence = sumPence(ofPlan.filter(({ byHand }) => !byHand));
  const due: DueCharge[] = [];
  const isPart = plan.terms.basisPoints !== null;
  for (const run of runsToCharge(plan, madeKeys)) {
    const times = timesMade(madeKeys, keyOf(plan, run));
    const dueOn = addDays(run.to, 1);
    if (dueOn > through) break;
    if (times > 0 && (!isPart || about.isUnshared)) continue;
    const soFar = charged.filter(({ belongsOn }) => belongsOn <= run.to);
    const { pence, workings } = feeOf(plan.terms, sumPence(soFar), takenPence, plan.startsOn);
    const among = isPart ? { measure: 'what each was charged', weights: weightsWithin(run, soFar, ofPlan) } : null;
    // Where more was given back than charged so far, the next run takes it in.
    if (pence === 0 || among?.weights.length === 0) continue;
    takenPence += pence;
    // Only the last one waits: what the others do not know yet, the next one takes in.
    const waitsFor = isPart && times === 0 && run.to === lastDayOf(plan) ? open : [];
    const { waits, sentences } = periodEnd({ from: plan.startsOn, to: run.to }, waitsFor, today);
    due.push({
      key: keyOfTime(keyOf(plan, run), times), kind: 'administration-fee', planId: plan.id, agreementId: plan.agreementId, pence, dueOn, workings: [...workings, ...sentences],
      description: `${plan.name}, ${dayInWords(run.from)} to ${dayInWords(run.to)}`,
      serviceFrom: run.from, serviceTo: run.to, belongsOn: run.to, ...(waits && { waits }),
      among,
    });
  }
  return due;
}

const keyOf = (plan: FeePlan, run: DatePeriod) => `fee:${plan.id}:${run.from}`;

function runsIn({ startsOn, endsOn, stoppedOn, terms }: FeePlan): DatePeriod[] {
  return runsOf({ from: startsOn, to: endsOn }, monthsOf[terms.every]).filter(({ to }) => stoppedOn === null || to < stoppedOn);
}

const lastDayOf = (plan: FeePlan) => runsIn(plan).at(-1)?.to;

/**
 * A run without a fee is left out of account once a later one had its fee: that one has taken in what came late. The last
 * one stays, so that what comes later still has its fee too.
 */
function runsToCharge(plan: FeePlan, madeKeys: ReadonlySet<string>): DatePeriod[] {
  const runs = runsIn(plan);
  if (plan.terms.basisPoints === null) return runs;
  const next = runs.findLastIndex((run) => madeKeys.has(keyOf(plan, run))) + 1;
  return runs.slice(Math.min(next, Math.max(0, runs.length - 1)));
}

/** By what each was charged within the run; where that is nothing, since the plan began. */
function weightsWithin(run: DatePeriod, soFar: readonly ChargedLine[], ofPlan: readonly ChargedLine[]): Weight[] {
  const ofRun = weightsOf(soFar.filter(({ belongsOn }) => belongsOn >= run.from));
  return ofRun.length > 0 ? ofRun : weightsOr(soFar, ofPlan);
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
