import { fraction, multiply, roundHalfUp } from '../kernel/fraction.js';
import { addDays, type DateOnly } from '../kernel/period.js';
import type { ChargePlan, OnAccountTerms } from './charge-plan.js';
import { dayInWords, pounds, sumPence, weightsOf, type ChargedLine, type DueCharge, type Weight } from './due-charge.js';
import type { ContractPart } from './group-contract.js';
import { instalmentSchedule } from './instalments.js';
import { trueUp, type TrueUpLine } from './true-up.js';

/** What was asked for, what it is set against, and who takes part. */
export interface OnAccountFacts {
  /** What the plan charged so far: contributions, and what was set against actual shares already. */
  readonly ofPlan: readonly ChargedLine[];
  /** Everything charged within the plan's agreement, or in the collaboration. */
  readonly actual: readonly ChargedLine[];
  readonly parts: readonly ContractPart[];
  /** The first day of service of what is not charged or shared yet. */
  readonly openFrom: DateOnly | null;
}

/** What is no actual cost of the period: advances, what they are set against, and what was owed before. */
const notActual = new Set(['on-account', 'true-up', 'opening-balance']);

/** One school took over the money of another: what was agreed by name is its own from that day on. */
export interface Successor {
  readonly fromUrn: string;
  readonly toUrn: string;
  readonly on: DateOnly;
}

/**
 * The contributions of a plan, as they fall due. Those that were agreed by name are asked of a school's successor, and no
 * more of one that has left; what it would have paid, nobody else pays for it.
 */
export function contributions(plan: ChargePlan<OnAccountTerms>, successors: readonly Successor[], parts: readonly ContractPart[]): DueCharge[] {
  const { totalPence, instalments, bySchool } = plan.terms;
  const schedule = instalmentSchedule({ totalPence, kind: instalments, startsOn: plan.startsOn, endsOn: plan.endsOn });
  return schedule.map(({ dueOn, servicePeriod, pence }, index) => {
    const asked = bySchool && askedOf(bySchool, dueOn, successors, parts);
    const askedPence = asked && sumPence(asked.map(({ weight }) => ({ pence: weight })));
    const gone = bySchool?.length !== asked?.length;
    return {
      key: `on-account:${plan.id}:${index + 1}`, kind: 'on-account', planId: plan.id, agreementId: plan.agreementId, dueOn,
      pence: askedPence === null ? pence : Number(roundHalfUp(multiply(fraction(pence), fraction(askedPence, totalPence)))),
      description: schedule.length > 1 ? `${plan.name}, contribution ${index + 1} of ${schedule.length}` : plan.name,
      serviceFrom: servicePeriod.from, serviceTo: servicePeriod.to, belongsOn: dueOn,
      workings: [
        `Contribution ${index + 1} of ${schedule.length} of ${pounds(totalPence)} on account. It is set against the actual shares when the plan is over.`,
        ...(gone ? ['A school that has left is not asked any more, and nobody pays its part.'] : []),
      ],
      among: asked && { measure: 'the contributions agreed', weights: asked },
    };
  });
}

function askedOf(bySchool: NonNullable<OnAccountTerms['bySchool']>, dueOn: DateOnly, successors: readonly Successor[], parts: readonly ContractPart[]): Weight[] {
  return bySchool.flatMap(({ urn, pence: weight }) => {
    const successor = successors.find(({ fromUrn, on }) => fromUrn === urn && on <= dueOn)?.toUrn;
    return successor !== undefined || !hasLeft(parts, urn, dueOn) ? [{ urn: successor ?? urn, weight }] : [];
  });
}

function hasLeft(parts: readonly ContractPart[], urn: string, on: DateOnly): boolean {
  const own = parts.filter((part) => part.urn === urn);
  return own.length > 0 && own.every(({ until }) => until !== null && until < on);
}

/** Each school's contributions against its actual shares; both within the days of the plan. */
export function standingOnAccount(plan: Pick<ChargePlan, 'startsOn' | 'endsOn'>, { ofPlan, actual }: Pick<OnAccountFacts, 'ofPlan' | 'actual'>): TrueUpLine[] {
  const shares = actual.filter(({ kind, belongsOn }) => !notActual.has(kind) && belongsOn >= plan.startsOn && belongsOn <= plan.endsOn);
  const bySchool = (lines: readonly ChargedLine[]) => lines.map(({ urn, pence }) => ({ school: urn, pence }));
  return trueUp(bySchool(ofPlan), bySchool(shares));
}

/**
 * Gives contributions back when the actual shares take their place: for a leaver once everything of its days is charged,
 * for everybody when the plan is over and nothing of it is open. While contributions stand, a school is not invoiced for
 * the actual shares; afterwards it owes those less what it paid, or is refunded.
 */
export function trueUps(plan: ChargePlan<OnAccountTerms>, facts: OnAccountFacts, madeKeys: ReadonlySet<string>, through: DateOnly): DueCharge[] {
  const lines = standingOnAccount(plan, facts);
  const leavers = plan.endsOn < through ? [] : leaversOf(plan, facts, through);
  const due = leavers.flatMap(({ urn, until }) => {
    const line = lines.find(({ school }) => school === urn);
    if (!line || line.onAccountPence <= 0) return [];
    return [trueUpCharge(plan, `true-up:${plan.id}:${urn}:${until}`, until, [line], `left on ${dayInWords(until)}`)];
  });
  const isOver = plan.endsOn < through && (facts.openFrom === null || facts.openFrom > plan.endsOn);
  const standing = lines.filter(({ onAccountPence }) => onAccountPence > 0);
  if (isOver && standing.length > 0) due.push(trueUpCharge(plan, `true-up:${plan.id}`, plan.endsOn, standing, `to ${dayInWords(plan.endsOn)}`));
  return due.filter(({ key }) => !madeKeys.has(key));
}

function trueUpCharge(plan: ChargePlan<OnAccountTerms>, key: string, on: DateOnly, lines: readonly TrueUpLine[], what: string): DueCharge {
  const returned = lines.map(({ school, onAccountPence }) => ({ urn: school, pence: onAccountPence }));
  return {
    key, kind: 'true-up', planId: plan.id, agreementId: plan.agreementId, pence: 0 - sumPence(returned), dueOn: addDays(on, 1), belongsOn: on, serviceFrom: plan.startsOn, serviceTo: on,
    description: `${plan.name}, true-up, ${what}`,
    workings: [
      'Contributions on account are given back, and the actual shares take their place.',
      ...lines.map(({ school, onAccountPence, actualPence, differencePence }) => `${school}: paid ${pounds(onAccountPence)} on account, actual shares ${pounds(actualPence)}: ${differencePence < 0 ? `${pounds(0 - differencePence)} to be refunded` : `${pounds(differencePence)} still to pay`}.`),
    ],
    among: { measure: 'what each paid on account', weights: weightsOf(returned) },
  };
}

/** Schools that left before the plan is over, when all that was given until then is charged and shared. */
function leaversOf(plan: ChargePlan, { parts, openFrom }: OnAccountFacts, through: DateOnly): { urn: string; until: DateOnly }[] {
  const urns = [...new Set(parts.map(({ urn }) => urn))];
  return urns.flatMap((urn) => {
    const own = parts.filter((part) => part.urn === urn);
    if (own.some(({ until }) => until === null)) return [];
    const until = own.map((part) => part.until as DateOnly).sort().at(-1) as DateOnly;
    const isGone = until >= plan.startsOn && until < plan.endsOn && until < through;
    return isGone && (openFrom === null || openFrom > until) ? [{ urn, until }] : [];
  });
}
