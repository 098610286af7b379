import { fraction, multiply, roundHalfUp } from '../kernel/fraction.js';
import { addDays, daysIn, overlapOf, type DateOnly } from '../kernel/period.js';
import type { ChargePlan, GroupContractTerms } from './charge-plan.js';
import { dayInWords, pounds, sumPence, type ChargedLine, type DueCharge, type Weight } from './due-charge.js';

/** A school's days in what a group contract covers, with what its price goes by. */
export interface ContractPart {
  readonly urn: string;
  readonly from: DateOnly;
  /** The last day; null while no end is known. */
  readonly until: DateOnly | null;
  /** The last day of the term in which it leaves; null when it does not, or no term is known. */
  readonly termEndsOn: DateOnly | null;
  /** Thousandths of a pupil; null where no census has a number. */
  readonly pupils: number | null;
}

/** A school that takes part in some days of the contract, and what it owes for them. */
interface Owed {
  readonly part: ContractPart;
  readonly days: number;
  readonly pence: number;
}

/**
 * What a group contract charges: when it begins, everybody who is in; later, each joiner for its days; and a leaver has
 * back what the contract says. Every school pays its own price for its own days, so nobody pays for another's coming or
 * going.
 */
export function groupContractCharges(
  plan: ChargePlan<GroupContractTerms>, parts: readonly ContractPart[], ofPlan: readonly ChargedLine[], madeKeys: ReadonlySet<string>, through: DateOnly,
): DueCharge[] {
  const owed = parts.flatMap((part) => owedBy(plan, part));
  const startKey = `group:${plan.id}:start`;
  const due: DueCharge[] = [];
  const started = owed.filter(({ part }) => part.from <= plan.startsOn);
  const charge = (key: string, dueOn: DateOnly, of: readonly Owed[], what: string, workings: string[]): DueCharge => ({
    key, kind: 'group-contract', planId: plan.id, agreementId: plan.agreementId, pence: sumPence(of), dueOn, belongsOn: dueOn, serviceFrom: dueOn, serviceTo: plan.endsOn,
    description: `${plan.name}, ${what}`, workings, among: { measure: 'the price for each school', weights: of.map(({ part, pence }): Weight => ({ urn: part.urn, weight: pence })) },
  });
  if (started.length > 0) due.push(charge(startKey, plan.startsOn, started, `${started.length} ${started.length === 1 ? 'school' : 'schools'}`, [priceInWords(plan), ...started.map((one) => owedInWords(plan, one))]));
  for (const one of owed) {
    const key = one.part.from <= plan.startsOn ? startKey : `group:${plan.id}:join:${one.part.urn}:${one.part.from}`;
    if (key !== startKey) due.push(charge(key, one.part.from, [one], `joined on ${dayInWords(one.part.from)}`, [priceInWords(plan), owedInWords(plan, one)]));
    if (madeKeys.has(key)) due.push(...refundTo(plan, one, owed, ofPlan, through));
  }
  return due;
}

/** What a school that leaves has back of what it was charged. */
function refundTo(plan: ChargePlan<GroupContractTerms>, { part, days }: Owed, owed: readonly Owed[], ofPlan: readonly ChargedLine[], through: DateOnly): DueCharge[] {
  if (part.until === null || part.until >= plan.endsOn || part.until >= through) return [];
  const chargedPence = sumPence(ofPlan.filter(({ urn }) => urn === part.urn));
  const owedPence = sumPence(owed.filter((other) => other.part.urn === part.urn));
  const pence = owedPence - chargedPence;
  if (pence >= 0) return [];
  const dueOn = addDays(part.until, 1);
  return [{
    key: `group:${plan.id}:leave:${part.urn}:${part.until}`, kind: 'group-contract', planId: plan.id, agreementId: plan.agreementId, pence, dueOn, belongsOn: dueOn, serviceFrom: dueOn, serviceTo: plan.endsOn,
    description: `${plan.name}, left on ${dayInWords(part.until)}`,
    workings: [priceInWords(plan), `It pays for ${days} of ${daysIn({ from: plan.startsOn, to: plan.endsOn })} days: ${pounds(owedPence)}; it was charged ${pounds(chargedPence)}.`],
    among: { measure: 'the price for each school', weights: [{ urn: part.urn, weight: 1 }] },
  }];
}

function owedBy(plan: ChargePlan<GroupContractTerms>, part: ContractPart): Owed[] {
  const whole = { from: plan.startsOn, to: plan.endsOn };
  const days = overlapOf(whole, part.from, lastDayPaid(plan.terms, part));
  if (!days) return [];
  const units = plan.terms.per === 'school' ? fraction(1) : fraction(part.pupils ?? 0, 1000);
  const pence = Number(roundHalfUp(multiply(multiply(fraction(plan.terms.pricePence), units), fraction(daysIn(days), daysIn(whole)))));
  return pence === 0 ? [] : [{ part, days: daysIn(days), pence }];
}

/** Until when a school pays: to its last day, to the end of the term in which it leaves, or to the end of the contract. */
function lastDayPaid({ leavers }: GroupContractTerms, { until, termEndsOn }: ContractPart): DateOnly | null {
  if (leavers === 'nothing-back') return null;
  return leavers === 'end-of-term' && until !== null && termEndsOn !== null ? termEndsOn : until;
}

function priceInWords({ terms, startsOn, endsOn }: ChargePlan<GroupContractTerms>): string {
  return `${pounds(terms.pricePence)} for each ${terms.per}, ${dayInWords(startsOn)} to ${dayInWords(endsOn)}.`;
}

function owedInWords(plan: ChargePlan<GroupContractTerms>, { part, days, pence }: Owed): string {
  const pupils = plan.terms.per === 'pupil' ? `${(part.pupils ?? 0) / 1000} pupils, ` : '';
  return `${part.urn}: ${pupils}${days} of ${daysIn({ from: plan.startsOn, to: plan.endsOn })} days: ${pounds(pence)}.`;
}
