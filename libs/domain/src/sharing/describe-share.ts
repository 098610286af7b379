import { add, compare, divide, floor, formatFraction, fraction, parseFraction, roundHalfUp, subtract, zero, type Fraction } from '../kernel/fraction.js';
import { formatPounds } from '../kernel/money.js';
import { daysIn, type DateOnly, type DatePeriod } from '../kernel/period.js';
import type { CostSharingRule, Share, SharedCharge, ShareSlice } from './cost-sharing-rule.js';

/** What a share's explanation does not repeat: the rule, and the days of the charge. */
export interface AboutCharge {
  readonly rule: CostSharingRule;
  readonly period?: DatePeriod | null;
}

/**
 * "Why this amount?" in sentences that a bursar can follow with a pocket calculator, in order: what was divided, each
 * run of days, caps and floors, the rounding and the odd penny, the share. Empty for a school that has no share in it.
 * Figures with "…" are cut for reading; the fractions beside them are exact.
 */
export function describeShare(shared: SharedCharge, school: string, about: AboutCharge): string[] {
  const share = shared.shares.find((candidate) => candidate.school === school);
  if (!share) return [];
  return [
    describeCharge(shared.totalPence, about.period),
    ...describeSlices(share),
    ...describeBound(share, about.rule),
    ...describeRounding(share, shared),
    `So the share is ${formatPounds(share.pence)}.`,
  ];
}

function describeCharge(totalPence: number, period: AboutCharge['period']): string {
  const what = `${formatPounds(totalPence)}${totalPence < 0 ? ' (a refund, divided as a charge is)' : ''}`;
  if (!period) return `${what} was divided.`;
  const days = daysIn(period);
  const perDay = fraction(totalPence, days);
  const about = perDay.denominator === 1n ? '' : 'about ';
  return `${what} was spread over ${countOf(days, 'day')}, ${formatDates(period.from, period.to)}: ${about}${formatPounds(Number(roundHalfUp(perDay)))} a day.`;
}

function describeSlices({ explanation }: Share): string[] {
  const { slices } = explanation;
  if (slices.length === 0) return ['The school took part on none of these days.'];
  const sentences = slices.map(describeSlice);
  if (slices.length > 1) sentences.push(`Together that is ${exactly(sumOf(slices))}.`);
  return sentences;
}

function describeSlice(slice: ShareSlice): string {
  const labels = [slice.group, slice.part].filter((label) => label !== undefined);
  const when = slice.from && slice.to ? [`${formatDates(slice.from, slice.to)} (${countOf(slice.days ?? 0, 'day')})`] : [];
  const where = [...when, ...labels].join(', ');
  return `${where ? `${where}: ` : ''}${describeWeight(slice)}, ${exactly(parseFraction(slice.exactPence))}.`;
}

const smallFractions: Readonly<Record<string, string>> = {
  '1': 'all of it',
  '1/2': 'one half',
  '1/3': 'one third',
  '2/3': 'two thirds',
  '1/4': 'one quarter',
  '3/4': 'three quarters',
  '1/5': 'one fifth',
  '1/6': 'one sixth',
  '1/7': 'one seventh',
  '1/8': 'one eighth',
  '1/9': 'one ninth',
  '1/10': 'one tenth',
};

/** "one third (1 of 3)", "412 of 784", "nothing, since the weight is 0". */
function describeWeight({ weight, ofWeight }: ShareSlice): string {
  const part = divide(parseDecimal(weight), parseDecimal(ofWeight));
  if (part.numerator === 0n) return `nothing, since the school's weight is 0 of ${ofWeight}`;
  const words = smallFractions[formatFraction(part)];
  return words ? `${words} (${weight} of ${ofWeight})` : `${weight} of ${ofWeight}`;
}

