import type { DateOnly } from '../kernel/period.js';
import { formatPounds } from '../kernel/money.js';
import { documentNumber, quotedInvoiceNumbers } from './document-number.js';

/** A bank line without a match. Above zero came in. */
export interface OpenLine {
  readonly id: string;
  readonly bookedOn: DateOnly;
  readonly description: string;
  readonly pence: number;
}

/** An issued invoice with something left to pay. */
export interface OpenInvoice {
  readonly id: string;
  readonly seriesNumber: number;
  readonly urn: string;
  readonly schoolName: string;
  readonly outstandingPence: number;
}

/** A payment that was recorded by hand and waits for its bank line. Above zero came in. */
export interface RecordedPayment {
  readonly id: string;
  readonly paidOn: DateOnly;
  readonly pence: number;
  readonly schoolName: string | null;
}

/** A supplier's bill that is not paid yet. */
export interface OpenBill {
  readonly id: string;
  readonly number: string;
  readonly supplierName: string;
  readonly outstandingPence: number;
}

/** What a line may be. Only a certain one is taken when all are accepted at once; the others are looked at by a person. */
export interface Suggestion {
  readonly bankLineId: string;
  readonly kind: 'recorded-payment' | 'reference' | 'payer' | 'set' | 'part' | 'supplier-bill';
  readonly certain: boolean;
  readonly reason: string;
  readonly invoices: readonly { readonly id: string; readonly pence: number }[];
  readonly paymentId: string | null;
  readonly supplierBillId: string | null;
}

export interface OpenThings {
  readonly invoices: readonly OpenInvoice[];
  readonly payments: readonly RecordedPayment[];
  readonly bills: readonly OpenBill[];
}

/** Words that many schools and suppliers have in common, so that they name nobody. */
const commonWords = new Set([
  'school', 'sch', 'schools', 'primary', 'infant', 'infants', 'junior', 'nursery', 'first', 'middle', 'secondary', 'high', 'academy', 'college', 'community',
  'church', 'of', 'england', 'c', 'e', 'ce', 'rc', 'catholic', 'voluntary', 'aided', 'controlled', 'the', 'and', 'st', 'saint', 'saints', 'ltd', 'limited', 'dr', 'mr', 'mrs',
  'ms', 'llp', 'plc', 'co', 'services', 'service', 'cc', 'council', 'trust', 'inv', 'invoice', 'ref', 'payment',
]);

