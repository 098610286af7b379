import { newId } from '../../src/platform/new-id.js';
import type { TestApp, TestCollaboration } from '../harness.js';

interface AgreementOptions {
  name?: string;
  basis?: 'equal' | 'pupils' | 'pupil-premium' | 'use' | 'fixed' | 'parts';
  parts?: readonly { basis: string; basisPoints: number }[];
  fixedBasisPoints?: Record<string, number>;
  bounds?: { capBasisPoints?: number; capPence?: number; floorPence?: number };
  censusOn?: string;
  priceBasis?: 'hour' | 'half-day' | 'day' | 'session' | 'retainer';
  pricePence?: number | null;
  prices?: readonly { from: string; pence: number }[];
  priceAt?: 'order' | 'delivery';
  retainerPence?: number;
  instalmentPlan?: string;
  unit?: string;
  startsOn?: string;
  endsOn?: string;
  /** URN, first and last day; by default every school for the whole term. */
  subscriptions?: readonly { urn: string; from?: string; until?: string | null; entitlementMilliunits?: number }[];
  instalments?: readonly { dueOn: string; from: string; to: string; pence: number }[];
  cancellationBands?: readonly { atLeastWorkingDays: number; chargeBasisPoints: number }[];
  baseline?: { name: string; pricePence: number; method: string };
  supplier?: { kind: 'company' | 'self-employed' | 'member-school'; schoolUrn?: string };
}

export interface TestAgreement {
  readonly id: string;
  readonly ruleId: string;
  readonly serviceId: string;
  readonly specialistId: string;
  readonly instalmentIds: readonly string[];
}

/** An agreement with its rule, prices, subscriptions, instalments and one engaged specialist, without the pages that make them. */
export async function agreementOf(app: TestApp, c: Pick<TestCollaboration, 'id' | 'urns'>, options: AgreementOptions = {}): Promise<TestAgreement> {
  const o = {
    name: 'Educational psychology', basis: 'equal' as const, priceBasis: 'session' as const, priceAt: 'order' as const, unit: 'session',
    startsOn: '2026-09-01', endsOn: '2027-08-31', cancellationBands: [{ atLeastWorkingDays: 2, chargeBasisPoints: 0 }, { atLeastWorkingDays: 0, chargeBasisPoints: 5000 }], ...options,
  };
  const [id, ruleId, serviceId, supplierId, specialistId] = [newId(), newId(), newId(), newId(), newId()] as [string, string, string, string, string];
  await app.sql(`insert into service (id, collaboration_id, name, kind, colour, for_staff) values ($1, $2, $3, 'educational-psychology', 'blue', false)`, [serviceId, c.id, `${o.name} ${id.slice(-4)}`]);
  await app.sql(`insert into supplier (id, collaboration_id, name, kind, school_urn) values ($1, $2, $3, $4, $5)`, [
    supplierId, c.id, `Supplier ${id.slice(-6)}`, o.supplier?.kind ?? 'company', o.supplier?.schoolUrn ?? null,
  ]);
  await app.sql(`insert into specialist (id, name) values ($1, $2)`, [specialistId, await app.seal(specialistId, 'Dr Test')]);
  await app.sql(`insert into engagement (id, collaboration_id, specialist_id, supplier_id, from_on) values ($1, $2, $3, $4, '2020-01-01')`, [newId(), c.id, specialistId, supplierId]);
  await app.sql(
    `insert into agreement (id, collaboration_id, service_id, supplier_id, name, starts_on, ends_on, price_basis, price_at, unit, retainer_pence, instalment_plan,
       notice_days, lead_time_days, cancellation_bands, needs_approval, objection_days, minimum_notice_days, horizon_days, lengths_minutes, step_minutes,
       morning_start_minute, morning_end_minute, afternoon_start_minute, afternoon_end_minute, before_minutes, after_minutes, pay_as_you_go, required_credentials,
       baseline_name, baseline_price_pence, baseline_method)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 90, 30, $13, false, 5, 0, 400, '{}', 30, 540, 720, 780, 960, 0, 0, true, '{}', $14, $15, $16)`,
    [
      id, c.id, serviceId, supplierId, `${o.name} ${id.slice(-4)}`, o.startsOn, o.endsOn, o.priceBasis, o.priceAt, o.unit, o.retainerPence ?? null,
      o.retainerPence ? (o.instalmentPlan ?? 'monthly-12') : null, JSON.stringify(o.cancellationBands), o.baseline?.name ?? null, o.baseline?.pricePence ?? null, o.baseline?.method ?? null,
    ],
  );
  await app.sql('insert into agreement_specialist (collaboration_id, agreement_id, specialist_id) values ($1, $2, $3)', [c.id, id, specialistId]);
  const prices = o.prices ?? (o.pricePence === null ? [] : [{ from: o.startsOn, pence: o.pricePence ?? 6000 }]);
  for (const price of prices) await app.sql('insert into agreement_price (collaboration_id, agreement_id, effective_on, pence) values ($1, $2, $3, $4)', [c.id, id, price.from, price.pence]);
  await ruleOf(app, c.id, id, { ...o, id: ruleId, effectiveOn: o.startsOn });
  for (const part of o.subscriptions ?? c.urns.map((urn) => ({ urn }))) {
    const { urn, from = o.startsOn, until = o.endsOn, entitlementMilliunits = null } = part as { urn: string; from?: string; until?: string | null; entitlementMilliunits?: number };
    await app.sql('insert into subscription (id, collaboration_id, agreement_id, urn, from_on, until_on, entitlement_milliunits) values ($1, $2, $3, $4, $5, $6, $7)', [
      newId(), c.id, id, urn, from, until, entitlementMilliunits,
    ]);
  }
  const instalmentIds: string[] = [];
  for (const [i, part] of (o.instalments ?? []).entries()) {
    instalmentIds.push(newId());
    await app.sql('insert into instalment (id, collaboration_id, agreement_id, number, due_on, service_from, service_to, pence) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
      instalmentIds.at(-1), c.id, id, i + 1, part.dueOn, part.from, part.to, part.pence,
    ]);
  }
  return { id, ruleId, serviceId, specialistId, instalmentIds };
}

