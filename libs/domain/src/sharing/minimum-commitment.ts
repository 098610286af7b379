import { formatThousandths } from '../kernel/fraction.js';
import { addDays, type DateOnly } from '../kernel/period.js';
import { priceOfSession, priceOn, type DatedPrice } from '../procurement/agreement.js';
import { dayInWords, pounds, type DueCharge, type UnitsUsed } from './due-charge.js';
import { periodEnd } from './period-end.js';

/** What an agreement promised its supplier. */
export interface CommittedAgreement {
  readonly id: string;
  readonly name: string;
  readonly startsOn: DateOnly;
  readonly endsOn: DateOnly;
  readonly prices: readonly DatedPrice[];
  /** Over the whole term, in thousandths of the price's unit; null where nothing was promised or a retainer pays it. */
  readonly committedMilliunits: number | null;
  /** How it was written, where that is another unit; null when it is the price's. */
  readonly committedAs: string | null;
  /** What was delivered, day by day; what was objected to and upheld is not. */
  readonly used: readonly UnitsUsed[];
  /** Sessions of which it is not known yet whether they took place. */
  readonly open: readonly UnitsUsed[];
  /** The charge for what was not used, once it is made and shared. */
  readonly commitmentCharged: CommitmentCharged | null;
}

export interface CommitmentCharged {
  readonly chargeId: string;
  /** What came due by itself so far; what a person put right is not in it, and stays. */
  readonly duePence: number;
  /** What is left of it after everything that puts it right. */
  readonly netPence: number;
  /** How often it was put right because a session was confirmed late or taken back. */
  readonly times: number;
}

/**
 * Units promised and not used, at the price of the last day, due when the term is over and every session of it is
 * confirmed. What arrives later is put right along the shares that were charged.
 */
export function minimumCommitment(agreement: CommittedAgreement, today: DateOnly): DueCharge[] {
  const { id, name, startsOn, endsOn, committedMilliunits, committedAs, commitmentCharged: before } = agreement;
  const pricePence = priceOn(agreement.prices, endsOn);
  if (committedMilliunits === null || pricePence === null) return [];
  const usedMilliunits = agreement.used.filter(({ on }) => on >= startsOn && on <= endsOn).reduce((sum, { milliunits }) => sum + milliunits, 0);
  const shortMilliunits = Math.max(0, committedMilliunits - usedMilliunits);
  const owedPence = shortMilliunits === 0 ? 0 : priceOfSession(pricePence, shortMilliunits);
  const { waits, sentences } = periodEnd({ from: startsOn, to: endsOn }, agreement.open, today);
  const pence = before === null ? owedPence : differenceOf(owedPence, before);
  if (pence === 0) return [];
  return [{
    key: before === null ? `minimum:${id}` : `minimum:${id}:${before.times + 1}`, kind: 'minimum-commitment', planId: null, agreementId: id, pence,
    description: `${name}, minimum commitment not used`, serviceFrom: startsOn, serviceTo: endsOn, belongsOn: endsOn, dueOn: addDays(endsOn, 1),
    ...(before === null ? { ...(waits && { waits }) } : { corrects: before.chargeId }),
    workings: [
      ...(committedAs === null ? [] : [`The commitment is ${committedAs}.`]),
      `${formatThousandths(committedMilliunits)} units were promised until ${dayInWords(endsOn)} and ${formatThousandths(usedMilliunits)} were delivered.`,
      `That leaves ${formatThousandths(shortMilliunits)} at ${pounds(pricePence)}.`,
      ...sentences,
      ...(before === null ? [] : [`${pounds(before.duePence)} was charged before; ${pence < 0 ? `${pounds(0 - pence)} is given back` : `${pounds(pence)} more is charged`}.`]),
    ],
    among: null,
  }];
}

/** Never more is given back than is left of it. */
function differenceOf(owedPence: number, { duePence, netPence }: CommitmentCharged): number {
  return Math.max(owedPence - duePence, 0 - Math.max(0, netPence));
}