function parseDecimal(text: string): Fraction {
  const [whole = '0', decimals = ''] = text.split('.');
  return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

function describeBound({ explanation }: Share, rule: CostSharingRule): string[] {
  const exact = parseFraction(explanation.exactPence);
  if (explanation.bound === 'cap') return [`No school pays more than the cap, so the school pays ${readable(exact)} and the others share what is above it.`];
  if (explanation.bound === 'floor') return [`No school that takes part pays less than the floor, so the school pays ${readable(exact)} and the others pay as much less.`];
  const unbound = sumOf(explanation.slices);
  if (compare(exact, unbound) === 0) return [];
  const bounds = [rule.floorPence === undefined ? '' : 'floor', rule.capPence === undefined && rule.capBasisPoints === undefined ? '' : 'cap'];
  const names = bounds.filter((name) => name !== '').join(' and the ');
  return [`The ${names} changed what other schools pay; the rest, shared in the same proportions, makes this school's part ${exactly(exact)}.`];
}

function describeRounding({ school, explanation }: Share, { shares, totalPence }: SharedCharge): string[] {
  const size = absolute(parseFraction(explanation.exactPence));
  const rest = subtract(size, fraction(floor(size)));
  if (rest.numerator === 0n) return ['That is a whole number of pence, so nothing was rounded.'];
  const odd = shares.filter((share) => share.explanation.tookOddPenny).length;
  const sentences = [`Rounded down, ${formatFraction(rest)} of a penny is left over${odd > 0 ? `; all schools' remainders together make ${countOf(odd, 'odd penny', 'odd pence')}` : ''}.`];
  const carried = parseFraction(explanation.carriedPence);
  const rank = add(rest, totalPence < 0 ? subtract(zero, carried) : carried);
  const standing = carried.numerator === 0n ? `its remainder, ${formatFraction(rest)}` : describeStanding(rest, carried, rank);
  if (explanation.tookOddPenny) {
    const tie = tiesWithLoser(rank, shares, totalPence, school) ? ', and of equal schools the lowest URN comes first' : '';
    sentences.push(`The school took ${odd === 1 ? 'the odd penny' : `one of the ${odd} odd pence`} because ${standing}, was among the largest${tie}.`);
  } else if (odd > 0) {
    sentences.push(`The school took no odd penny: ${standing}, stood behind those that did.`);
  }
  return sentences;
}

function describeStanding(rest: Fraction, carried: Fraction, rank: Fraction): string {
  const before = carried.numerator > 0n ? 'rounded down' : 'rounded up';
  return `its remainder, ${formatFraction(rest)}, with the ${formatFraction(absolute(carried))} it was ${before} by before, in all ${formatFraction(rank)}`;
}

/** True when a school that went without an odd penny stood exactly as high. */
function tiesWithLoser(rank: Fraction, shares: readonly Share[], totalPence: number, school: string): boolean {
  return shares.some((other) => {
    if (other.school === school || other.explanation.tookOddPenny) return false;
    const size = absolute(parseFraction(other.explanation.exactPence));
    const rest = subtract(size, fraction(floor(size)));
    const carried = parseFraction(other.explanation.carriedPence);
    return rest.numerator !== 0n && compare(add(rest, totalPence < 0 ? subtract(zero, carried) : carried), rank) === 0;
  });
}

/** A credit as it was divided: what is given back of what was left, in all and of one school. All of the charge's sign, in pence. */
export interface CreditToDescribe {
  readonly pence: number;
  readonly leftPence: number;
  readonly leftOfAllPence: number;
  readonly creditPence: number;
}

/** A credit's share, sentence by sentence: the part of what was left, its exact fraction, and what became of the rest of a penny. */
export function describeCredit({ pence, leftPence, leftOfAllPence, creditPence }: CreditToDescribe): string[] {
  const exact = fraction(BigInt(Math.abs(leftPence)) * BigInt(Math.abs(creditPence)), BigInt(Math.max(1, Math.abs(leftOfAllPence))));
  const rest = subtract(exact, fraction(floor(exact)));
  const isWhole = rest.numerator === 0n;
  const tookPenny = BigInt(Math.abs(pence)) > floor(exact);
  return [
    `${formatPounds(creditPence)} was given back of ${formatPounds(leftOfAllPence)} that was left of the charge.`,
    `A credit follows the shares that were charged: ${formatPounds(leftPence)} of that was left with this school.`,
    `Its part is ${leftPence} of ${leftOfAllPence}: ${exactly(exact)}.`,
    creditPence === leftOfAllPence ? 'All of it was given back, so nothing had to be rounded.'
      : isWhole ? 'That is a whole number of pence, so nothing was rounded.'
      : `Rounded down, ${formatFraction(rest)} of a penny is left over; the odd pence go to the largest remainders, and the school took ${tookPenny ? 'one of them' : 'none'}.`,
    `So the share is ${formatPounds(pence)}.`,
  ];
}

function absolute(a: Fraction): Fraction {
  return a.numerator < 0n ? subtract(zero, a) : a;
}

function sumOf(slices: readonly ShareSlice[]): Fraction {
  return slices.reduce((sum, { exactPence }) => add(sum, parseFraction(exactPence)), zero);
}

/** "£3,279.45… (23940000/73 pence)", or "£5.00" when nothing had to be cut. */
function exactly(pence: Fraction): string {
  return pence.denominator === 1n ? readable(pence) : `${readable(pence)} (${formatFraction(pence)} pence)`;
}

/** Pounds cut, not rounded, to two decimals, with "…" when something was cut. */
function readable(pence: Fraction): string {
  const size = Number(floor(absolute(pence)));
  const text = formatPounds(pence.numerator < 0n ? 0 - size : size);
  const sign = pence.numerator < 0n && size === 0 ? '\u2212' : '';
  return `${sign}${text}${pence.denominator === 1n ? '' : '…'}`;
}

function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "1 Sep 2025–11 Jan 2026". */
function formatDates(from: DateOnly, to: DateOnly): string {
  return from === to ? formatDate(from) : `${formatDate(from)}–${formatDate(to)}`;
}

function formatDate(date: DateOnly): string {
  return `${Number(date.slice(8))} ${monthNames[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
}
