import type { ChargePlan, PlanTerms } from './charge-plan.js';
import { chargesDue, type DueAgreement, type DueFacts } from './charges-due.js';
import type { ChargedLine, DueCharge } from './due-charge.js';
import type { ContractPart } from './group-contract.js';
import { sharePence } from './share-charge.js';

// What the specifications of charges that fall due begin with, and a small product that makes them.

export const [a, b, c] = ['100001', '100002', '100003'] as [string, string, string];
export const agreement: DueAgreement = {
  id: 'A', name: 'Counselling', startsOn: '2026-09-01', endsOn: '2027-08-31', prices: [{ from: '2026-09-01', pence: 6000 }],
  committedMilliunits: null, committedAs: null, used: [], open: [], commitmentCharged: null, instalments: [], unsharedFrom: null,
};
export const plan = (terms: PlanTerms, more: Partial<ChargePlan> = {}): ChargePlan => ({ id: 'P', name: 'Plan', agreementId: 'A', startsOn: '2026-09-01', endsOn: '2027-08-31', stoppedOn: null, terms, ...more });
export const line = (urn: string, pence: number, belongsOn = '2026-09-30', more: Partial<ChargedLine> = {}): ChargedLine => ({ agreementId: 'A', planId: null, kind: 'booking', belongsOn, urn, pence, ...more });
export const part = (urn: string, from = '2026-09-01', until: string | null = null, more: Partial<ContractPart> = {}) => ({ planId: 'P', urn, from, until, termEndsOn: null, pupils: null, ...more });
export const facts = (more: Partial<DueFacts>): DueFacts => ({ plans: [], agreements: [agreement], parts: [], charged: [], madeKeys: new Set(), divided: [], successors: [], unsharedPlans: new Set(), today: '2027-09-01', ...more });

/** Makes everything that is due as the product does, and answers the facts afterwards. */
export function made(before: DueFacts, through: string): DueFacts {
  const due = chargesDue(before, through);
  const lines = due.flatMap((one) => sharesOf(one, before).map((share) => line(share.school, share.pence, one.belongsOn, { planId: one.planId, kind: one.kind })));
  return { ...before, charged: [...before.charged, ...lines], madeKeys: new Set([...before.madeKeys, ...due.map(({ key }) => key)]), agreements: before.agreements.map((one) => committed(one, due)) };
}

/** What was charged of the commitment, as the product reads it. */
function committed(one: DueAgreement, due: readonly DueCharge[]): DueAgreement {
  const own = due.filter(({ kind, agreementId }) => kind === 'minimum-commitment' && agreementId === one.id);
  return own.reduce((now, { pence }) => {
    const before = now.commitmentCharged;
    const charged = before ? { ...before, duePence: before.duePence + pence, netPence: before.netPence + pence, times: before.times + 1 } : { chargeId: 'M', duePence: pence, netPence: pence, times: 0 };
    return { ...now, commitmentCharged: charged };
  }, one);
}

const sharesOf = (one: DueCharge, { parts }: DueFacts) =>
  one.among
    ? sharePence({ amountPence: one.pence, rule: { basis: 'weight' }, participants: one.among.weights.map(({ urn, weight }) => ({ school: urn, weight })) })
    : sharePence({
        amountPence: one.pence, rule: { basis: 'equal' }, period: { from: one.serviceFrom, to: one.serviceTo },
        participants: parts.map(({ urn, from, until }) => ({ school: urn, from, to: until })),
      });

export const totals = (lines: readonly ChargedLine[]) => {
  const sums: Record<string, number> = {};
  for (const { urn, pence } of lines) sums[urn] = (sums[urn] ?? 0) + pence;
  return sums;
};
export const brief = (due: readonly DueCharge[]) => due.map(({ key, pence, dueOn }) => [key, pence, dueOn]);
