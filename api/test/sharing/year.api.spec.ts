import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { bookingDelivered, bookingNotDelivered } from '../../src/bookings/bookings.news.js';
import { newId } from '../../src/platform/new-id.js';
import { systemScope } from '../../src/platform/actor.js';
import { Database } from '../../src/platform/database.js';
import { Events, type News } from '../../src/platform/events.js';
import { DueCharges } from '../../src/sharing/due-charges.js';
import { runOf, saveIssuer } from '../billing/charging.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf, bookingOf, type TestAgreement } from './arrange.js';

const { schools, sizes } = JSON.parse(readFileSync(join(import.meta.dirname, 'collaboration-sizes.json'), 'utf8')) as { schools: number; sizes: number[] };
/** All of them in the long run, three otherwise. */
const full = Boolean(process.env['FAIRSHARE_FULL']);
const chosen = full ? sizes : sizes.slice(0, 3);

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
}, 60_000);

const months = Array.from({ length: 12 }, (_, i) => {
  const from = new Date(Date.UTC(2026, 8 + i, 1)).toISOString().slice(0, 10);
  const to = new Date(Date.UTC(2026, 9 + i, 0)).toISOString().slice(0, 10);
  return { dueOn: from, from, to, pence: 123_457 + i };
});

const sessionPence = 6001;

async function tell<T>(who: ReturnType<typeof systemScope>, kind: News<T>, told: object): Promise<void> {
  await app.app.get(Database).write(who, (tx) => app.app.get(Events, { strict: false }).tell(tx, who, kind, told as T));
}

/** A session each month for schools in turn, all delivered; the one of July was not, as a school said afterwards. */
async function sessionsOf(id: string, urns: readonly string[], agreement: TestAgreement): Promise<void> {
  const who = systemScope([id]);
  for (const [i, month] of months.entries()) {
    const day = `${month.from.slice(0, 8)}16`;
    const [startsAt, endsAt] = [`${day}T09:00:00Z`, `${day}T10:00:00Z`];
    const schools = [{ urn: urns[i % urns.length] as string, minutes: 60 }];
    const bookingId = await bookingOf(app, id, { agreement, startsAt, endsAt, schools, state: 'delivered' });
    const about = { collaborationId: id, bookingId, agreementId: agreement.id, specialistId: agreement.specialistId, startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt), schools };
    await tell(who, bookingDelivered, { ...about, orderedOn: day, deliveredOn: day, coveredByEntitlement: false, coveredUrns: [], milliunits: 1000 });
    if (day.slice(5, 7) === '07') await tell(who, bookingNotDelivered, about);
  }
}

/** The year on invoices; one of them is credited, first a penny and then what is left. */
async function invoice(id: string): Promise<void> {
  const financeOfficer = await app.person('finance-officer', { collaborationId: id });
  const c = { id, financeOfficer } as TestCollaboration;
  await saveIssuer(c);
  const run = await runOf(c, { from: '2026-09-01', to: '2027-09-01' });
  expect((await financeOfficer.post(`/api/collaborations/${id}/invoice-runs/${run.id}/issue`)).status).toBe(200);
  const { items } = (await financeOfficer.get(`/api/collaborations/${id}/invoices?runId=${run.id}&size=200`)).body as { items: { id: string; kind: string }[] };
  const [first] = items.filter(({ kind }) => kind === 'invoice');
  if (!first) return;
  const credit = (body: object) => financeOfficer.post(`/api/collaborations/${id}/invoices/${first.id}/credit-notes`, body);
  expect([(await credit({ reason: 'A penny too much', pence: 1 })).status, (await credit({ reason: 'All of it' })).status]).toEqual([201, 201]);
}

