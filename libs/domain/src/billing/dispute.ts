import { DomainError } from '../kernel/domain-error.js';
import type { BillingProblem } from './billing-problem.js';

/** Where a dispute of one school's share stands. */
export type DisputeState = 'open' | 'upheld' | 'rejected' | 'withdrawn';
export type DisputeMove = 'uphold' | 'reject' | 'withdraw';

/** The life of a dispute: while it is open its share is out of the ageing; whatever ends it, ends it for good. */
export const disputeMoves: Readonly<Record<DisputeMove, { readonly from: DisputeState; readonly to: DisputeState; readonly by: 'office' | 'school' }>> = {
  uphold: { from: 'open', to: 'upheld', by: 'office' },
  reject: { from: 'open', to: 'rejected', by: 'office' },
  withdraw: { from: 'open', to: 'withdrawn', by: 'school' },
};

/** Refuses a move that the dispute's state does not allow, with `billing.dispute-over`. */
export function disputeAfter(state: DisputeState, move: DisputeMove): DisputeState {
  const { from, to } = disputeMoves[move];
  if (state !== from) throw new DomainError<BillingProblem>('billing.dispute-over', { state });
  return to;
}

/** How much of a share is upheld: all that is left of it, half of it, or an amount. */
export type Upheld = { readonly part: 'whole' | 'half' } | { readonly pence: number };

/**
 * The pence that the school no longer owes of a share; half of an odd one is rounded up, in the school's favour, since
 * it is the one that was wronged. Refuses more than is left with `billing.dispute-too-large`.
 */
export function upheldPence(sharePence: number, leftPence: number, upheld: Upheld): number {
  const pence = 'pence' in upheld ? upheld.pence : upheld.part === 'half' ? Math.ceil(sharePence / 2) : leftPence;
  if (pence <= 0 || pence > leftPence) throw new DomainError<BillingProblem>('billing.dispute-too-large', { pence, leftPence });
  return pence;
}
