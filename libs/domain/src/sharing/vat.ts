import { DomainError } from '../kernel/domain-error.js';
import { fraction, roundHalfUp } from '../kernel/fraction.js';
import { assertPence, spreadPence } from '../kernel/money.js';

export type VatProblem = 'sharing.vat-rate-out-of-range' | 'sharing.vat-larger-than-charge';

/** A line of an invoice that is a supply of our own: its net pence (below zero for a correction) and its rate: 2,000 is 20 %. */
export interface VatLine {
  readonly netPence: number;
  readonly rateBasisPoints: number;
}

/** The VAT of one rate on one invoice. */
export interface VatOfRate {
  readonly rateBasisPoints: number;
  readonly netPence: number;
  readonly vatPence: number;
}

export interface InvoiceVat {
  /** One a rate, highest rate first. */
  readonly rates: readonly VatOfRate[];
  /** VAT of each line, in the lines' order: the line's exact VAT rounded down or up, adding up to the rates'. */
  readonly linePence: readonly number[];
  readonly vatPence: number;
}

/**
 * VAT of one invoice: worked out for each rate on the sum of its lines, half up to a penny (away from zero, so that a
 * credit of all of it is exact), then spread over its lines by the one divider (money.md, "VAT").
 * Refuses a rate that is not between 0 and 10,000 whole basis points with `sharing.vat-rate-out-of-range`.
 */
export function vatOnInvoice(lines: readonly VatLine[]): InvoiceVat {
  lines.forEach(assertLine);
  const rates = [...new Set(lines.map(({ rateBasisPoints }) => rateBasisPoints))].sort((a, b) => b - a);
  const linePence: number[] = lines.map(() => 0);
  const ofRates = rates.map((rateBasisPoints) => {
    const places = lines.flatMap((line, place) => (line.rateBasisPoints === rateBasisPoints ? [place] : []));
    const nets = places.map((place) => lines[place]!.netPence);
    const netPence = nets.reduce((sum, net) => sum + net, 0);
    const vatPence = vatOf(netPence, rateBasisPoints);
    const exact = { numerators: nets.map((net) => BigInt(net) * BigInt(rateBasisPoints)), denominator: 10_000n };
    const { pence } = spreadPence({ amountPence: vatPence, exact, keys: places.map(String) });
    places.forEach((place, index) => (linePence[place] = pence[index]!));
    return { rateBasisPoints, netPence, vatPence };
  });
  return { rates: ofRates, linePence, vatPence: ofRates.reduce((sum, { vatPence }) => sum + vatPence, 0) };
}

/** VAT on a net sum in pence, half up to a penny. */
export function vatOf(netPence: number, rateBasisPoints: number): number {
  assertPence(netPence);
  return Number(roundHalfUp(fraction(BigInt(netPence) * BigInt(rateBasisPoints), 10_000n)));
}

/** The VAT of one charge at one rate, on an invoice or (below zero) taken back. */
export interface ChargeVat {
  readonly chargeId: string;
  readonly rateBasisPoints: number;
  readonly netPence: number;
  readonly vatPence: number;
}

/**
 * What belongs to the rounding account, document by document in the order given. Where one charge goes out on several
 * invoices, the VAT that they bear together differs from the VAT of the charge as one: three invoices of a third of
 * £100.00 bear £20.01, so a penny. `before` is what earlier documents bore of the same charges; in any order, and after
 * all of it was taken back, the account holds exactly that difference.
 */
export function vatRounding(before: readonly ChargeVat[], documents: readonly (readonly ChargeVat[])[]): number[] {
  const sums = new Map<string, { netPence: number; vatPence: number }>();
  const add = ({ chargeId, rateBasisPoints, netPence, vatPence }: ChargeVat): number => {
    if (rateBasisPoints === 0) return 0;
    const key = `${chargeId} ${rateBasisPoints}`;
    const sum = sums.get(key) ?? { netPence: 0, vatPence: 0 };
    const after = { netPence: sum.netPence + netPence, vatPence: sum.vatPence + vatPence };
    sums.set(key, after);
    return after.vatPence - vatOf(after.netPence, rateBasisPoints) - (sum.vatPence - vatOf(sum.netPence, rateBasisPoints));
  };
  before.forEach(add);
  return documents.map((lines) => lines.reduce((sum, line) => sum + add(line), 0));
}

function assertLine({ netPence, rateBasisPoints }: VatLine): void {
  assertPence(netPence);
  if (!Number.isInteger(rateBasisPoints) || rateBasisPoints < 0 || rateBasisPoints > 10_000) {
    throw new DomainError<VatProblem>('sharing.vat-rate-out-of-range', { rateBasisPoints });
  }
}
