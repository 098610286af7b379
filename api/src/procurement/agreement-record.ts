import type { AgreementTerms } from '@fairshare/domain/availability';
import type { CancellationBand } from '@fairshare/domain/bookings';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import type {
  BaselineMethod, CredentialType, DatedPrice, InstalmentPlan, LeaverPolicy, PriceBasis, RuleBasis, ServiceColourName, ServiceKind, SupplierKind, Unit,
} from '@fairshare/domain/procurement';
import type { CostSharingRule } from '@fairshare/domain/sharing';

/** An agreement as the other rooms see it: everything that was agreed, with its subscriptions and prices. */
export interface AgreementRecord {
  readonly id: string;
  readonly name: string;
  readonly service: { readonly id: string; readonly name: string; readonly kind: ServiceKind; readonly colour: ServiceColourName; readonly forStaff: boolean };
  readonly supplier: { readonly id: string; readonly name: string; readonly kind: SupplierKind; readonly schoolUrn: string | null };
  readonly startsOn: DateOnly;
  /** The last day. */
  readonly endsOn: DateOnly;
  readonly noticeDays: number;
  readonly leadTimeDays: number;
  readonly priceBasis: PriceBasis;
  /** Today's price of one unit (before the term: the first one); null for a retainer without one. Ask `priceOn(prices, day)` for another day. */
  readonly pricePence: number | null;
  readonly prices: readonly DatedPrice[];
  readonly priceAt: 'order' | 'delivery';
  /** For the whole term; null when nothing is paid by instalments. */
  readonly retainerPence: number | null;
  readonly instalmentPlan: InstalmentPlan | null;
  /** Over the whole term, in thousandths of the terms' unit. */
  readonly minimumCommitmentMilliunits: number | null;
  /** What one school at most takes over of what is left into its next period; null lets all of it lapse. */
  readonly carryOverMilliunits: number | null;
  /** The schools give each other time and nobody pays. */
  readonly reciprocal: boolean;
  readonly terms: AgreementTerms;
  readonly needsApproval: boolean;
  /** Working days. */
  readonly objectionDays: number;
  readonly cancellationBands: readonly CancellationBand[];
  readonly specialistIds: readonly string[];
  readonly subscriptions: readonly SubscriptionRecord[];
  readonly baseline: { readonly name: string; readonly pricePence: number; readonly method: BaselineMethod } | null;
}

export interface SubscriptionRecord {
  readonly id: string;
  readonly urn: string;
  readonly from: DateOnly;
  readonly until: DateOnly | null;
  /** Thousandths of `unit` bought in advance, for the days of the subscription. */
  readonly entitlementMilliunits: number | null;
  readonly unit: Unit;
}

export interface SpecialistRecord {
  readonly id: string;
  readonly name: string;
  /** Of the agreements under which the specialist may be booked. */
  readonly services: readonly { readonly id: string; readonly name: string; readonly kind: ServiceKind; readonly colour: ServiceColourName }[];
  readonly supplierId: string;
  readonly supplierName: string;
  readonly from: DateOnly;
  readonly until: DateOnly | null;
  readonly credentials: readonly CredentialRecord[];
}

export interface CredentialRecord {
  readonly id: string;
  readonly type: CredentialType;
  readonly number: string | null;
  readonly checkedOn: DateOnly;
  readonly checkedBy: string;
  readonly expiresOn: DateOnly | null;
}

export interface RuleInForce {
  readonly ruleId: string;
  readonly effectiveOn: DateOnly;
  readonly rule: CostSharingRule;
  /** What the rule goes by, as it was agreed; a part of the rule names its weight by the same words. */
  readonly measure: RuleBasis;
  readonly censusOn: DateOnly | null;
  readonly leavers: LeaverPolicy;
  /** By URN; empty unless the rule or a part of it is fixed. */
  readonly fixedBasisPoints: Readonly<Record<string, number>>;
  readonly agreedBy: readonly string[];
  readonly agreedOn: DateOnly;
  readonly frozen: boolean;
}

export interface ScheduledInstalment {
  readonly id: string;
  readonly agreementId: string;
  readonly number: number;
  readonly of: number;
  readonly dueOn: DateOnly;
  readonly serviceFrom: DateOnly;
  readonly serviceTo: DateOnly;
  readonly pence: number;
  readonly charged: boolean;
}