type RuleOptions = Pick<AgreementOptions, 'basis' | 'parts' | 'fixedBasisPoints' | 'bounds' | 'censusOn'> & { id?: string; effectiveOn: string };

/** A cost-sharing rule from a date on. */
export async function ruleOf(app: TestApp, collaborationId: string, agreementId: string, o: RuleOptions): Promise<string> {
  const id = o.id ?? newId();
  await app.sql(
    `insert into agreement_rule (id, collaboration_id, agreement_id, effective_on, basis, parts, fixed_basis_points, cap_basis_points, cap_pence, floor_pence, census_on, agreed_on, agreed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $4, '{"All heads"}')`,
    [
      id, collaborationId, agreementId, o.effectiveOn, o.basis ?? 'equal', o.parts ? JSON.stringify(o.parts) : null, o.fixedBasisPoints ? JSON.stringify(o.fixedBasisPoints) : null,
      o.bounds?.capBasisPoints ?? null, o.bounds?.capPence ?? null, o.bounds?.floorPence ?? null, o.censusOn ?? null,
    ],
  );
  return id;
}

interface BookingOptions {
  agreement: TestAgreement;
  startsAt: string;
  endsAt: string;
  schools: readonly { urn: string; minutes?: number | null }[];
  state?: 'requested' | 'confirmed' | 'delivered' | 'cancelled';
  createdAt?: string;
  orderedOn?: string;
  cancellation?: object;
  chargeBasisPoints?: number;
  /** Another specialist than one of its own. */
  specialistId?: string;
  takesTime?: boolean;
}

/** A booking as it is stored, with a specialist of its own, without asking whether the period is a slot. */
export async function bookingOf(app: TestApp, collaborationId: string, o: BookingOptions): Promise<string> {
  const id = newId();
  const state = o.state ?? 'confirmed';
  const specialistId = o.specialistId ?? newId();
  if (!o.specialistId) {
    await app.sql(`insert into specialist (id, name) values ($1, $2)`, [specialistId, await app.seal(specialistId, 'Dr Test')]);
    await app.sql(
      `insert into engagement (id, collaboration_id, specialist_id, supplier_id, from_on)
       select $1, collaboration_id, $2, supplier_id, from_on from engagement where collaboration_id = $3 and specialist_id = $4`,
      [newId(), specialistId, collaborationId, o.agreement.specialistId],
    );
  }
  await app.sql(
    `insert into booking (id, collaboration_id, agreement_id, specialist_id, starts_at, ends_at, place_urn, state, requested_by_name, ordered_on, cancellation, charge_basis_points, delivered_at, created_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'Somebody', $9, $10, $11, $12, $13, $13)`,
    [
      id, collaborationId, o.agreement.id, specialistId, o.startsAt, o.endsAt, o.schools[0]?.urn, state, o.orderedOn ?? o.startsAt.slice(0, 10),
      o.cancellation ? JSON.stringify(o.cancellation) : null, o.chargeBasisPoints ?? null, state === 'delivered' ? o.endsAt : null, o.createdAt ?? o.startsAt,
    ],
  );
  for (const [i, { urn, minutes }] of o.schools.entries()) {
    await app.sql('insert into booking_school (collaboration_id, booking_id, urn, position, minutes) values ($1, $2, $3, $4, $5)', [collaborationId, id, urn, i, minutes ?? null]);
  }
  if (state !== 'cancelled' && (o.takesTime ?? true)) {
    await app.sql(`insert into time_taken (id, resource_kind, resource_id, starts_at, ends_at, holder_id) values ($1, 'specialist', $2, $3, $4, $5)`, [newId(), specialistId, o.startsAt, o.endsAt, id]);
  }
  return id;
}

/** Pence by URN of an answer's shares. */
export function penceOf(items: readonly { urn: string; pence: number }[]): Record<string, number> {
  return Object.fromEntries(items.map(({ urn, pence }) => [urn, pence]));
}
