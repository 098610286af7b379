import { addDays, type DateOnly } from '../kernel/period.js';
import { administrationFees } from './administration-fee.js';
import type { ChargePlan, PlanTerms, UpliftTerms } from './charge-plan.js';
import type { ChargedLine, DueCharge, DuePlan } from './due-charge.js';
import { groupContractCharges, type ContractPart } from './group-contract.js';
import { minimumCommitment, type CommittedAgreement } from './minimum-commitment.js';
import { contributions, trueUps, type Successor } from './on-account.js';
import { daysToWait } from './period-end.js';
import { redivisions, type DividedCharge } from './redivision.js';
import { raisedParts, sharedPostCharges } from './shared-post-charges.js';
import { upliftsOf, type UpliftedInstalment } from './uplift.js';
import { volumeDiscounts } from './volume-discount.js';

/** An agreement as far as what falls due under it goes. */
export interface DueAgreement extends CommittedAgreement {
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
  /** Plans of which a charge waits to be shared. */
  readonly unsharedPlans: ReadonlySet<string>;
  readonly today: DateOnly;
}

/**
 * What falls due by a day and was not charged yet, oldest first, each with its workings. The same facts give the same
 * answer, and making all of it leaves nothing: every charge has a key that is charged once.
 */
export function chargesDue(facts: DueFacts, through: DateOnly): DueCharge[] {
  return wantedBy(facts, through).filter(({ waits }) => waits === undefined);
}

/** What would be due by then, were it known what became of some sessions. */
export function chargesWaiting(facts: DueFacts, through: DateOnly): (DueCharge & Required<Pick<DueCharge, 'waits'>>)[] {
  return wantedBy(facts, through).filter((due) => due.waits !== undefined) as (DueCharge & Required<Pick<DueCharge, 'waits'>>)[];
}

function wantedBy(facts: DueFacts, through: DateOnly): DueCharge[] {
  const all = [
    ...facts.agreements.flatMap((agreement) => [...instalmentsDue(agreement), ...minimumCommitment(agreement, facts.today)]),
    ...redivisions(facts.divided),
    ...facts.plans.flatMap((plan) => dueOfPlan(plan, facts, through).filter((due) => isWanted(plan, due))),
  ];
  return all
    .filter((due) => due.dueOn <= through && (due.pence !== 0 || due.redivides !== undefined || due.lacks !== undefined) && !facts.madeKeys.has(due.key))
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
  const about = aboutPlan(plan, facts, through);
  const { ofPlan, inScope } = about;
  if (isOf(plan, 'administration-fee')) return administrationFees(plan, about);
  if (isOf(plan, 'discount')) return volumeDiscounts(plan, agreement?.used ?? [], about);
  if (isOf(plan, 'group-contract')) return groupContractCharges(plan, parts, about);
  if (isOf(plan, 'shared-post')) return sharedPostCharges(plan);
  if (isOf(plan, 'uplift')) return agreement ? upliftsOf(plan, [...agreement.instalments, ...postsOf(plan, facts)], facts.plans) : [];
  if (isOf(plan, 'on-account')) return [...contributions(plan, facts.successors, parts), ...trueUps(plan, { ofPlan, actual: inScope, parts, openFrom: openFrom(plan, facts) }, facts.madeKeys, through)];
  return [];
}

const covers = (plan: ChargePlan, agreementId: string | null) => plan.agreementId === null || agreementId === plan.agreementId;

function aboutPlan(plan: ChargePlan, { agreements, charged, madeKeys, unsharedPlans, today }: DueFacts, through: DateOnly): DuePlan {
  return {
    inScope: charged.filter(({ agreementId }) => covers(plan, agreementId)), ofPlan: charged.filter(({ planId }) => planId === plan.id), madeKeys,
    open: agreements.filter(({ id }) => covers(plan, id)).flatMap(({ open }) => open), isUnshared: unsharedPlans.has(plan.id), today, through,
  };
}

/** The parts of shared posts under the agreement whose prices rise. */
function postsOf(rise: ChargePlan<UpliftTerms>, { plans }: DueFacts) {
  return plans.flatMap((plan) => (plan.agreementId === rise.agreementId && isOf(plan, 'shared-post') ? raisedParts(plan, rise) : []));
}

/** The first day of service within what a plan covers that is not charged, not shared or, for a while, not confirmed yet. */
function openFrom(plan: ChargePlan, { agreements, madeKeys, today }: DueFacts): DateOnly | null {
  const days = agreements.filter(({ id }) => covers(plan, id)).flatMap(({ instalments, unsharedFrom, open }) => [
    ...instalments.filter((part) => !part.charged && !madeKeys.has(`instalment:${part.id}`)).map(({ serviceFrom }) => serviceFrom),
    ...(unsharedFrom === null ? [] : [unsharedFrom]),
    ...open.map(({ on }) => on).filter((on) => today <= addDays(on, daysToWait)),
  ]);
  return days.sort()[0] ?? null;
}