const wordsOf = (text: string) => text.toLowerCase().replace(/['’]/g, '').split(/[^a-z0-9]+/).filter((word) => word !== '');
const tellingWords = (name: string) => wordsOf(name).filter((word) => !commonWords.has(word));

/** True when every word that tells this name apart stands in the bank's text. */
export function isNamedIn(name: string, description: string): boolean {
  const wanted = tellingWords(name);
  const there = new Set(wordsOf(description));
  return wanted.length > 0 && wanted.every((word) => there.has(word));
}

const firstOf = (found: readonly (Suggestion | null)[]) => found.find((suggestion) => suggestion !== null) ?? null;

/**
 * One suggestion a line at most, each with its reason, best rule first: a payment recorded by hand, reference and exact
 * amount, payer and exact amount; then invoices of the payer that add up, or part of a quoted one, which are only suggested.
 * An invoice, payment or bill is offered to one line only.
 */
export function suggestMatches(lines: readonly OpenLine[], open: OpenThings): Suggestion[] {
  const taken = new Set<string>();
  const found: Suggestion[] = [];
  const rules = [recordedPayment, byReference, byPayer, bySupplier, bySet, partOfReference];
  const left = new Set(lines);
  for (const rule of rules) {
    for (const line of left) {
      const free: OpenThings = {
        invoices: open.invoices.filter((invoice) => !taken.has(invoice.id)),
        payments: open.payments.filter((payment) => !taken.has(payment.id)),
        bills: open.bills.filter((bill) => !taken.has(bill.id)),
      };
      const suggestion = firstOf([rule(line, free)]);
      if (!suggestion) continue;
      found.push(suggestion);
      left.delete(line);
      for (const id of [...suggestion.invoices.map((invoice) => invoice.id), suggestion.paymentId, suggestion.supplierBillId]) if (id) taken.add(id);
    }
  }
  const order = new Map(lines.map((line, place) => [line.id, place]));
  return found.sort((a, b) => order.get(a.bankLineId)! - order.get(b.bankLineId)!);
}

const suggestionOf = (line: OpenLine, parts: Pick<Suggestion, 'kind' | 'certain' | 'reason'> & Partial<Suggestion>): Suggestion => ({
  invoices: [], paymentId: null, supplierBillId: null, ...parts, bankLineId: line.id,
});

function recordedPayment(line: OpenLine, { payments }: OpenThings): Suggestion | null {
  const same = payments.filter((payment) => payment.pence === line.pence && (payment.schoolName === null || isNamedIn(payment.schoolName, line.description)));
  const only = same.length === 1 ? same[0] : undefined;
  if (!only) return null;
  return suggestionOf(line, { kind: 'recorded-payment', certain: true, paymentId: only.id, reason: `This payment of ${formatPounds(Math.abs(only.pence))} was recorded by hand on ${only.paidOn}.` });
}

function byReference(line: OpenLine, { invoices }: OpenThings): Suggestion | null {
  const quoted = quotedOpen(line, invoices);
  const sum = quoted.reduce((total, invoice) => total + invoice.outstandingPence, 0);
  if (quoted.length === 0 || sum !== line.pence) return null;
  const numbers = quoted.map((invoice) => documentNumber('invoice', invoice.seriesNumber)).join(', ');
  return suggestionOf(line, {
    kind: 'reference', certain: true, invoices: quoted.map(wholeOf), reason: `The reference names ${numbers} and the amount is exactly what is left to pay.`,
  });
}

function byPayer(line: OpenLine, { invoices }: OpenThings): Suggestion | null {
  const exact = invoicesOfPayer(line, invoices).filter((invoice) => invoice.outstandingPence === line.pence);
  const invoice = exact[0];
  if (!invoice) return null;
  const number = documentNumber('invoice', invoice.seriesNumber);
  // Several alike (a monthly instalment): the oldest is paid first, but a person looks at it.
  return suggestionOf(line, {
    kind: 'payer', certain: exact.length === 1, invoices: [wholeOf(invoice)],
    reason: `The payer is ${invoice.schoolName} and the amount is exactly what is left of ${number}${exact.length > 1 ? `, the oldest of ${exact.length} alike` : ''}.`,
  });
}

function bySupplier(line: OpenLine, { bills }: OpenThings): Suggestion | null {
  const exact = bills.filter((bill) => bill.outstandingPence === -line.pence);
  const named = exact.filter((bill) => isNamedIn(bill.supplierName, line.description) || (bill.number.length >= 3 && wordsOf(line.description).includes(bill.number.toLowerCase())));
  const bill = named[0];
  if (!bill) return null;
  return suggestionOf(line, {
    kind: 'supplier-bill', certain: named.length === 1, supplierBillId: bill.id, reason: `${bill.supplierName} is named and the amount is exactly that of bill ${bill.number}.`,
  });
}

/** At most this many invoices of one payer are tried in sets; beyond it the oldest count. */
const mostInSet = 12;

function bySet(line: OpenLine, { invoices }: OpenThings): Suggestion | null {
  const candidates = invoicesOfPayer(line, invoices).slice(0, mostInSet);
  for (let set = 1; set < 1 << candidates.length; set++) {
    const chosen = candidates.filter((_, place) => set & (1 << place));
    if (chosen.length < 2 || chosen.reduce((sum, invoice) => sum + invoice.outstandingPence, 0) !== line.pence) continue;
    const numbers = chosen.map((invoice) => documentNumber('invoice', invoice.seriesNumber)).join(', ');
    return suggestionOf(line, { kind: 'set', certain: false, invoices: chosen.map(wholeOf), reason: `The payer is ${chosen[0]!.schoolName}, and ${numbers} add up to this amount.` });
  }
  return null;
}

function partOfReference(line: OpenLine, { invoices }: OpenThings): Suggestion | null {
  const quoted = line.pence > 0 ? quotedOpen(line, invoices) : [];
  const only = quoted.length === 1 ? quoted[0] : undefined;
  if (!only) return null;
  const pence = Math.min(line.pence, only.outstandingPence);
  const number = documentNumber('invoice', only.seriesNumber);
  const reason = line.pence < only.outstandingPence
    ? `The reference names ${number}; this pays part of it.`
    : `The reference names ${number}; ${formatPounds(line.pence - pence)} more than is left would be held as the school’s credit.`;
  return suggestionOf(line, { kind: 'part', certain: false, invoices: [{ id: only.id, pence }], reason });
}

const wholeOf = (invoice: OpenInvoice) => ({ id: invoice.id, pence: invoice.outstandingPence });

function quotedOpen(line: OpenLine, invoices: readonly OpenInvoice[]): OpenInvoice[] {
  const numbers = new Set(quotedInvoiceNumbers(line.description));
  return numbers.size === 0 ? [] : invoices.filter((invoice) => numbers.has(invoice.seriesNumber));
}

/**
 * The payer's invoices, oldest first. Telford Infant and Telford Junior are told apart by the words that both share with
 * other schools; nobody is guessed when the text fits two schools equally well.
 */
function invoicesOfPayer(line: OpenLine, invoices: readonly OpenInvoice[]): OpenInvoice[] {
  const there = new Set(wordsOf(line.description));
  const fit = new Map<string, number>();
  for (const { urn, schoolName } of invoices) {
    if (!fit.has(urn) && isNamedIn(schoolName, line.description)) fit.set(urn, wordsOf(schoolName).filter((word) => there.has(word)).length);
  }
  const best = Math.max(...fit.values());
  const payers = [...fit].filter(([, words]) => words === best).map(([urn]) => urn);
  if (payers.length !== 1) return [];
  return invoices.filter((invoice) => invoice.urn === payers[0]).sort((a, b) => a.seriesNumber - b.seriesNumber);
}