async function collaborationOf(urns: readonly string[], place: number): Promise<string> {
  const id = newId();
  await app.sql(`insert into collaboration (id, name, zone, nation, lead_school_urn) values ($1, $2, 'Europe/London', 'england', $3)`, [id, `Collaboration ${place}`, urns[0]]);
  for (const urn of urns) await app.sql(`insert into membership (id, collaboration_id, urn, from_on) values ($1, $2, $3, '2020-09-01')`, [newId(), id, urn]);
  // One joins and one leaves during the year, where there are enough to see it.
  const subscriptions = urns.map((urn, i) => ({ urn, ...(i === 1 ? { from: '2027-01-12' } : {}), ...(i === 2 ? { until: '2027-03-31' } : {}) }));
  const agreement = await agreementOf(app, { id, urns }, { basis: place % 2 === 0 ? 'pupils' : 'equal', retainerPence: 1_481_550, instalments: months, subscriptions });
  const plan = 'insert into charge_plan (id, collaboration_id, agreement_id, kind, name, starts_on, ends_on, terms, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)';
  await app.sql(plan, [newId(), id, agreement.id, 'administration-fee', 'Fee', '2026-09-01', '2027-08-31', JSON.stringify({ kind: 'administration-fee', every: 'month', basisPoints: 175, pence: null }), 'Test', '2026-09-01']);
  const sessions = await agreementOf(app, { id, urns }, { name: 'Assessments', basis: place % 3 === 0 ? 'use' : 'equal', pricePence: sessionPence });
  await sessionsOf(id, urns, sessions);
  return id;
}

describe('a year of all collaborations', () => {
  it(`When ${chosen.length} collaborations are charged and invoiced for a year, with sessions and credits, then charges, shares, invoices and postings reconcile to nothing, and nothing is left to charge`, async () => {
    app.clock.set('2027-09-01T06:00:00Z');
    const pool = await app.schools(full ? schools : chosen.reduce((sum, size) => sum + size, 0));
    const ids: string[] = [];
    let next = 0;
    for (const [place, size] of chosen.entries()) ids.push(await collaborationOf(Array.from({ length: size }, () => pool[next++ % pool.length] as string), place));
    const [database, due] = [app.app.get(Database), app.app.get(DueCharges, { strict: false })];
    for (const id of ids) {
      const who = systemScope([id]);
      const made = await database.write(who, (tx) => due.make(tx, who, id, '2027-09-01'));
      expect([made.charged, made.unshared]).toEqual([24, 0]);
      expect((await database.write(who, (tx) => due.dryRun(tx, who, id, '2027-09-01'))).applied).toEqual([]);
    }
    const yearPence = months.reduce((sum, { pence }) => sum + pence, 0);
    // Eleven sessions: the twelfth was charged and given back. The fee is of the retainer's agreement only.
    const sessionsPence = 11 * sessionPence;
    const feePence = Math.round(yearPence * 0.0175);
    const [sums] = await app.sql<Record<string, string | number>>(
      `select (select sum(pence) from charge) as charged, (select sum(pence) from share) as shared, (select sum(pence) from ledger_posting) as posted,
              (select sum(pence) from ledger_posting where account = 'shares-to-invoice') as owed, (select sum(pence) from ledger_posting where account = 'charges-to-share') as waiting,
              (select count(*)::int from charge c where c.pence <> (select sum(s.pence) from share s where s.charge_id = c.id)) as unequal`,
    );
    const total = String((yearPence + sessionsPence + feePence) * ids.length);
    expect(sums).toEqual({ charged: total, shared: total, posted: '0', owed: total, waiting: null, unequal: 0 });
    // Nobody was ever a whole penny out: what each still carries says so.
    const [out] = await app.sql<{ n: number }>(`select count(*)::int as n from share where abs(split_part(carried_after, '/', 1)::numeric / coalesce(nullif(split_part(carried_after, '/', 2), ''), '1')::numeric) >= 1.5`);
    expect(out?.n).toBe(0);
    for (const id of ids) await invoice(id);
    const [billed] = await app.sql<Record<string, string | number>>(
      `select (select sum(pence) from ledger_posting) as posted, (select coalesce(sum(pence), 0) from ledger_posting where account = 'shares-to-invoice') as waiting,
              (select sum(pence) from ledger_posting where account in ('receivable', 'own-share')) + (select sum(l.net_pence) from credit_note_line l) as billed,
              (select sum(l.net_pence) from invoice_line l) as lines,
              (select count(*)::int from invariant_broken) as broken`,
    );
    expect(billed).toEqual({ posted: '0', waiting: '0', billed: total, lines: total, broken: 0 });
  }, full ? 900_000 : 60_000);
});
