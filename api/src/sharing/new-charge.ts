import type { ChargeKind } from '@fairshare/contract/sharing';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import type { CostSharingRule, Participant } from '@fairshare/domain/sharing';

/** A rule and participants that are known when the charge is made, such as the schools of a booking by attendance. */
export interface WayOfDividing {
  readonly rule: CostSharingRule;
  readonly participants: readonly Participant[];
}

/** What a share set was made from; with the charge's pence and dates, enough to make it again. */
export interface Basis extends WayOfDividing {
  /** Whether the charge is spread over the days of its service period. */
  readonly spread: boolean;
}

/** What is needed to charge something. */
export interface NewCharge {
  readonly collaborationId: string;
  readonly kind: ChargeKind;
  readonly agreementId: string | null;
  readonly bookingId?: string | null;
  readonly instalmentId?: string | null;
  /** The charge that this one puts right. */
  readonly correctsChargeId?: string | null;
  readonly description: string;
  /** Whole pence; below zero gives back. Never nothing. */
  readonly pence: number;
  readonly serviceFrom: DateOnly;
  readonly serviceTo: DateOnly;
  /** The day that decides the month it belongs to; the last day of service when left out. */
  readonly belongsOn?: DateOnly;
  /** Both or neither: without them the agreement's rule in force on `belongsOn` divides it among its subscribers. */
  readonly rule?: CostSharingRule;
  readonly participants?: readonly Participant[];
}

/** What became of it: its shares, or the code of why there are none yet. */
export interface MadeCharge {
  readonly chargeId: string;
  readonly problemCode: string | null;
  readonly shares: readonly { readonly shareId: string; readonly urn: string; readonly pence: number }[];
}
