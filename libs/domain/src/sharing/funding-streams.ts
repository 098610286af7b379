import { DomainError } from '../kernel/domain-error.js';
import { enlarge, formatThousandths, parseThousandths, type CommonFractions } from '../kernel/fraction.js';
import { assertPence, creditShares, dividePence, exactByWeight } from '../kernel/money.js';

/** What money is: with conditions by law or by its giver, a label for reporting (notional SEN), or the school's own. */
export type FundingKind = 'pupil-premium' | 'sport-premium' | 'notional-sen' | 'high-needs' | 'grant' | 'general';

const restrictedKinds: ReadonlySet<FundingKind> = new Set(['pupil-premium', 'sport-premium', 'high-needs', 'grant']);

/** Notional SEN is a label and no ring-fence; a school's general money is free. */
export function isRestricted(kind: FundingKind): boolean {
  return restrictedKinds.has(kind);
}

/** A stream by its name and its weight against the others. */
export interface FundingPart {
  readonly name: string;
  readonly weight: string;
}

/** One of a school's budgets, with what is left of it. */
export interface FundingBudget {
  readonly id: string;
  readonly name: string;
  readonly restricted: boolean;
  readonly leftPence: number;
}

/** Pence of a share on a budget; null is the school's general money. */
export interface PaidFrom {
  readonly budgetId: string | null;
  readonly pence: number;
}

/** The stream that stands for a school's general money, which bears what no other can. */
const generalMoney = 'general money';

/**
 * How a school's share is paid by its rule: by weight over the named budgets that it has, restricted ones no further than
 * what is left of them, and the rest from its general money. Streams that pay nothing are left out.
 */
export function payByRule(share: { readonly school: string; readonly pence: number }, parts: readonly FundingPart[], budgets: readonly FundingBudget[]): PaidFrom[] {
  const streams = parts.flatMap(({ name, weight }): FundingStream[] => {
    const budget = budgets.find((one) => one.name === name);
    return budget ? [{ stream: budget.id, school: share.school, weight, restricted: budget.restricted, leftPence: budget.leftPence }] : [];
  });
  const missing = parts.filter(({ name }) => !budgets.some((budget) => budget.name === name)).reduce((sum, { weight }) => sum + parseThousandths(weight), 0);
  const general: FundingStream = { stream: generalMoney, school: share.school, weight: formatThousandths(missing), restricted: false };
  const paid = splitOverFundingStreams(share, [...streams, general]);
  return paid.filter(({ pence }) => pence !== 0).map(({ stream, pence }) => ({ budgetId: stream === generalMoney ? null : stream, pence }));
}

/** How a credit goes back: along what the streams paid of the share, over what is left of each. Below zero. */
export function payBack(creditPence: number, paid: readonly PaidFrom[]): PaidFrom[] {
  const left = paid.filter(({ pence }) => pence > 0);
  const leftPence = left.reduce((sum, { pence }) => sum + pence, 0);
  if (leftPence < 0 - creditPence) return [{ budgetId: null, pence: creditPence }];
  const back = creditShares(0 - creditPence, left.map(({ budgetId, pence }) => ({ key: budgetId ?? generalMoney, chargedPence: pence })));
  return back.filter(({ pence }) => pence !== 0).map(({ key, pence }) => ({ budgetId: key === generalMoney ? null : key, pence: 0 - pence }));
}

/** The lines that make what is paid into what is wanted: the difference for each budget. */
export function fundingChange(paid: readonly PaidFrom[], wanted: readonly PaidFrom[]): PaidFrom[] {
  const change = new Map<string | null, number>();
  for (const { budgetId, pence } of wanted) change.set(budgetId, (change.get(budgetId) ?? 0) + pence);
  for (const { budgetId, pence } of paid) change.set(budgetId, (change.get(budgetId) ?? 0) - pence);
  return [...change].filter(([, pence]) => pence !== 0).map(([budgetId, pence]) => ({ budgetId, pence }));
}

export type FundingProblem = 'sharing.not-this-schools-money' | 'sharing.same-stream-twice' | 'sharing.negative-stream-weight' | 'sharing.funding-too-small' | 'sharing.funding-is-not-the-share' | 'sharing.funding-reason-needed' | 'sharing.budget-below-spent' | 'sharing.budget-name-taken';

