import type { WhatIfBasis } from '@fairshare/contract/sharing.js';
import { basesOf, dividingRule } from '@fairshare/domain/procurement/index.js';
import { totalsUnder, type Participant, type UnsharedCharge } from '@fairshare/domain/sharing/index.js';
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

/** What another rule makes of a period's charges. */
export interface WhatIfOutcome {
  readonly rows: readonly WhatIfRow[];
  /** Charges that a rule by use cannot divide, because nothing was used in their days: they are left as they were charged. */
  readonly leftAsCharged: number;
}

/**
 * The same charges shared by another rule, by the function that shares them in earnest. “Now” is what really was charged,
 * rule changes and corrections included, so that the figures are those of the schools' own invoices. Under a rule by use
 * each charge goes by its own minutes, as it would have in earnest.
 */
export function sharedOtherwise(basis: WhatIfBasis, wanted: Sharing): WhatIfOutcome {
  const rule = dividingRule({ basis: wanted.basis, parts: wanted.parts ?? null, groups: wanted.groups ?? null, capBasisPoints: wanted.capBasisPoints ?? null, capPence: wanted.capPence ?? null, floorPence: wanted.floorPence ?? null });
  const byUse = basesOf({ basis: wanted.basis, parts: wanted.parts ?? null, groups: wanted.groups ?? null }).includes('use');
  const movable = byUse ? basis.charges.filter(({ use }) => use.some(({ minutes }) => minutes > 0)) : basis.charges;
  const staying = byUse ? basis.charges.filter((charge) => !movable.includes(charge)) : [];
  const participantsOf = participantsUnder(basis, wanted);
  const then = totalsUnder(rule, movable.map((charge): UnsharedCharge => ({
    amountPence: charge.pence, participants: participantsOf(charge),
    period: wanted.basis === 'use' ? null : { from: charge.serviceFrom, to: charge.serviceTo },
  })));
  addShares(then, staying);
  const now = new Map<string, number>();
  addShares(now, basis.charges);
  const names = new Map([...basis.others, ...basis.participants].map((one) => [one.urn, one.name]));
  const rows = [...new Set([...now.keys(), ...then.keys()])]
    .map((urn) => {
      const [nowPence, thenPence] = [now.get(urn) ?? 0, then.get(urn) ?? 0];
      return { urn, name: names.get(urn) ?? urn, nowPence, thenPence, differencePence: thenPence - nowPence };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
  return { rows, leftAsCharged: staying.length };
}

function addShares(totals: Map<string, number>, charges: WhatIfBasis['charges']): void {
  for (const share of charges.flatMap((charge) => charge.shares)) totals.set(share.urn, (totals.get(share.urn) ?? 0) + share.pence);
}

/** Who takes part in a charge: the subscribers on their days, or, where use alone divides it, whoever used it. */
function participantsUnder(basis: WhatIfBasis, wanted: Sharing): (charge: WhatIfBasis['charges'][number]) => Participant[] {
  const fixed = new Map((wanted.fixed ?? []).map((part) => [part.urn, part.basisPoints]));
  return ({ use }) => {
    const minutes = new Map(use.map((one) => [one.urn, one.minutes]));
    if (wanted.basis === 'use') {
      const urns = new Set([...basis.participants, ...use].map(({ urn }) => urn));
      return [...urns].map((school) => ({ school, weights: { use: minutes.get(school) ?? 0 } }));
    }
    return basis.participants.map((one) => ({
      school: one.urn, from: one.from, to: one.to,
      weights: { pupils: one.pupils, 'pupil-premium': one.pupilPremium, use: minutes.get(one.urn) ?? 0 },
      basisPoints: fixed.get(one.urn) ?? 0,
    }));
  };
}
