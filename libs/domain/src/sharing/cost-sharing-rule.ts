import type { DateOnly, DatePeriod } from '../kernel/period.js';

/** Why a charge cannot be shared, in the order in which it is checked (money.md, "Dividing"). */
export type CostSharingProblem =
  | 'cost-sharing.no-participants'
  | 'cost-sharing.same-school-twice'
  | 'cost-sharing.negative-weight'
  | 'cost-sharing.not-whole'
  | 'cost-sharing.no-weight'
  | 'cost-sharing.floor-too-high'
  | 'cost-sharing.cap-too-low';

/**
 * How one sum is divided: `equal` gives every school weight one; `weight` goes by pupils, minutes or sessions;
 * `fixed` by each school's basis points, together exactly 10,000 on every day.
 */
export interface BasisDivision {
  readonly basis: 'equal' | 'weight' | 'fixed';
  /** Which of a participant's `weights` counts, such as `pupils` or `use`; without it, the participant's `weight`. */
  readonly measure?: string;
}

/** Several ways at once: 30 % equally and 70 % by pupils. The basis points add up to 10,000. */
export interface PartsDivision {
  readonly parts: readonly RulePart[];
}

export interface RulePart {
  /** As it is shown to schools: "by pupil numbers". */
  readonly name: string;
  readonly basisPoints: number;
  readonly rule: DivisionRule;
}

/** First between groups of schools, then inside each: 60/40 between two pyramids. The basis points add up to 10,000. */
export interface GroupsDivision {
  readonly groups: readonly RuleGroup[];
}

export interface RuleGroup {
  readonly name: string;
  readonly basisPoints: number;
  /** URNs. Every participant is in exactly one group. */
  readonly schools: readonly string[];
  readonly rule: DivisionRule;
}

/** What makes exact shares; parts and groups may stand inside one another. */
export type DivisionRule = BasisDivision | PartsDivision | GroupsDivision;

/** Bounds on what one school bears of the whole charge; a school with no weight bears nothing, whatever the floor. */
export interface ShareBounds {
  /** Of the charge, rounded down to a penny: 4,000 is 40 %. Where both caps are given the lower one counts. */
  readonly capBasisPoints?: number;
  readonly capPence?: number;
  readonly floorPence?: number;
}

/** How a charge becomes shares. */
export type CostSharingRule = DivisionRule & ShareBounds;

/** A school's part in a charge, for all its days or for some; the same school may stand again for other days. */
export interface Participant {
  /** The URN, or another nation's number for the school. */
  readonly school: string;
  /** Pupils, minutes, sessions: at most three decimals. */
  readonly weight?: number | string;
  /** The same, by the measure that a part of the rule names. */
  readonly weights?: Readonly<Record<string, number | string>>;
  /** The school's percentage for `fixed`: 2,500 is a quarter. */
  readonly basisPoints?: number;
  /** First and last day, both included; they mean nothing when the charge has no period. */
  readonly from?: DateOnly | null;
  readonly to?: DateOnly | null;
  /** What the school was rounded down by so far within the same agreement (exact minus charged): "-2/3". Once a school. */
  readonly carriedPence?: string;
}

/** A charge to be shared. Negative pence are a refund, the mirror image of a charge. */
export interface ShareRequest {
  readonly amountPence: number;
  readonly rule: CostSharingRule;
  /** The days over which the charge is spread evenly, both ends included. */
  readonly period?: DatePeriod | null;
  readonly participants: readonly Participant[];
}

/** Days on which a school's weight and everybody's together stayed the same. */
export interface ShareSlice {
  /** Null, as are `to` and `days`, when the charge has no period. */
  readonly from: DateOnly | null;
  readonly to: DateOnly | null;
  readonly days: number | null;
  /** The school's weight, in decimals, and that of all who share this part of the charge on those days. */
  readonly weight: string;
  readonly ofWeight: string;
  /** What these days would cost the school before any cap or floor: a fraction of pence. */
  readonly exactPence: string;
  /** The rule's part and group this slice belongs to; absent when the rule has none. */
  readonly part?: string;
  readonly group?: string;
}

/** Everything needed to work one share out again by hand. Pence as fractions in lowest terms: "44820000/73". */
export interface ShareExplanation {
  readonly slices: readonly ShareSlice[];
  /** Which bound changed the share. When another school's bound moved it, `exactPence` differs from the slices' sum. */
  readonly bound: 'cap' | 'floor' | null;
  readonly exactPence: string;
  /** What the school had carried before this charge. */
  readonly carriedPence: string;
  /** True where the exact share was rounded up (on the absolute amount). */
  readonly tookOddPenny: boolean;
}

/** One school's part of a charge. */
export interface Share {
  readonly school: string;
  readonly pence: number;
  readonly explanation: ShareExplanation;
}

/** One share a school, in the order in which the schools were first named; the shares add up to the total. */
export interface SharedCharge {
  readonly totalPence: number;
  readonly shares: readonly Share[];
}
