import { setTimeout as pause } from 'node:timers/promises';
import { addDays, monthOf, type DateOnly } from '@fairshare/domain/kernel/period';
import { morningOf, type Story } from './story.js';

interface Invoice {
  readonly number: string;
  readonly urn: string;
  readonly schoolName: string;
  readonly outstandingPence: number;
  readonly standing: string;
}

/** The business manager's school. */
const disputing = '125565';

/** The two whole months before this one, invoiced; the first paid but for two schools, the second paid by three. */
export async function makeInvoices(story: Story): Promise<{ issued: number }> {
  const office = story.financeOfficer;
  await office.put(`${story.at}/invoice-issuer`, {
    accountName: 'Leamington North Cluster', sortCode: '30-00-00', accountNumber: '12345678', vatNumber: 'GB999999973', paymentDays: 30,
  });
  const last = monthOf(addDays(monthOf(story.today).from, -1));
  const before = monthOf(addDays(last.from, -1));
  const lines: string[] = [];
  for (const [month, unpaid] of [[before, 2], [last, 6]] as const) {
    const invoices = await invoiceMonth(story, month);
    // The business manager's school has its last invoice still to pay, since something on it is disputed.
    const paying = invoices.filter((invoice) => invoice.outstandingPence > 0 && !(month === last && invoice.urn === disputing)).slice(unpaid);
    lines.push(...paying.map((invoice, i) => bankLine(addDays(month.to, 12 + i) < story.today ? addDays(month.to, 12 + i) : story.today, invoice)));
  }
  const header = 'Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance,';
  await office.on(undefined).upload(`${story.at}/bank-statements`, 'statement.csv', [header, ...lines.reverse(), ''].join('\r\n'));
  await office.post(`${story.at}/matches/accept`, {});
  const { body } = await office.get(`${story.at}/invoices?size=200`);
  return { issued: (body.items ?? []).filter((invoice) => invoice['number']).length };
}

async function invoiceMonth(story: Story, month: { from: DateOnly; to: DateOnly }): Promise<Invoice[]> {
  const office = story.financeOfficer.on(morningOf(addDays(month.to, 3)));
  await office.post(`${story.at}/charges/instalments`, { through: month.to });
  const { body } = await office.post(`${story.at}/invoice-runs`, month);
  const runId = body['id'] as string;
  for (let waited = 0; waited < 600; waited++) {
    const { body: run } = await office.get(`${story.at}/invoice-runs/${runId}`);
    if (run['state'] === 'done') break;
    if (run['state'] === 'failed') throw new Error('The demonstration could not be invoiced.');
    await pause(100);
  }
  await office.post(`${story.at}/invoice-runs/${runId}/issue`);
  const { body: list } = await office.get(`${story.at}/invoices?runId=${runId}&size=200`);
  return (list.items ?? []) as unknown as Invoice[];
}

/** As the sample of a large bank writes it: sort code behind an apostrophe, a comma at the end. */
function bankLine(on: DateOnly, invoice: Invoice): string {
  const [year, month, day] = on.split('-');
  const pounds = (invoice.outstandingPence / 100).toFixed(2);
  const payer = invoice.schoolName.replace(/[^A-Za-z ]/g, '').toUpperCase().slice(0, 18).trim();
  return `${day}/${month}/${year},BGC,'30-00-00,12345678,${payer} ${invoice.number},,${pounds},,`;
}
