import { areSafe, formatFraction, formatSafeQuotient, formatThousandths, fraction, zero } from '../kernel/fraction.js';
import { dividePence } from '../kernel/money.js';
import { dateOfDayNumber } from '../kernel/period.js';
import type { SharedCharge, ShareRequest, ShareSlice } from './cost-sharing-rule.js';
import { daysOf, undatedSpan, type DayPortion, type Span } from './day-portions.js';
import { divideExactly, type ExactCharge } from './exact-charge.js';
import { placeOf } from './roll.js';

/**
 * Divides a charge among schools by a cost-sharing rule and explains every share (money.md, "Dividing"; http.md,
 * "Cost-sharing preview"). The shares add up to `amountPence`, stand in ascending order of URN, and each is its exact
 * share rounded down or up. The order of the participants does not matter.
 *
 * Refuses with a `CostSharingProblem`, the first that applies in the order of that type; with
 * `money.not-whole-pence` for an amount that is not; with a `FractionProblem` for a weight or carry that is no number.
 */
export function shareCharge(request: ShareRequest): SharedCharge {
  const charge = divideExactly(request);
  const { pence, tookOddPenny } = dividePence({ amountPence: request.amountPence, exact: charge.exact, keys: charge.schools, carried: charge.carried });
  const oddPennies = new Set(tookOddPenny);
  const slices = slicesBySchool(request.amountPence, charge);
  return {
    totalPence: request.amountPence,
    shares: charge.schools.map((school, place) => ({
      school,
      pence: pence[place]!,
      explanation: {
        slices: slices[place]!,
        bound: charge.bounds?.[place] ?? null,
        exactPence: charge.bounds === null && slices[place]!.length === 1 ? slices[place]![0]!.exactPence : formatExact(charge, place),
        carriedPence: formatFraction(charge.carried?.[place] ?? zero),
        tookOddPenny: oddPennies.has(place),
      },
    })),
  };
}

/** A school's part of a charge in whole pence. */
export interface PlainShare {
  readonly school: string;
  readonly pence: number;
}

/** `shareCharge` without the explanations, several times as fast: for what-if, totals and runs over many charges. */
export function sharePence(request: ShareRequest): PlainShare[] {
  const { schools, exact, carried } = divideExactly(request);
  const { pence } = dividePence({ amountPence: request.amountPence, exact, keys: schools, carried });
  const shares: PlainShare[] = new Array(schools.length);
  for (let place = 0; place < shares.length; place++) shares[place] = { school: schools[place]!, pence: pence[place]! };
  return shares;
}

function formatExact({ exact }: ExactCharge, place: number): string {
  if (areSafe(exact)) return formatSafeQuotient(exact.numerators[place]!, exact.denominator);
  return formatFraction(fraction(exact.numerators[place]!, exact.denominator));
}

/** A run of days on which one school's weight, and everybody's, stayed the same within one strand. */
interface Stretch {
  readonly portion: DayPortion;
  readonly weight: number;
  readonly span: Span;
}

function slicesBySchool(amountPence: number, charge: ExactCharge): ShareSlice[][] {
  const stretches: Stretch[][] = charge.schools.map(() => []);
  for (const portion of charge.portions) {
    portion.members.forEach((member, index) => lengthen(stretches[placeOf(charge, member)]!, portion, portion.weights[index]!));
  }
  const days = daysOf(charge.charge);
  return stretches.map((ofSchool) => ofSchool.map((stretch) => sliceOf(amountPence, days, stretch)));
}

/** Another school may have begun a slice that changes nothing for this one: then its stretch simply goes on. */
function lengthen(stretches: Stretch[], portion: DayPortion, weight: number): void {
  const last = stretches.at(-1);
  const goesOn =
    last?.portion.strand === portion.strand &&
    last.span.toDay + 1 === portion.span.fromDay &&
    last.weight === weight &&
    last.portion.ofWeight === portion.ofWeight;
  if (goesOn) stretches[stretches.length - 1] = { ...last, span: { fromDay: last.span.fromDay, toDay: portion.span.toDay } };
  else stretches.push({ portion, weight, span: portion.span });
}

function sliceOf(amountPence: number, daysOfCharge: number, { portion, weight, span }: Stretch): ShareSlice {
  const { strand, ofWeight } = portion;
  const dated = portion.span !== undatedSpan;
  return {
    from: dated ? dateOfDayNumber(span.fromDay) : null,
    to: dated ? dateOfDayNumber(span.toDay) : null,
    days: dated ? daysOf(span) : null,
    weight: strand.inThousandths ? formatThousandths(weight) : String(weight),
    ofWeight: strand.inThousandths ? formatThousandths(ofWeight) : String(ofWeight),
    exactPence: exactOfStretch(amountPence, daysOfCharge, { portion, weight, span }),
    ...(strand.part !== undefined && { part: strand.part }),
    ...(strand.group !== undefined && { group: strand.group }),
  };
}

function exactOfStretch(amountPence: number, daysOfCharge: number, { portion, weight, span }: Stretch): string {
  const { ofCharge } = portion.strand;
  const numerator = amountPence * Number(ofCharge.numerator) * daysOf(span) * weight;
  const denominator = Number(portion.ofWeight) * Number(ofCharge.denominator) * daysOfCharge;
  if (Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator)) return formatSafeQuotient(numerator, denominator);
  return formatFraction(
    fraction(
      BigInt(amountPence) * ofCharge.numerator * BigInt(daysOf(span)) * BigInt(weight),
      BigInt(portion.ofWeight) * ofCharge.denominator * BigInt(daysOfCharge),
    ),
  );
}
