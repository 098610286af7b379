import { fraction, multiply, roundHalfUp } from '../kernel/fraction.js';
import { compareKeys } from '../kernel/money.js';
import { addDays, daysIn, overlapOf, type DateOnly } from '../kernel/period.js';
import type { ChargePlan, GroupContractTerms } from './charge-plan.js';
import { dayInWords, pounds, sumPence, type ChargedLine, type DueCharge, type DuePlan, type Weight } from './due-charge.js';
import { keyOfTime, timesMade } from './period-end.js';

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

type Plan = ChargePlan<GroupContractTerms>;

/** What a school owes for all its days that have begun. */
interface Owed {
  readonly urn: string;
  readonly parts: readonly ContractPart[];
  readonly days: number;
  readonly pence: number;
  /** True where it has days to pay and no census has its pupils. */
  readonly lacksPupils: boolean;
}

/**
 * What a group contract charges: when it begins, everybody who is in; later, each school what it owes for its days less
 * what it was charged, in both directions, so that whoever joins, leaves, comes back or was entered late or wrongly ends
 * with the price of its days. Nobody pays for another's coming or going.
 */
export function groupContractCharges(plan: Plan, parts: readonly ContractPart[], { ofPlan, madeKeys, isUnshared, through }: DuePlan): DueCharge[] {
  const startKey = `group:${plan.id}:start`;
  const ofItself = ofPlan.filter(({ byHand }) => !byHand);
  const urns = [...new Set([...parts, ...ofItself].map(({ urn }) => urn))].sort(compareKeys);
  const owed = urns.map((urn) => owedBy(plan, urn, parts, through));
  const lacking = owed.filter(({ lacksPupils }) => lacksPupils).map((one) => lackingCharge(plan, one));
  const known = owed.filter(({ lacksPupils }) => !lacksPupils);
  const started = madeKeys.has(startKey) ? [] : known.filter((one) => one.pence > 0 && isInFromTheStart(plan, one));
  const start = started.length === 0 ? [] : [startCharge(plan, startKey, started)];
  if (isUnshared) return [...start, ...lacking];
  const others = known.filter((one) => !started.includes(one));
  return [...start, ...lacking, ...others.flatMap((one) => differenceCharge(plan, one, ofItself.filter(({ urn }) => urn === one.urn), madeKeys))];
}

const isInFromTheStart = (plan: Plan, { parts }: Owed) => parts.some(({ from }) => from <= plan.startsOn);

const base = (plan: Plan, on: DateOnly) => ({ kind: 'group-contract' as const, planId: plan.id, agreementId: plan.agreementId, dueOn: on, belongsOn: on, serviceFrom: on, serviceTo: plan.endsOn });

function startCharge(plan: Plan, key: string, started: readonly Owed[]): DueCharge {
  return {
    ...base(plan, plan.startsOn), key, pence: sumPence(started), description: `${plan.name}, ${started.length} ${started.length === 1 ? 'school' : 'schools'}`,
    workings: [priceInWords(plan), ...started.map((one) => owedInWords(plan, one))],
    among: { measure: 'the price for each school', weights: started.map(({ urn, pence }): Weight => ({ urn, weight: pence })) },
  };
}

