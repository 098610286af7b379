import { addDays, dayNumber, overlapOf, type DateOnly, type DatePeriod } from '../kernel/period.js';
import { compareKeys } from '../kernel/money.js';
import { dayInWords, pounds, type DueCharge } from './due-charge.js';

/** Days on which a school takes part; an absent bound reaches without end. */
export interface PartDays {
  readonly urn: string;
  readonly from?: DateOnly | null;
  readonly to?: DateOnly | null;
}

/** A charge that was spread over days by its agreement's rule, with who took part when it was last divided and who does now. */
export interface DividedCharge {
  readonly chargeId: string;
  readonly agreementId: string;
  readonly planId: string | null;
  readonly description: string;
  /** What it is after its corrections. */
  readonly netPence: number;
  readonly serviceFrom: DateOnly;
  readonly serviceTo: DateOnly;
  readonly belongsOn: DateOnly;
  /** How often it was divided so far. */
  readonly divisions: number;
  readonly then: readonly PartDays[];
  readonly now: readonly PartDays[];
  /** Of what was divided by use: the minutes by which it was divided, and those that are known now. */
  readonly use?: { readonly then: readonly UsedMinutes[]; readonly now: readonly UsedMinutes[] };
}

export interface UsedMinutes {
  readonly urn: string;
  readonly minutes: number;
}

/**
 * Charges whose schools changed within their days after they were divided (somebody joined, left, or was entered wrongly),
 * or whose use did (a session was confirmed late, or an objection upheld). Each is due to be given back and divided anew, all at once, from the first day that is different; what all schools pay
 * together stays what it was.
 */
export function redivisions(charges: readonly DividedCharge[]): DueCharge[] {
  return charges.flatMap((charge) => {
    const changed = charge.netPence === 0 ? [] : [...changesOf(charge), ...changedUse(charge)];
    const dueOn = changed.map(({ on }) => on).sort()[0];
    if (dueOn === undefined) return [];
    const { chargeId, agreementId, planId, description, serviceFrom, serviceTo, belongsOn, divisions, netPence } = charge;
    return [{
      key: `again:${chargeId}:${divisions}`, kind: 'adjustment' as const, planId, agreementId, redivides: chargeId, description: `Divided anew: ${description}`.slice(0, 1000), pence: 0,
      serviceFrom, serviceTo, belongsOn, dueOn, among: null,
      workings: [
        ...changed.map(({ urn, words }) => `${urn}: ${words}.`),
        `The ${pounds(netPence)} that was charged is given back along its shares and divided anew by what is known now; together nobody pays more or less.`,
      ],
    }];
  });
}

/** How much a school used, where that is not what it was charged by; known once the service is over. */
function changedUse({ serviceTo, use }: DividedCharge): { urn: string; on: DateOnly; words: string }[] {
  if (!use) return [];
  const minutesOf = (list: readonly UsedMinutes[], urn: string) => list.find((one) => one.urn === urn)?.minutes ?? 0;
  const urns = [...new Set([...use.then, ...use.now].map(({ urn }) => urn))].sort(compareKeys);
  return urns.flatMap((urn) => {
    const [before, after] = [minutesOf(use.then, urn), minutesOf(use.now, urn)];
    return before === after ? [] : [{ urn, on: addDays(serviceTo, 1), words: `${after} minutes were delivered; it was charged by ${before}` }];
  });
}

/** How a school's days differ, and the first of them. */
function changesOf({ serviceFrom, serviceTo, then, now }: DividedCharge): { urn: string; on: DateOnly; words: string }[] {
  const period = { from: serviceFrom, to: serviceTo };
  const urns = [...new Set([...then, ...now].map(({ urn }) => urn))].sort(compareKeys);
  return urns.flatMap((urn) => {
    const [before, after] = [daysOf(then, urn, period), daysOf(now, urn, period)];
    const on = firstDifference(before, after);
    return on === null ? [] : [{ urn, on, words: `takes part ${inWords(after)}; it was charged ${before.length === 0 ? 'nothing' : inWords(before)}` }];
  });
}

/** A school's days within the charge's, in order; days that touch are one run. */
function daysOf(parts: readonly PartDays[], urn: string, period: DatePeriod): DatePeriod[] {
  const own = parts.flatMap((part) => (part.urn === urn ? (overlapOf(period, part.from, part.to) ?? []) : [])).sort((a, b) => compareKeys(a.from, b.from));
  const runs: DatePeriod[] = [];
  for (const days of own) {
    const last = runs.at(-1);
    if (last && dayNumber(days.from) <= dayNumber(last.to) + 1) runs[runs.length - 1] = { from: last.from, to: days.to > last.to ? days.to : last.to };
    else runs.push(days);
  }
  return runs;
}

/** The first day that is in one list of runs and not in the other; null when they are the same. */
function firstDifference(before: readonly DatePeriod[], after: readonly DatePeriod[]): DateOnly | null {
  const has = (runs: readonly DatePeriod[], day: DateOnly) => runs.some(({ from, to }) => from <= day && day <= to);
  const edges = [...before, ...after].flatMap(({ from, to }) => [from, addDays(to, 1)]).sort();
  return edges.find((day) => has(before, day) !== has(after, day)) ?? null;
}

function inWords(runs: readonly DatePeriod[]): string {
  return runs.length === 0 ? 'on none of these days' : runs.map(({ from, to }) => `from ${dayInWords(from)} to ${dayInWords(to)}`).join(' and ');
}
