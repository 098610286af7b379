import { DomainError } from '../kernel/domain-error.js';
import { fraction, roundHalfUp } from '../kernel/fraction.js';
import { assertPence, divideByWeight, dividePence, exactByWeight } from '../kernel/money.js';
import type { VatProblem } from './vat.js';

/** A share of a charge that a supplier's VAT is part of, or of a later charge that puts it right. */
export interface ShareWithVat {
  readonly shareId: string;
  readonly urn: string;
  readonly pence: number;
}

export interface LaterShare extends ShareWithVat {
  readonly chargeId: string;
}

/**
 * How much of each share is VAT that the supplier charged and that is passed on as a disbursement. It is divided over the
 * first shares by the one divider, to the penny. A later charge that puts the first right (a credit, another division, a
 * successor that takes over) changes the VAT of the schools that it concerns, and of no other: what they bear together
 * afterwards is what makes up the whole cost's part of the VAT, divided by what each of them bears. So a school that joins
 * takes its part from those who leave it, and a share of nothing bears no VAT. Refuses VAT that is not between nothing and
 * the charge with `sharing.vat-larger-than-charge`.
 * @param later shares of charges that put the first right, in the order in which they were made.
 */
export function suppliersVatByShare(vatPence: number, first: readonly ShareWithVat[], later: readonly LaterShare[]): Map<string, number> {
  const chargePence = sumOf(first, ({ pence }) => pence);
  assertSuppliersVat(vatPence, chargePence);
  if (vatPence === 0) return new Map();
  const keys = first.map(({ urn }) => urn);
  const { pence } = dividePence({ amountPence: vatPence, exact: exactByWeight(vatPence, first.map((share) => Math.abs(share.pence))), keys });
  const schools = new Map<string, Stands>(first.map((share, i) => [share.urn, { pence: share.pence, vatPence: pence[i]! }]));
  const within = new Map(first.map((share, i) => [share.shareId, pence[i]!]));
  for (const shares of byCharge(later)) {
    const concerned = new Map(shares.map(({ urn }) => [urn, { ...(schools.get(urn) ?? { pence: 0, vatPence: 0 }) }]));
    for (const share of shares) concerned.get(share.urn)!.pence += share.pence;
    const after = [...concerned.values()];
    const others = [...schools].filter(([urn]) => !concerned.has(urn)).map(([, stands]) => stands);
    const whole = sumOf([...others, ...after], (one) => one.pence);
    const vatOfWhole = Number(roundHalfUp(fraction(BigInt(vatPence) * BigInt(whole), BigInt(chargePence))));
    divideAmong(after, vatOfWhole - sumOf(others, (one) => one.vatPence));
    for (const { shareId, urn } of shares) {
      const stands = concerned.get(urn)!;
      within.set(shareId, stands.vatPence - (schools.get(urn)?.vatPence ?? 0));
      schools.set(urn, stands);
    }
  }
  return within;
}

/** What a school bears of a cost, and the VAT within it. */
interface Stands {
  pence: number;
  vatPence: number;
}

function sumOf<T>(list: readonly T[], penceOf: (one: T) => number): number {
  return list.reduce((sum, one) => sum + penceOf(one), 0);
}

function byCharge(shares: readonly LaterShare[]): LaterShare[][] {
  const charges = new Map<string, LaterShare[]>();
  for (const share of shares) charges.set(share.chargeId, [...(charges.get(share.chargeId) ?? []), share]);
  return [...charges.values()];
}

/** The pence by which others were rounded fall on these; never less than nothing or more than they bear, and nothing on who bears nothing. */
function divideAmong(schools: readonly Stands[], vatPence: number): void {
  const bornePence = sumOf(schools, ({ pence }) => pence);
  const within = Math.max(Math.min(0, bornePence), Math.min(Math.max(0, bornePence), vatPence));
  const parts = bornePence === 0 ? [] : divideByWeight(within, schools.map(({ pence }) => Math.abs(pence)));
  for (const [i, school] of schools.entries()) school.vatPence = parts[i] ?? 0;
}

/** A supplier's VAT is a part of what it charged. */
export function assertSuppliersVat(vatPence: number, chargePence: number): void {
  assertPence(vatPence);
  if (vatPence * chargePence < 0 || Math.abs(vatPence) > Math.abs(chargePence)) throw new DomainError<VatProblem>('sharing.vat-larger-than-charge', { vatPence, chargePence });
}