/** What a school owes less what it was charged, on the day from which it is so. */
function differenceCharge(plan: Plan, one: Owed, charged: readonly ChargedLine[], madeKeys: ReadonlySet<string>): DueCharge[] {
  const chargedPence = sumPence(charged);
  const pence = one.pence - chargedPence;
  if (pence === 0) return [];
  const [joinedOn, leftOn] = [lastOf(one.parts.map(({ from }) => from)), lastOf(one.parts.flatMap(({ until }) => until ?? []))];
  const changes = pence > 0 ? [joinedOn] : [joinedOn, leftOn && addDays(leftOn, 1)];
  // What puts an earlier charge right is not older than that one.
  const latest = lastOf([plan.startsOn, ...changes.flatMap((day) => day ?? []), ...charged.map(({ belongsOn }) => belongsOn)]) as DateOnly;
  const on = latest > plan.endsOn ? plan.endsOn : latest;
  const key = `group:${plan.id}:${one.urn}`;
  return [{
    ...base(plan, on), key: keyOfTime(key, timesMade(madeKeys, key)), pence, description: `${plan.name}, ${changeInWords(plan, pence, chargedPence, joinedOn, leftOn)}`,
    workings: [
      priceInWords(plan),
      chargedPence === 0
        ? owedInWords(plan, one)
        : `It pays for ${one.days} of ${daysIn({ from: plan.startsOn, to: plan.endsOn })} days: ${pounds(one.pence)}; it was charged ${pounds(chargedPence)}.`,
    ],
    among: { measure: 'the price for each school', weights: [{ urn: one.urn, weight: 1 }] },
  }];
}

function lackingCharge(plan: Plan, { urn, parts }: Owed): DueCharge {
  const from = parts.map((part) => part.from).sort()[0] as DateOnly;
  return {
    ...base(plan, from < plan.startsOn ? plan.startsOn : from), key: `group:${plan.id}:${urn}:pupils`, pence: 0, description: `${plan.name}, a school without pupil numbers`,
    workings: [priceInWords(plan), `${urn}: no census has its pupils.`], among: null,
    lacks: { code: 'sharing.pupil-numbers-missing', facts: { measure: 'pupils', urns: [urn] } },
  };
}

/** Days that have begun count, as far as it is known how long they last. */
function owedBy(plan: Plan, urn: string, all: readonly ContractPart[], through: DateOnly): Owed {
  const whole = { from: plan.startsOn, to: plan.endsOn };
  const parts = all.filter((part) => part.urn === urn && (part.from <= plan.startsOn || part.from <= through));
  let [days, pence, lacksPupils] = [0, 0, false];
  for (const part of parts) {
    const paid = overlapOf(whole, part.from, lastDayPaid(plan.terms, part));
    if (!paid) continue;
    days += daysIn(paid);
    if (plan.terms.per === 'pupil' && part.pupils === null) lacksPupils = true;
    const units = plan.terms.per === 'school' ? fraction(1) : fraction(part.pupils ?? 0, 1000);
    pence += Number(roundHalfUp(multiply(multiply(fraction(plan.terms.pricePence), units), fraction(daysIn(paid), daysIn(whole)))));
  }
  return { urn, parts, days, pence, lacksPupils };
}

/** Until when a school pays: to its last day, to the end of the term in which it leaves, or to the end of the contract. */
function lastDayPaid({ leavers }: GroupContractTerms, { until, termEndsOn }: ContractPart): DateOnly | null {
  if (leavers === 'nothing-back') return null;
  return leavers === 'end-of-term' && until !== null && termEndsOn !== null ? termEndsOn : until;
}

const lastOf = (days: readonly DateOnly[]): DateOnly | null => [...days].sort().at(-1) ?? null;

function changeInWords(plan: Plan, pence: number, chargedPence: number, joinedOn: DateOnly | null, leftOn: DateOnly | null): string {
  if (pence < 0 && leftOn !== null) return `left on ${dayInWords(leftOn)}`;
  if (chargedPence === 0 && joinedOn !== null) return joinedOn > plan.startsOn ? `joined on ${dayInWords(joinedOn)}` : 'entered later';
  return 'put right';
}

function priceInWords({ terms, startsOn, endsOn }: Plan): string {
  return `${pounds(terms.pricePence)} for each ${terms.per}, ${dayInWords(startsOn)} to ${dayInWords(endsOn)}.`;
}

function owedInWords(plan: Plan, { urn, parts, days, pence }: Owed): string {
  const pupils = plan.terms.per === 'pupil' ? `${(parts[0]?.pupils ?? 0) / 1000} pupils, ` : '';
  return `${urn}: ${pupils}${days} of ${daysIn({ from: plan.startsOn, to: plan.endsOn })} days: ${pounds(pence)}.`;
}
