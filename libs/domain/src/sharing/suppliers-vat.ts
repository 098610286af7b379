import { DomainError } from '../kernel/domain-error.js';
import { fraction, roundHalfUp } from '../kernel/fraction.js';
import { assertPence, dividePence, exactByWeight } from '../kernel/money.js';
import type { VatProblem } from './vat.js';

/** A share of a charge that a supplier's VAT is part of, or of a later charge that puts it right. */
export interface ShareWithVat {
  readonly shareId: string;
  readonly urn: string;
  readonly pence: number;
}

/**
 * How much of each share is VAT that the supplier charged and that is passed on as a disbursement. It is divided over the
 * first shares by the one divider, to the penny; what later charges add to a school's share or take back of it takes the
 * same part of its VAT, so that a share of nothing bears no VAT. Refuses VAT that is not between nothing and the charge
 * with `sharing.vat-larger-than-charge`.
 * @param later shares of charges that put the first right, in the order in which they were made.
 */
export function suppliersVatByShare(vatPence: number, first: readonly ShareWithVat[], later: readonly ShareWithVat[]): Map<string, number> {
  const chargePence = first.reduce((sum, { pence }) => sum + pence, 0);
  assertSuppliersVat(vatPence, chargePence);
  if (vatPence === 0) return new Map();
  const keys = first.map(({ urn }) => urn);
  const { pence } = dividePence({ amountPence: vatPence, exact: exactByWeight(vatPence, first.map((share) => Math.abs(share.pence))), keys });
  const stands = new Map(first.map((share, i) => [share.urn, { ofPence: share.pence, vatPence: pence[i]!, leftPence: share.pence }]));
  const within = new Map(first.map((share, i) => [share.shareId, pence[i]!]));
  for (const { shareId, urn, pence: changePence } of later) {
    const school = stands.get(urn);
    if (!school || school.ofPence === 0) continue;
    const vatAt = (leftPence: number): number => Number(roundHalfUp(fraction(BigInt(school.vatPence) * BigInt(leftPence), BigInt(school.ofPence))));
    const before = vatAt(school.leftPence);
    school.leftPence += changePence;
    within.set(shareId, vatAt(school.leftPence) - before);
  }
  return within;
}

/** A supplier's VAT is a part of what it charged. */
export function assertSuppliersVat(vatPence: number, chargePence: number): void {
  assertPence(vatPence);
  if (vatPence * chargePence < 0 || Math.abs(vatPence) > Math.abs(chargePence)) throw new DomainError<VatProblem>('sharing.vat-larger-than-charge', { vatPence, chargePence });
}
