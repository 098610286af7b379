import type { DateOnly } from '../kernel/period.js';
import { administrationFees } from './administration-fee.js';
import type { ChargePlan, PlanTerms } from './charge-plan.js';
import type { ChargedLine, DueCharge } from './due-charge.js';
import { groupContractCharges, type ContractPart } from './group-contract.js';
import { minimumCommitment, type CommittedAgreement } from './minimum-commitment.js';
import { contributions, trueUps, type Successor } from './on-account.js';
import { redivisions, type DividedCharge } from './redivision.js';
import { sharedPostCharges } from './shared-post-charges.js';
import { upliftsOf, type UpliftedInstalment } from './uplift.js';
import { volumeDiscounts, type UnitsUsed } from './volume-discount.js';

/** An agreement as far as what falls due under it goes. */
export interface DueAgreement extends CommittedAgreement {
  /** What was delivered, day by day, in thousandths of the price's unit. */
  readonly used: readonly UnitsUsed[];
  readonly instalments: readonly (UpliftedInstalment & { readonly charged: boolean; readonly of: number })[];
  /** The first day of service of a charge that is not shared yet; null when all are. */
  readonly unsharedFrom: DateOnly | null;
}

/** Everything that decides what is due. */
export interface DueFacts {
  readonly plans: readonly ChargePlan[];
  readonly agreements: readonly DueAgreement[];
  /** Who takes part in what a plan covers, and when: subscriptions of its agreement, or memberships. */
  readonly parts: readonly (ContractPart & { readonly planId: string })[];
  readonly charged: readonly ChargedLine[];
  readonly madeKeys: ReadonlySet<string>;
  /** What was spread over days by its agreement's rule. */
  readonly divided: readonly DividedCharge[];
  /** Schools that took over the money of others. */
  readonly successors: readonly Successor[];
}

/**
 * What falls due by a day and was not charged yet, oldest first, each with its workings. The same facts give the same
 * answer, and making all of it leaves nothing: every charge has a key that is charged once.
 */
export function chargesDue(facts: DueFacts, through: DateOnly): DueCharge[] {
  const all = [
    ...facts.agreements.flatMap((agreement) => [...instalmentsDue(agreement), ...minimumCommitment(agreement)]),
    ...redivisions(facts.divided),
    ...facts.plans.flatMap((plan) => dueOfPlan(plan, facts, through).filter((due) => isWanted(plan, due))),
  ];
  return all
    .filter((due) => due.dueOn <= through && (due.pence !== 0 || due.redivides !== undefined) && !facts.madeKeys.has(due.key))
    .sort((a, b) => (a.dueOn === b.dueOn ? compareText(a.key, b.key) : compareText(a.dueOn, b.dueOn)));
}

/** A plan that was stopped makes nothing for later days; what was paid on account is still set against actual shares. */
const isWanted = ({ stoppedOn }: ChargePlan, { dueOn, kind }: DueCharge) => stoppedOn === null || dueOn <= stoppedOn || kind === 'true-up';

const compareText = (a: string, b: string) => (a < b ? -1 : 1);

function instalmentsDue(agreement: DueAgreement): DueCharge[] {
  return agreement.instalments.flatMap((part) =>
    part.charged
      ? []
      : [{
          key: `instalment:${part.id}`, kind: 'instalment' as const, planId: null, agreementId: agreement.id, instalmentId: part.id, pence: part.pence,
          description: part.of > 1 ? `${agreement.name}, instalment ${part.number} of ${part.of}` : agreement.name,
          serviceFrom: part.serviceFrom, serviceTo: part.serviceTo, belongsOn: part.dueOn, dueOn: part.dueOn,
          workings: [part.of > 1 ? `Instalment ${part.number} of ${part.of} of what was agreed for the term.` : 'All of what was agreed for the term.'], among: null,
        }],
  );
}

const isOf = <Kind extends PlanTerms['kind']>(plan: ChargePlan, kind: Kind): plan is ChargePlan<Extract<PlanTerms, { kind: Kind }>> => plan.terms.kind === kind;

function dueOfPlan(plan: ChargePlan, facts: DueFacts, through: DateOnly): DueCharge[] {
  const agreement = facts.agreements.find(({ id }) => id === plan.agreementId);
  const parts = facts.parts.filter(({ planId }) => planId === plan.id);
  const ofPlan = facts.charged.filter(({ planId }) => planId === plan.id);
  const inScope = facts.charged.filter((line) => plan.agreementId === null || line.agreementId === plan.agreementId);
  if (isOf(plan, 'administration-fee')) return administrationFees(plan, inScope, ofPlan, facts.madeKeys, through);
  if (isOf(plan, 'discount')) return volumeDiscounts(plan, agreement?.used ?? [], inScope, ofPlan, facts.madeKeys, through);
  if (isOf(plan, 'group-contract')) return groupContractCharges(plan, parts, ofPlan, facts.madeKeys, through);
  if (isOf(plan, 'shared-post')) return sharedPostCharges(plan);
  if (isOf(plan, 'uplift')) return agreement ? upliftsOf(plan, agreement.instalments, facts.plans) : [];
  if (isOf(plan, 'on-account')) return [...contributions(plan, facts.successors), ...trueUps(plan, { ofPlan, actual: inScope, parts, openFrom: openFrom(plan, facts) }, facts.madeKeys, through)];
  return [];
}

/** The first day of service within what a plan covers that is not charged or not shared yet. */
function openFrom(plan: ChargePlan, { agreements, madeKeys }: DueFacts): DateOnly | null {
  const covered = agreements.filter(({ id }) => plan.agreementId === null || id === plan.agreementId);
  const days = covered.flatMap(({ instalments, unsharedFrom }) => [
    ...instalments.filter((part) => !part.charged && !madeKeys.has(`instalment:${part.id}`)).map(({ serviceFrom }) => serviceFrom),
    ...(unsharedFrom === null ? [] : [unsharedFrom]),
  ]);
  return days.sort()[0] ?? null;
}
