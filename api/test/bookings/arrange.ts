import { jest } from '@jest/globals';
import { newId } from '../../src/platform/new-id.js';
import type { Client, TestApp, TestCollaboration } from '../harness.js';

// A collaboration with all its people signs in eight times, which takes seconds on a busy machine.
jest.setTimeout(60_000);

/** Terms of 2026/27 at Warwickshire schools; the half-terms between them are holidays. */
const terms: readonly (readonly [string, string, string])[] = [
  ['term', '2026-09-01', '2026-12-18'],
  ['half-term', '2026-10-26', '2026-10-30'],
  ['term', '2027-01-04', '2027-03-25'],
  ['half-term', '2027-02-15', '2027-02-19'],
  ['term', '2027-04-12', '2027-07-21'],
  ['half-term', '2027-05-31', '2027-06-04'],
];

export interface AgreementOptions {
  readonly needsApproval?: boolean;
  readonly payAsYouGo?: boolean;
  readonly unit?: 'hour' | 'half-day' | 'day' | 'session';
  /** Thousandths for each school; null buys no units. */
  readonly entitlementMilliunits?: number | null;
  readonly pricePence?: number;
  readonly specialistIds?: readonly string[];
  readonly urns?: readonly string[];
  readonly lengthsMinutes?: readonly number[];
  /** The agreement's term; the school year 2026/27 unless the spec lives on the real clock. */
  readonly term?: readonly [string, string];
}

export interface Bench {
  readonly c: TestCollaboration;
  readonly agreementId: string;
  readonly specialistId: string;
  readonly specialist: Client;
  readonly path: string;
  /** The body of a booking for the first school, one hour long. */
  body(startsAt: string, endsAt: string, more?: Record<string, unknown>): Record<string, unknown>;
}

/** The day on which every spec of bookings begins: a Monday morning in term. */
export const morning = '2026-09-14T07:00:00Z';

export async function calendarOf(app: TestApp, collaborationId: string): Promise<void> {
  for (const [kind, from, to] of terms) {
    await app.sql(
      `insert into calendar_entry (id, collaboration_id, level, la_code, kind, name, from_on, to_on) values ($1, $2, 'local-authority', '937', $3, $4, $5, $6)`,
      [newId(), collaborationId, kind, `${kind} from ${from}`, from, to],
    );
  }
}

/** One term without a holiday, not even a bank holiday: for specs that live on the real clock. */
async function openTerm(app: TestApp, collaborationId: string, [from, to]: readonly [string, string]): Promise<void> {
  for (const kind of ['term', 'open']) {
    await app.sql(
      `insert into calendar_entry (id, collaboration_id, level, la_code, kind, name, from_on, to_on) values ($1, $2, 'local-authority', '937', $3, $3, $4, $5)`,
      [newId(), collaborationId, kind, from, to],
    );
  }
}

/** Closes one school: kind `inset`, `closure` or `holiday`. */
export async function closeSchool(app: TestApp, collaborationId: string, urn: string, kind: string, from: string, to = from): Promise<void> {
  await app.sql(
    `insert into calendar_entry (id, collaboration_id, level, urn, kind, name, from_on, to_on) values ($1, $2, 'school', $3, $4, $5, $6, $7)`,
    [newId(), collaborationId, urn, kind, `${kind} at ${urn}`, from, to],
  );
}

/** Somebody who works Monday to Friday from eight to six, engaged by the collaboration. */
export async function engage(app: TestApp, collaborationId: string, specialistId: string = newId()): Promise<string> {
  const supplierId = newId();
  await app.sql(`insert into supplier (id, collaboration_id, name, kind) values ($1, $2, $3, 'company')`, [supplierId, collaborationId, `Supplier ${supplierId}`]);
  await app.sql(`insert into specialist (id, name) values ($1, $2) on conflict do nothing`, [specialistId, await app.seal(specialistId, `Dr ${specialistId.slice(-4)}`)]);
  await app.sql(`insert into engagement (id, collaboration_id, specialist_id, supplier_id, from_on) values ($1, $2, $3, $4, '2020-01-01')`, [newId(), collaborationId, specialistId, supplierId]);
  const periods = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startMinute: 480, endMinute: 1080 }));
  await app.sql(
    `insert into working_pattern (id, collaboration_id, specialist_id, valid_from, term_time_only, periods) values ($1, $2, $3, '2020-01-01', false, $4)`,
    [newId(), collaborationId, specialistId, JSON.stringify(periods)],
  );
  return specialistId;
}

