import { stringify } from 'csv-stringify/sync';
import { disputeInWords, documentWords, paidFromInWords } from '@fairshare/domain/billing';
import type { BillingDocument } from './billing-document.js';

const pounds = (pence: number) => `${pence < 0 ? '-' : ''}${Math.floor(Math.abs(pence) / 100)}.${String(Math.abs(pence) % 100).padStart(2, '0')}`;

/** Text that a spreadsheet would run as a formula gets an apostrophe first; an amount below zero is none, and stays a number that adds up. */
const safe = (value: string | number) => (typeof value === 'string' && /^[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/.test(value) && !/^-\d+\.\d\d$/.test(value) ? `'${value}` : value);

/** One row a line, amounts in pounds, those of a credit note below nothing; cells that a spreadsheet would run as a formula are escaped. */
export function documentCsv(invoice: BillingDocument): string {
  const rows = invoice.lines.map((line) => ({
    Document: documentWords[invoice.kind], Number: invoice.number ?? 'Draft', 'Takes back': invoice.takesBack?.number ?? '', Issued: invoice.issuedOn ?? '', Due: invoice.dueOn ?? '', Issuer: invoice.issuer.name, School: invoice.schoolName, URN: invoice.urn,
    Line: line.position, Service: line.serviceName ?? '', Agreement: line.agreementName ?? '', Description: line.description, From: line.serviceFrom, To: line.serviceTo,
    Return: line.costCode.system, Code: line.costCode.code, 'Net (£)': pounds(line.netPence), 'VAT %': line.vatBasisPoints / 100, 'VAT (£)': pounds(line.vatPence),
    'Gross (£)': pounds(line.netPence + line.vatPence), 'Supplier’s VAT within the net (£)': pounds(line.suppliersVatPence), 'VAT note': line.vatWords,
    'Credited (£)': pounds(line.creditedPence), 'Paid from': paidFromInWords(line.paidFrom ?? []), Dispute: line.disputes.map(disputeInWords).join('; '),
  }));
  const cells = rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, safe(value)])));
  return `\uFEFF${stringify(cells, { header: true, record_delimiter: '\r\n' })}`;
}
