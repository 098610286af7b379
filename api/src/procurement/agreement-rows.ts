import type { CancellationTerm, DatedPrice, InstalmentPlan, PriceBasis, ServiceColourName, ServiceKind, SupplierKind, Unit, BaselineMethod } from '@fairshare/domain/procurement';
import { priceOn } from '@fairshare/domain/procurement';
import type { AgreementRecord, SubscriptionRecord } from './agreement-record.js';

/** One row an agreement, with what stands beside it gathered in the same statement: no query per agreement. */
export const agreementRows = rowsWith('');

/** The same, with more columns of the same row. */
export function rowsWith(more: string): string {
  return `
  select a.*, ${more} s.name as service_name, s.kind as service_kind, s.colour as service_colour, s.for_staff,
         p.name as supplier_name, p.kind as supplier_kind, p.school_urn as supplier_school_urn,
         coalesce((select json_agg(json_build_object('from', x.effective_on, 'pence', x.pence) order by x.effective_on)
                     from agreement_price x where x.collaboration_id = a.collaboration_id and x.agreement_id = a.id), '[]') as prices,
         coalesce((select json_agg(x.specialist_id order by x.specialist_id)
                     from agreement_specialist x where x.collaboration_id = a.collaboration_id and x.agreement_id = a.id), '[]') as specialist_ids,
         coalesce((select json_agg(json_build_object('id', x.id, 'urn', x.urn, 'from', x.from_on, 'until', x.until_on,
                            'entitlementMilliunits', x.entitlement_milliunits, 'unit', a.unit) order by x.urn, x.from_on)
                     from subscription x where x.collaboration_id = a.collaboration_id and x.agreement_id = a.id), '[]') as subscriptions
    from agreement a
    join service s on s.collaboration_id = a.collaboration_id and s.id = a.service_id
    join supplier p on p.collaboration_id = a.collaboration_id and p.id = a.supplier_id`;
}

export interface AgreementRow {
  id: string;
  name: string;
  service_id: string;
  service_name: string;
  service_kind: ServiceKind;
  service_colour: ServiceColourName;
  for_staff: boolean;
  supplier_id: string;
  supplier_name: string;
  supplier_kind: SupplierKind;
  supplier_school_urn: string | null;
  starts_on: string;
  ends_on: string;
  price_basis: PriceBasis;
  price_at: 'order' | 'delivery';
  unit: Unit;
  retainer_pence: number | null;
  instalment_plan: InstalmentPlan | null;
  minimum_commitment_milliunits: number | null;
  carry_over_milliunits: number | null;
  reciprocal: boolean;
  notice_days: number;
  lead_time_days: number;
  cancellation_bands: CancellationTerm[];
  needs_approval: boolean;
  objection_days: number;
  minimum_notice_hours: number | null;
  minimum_notice_days: number | null;
  horizon_days: number;
  lengths_minutes: number[];
  step_minutes: number | null;
  morning_start_minute: number;
  morning_end_minute: number;
  afternoon_start_minute: number;
  afternoon_end_minute: number;
  before_minutes: number;
  after_minutes: number;
  pay_as_you_go: boolean;
  required_credentials: string[] | null;
  baseline_name: string | null;
  baseline_price_pence: number | null;
  baseline_method: BaselineMethod | null;
  prices: DatedPrice[];
  specialist_ids: string[];
  subscriptions: SubscriptionRecord[];
}

export function recordOf(row: AgreementRow, today: string): AgreementRecord {
  return {
    id: row.id,
    name: row.name,
    service: { id: row.service_id, name: row.service_name, kind: row.service_kind, colour: row.service_colour, forStaff: row.for_staff },
    supplier: { id: row.supplier_id, name: row.supplier_name, kind: row.supplier_kind, schoolUrn: row.supplier_school_urn },
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    noticeDays: row.notice_days,
    leadTimeDays: row.lead_time_days,
    priceBasis: row.price_basis,
    pricePence: priceOn(row.prices, today),
    prices: row.prices,
    priceAt: row.price_at,
    retainerPence: row.retainer_pence,
    instalmentPlan: row.instalment_plan,
    minimumCommitmentMilliunits: row.minimum_commitment_milliunits,
    carryOverMilliunits: row.carry_over_milliunits,
    reciprocal: row.reciprocal,
    terms: termsOf(row),
    needsApproval: row.needs_approval,
    objectionDays: row.objection_days,
    cancellationBands: row.cancellation_bands,
    specialistIds: row.specialist_ids,
    subscriptions: row.subscriptions,
    baseline: row.baseline_name === null || row.baseline_price_pence === null || row.baseline_method === null
      ? null
      : { name: row.baseline_name, pricePence: row.baseline_price_pence, method: row.baseline_method },
  };
}

function termsOf(row: AgreementRow): AgreementRecord['terms'] {
  return {
    agreementId: row.id,
    term: { from: row.starts_on, to: row.ends_on },
    subscriptions: row.subscriptions.map((part) => ({ schoolUrn: part.urn, from: part.from, until: part.until })),
    minimumNotice: row.minimum_notice_hours === null ? { days: row.minimum_notice_days ?? 0 } : { hours: row.minimum_notice_hours },
    horizonDays: row.horizon_days,
    lengthsMinutes: row.lengths_minutes,
    stepMinutes: row.step_minutes,
    morning: { startMinute: row.morning_start_minute, endMinute: row.morning_end_minute },
    afternoon: { startMinute: row.afternoon_start_minute, endMinute: row.afternoon_end_minute },
    forStaff: row.for_staff,
    payAsYouGo: row.pay_as_you_go,
    unit: row.unit,
    requiredCredentials: row.required_credentials,
    beforeMinutes: row.before_minutes,
    afterMinutes: row.after_minutes,
  };
}
