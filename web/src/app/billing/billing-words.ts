import type { InvoiceSummary } from '@fairshare/contract/billing.js';
import { parsePounds } from '@fairshare/domain/kernel/money.js';
import { monthOf } from '@fairshare/domain/kernel/period.js';
import { addDays } from '../ui/london';
import type { Tone } from '../ui/state';

/** Where an invoice stands, as a word and its tone. */
export const standingWords: Readonly<Record<InvoiceSummary['standing'], readonly [word: string, tone: Tone]>> = {
  draft: ['Draft', 'neutral'],
  open: ['To be paid', 'info'],
  'part-paid': ['Part paid', 'warn'],
  disputed: ['Disputed', 'warn'],
  overdue: ['Overdue', 'bad'],
  paid: ['Paid', 'good'],
  credited: ['Credited', 'neutral'],
  journal: ['Journal', 'neutral'],
  'credit-note': ['Held as credit', 'good'],
};

const differenceWords: Readonly<Record<string, string>> = {
  'charge-not-shared': 'Charges that could not be shared',
  'shares-differ-from-charge': 'Shares that are not their charge',
  'claimed-without-document': 'Shares marked as invoiced that no invoice has',
  'bill-not-covered': 'Lines of suppliers’ bills that no charge passes on',
  'bill-over-covered': 'Charges that pass on more of suppliers’ bills than they are since they were put right',
  'charge-not-billed': 'Charged to schools, and no bill of the supplier asks for it yet',
  'share-not-invoiced': 'Shares that no invoice has yet',
  'draft-not-issued': 'Drafts that are not issued yet',
  'bank-line-not-matched': 'Bank lines that are not matched yet',
};

export const differenceWord = (kind: string) => differenceWords[kind] ?? kind;

const monthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `2026-09` as “September 2026”. */
export function monthName(month: string): string {
  const [year, number] = month.split('-');
  return `${monthNames[Number(number) - 1] ?? month} ${year ?? ''}`;
}

/** The month of a day and the ones before it, newest first: `2026-11`, `2026-10`, … */
export function monthsBack(day: string, count: number): string[] {
  const months: string[] = [];
  for (let at = day; months.length < count; at = addDays(monthOf(at).from, -1)) months.push(at.slice(0, 7));
  return months;
}

/** A whole month by its name, any other period by its days: “September 2026”, “3–24 September 2026”. */
export function periodName(from: string, to: string): string {
  const month = monthOf(from);
  if (month.from === from && month.to === to) return monthName(from.slice(0, 7));
  const dayOf = (date: string) => Number(date.slice(8));
  if (from === to) return `${dayOf(from)} ${monthName(from.slice(0, 7))}`;
  if (to <= month.to) return `${dayOf(from)}–${dayOf(to)} ${monthName(from.slice(0, 7))}`;
  return `${dayOf(from)} ${monthName(from.slice(0, 7))} – ${dayOf(to)} ${monthName(to.slice(0, 7))}`;
}

/** Service and agreement of a line, as far as its description does not say them already. */
export function besideDescription(line: { readonly description: string; readonly serviceName: string | null; readonly agreementName: string | null }): string {
  const names = [...new Set([line.serviceName, line.agreementName])];
  return names.filter((name): name is string => Boolean(name) && !line.description.includes(name as string)).join(' · ');
}

/** Pounds as typed, in pence; a minus sign gives back. Undefined when it is no amount, or nothing. */
export function signedPence(text: string): number | undefined {
  try {
    return parsePounds(text) || undefined;
  } catch {
    return undefined;
  }
}

/** Pounds as typed, in pence; undefined when it is no amount above nothing. */
export function typedPence(text: string): number | undefined {
  try {
    const pence = parsePounds(text);
    return pence > 0 ? pence : undefined;
  } catch {
    return undefined;
  }
}