/** Money of one school that a share can be paid from (glossary: funding stream). */
export interface FundingStream {
  readonly stream: string;
  /** Whose money it is: it pays no other school's share. */
  readonly school: string;
  /** Its part of each share, against the other streams' weights: at most three decimals. */
  readonly weight: number | string;
  /** True for money with conditions (pupil premium, a grant). Notional SEN is only a label, so it is not restricted. */
  readonly restricted: boolean;
  /** What is left of it to spend, in pence. A restricted stream never goes below nothing, so one that does not say has nothing. */
  readonly leftPence?: number;
}

/** What one stream pays of a share, and what stays unspent of it (null where nobody said what it had). */
export interface FundedPart {
  readonly stream: string;
  readonly pence: number;
  readonly leftPence: number | null;
}

/**
 * Divides one school's share again over its funding streams, by the same divider; the parts add up to the share and
 * stand in the streams' order. A restricted stream pays its part or what is left of it, whichever is less; what it
 * cannot pay falls on the unrestricted streams by weight (equally if none has any), never on another restricted one.
 * A refund (negative pence) goes back by weight; a credit of what a stream has paid is `creditShares` instead.
 *
 * Refuses another school's stream (`sharing.not-this-schools-money`), a stream twice (`sharing.same-stream-twice`),
 * a negative weight (`sharing.negative-stream-weight`), and streams that cannot bear the share (`sharing.funding-too-small`).
 */
export function splitOverFundingStreams(share: { readonly school: string; readonly pence: number }, streams: readonly FundingStream[]): FundedPart[] {
  assertPence(share.pence);
  const weights = streams.map(({ weight }) => parseThousandths(weight));
  assertStreams(share.school, streams, weights);
  const { pence } = dividePence({ amountPence: share.pence, exact: exactParts(share.pence, streams, weights), keys: streams.map(({ stream }) => stream) });
  return streams.map(({ stream, leftPence }, index) => ({
    stream,
    pence: pence[index]!,
    leftPence: leftPence === undefined ? null : leftPence - pence[index]!,
  }));
}

function assertStreams(school: string, streams: readonly FundingStream[], weights: readonly number[]): void {
  const seen = new Set<string>();
  streams.forEach(({ stream, school: owner }, index) => {
    if (owner !== school) throw new DomainError<FundingProblem>('sharing.not-this-schools-money', { stream, school, owner });
    if (seen.has(stream)) throw new DomainError<FundingProblem>('sharing.same-stream-twice', { stream });
    if (weights[index]! < 0) throw new DomainError<FundingProblem>('sharing.negative-stream-weight', { stream });
    seen.add(stream);
  });
}

function exactParts(sharePence: number, streams: readonly FundingStream[], weights: readonly number[]): CommonFractions {
  const planned = weights.some((weight) => weight > 0) ? weights : streams.map(({ restricted }) => (restricted ? 0 : 1));
  if (!planned.some((weight) => weight > 0)) throw new DomainError<FundingProblem>('sharing.funding-too-small', { unpaidPence: sharePence });
  const byWeight = enlarge(exactByWeight(sharePence, planned));
  const limits = streams.map(({ restricted, leftPence }) => (restricted && sharePence > 0 ? BigInt(Math.max(0, leftPence ?? 0)) : null));
  const isShort = limits.map((limit, index) => limit !== null && byWeight.numerators[index]! > limit * byWeight.denominator);
  if (!isShort.includes(true)) return byWeight;
  return withShortfall(byWeight, limits, isShort, streams, planned);
}

/** Exact parts when some restricted streams run dry: the free ones bear the rest. */
function withShortfall(
  byWeight: ReturnType<typeof enlarge>,
  limits: readonly (bigint | null)[],
  isShort: readonly boolean[],
  streams: readonly FundingStream[],
  weights: readonly number[],
): CommonFractions {
  const { numerators, denominator } = byWeight;
  const unpaid = numerators.reduce((sum, numerator, index) => (isShort[index] ? sum + numerator - limits[index]! * denominator : sum), 0n);
  const free = streams.map(({ restricted }, index) => (restricted ? 0 : weights[index]!));
  const fallback = free.some((weight) => weight > 0) ? free : streams.map(({ restricted }) => (restricted ? 0 : 1));
  const ofFallback = BigInt(fallback.reduce((sum, weight) => sum + weight, 0));
  if (ofFallback === 0n) {
    throw new DomainError<FundingProblem>('sharing.funding-too-small', { unpaidPence: Number((unpaid + denominator - 1n) / denominator) });
  }
  const common = denominator * ofFallback;
  return {
    numerators: numerators.map((numerator, index) => {
      if (isShort[index]) return limits[index]! * common;
      return numerator * ofFallback + unpaid * BigInt(fallback[index]!);
    }),
    denominator: common,
  };
}
