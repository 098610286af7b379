import type { DateOnly } from '../kernel/period.js';
import type { InstalmentKind } from './instalments.js';
import type { SharedPostTerms } from './shared-post.js';

export const planKinds = ['administration-fee', 'discount', 'group-contract', 'on-account', 'shared-post', 'uplift'] as const;
export type PlanKind = (typeof planKinds)[number];

/** What the lead school is paid for its work: a part of what was charged, or a sum for each month, quarter or year. */
export interface AdministrationFeeTerms {
  readonly kind: 'administration-fee';
  readonly every: 'month' | 'quarter' | 'year';
  /** One of the two is set. */
  readonly basisPoints: number | null;
  readonly pence: number | null;
}

/** From so many units on, this part of everything charged so far is given back. */
export interface DiscountTier {
  readonly fromMilliunits: number;
  readonly basisPoints: number;
}

export interface DiscountTerms {
  readonly kind: 'discount';
  /** Rising in both. */
  readonly tiers: readonly DiscountTier[];
}

/** Bought for the group at a price for each school or pupil: insurance, a management information system. */
export interface GroupContractTerms {
  readonly kind: 'group-contract';
  readonly per: 'school' | 'pupil';
  /** For one school or pupil and all the days of the plan. */
  readonly pricePence: number;
  /** Whether one that leaves pays to its last day, to the end of that term, or has nothing back. */
  readonly leavers: 'to-date' | 'end-of-term' | 'nothing-back';
}

/** Contributions asked for in advance, set against the actual shares at the end. */
export interface OnAccountTerms {
  readonly kind: 'on-account';
  readonly totalPence: number;
  readonly instalments: InstalmentKind;
  /** Agreed sums of single schools for the whole plan, together the total; null goes by the agreement's rule. */
  readonly bySchool: readonly { readonly urn: string; readonly pence: number }[] | null;
}

export interface SharedPostPlanTerms extends SharedPostTerms {
  readonly kind: 'shared-post';
  readonly instalments: InstalmentKind;
}

/** Prices rise on a day, by a percentage or with an index; the rule stays as it is. */
export interface UpliftTerms {
  readonly kind: 'uplift';
  /** One of the two is set. */
  readonly basisPoints: number | null;
  /** The index before and after, as published: "133.0" and "137.5". */
  readonly index: { readonly name: string; readonly before: string; readonly after: string } | null;
}

export type PlanTerms = AdministrationFeeTerms | DiscountTerms | GroupContractTerms | OnAccountTerms | SharedPostPlanTerms | UpliftTerms;

/** A standing instruction to charge something when its days come. Written once; it can be stopped. */
export interface ChargePlan<Terms extends PlanTerms = PlanTerms> {
  readonly id: string;
  readonly name: string;
  /** Null concerns the whole collaboration. */
  readonly agreementId: string | null;
  readonly startsOn: DateOnly;
  readonly endsOn: DateOnly;
  /** Nothing that falls due after this day is charged; null while it runs. */
  readonly stoppedOn: DateOnly | null;
  readonly terms: Terms;
}
