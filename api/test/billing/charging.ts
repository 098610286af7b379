import { jest } from '@jest/globals';
import { Drafting } from '../../src/billing/drafting.js';
import { systemScope } from '../../src/platform/actor.js';
import { Database } from '../../src/platform/database.js';
import { ChargesService } from '../../src/sharing/charges.service.js';
import { until } from '../client.js';
import type { TestApp, TestCollaboration } from '../harness.js';

/** Whole journeys through runs and statements take longer than one request, the more so when many specs run side by side. */
jest.setTimeout(30_000);

/** Charges the schools of a collaboration equally, as an adjustment without an agreement. */
export async function charge(app: TestApp, c: TestCollaboration, pence: number, on = '2026-09-15', urns: readonly string[] = c.urns): Promise<string> {
  const who = systemScope([c.id]);
  const database = app.app.get(Database, { strict: false });
  const charges = app.app.get(ChargesService, { strict: false });
  const made = await database.write(who, (tx) => charges.makeCharge(tx, who, {
    collaborationId: c.id, kind: 'adjustment', agreementId: null, description: `Counselling on ${on}`, pence, serviceFrom: on, serviceTo: on,
    rule: { basis: 'equal' }, participants: urns.map((school) => ({ school })),
  }));
  return made.chargeId;
}

export const september = { from: '2026-09-01', to: '2026-09-30' };

/** Starts a run through HTTP and waits until it is done. */
export async function runOf(c: TestCollaboration, period = september): Promise<{ id: string; done: number; total: number; problems: { code: string }[] }> {
  const at = `/api/collaborations/${c.id}/invoice-runs`;
  const started = await c.financeOfficer.post(at, period);
  if (started.status !== 202) throw new Error(`Starting a run answered ${started.status}: ${started.text}`);
  return until(async () => {
    const run = (await c.financeOfficer.get(`${at}/${started.body.id}`)).body;
    return run.state === 'done' && run;
  });
}

export async function issuedInvoices(app: TestApp, c: TestCollaboration, pence = 30_000, on = '2026-09-15'): Promise<{ id: string; number: string; urn: string; grossPence: number; schoolName: string }[]> {
  await charge(app, c, pence, on);
  const run = await runOf(c, { from: `${on.slice(0, 7)}-01`, to: `${on.slice(0, 7)}-28` });
  const issued = await c.financeOfficer.post(`/api/collaborations/${c.id}/invoice-runs/${run.id}/issue`);
  if (issued.status !== 200) throw new Error(issued.text);
  const list = await c.financeOfficer.get(`/api/collaborations/${c.id}/invoices?runId=${run.id}&size=200`);
  return list.body.items.filter((i: { kind: string }) => i.kind === 'invoice').reverse();
}

export async function saveIssuer(c: TestCollaboration, vatNumber: string | null = null, paymentDays = 30): Promise<void> {
  const answer = await c.financeOfficer.put(`/api/collaborations/${c.id}/invoice-issuer`, {
    accountName: 'Leamington North Cluster', sortCode: '30-00-00', accountNumber: '12345678', vatNumber, paymentDays,
  });
  if (answer.status !== 200) throw new Error(answer.text);
}

export const draftingOf = (app: TestApp) => app.app.get(Drafting, { strict: false });

/** A statement as a large bank writes it, from lines of day, words and pence. */
export function statement(lines: readonly (readonly [day: string, words: string, pence: number])[]): string {
  const rows = lines.map(([day, words, pence]) => {
    const amount = (Math.abs(pence) / 100).toFixed(2);
    return `${day},FPI,'30-00-00,12345678,"${words.replaceAll('"', '""')}",${pence < 0 ? amount : ''},${pence > 0 ? amount : ''},0.00,`;
  });
  return ['Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance,', ...rows].join('\r\n');
}
