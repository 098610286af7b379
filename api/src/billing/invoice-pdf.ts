import type { InvoiceLine, Party } from '@fairshare/contract/billing';
import { disputeInWords, documentTitle, paidFromInWords, paidFromOf, totalWords } from '@fairshare/domain/billing';
import { formatPounds } from '@fairshare/domain/kernel/money';
import { asSaid, type BillingDocument } from './billing-document.js';
import { PdfPage } from './pdf-page.js';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `6 Oct 2026`, with the weekday where it helps. */
function dayOf(date: string, weekday = false): string {
  const day = new Date(`${date}T00:00:00Z`);
  return `${weekday ? `${days[day.getUTCDay()]} ` : ''}${day.getUTCDate()} ${months[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

const periodOf = (from: string, to: string) => (from === to ? dayOf(from) : `${dayOf(from)} – ${dayOf(to)}`);
const sortCodeOf = (digits: string) => digits.replace(/(\d\d)(\d\d)(\d\d)/, '$1-$2-$3');
const titleOf = ({ kind, issuedOn }: BillingDocument) => documentTitle(kind, issuedOn === null);

/** The document as a tagged PDF: headings, paragraphs and a real table in reading order, in English, with a title. */
export async function documentPdf(document: BillingDocument, createdAt: Date): Promise<Buffer> {
  const invoice = asSaid(document);
  const page = new PdfPage(`${titleOf(invoice)} ${invoice.number ?? ''} to ${invoice.schoolName}`.replace('  ', ' '), invoice.issuer.name, createdAt);
  drawHead(page, invoice);
  drawLines(page, invoice);
  drawTotals(page, invoice);
  drawPayment(page, invoice);
  return page.finish(`${invoice.issuer.name} · ${invoice.number ?? titleOf(invoice)}`);
}

/** Who a document is from or to, below its label. @returns where it ends. */
function drawParty(page: PdfPage, label: string, party: Party, x: number, y: number): number {
  let at = y;
  at += page.text('P', label, x, at, { size: 8, colour: '#5c5850', width: 230 }) + 2;
  at += page.text('P', party.name, x, at, { bold: true, width: 230 }) + 1;
  const details = [...party.address, `URN ${party.urn}`, ...(party.vatNumber ? [`VAT ${party.vatNumber}`] : [])];
  at += page.text('P', details.join('\n'), x, at, { size: 9, width: 230 });
  return at;
}

function drawHead(page: PdfPage, invoice: BillingDocument): void {
  page.band(0, 8, '#0b5c5e');
  page.text('H1', invoice.number ? `${titleOf(invoice)} ${invoice.number}` : titleOf(invoice), 48, 40, { size: 24, bold: true, colour: '#0b5c5e', width: 330 });
  page.text('P', formatPounds(invoice.grossPence), 380, 42, { size: 20, bold: true, width: 167, align: 'right' });
  if (invoice.dueOn) page.text('P', `due ${dayOf(invoice.dueOn, true)}`, 380, 66, { size: 9, width: 167, align: 'right', colour: '#5c5850' });
  const from = drawParty(page, 'From', invoice.issuer, 48, 100);
  const to = drawParty(page, 'To', invoice.customer, 310, 100);
  page.y = Math.max(from, to) + 14;
  const facts = [
    [invoice.kind === 'credit-note' ? 'Credit note number' : 'Invoice number', invoice.number ?? 'given at issue'], ['Issued', invoice.issuedOn ? dayOf(invoice.issuedOn, true) : 'not yet'],
    ...(invoice.takesBack ? [['For invoice', `${invoice.takesBack.number} of ${dayOf(invoice.takesBack.issuedOn, true)}`], ['Why', invoice.takesBack.reason]] : []),
    ['Service period', periodOf(invoice.serviceFrom, invoice.serviceTo)], ...(invoice.dueOn ? [['Payment due', dayOf(invoice.dueOn, true)]] : []),
  ];
  page.table([{ title: 'About this document', width: 150 }, { title: 'Detail', width: 349 }], facts);
  page.y += 16;
}

/** What a line is for, and under it what stands beside the amount: its agreement, the streams it is paid from, disputes, credits. */
function wordsOf(line: InvoiceLine): string {
  const what = line.serviceName && !line.description.includes(line.serviceName) ? `${line.serviceName}: ${line.description}` : line.description;
  return [
    what,
    line.agreementName && !line.description.includes(line.agreementName) ? `Agreement: ${line.agreementName}` : '',
    line.paidFrom?.some(({ name }) => name) ? `Paid from ${paidFromInWords(line.paidFrom)}` : '',
    ...line.disputes.map(disputeInWords),
    line.creditedPence > 0 ? `${formatPounds(line.creditedPence)} credited` : '',
  ].filter(Boolean).join('\n');
}

function drawLines(page: PdfPage, invoice: BillingDocument): void {
  page.heading(invoice.takesBack ? 'What is taken back' : 'What it is for');
  page.table(
    [
      { title: 'Service', width: 222 }, { title: 'Period', width: 92 }, { title: 'Code', width: 60 },
      { title: 'Net', width: 68, align: 'right' }, { title: 'VAT', width: 57, align: 'right' },
    ],
    invoice.lines.map((line) => [
      wordsOf(line),
      periodOf(line.serviceFrom, line.serviceTo), `${line.costCode.system} ${line.costCode.code}`, formatPounds(line.netPence), line.vatPence === 0 ? '–' : formatPounds(line.vatPence),
    ]),
  );
  page.y += 14;
}

function drawTotals(page: PdfPage, invoice: BillingDocument): void {
  page.room(140);
  page.heading('Totals');
  const rows = [['Net', formatPounds(invoice.netPence)]];
  for (const rate of invoice.vatRates.filter((one) => one.basisPoints > 0)) rows.push([`VAT at ${rate.basisPoints / 100} % on ${formatPounds(rate.netPence)}`, formatPounds(rate.vatPence)]);
  const totalRow = rows.push([totalWords[invoice.kind], formatPounds(invoice.grossPence)]) - 1;
  for (const note of invoice.creditNotes) rows.push([`Credit note ${note.number}, ${dayOf(note.issuedOn)}: ${note.reason}`, formatPounds(0 - note.grossPence)]);
  if (invoice.paidPence > 0) rows.push(['Paid', formatPounds(0 - invoice.paidPence)]);
  const last = invoice.creditedPence > 0 || invoice.paidPence > 0 ? rows.push(['Left to pay', formatPounds(invoice.outstandingPence)]) - 1 : totalRow;
  if (invoice.disputedPence > 0) rows.push(['Of it disputed: not due until it is decided', formatPounds(invoice.disputedPence)]);
  page.table([{ title: 'Sum', width: 399 }, { title: 'Pounds', width: 100, align: 'right' }], rows, new Set([totalRow, last]));
  page.y += 8;
  const streams = paidFromOf(invoice.lines);
  if (streams.some(({ name }) => name)) page.paragraph(`The net is paid from ${paidFromInWords(streams)}.`, { size: 9 });
  for (const words of new Set(invoice.vatRates.map((rate) => rate.words))) page.paragraph(words, { size: 8, colour: '#5c5850' });
  page.y += 8;
}

function drawPayment(page: PdfPage, invoice: BillingDocument): void {
  if (invoice.kind === 'journal') return page.paragraph('This is the school’s own share: a journal in its books. Nothing is to be paid.');
  if (invoice.kind === 'credit-note') {
    const held = invoice.takesBack ? 'What was paid beyond what is left of the invoice' : 'More was given back than was charged. What is due';
    return page.paragraph(`${held} is held as the school’s credit, for its next invoices or to be paid back to its bank.`);
  }
  page.room(110);
  page.heading('How to pay');
  const bank = invoice.issuer.bank;
  if (!bank) return page.paragraph(`Please ask ${invoice.issuer.name} for its bank details.`);
  page.table([{ title: 'Bank transfer', width: 150 }, { title: 'Detail', width: 349 }], [
    ['Account name', bank.accountName], ['Sort code', sortCodeOf(bank.sortCode)], ['Account number', bank.accountNumber],
    ['Reference', invoice.number ?? 'the invoice number, once it is given'],
  ]);
}
