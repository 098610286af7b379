import type { ChargeKind } from '@fairshare/contract/sharing';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import type { CostSharingRule, Participant } from '@fairshare/domain/sharing';

/** A school's delivered minutes. */
export interface Use {
  readonly urn: string;
  readonly minutes: number;
}

/** What was settled about dividing it when it was charged; nothing, and the agreement's rule decides alone. */
export interface WayOfDividing {
  /** A rule with its participants, such as the schools of a booking by attendance. */
  readonly rule?: CostSharingRule;
  readonly participants?: readonly Participant[];
  /** For a rule by use: whose minutes count, when it is not all that was delivered within the service period. */
  readonly use?: readonly Use[];
  /** Set where a charge is divided anew. */
  readonly anew?: DividedAnew;
}

/** What a division anew keeps of the first one: a later census rewrites nothing, and a successor stands where it took over. */
export interface DividedAnew {
  /** When it was first divided: a school that comes to it has the numbers of that day. */
  readonly on: DateOnly;
  /** By school and measure, as they weighed then. */
  readonly weights: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Who took over the share of whom. */
  readonly successors: Readonly<Record<string, string>>;
}

/** What a share set was made from; with the charge's pence and dates, enough to make it again. */
export interface Basis {
  readonly rule: CostSharingRule;
  readonly participants: readonly Participant[];
  /** Whether the charge is spread over the days of its service period; use is not, since it has days of its own. */
  readonly spread: boolean;
  /** The rule as schools read it: "by pupil numbers (census of 2 October 2025)". */
  readonly inWords: string;
}

/** What is needed to charge something. */
export interface NewCharge extends WayOfDividing {
  readonly collaborationId: string;
  readonly kind: ChargeKind;
  readonly agreementId: string | null;
  readonly bookingId?: string | null;
  readonly instalmentId?: string | null;
  /** The charge that this one puts right. */
  readonly correctsChargeId?: string | null;
  /** The plan that makes it, and what fell due: a key is charged once. */
  readonly planId?: string | null;
  readonly dueKey?: string | null;
  /** How the amount was worked out, in sentences. */
  readonly workings?: readonly string[] | null;
  /** An expense whose actual sum is still to come. */
  readonly estimated?: boolean;
  readonly description: string;
  /** Whole pence; below zero gives back. Never nothing. */
  readonly pence: number;
  readonly serviceFrom: DateOnly;
  readonly serviceTo: DateOnly;
  /** The day that decides the month it belongs to; the last day of service when left out. */
  readonly belongsOn?: DateOnly;
}

/** What became of it: its shares, or the code of why there are none yet. */
export interface MadeCharge {
  readonly chargeId: string;
  readonly problemCode: string | null;
  readonly shares: readonly { readonly shareId: string; readonly urn: string; readonly pence: number }[];
}
