import { formatThousandths } from '../kernel/fraction.js';
import { addDays, type DateOnly } from '../kernel/period.js';
import { priceOfSession, priceOn, type DatedPrice } from '../procurement/agreement.js';
import { dayInWords, pounds, type DueCharge } from './due-charge.js';
import type { UnitsUsed } from './volume-discount.js';

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
  readonly used: readonly UnitsUsed[];
}

/** Units promised and not used, at the price of the last day, due when the term is over. */
export function minimumCommitment(agreement: CommittedAgreement): DueCharge[] {
  const { id, name, startsOn, endsOn, committedMilliunits, committedAs } = agreement;
  const pricePence = priceOn(agreement.prices, endsOn);
  if (committedMilliunits === null || pricePence === null) return [];
  const usedMilliunits = agreement.used.filter(({ on }) => on >= startsOn && on <= endsOn).reduce((sum, { milliunits }) => sum + milliunits, 0);
  const shortMilliunits = committedMilliunits - usedMilliunits;
  if (shortMilliunits <= 0) return [];
  return [{
    key: `minimum:${id}`, kind: 'minimum-commitment', planId: null, agreementId: id, pence: priceOfSession(pricePence, shortMilliunits),
    description: `${name}, minimum commitment not used`, serviceFrom: startsOn, serviceTo: endsOn, belongsOn: endsOn, dueOn: addDays(endsOn, 1),
    workings: [
      ...(committedAs === null ? [] : [`The commitment is ${committedAs}.`]),
      `${formatThousandths(committedMilliunits)} units were promised until ${dayInWords(endsOn)} and ${formatThousandths(usedMilliunits)} were delivered.`,
      `That leaves ${formatThousandths(shortMilliunits)} at ${pounds(pricePence)}.`,
    ],
    among: null,
  }];
}
