import type { WhatIfBasis } from '@fairshare/contract/sharing.js';
import { dividingRule } from '@fairshare/domain/procurement/index.js';
import { totalsUnder, type UnsharedCharge } from '@fairshare/domain/sharing/index.js';
import type { RuleBody } from '@fairshare/contract/agreements.js';

/** What a school was charged over the period, and what it would have been. */
export interface WhatIfRow {
  readonly urn: string;
  readonly name: string;
  readonly nowPence: number;
  readonly thenPence: number;
  readonly differencePence: number;
}

type Sharing = Pick<RuleBody, 'basis' | 'parts' | 'groups' | 'fixed' | 'capBasisPoints' | 'capPence' | 'floorPence'>;

/**
 * The same charges shared by another rule, by the function that shares them in earnest. “Now” is what really was charged,
 * rule changes and corrections included, so that the figures are those of the schools' own invoices.
 */
export function sharedOtherwise(basis: WhatIfBasis, wanted: Sharing): WhatIfRow[] {
  const rule = dividingRule({ basis: wanted.basis, parts: wanted.parts ?? null, groups: wanted.groups ?? null, capBasisPoints: wanted.capBasisPoints ?? null, capPence: wanted.capPence ?? null, floorPence: wanted.floorPence ?? null });
  const fixed = new Map((wanted.fixed ?? []).map((part) => [part.urn, part.basisPoints]));
  const participants = basis.participants.map((one) => ({
    school: one.urn, from: one.from, to: one.to,
    weights: { pupils: one.pupils, 'pupil-premium': one.pupilPremium, use: one.useMinutes },
    basisPoints: fixed.get(one.urn) ?? 0,
  }));
  const charges = basis.charges.map((charge): UnsharedCharge => ({ amountPence: charge.pence, period: { from: charge.serviceFrom, to: charge.serviceTo }, participants }));
  const then = totalsUnder(rule, charges);
  const now = new Map<string, number>();
  for (const share of basis.charges.flatMap((charge) => charge.shares)) now.set(share.urn, (now.get(share.urn) ?? 0) + share.pence);
  const names = new Map(basis.participants.map((one) => [one.urn, one.name]));
  return [...new Set([...now.keys(), ...then.keys()])]
    .map((urn) => {
      const [nowPence, thenPence] = [now.get(urn) ?? 0, then.get(urn) ?? 0];
      return { urn, name: names.get(urn) ?? urn, nowPence, thenPence, differencePence: thenPence - nowPence };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}
