import type { CommitmentList } from '@fairshare/contract/insight.js';
import type { Funding } from '@fairshare/contract/funding.js';
import { payByRule, type FundingKind } from '@fairshare/domain/sharing/index.js';

export const fundingKinds: readonly (readonly [FundingKind, string])[] = [
  ['pupil-premium', 'Pupil premium'],
  ['sport-premium', 'PE and sport premium'],
  ['high-needs', 'High-needs top-up'],
  ['grant', 'A grant with conditions'],
  ['notional-sen', 'Notional SEN (a label)'],
  ['general', 'General budget'],
];

export const kindWord = (kind: FundingKind): string => fundingKinds.find(([one]) => one === kind)?.[1] ?? kind;

/** Which stream would pay what is still to come, by the school's rules; null is general money. */
export function committedByStream(funding: Funding, rows: CommitmentList['items'][number]['rows']): Map<string | null, number> {
  const left = new Map(funding.budgets.map((budget) => [budget.id, budget.leftPence]));
  const committed = new Map<string | null, number>();
  for (const { serviceId, pence } of rows) {
    const rule = funding.rules.find((one) => one.serviceId === serviceId) ?? funding.rules.find((one) => one.serviceId === null);
    const budgets = funding.budgets.map(({ id, name, restricted }) => ({ id, name, restricted, leftPence: left.get(id) ?? 0 }));
    for (const part of payByRule({ school: funding.urn, pence }, rule?.parts ?? [], budgets)) {
      committed.set(part.budgetId, (committed.get(part.budgetId) ?? 0) + part.pence);
      if (part.budgetId) left.set(part.budgetId, (left.get(part.budgetId) ?? 0) - part.pence);
    }
  }
  return committed;
}