export async function agree(app: TestApp, c: TestCollaboration, specialistIds: readonly string[], options: AgreementOptions = {}): Promise<string> {
  const id = newId();
  const serviceId = newId();
  const supplierId = newId();
  await app.sql(`insert into service (id, collaboration_id, name, kind, colour, for_staff) values ($1, $2, $3, 'educational-psychology', 'blue', false)`, [serviceId, c.id, `Service ${id}`]);
  await app.sql(`insert into supplier (id, collaboration_id, name, kind) values ($1, $2, $3, 'company')`, [supplierId, c.id, `Supplier ${id}`]);
  const [startsOn, endsOn] = options.term ?? ['2026-09-01', '2027-08-31'];
  const bands = [{ atLeastWorkingDays: 5, chargeBasisPoints: 0 }, { atLeastWorkingDays: 1, chargeBasisPoints: 5000 }, { atLeastWorkingDays: 0, chargeBasisPoints: 10_000 }];
  await app.sql(
    `insert into agreement (id, collaboration_id, service_id, supplier_id, name, starts_on, ends_on, price_basis, price_at, unit, notice_days, lead_time_days,
       cancellation_bands, needs_approval, objection_days, minimum_notice_hours, horizon_days, lengths_minutes, step_minutes, morning_start_minute, morning_end_minute,
       afternoon_start_minute, afternoon_end_minute, before_minutes, after_minutes, pay_as_you_go)
     values ($1, $2, $3, $4, $5, $11, $12, 'hour', 'order', $6, 90, 30, $7, $8, 5, 0, 365, $9, 15, 540, 720, 780, 960, 0, 0, $10)`,
    [id, c.id, serviceId, supplierId, `Agreement ${id}`, options.unit ?? 'hour', JSON.stringify(bands), options.needsApproval ?? false, options.lengthsMinutes ?? [], options.payAsYouGo ?? false, startsOn, endsOn],
  );
  await app.sql(`insert into agreement_price (collaboration_id, agreement_id, effective_on, pence) values ($1, $2, '2026-09-01', $3)`, [c.id, id, options.pricePence ?? 6000]);
  for (const specialistId of specialistIds) await app.sql(`insert into agreement_specialist (collaboration_id, agreement_id, specialist_id) values ($1, $2, $3)`, [c.id, id, specialistId]);
  for (const urn of options.urns ?? c.urns) {
    await app.sql(`insert into subscription (id, collaboration_id, agreement_id, urn, from_on, entitlement_milliunits) values ($1, $2, $3, $4, $6, $5)`, [
      newId(), c.id, id, urn, options.entitlementMilliunits ?? null, startsOn,
    ]);
  }
  return id;
}

/** A collaboration with term dates, one specialist and an agreement to which its schools subscribe. */
export async function benchOf(app: TestApp, options: AgreementOptions & { schools?: number } = {}): Promise<Bench> {
  const c = await app.collaboration({ schools: options.schools ?? 3 });
  if (options.term) await openTerm(app, c.id, options.term);
  else await calendarOf(app, c.id);
  const specialistId = await engage(app, c.id);
  const agreementId = await agree(app, c, [specialistId], options);
  return {
    c,
    agreementId,
    specialistId,
    specialist: await app.person('specialist', { collaborationId: c.id, specialistId }),
    path: `/api/collaborations/${c.id}/bookings`,
    body: (startsAt, endsAt, more = {}) => ({ agreementId, specialistId, schoolUrns: [c.urns[0]], startsAt, endsAt, ...more }),
  };
}

/** Time taken that overlaps, by SQL: always nothing. */
export async function storedOverlaps(app: TestApp): Promise<number> {
  const [row] = await app.sql<{ overlaps: number }>(
    `select count(*)::int as overlaps from time_taken a join time_taken b on a.resource_id = b.resource_id and a.id < b.id
      where a.resource_kind <> 'absence' and b.resource_kind <> 'absence' and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)`,
  );
  return row?.overlaps ?? -1;
}
