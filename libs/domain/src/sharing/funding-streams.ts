import { DomainError } from '../kernel/domain-error.js';
import { enlarge, parseThousandths, type CommonFractions } from '../kernel/fraction.js';
import { assertPence, dividePence, exactByWeight } from '../kernel/money.js';

export type FundingProblem = 'sharing.not-this-schools-money' | 'sharing.same-stream-twice' | 'sharing.negative-stream-weight' | 'sharing.funding-too-small';

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
