import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DomainError } from './domain-error.js';
import { add, compare, enlarge, floor, formatFraction, formatSafeQuotient, formatThousandths, fraction, parseFraction, parseThousandths, roundHalfUp, subtract, zero, type Fraction } from './fraction.js';
import { compareKeys, creditShares, divideByWeight, dividePence, exactByWeight, formatPounds, parsePounds, spreadPence } from './money.js';

const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 2000);
process.stdout.write(`kernel/money properties: PROPERTY_SEED=${seed} PROPERTY_RUNS=${numRuns}\n`);

function holds<T>(arbitrary: fc.Arbitrary<T>, predicate: (value: T) => void): void {
  fc.assert(fc.property(arbitrary, predicate), { seed, numRuns });
}

/** As `expect`, for loops that would spend most of their time in it. */
function claim(truth: boolean, what: string): void {
  if (!truth) throw new Error(what);
}

const same = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((value, index) => Object.is(value, b[index]));

const refusal = (code: string) => new DomainError(code);

/** Weights of which one at least is not zero, an amount, and carries of less than a penny or two. */
const divisions = fc
  .array(fc.record({ weight: fc.oneof(fc.nat(3), fc.nat(2000), fc.nat(1e7)), carry: fc.tuple(fc.integer({ min: -200, max: 200 }), fc.integer({ min: 1, max: 120 })) }), { minLength: 1, maxLength: 14 })
  .filter((parties) => parties.some(({ weight }) => weight > 0))
  .chain((parties) => fc.record({ parties: fc.constant(parties), amountPence: fc.oneof(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -1e8, max: 1e8 })) }));

interface Parties {
  readonly parties: readonly { readonly weight: number; readonly carry: readonly [number, number] }[];
  readonly amountPence: number;
}

function inputOf({ parties, amountPence }: Parties) {
  return {
    amountPence,
    exact: exactByWeight(amountPence, parties.map(({ weight }) => weight)),
    keys: parties.map((_, index) => String(100_000 + 7 * index)),
    carried: parties.map(({ carry }) => fraction(...carry)),
  };
}

/** The rule of money.md once more, slowly and in fractions only. */
function divideSlowly({ parties, amountPence }: Parties): number[] {
  const sign = amountPence < 0 ? -1 : 1;
  const ofWeight = parties.reduce((sum, { weight }) => sum + weight, 0);
  const lines = parties.map(({ weight, carry }, index) => {
    const exact = fraction(BigInt(amountPence * sign) * BigInt(weight), BigInt(ofWeight));
    const down = floor(exact);
    const rest = subtract(exact, fraction(down));
    return { index, pence: Number(down), rest, rank: add(rest, fraction(carry[0] * sign, carry[1])) };
  });
  let left = amountPence * sign - lines.reduce((sum, { pence }) => sum + pence, 0);
  const inLine = lines.filter(({ rest }) => rest.numerator !== 0n).sort((a, b) => compare(b.rank, a.rank) || a.index - b.index);
  for (const line of inLine) {
    if (left === 0) break;
    line.pence += 1;
    left -= 1;
  }
  return lines.map(({ pence }) => pence * sign + 0);
}

describe('dividing pence', () => {
  it('gives what the slow rule gives, with bigints as without', () => {
    holds(divisions, (parties) => {
      const input = inputOf(parties);
      const quick = dividePence(input);
      const atAnySize = dividePence({ ...input, exact: enlarge(input.exact) });
      claim(same(quick.pence, atAnySize.pence) && same([...quick.tookOddPenny].sort(), [...atAnySize.tookOddPenny].sort()), 'the fast path is the bigint path');
      claim(same(quick.pence, divideSlowly(parties)), 'the fast path is the slow rule');
    });
  });

  it('gives the same past the safe range as the slow rule does', () => {
    const large = fc.record({
      amountPence: fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
      parties: fc.array(fc.record({ weight: fc.integer({ min: 1, max: 1e12 }), carry: fc.constant<[number, number]>([0, 1]) }), { minLength: 1, maxLength: 9 }),
    });
    holds(large, (parties) => claim(same(dividePence(inputOf(parties)).pence, divideSlowly(parties)), 'the bigint path is the slow rule'));
  });

  it('adds up, and rounds each share down or up, the odd pennies upwards', () => {
    holds(divisions, (parties) => {
      const input = inputOf(parties);
      const { pence, tookOddPenny } = dividePence(input);
      const { numerators, denominator } = enlarge(input.exact);
      claim(pence.reduce((sum, share) => sum + share, 0) === parties.amountPence, 'the shares add up');
      pence.forEach((share, index) => {
        const size = numerators[index]! < 0n ? -numerators[index]! : numerators[index]!;
        const over = BigInt(Math.abs(share)) * denominator - size;
        claim(over > -denominator && over < denominator, 'less than a penny out');
        claim(over > 0n === tookOddPenny.includes(index), 'rounded up for an odd penny, and only then');
      });
    });
  });

  it('gives a refund as the mirror image of a charge whose carries have the other sign', () => {
    holds(divisions, (parties) => {
      const mirror = { amountPence: 0 - parties.amountPence, parties: parties.parties.map(({ weight, carry }) => ({ weight, carry: [-carry[0], carry[1]] as const })) };
      claim(same(dividePence(inputOf(mirror)).pence, dividePence(inputOf(parties)).pence.map((pence) => 0 - pence)), 'mirrored');
    });
  });

  it('does not depend on the order of the parties', () => {
    holds(fc.tuple(divisions, fc.infiniteStream(fc.nat())), ([parties, randoms]) => {
      const input = inputOf(parties);
      const { numerators, denominator } = enlarge(input.exact);
      const order = numerators.map((_, index) => ({ index, random: randoms.next().value as number })).sort((a, b) => a.random - b.random);
      const shuffled = dividePence({
        amountPence: parties.amountPence,
        exact: { numerators: order.map(({ index }) => numerators[index]!), denominator },
        keys: order.map(({ index }) => input.keys[index]!),
        carried: order.map(({ index }) => input.carried[index]!),
      });
      const straight = dividePence(input).pence;
      claim(same(shuffled.pence, order.map(({ index }) => straight[index]!)), 'the same shares in another order');
    });
  });

  it('tells carries apart that differ by less than floating point can see', () => {
    const hair = fraction(1, 10n ** 40n);
    const near = (carry: Fraction) => dividePence({ amountPence: 1, exact: { numerators: [1, 1], denominator: 2 }, keys: ['1', '2'], carried: [zero, carry] }).pence;
    expect(near(hair)).toEqual([0, 1]);
    expect(near(subtract(zero, hair))).toEqual([1, 0]);
    expect(near(zero)).toEqual([1, 0]);
  });

  it('takes carries of any size, also past what floating point can hold', () => {
    const huge = fraction(10n ** 400n + 1n, 3n);
    expect(dividePence({ amountPence: 1, exact: { numerators: [1, 1], denominator: 2 }, keys: ['1', '2'], carried: [zero, huge] }).pence).toEqual([0, 1]);
    expect(dividePence({ amountPence: 2, exact: { numerators: [2n * 10n ** 400n, 10n ** 400n, 10n ** 400n], denominator: 2n * 10n ** 400n }, keys: ['1', '2', '3'] }).pence).toEqual([1, 1, 0]);
  });

  it('breaks ties by the lowest number, not by the first letter', () => {
    const divided = dividePence({ amountPence: 1, exact: { numerators: [1, 1], denominator: 2 }, keys: ['100000', '99999'] });
    expect(divided).toEqual({ pence: [0, 1], tookOddPenny: [1] });
    expect(['b', '100000', 'a', '9', '99999'].sort(compareKeys)).toEqual(['9', 'a', 'b', '99999', '100000']);
  });

  it('refuses exact shares that are not the amount, and amounts that are not whole pence', () => {
    const keys = ['1', '2'];
    expect(() => dividePence({ amountPence: 3, exact: { numerators: [1, 1], denominator: 1 }, keys })).toThrow(refusal('money.shares-differ-from-amount'));
    expect(() => dividePence({ amountPence: 2, exact: { numerators: [1n, 2n], denominator: 1n }, keys })).toThrow(refusal('money.shares-differ-from-amount'));
    expect(() => dividePence({ amountPence: 1, exact: { numerators: [1, 1], denominator: 3 }, keys })).toThrow(refusal('money.shares-differ-from-amount'));
    // As floating point these two add up; as whole numbers they are one too few.
    expect(() => dividePence({ amountPence: 4_503_599_627_370_498, exact: { numerators: [Number.MAX_SAFE_INTEGER, 4], denominator: 2 }, keys })).toThrow(refusal('money.shares-differ-from-amount'));
    expect(() => spreadPence({ amountPence: 5, exact: { numerators: [1, 1], denominator: 1 }, keys })).toThrow(refusal('money.shares-differ-from-amount'));
    for (const amountPence of [0.5, NaN, Infinity, 2 ** 53]) {
      expect(() => dividePence({ amountPence, exact: { numerators: [1], denominator: 1 }, keys: ['1'] })).toThrow(refusal('money.not-whole-pence'));
    }
  });

  it('divides lines by weight, an odd penny to the earlier', () => {
    expect(divideByWeight(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(divideByWeight(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(divideByWeight(1, Array.from({ length: 12 }, () => 1)).indexOf(1)).toBe(0);
  });
});

describe('crediting what was charged', () => {
  it('ends ten small credits exactly at nothing', () => {
    const charged = [3334, 3333, 3333];
    const credited = [0, 0, 0];
    for (let credit = 0; credit < 10; credit++) {
      creditShares(1000, charged.map((chargedPence, index) => ({ key: String(index), chargedPence, creditedPence: credited[index]! }))).forEach(({ pence }, index) => (credited[index]! += pence));
    }
    expect(credited).toEqual(charged);
  });

  const charges = fc.record({
    shares: fc.array(fc.nat(20_000), { minLength: 1, maxLength: 8 }),
    cuts: fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 }),
    sign: fc.constantFrom(1, -1),
  });

  it('never takes back more than is left, and ends at nothing however it is cut', () => {
    holds(charges, ({ shares, cuts, sign }) => {
      const totalPence = shares.reduce((sum, share) => sum + share, 0);
      const ofCuts = cuts.reduce((sum, cut) => sum + cut, 0);
      const credited = shares.map(() => 0);
      let done = 0;
      let cutSoFar = 0;
      for (const cut of cuts) {
        cutSoFar += cut;
        const upTo = ofCuts === 0 ? totalPence : Math.floor((totalPence * cutSoFar) / ofCuts);
        const credits = creditShares(sign * (upTo - done) + 0, shares.map((share, index) => ({ key: String(index), chargedPence: sign * share + 0, creditedPence: sign * credited[index]! + 0 })));
        credits.forEach(({ pence }, index) => {
          credited[index]! += pence * sign;
          claim(pence * sign >= 0 && credited[index]! <= shares[index]!, 'never more than is left');
        });
        done = upTo;
      }
      claim(same(credited, shares), 'ends at nothing');
    });
  });

  it('refuses more than is left, a credit of the other sign, and a share over-credited before', () => {
    const shares = [{ key: '1', chargedPence: 60, creditedPence: 10 }, { key: '2', chargedPence: 40 }];
    expect(creditShares(90, shares)).toEqual([{ key: '1', pence: 50 }, { key: '2', pence: 40 }]);
    expect(() => creditShares(91, shares)).toThrow(refusal('sharing.credit-too-large'));
    expect(() => creditShares(-1, shares)).toThrow(refusal('sharing.credit-too-large'));
    expect(() => creditShares(1, [{ key: '1', chargedPence: 60, creditedPence: 61 }])).toThrow(refusal('sharing.credit-too-large'));
    expect(() => creditShares(1, [{ key: '1', chargedPence: 60, creditedPence: 61 }, { key: '2', chargedPence: 100 }])).toThrow(refusal('sharing.credit-too-large'));
    expect(() => creditShares(1, [{ key: '1', chargedPence: 60, creditedPence: -1 }])).toThrow(refusal('sharing.credit-too-large'));
    expect(() => creditShares(0, [{ key: '1', chargedPence: 0, creditedPence: 1 }])).toThrow(refusal('sharing.credit-too-large'));
    expect(creditShares(0, shares)).toEqual([{ key: '1', pence: 0 }, { key: '2', pence: 0 }]);
  });

  it('credits an invoice that has a line of the other sign', () => {
    const lines = [{ key: '1', chargedPence: 1000 }, { key: '2', chargedPence: -400 }];
    expect(creditShares(600, lines)).toEqual([{ key: '1', pence: 1000 }, { key: '2', pence: -400 }]);
    expect(creditShares(300, lines)).toEqual([{ key: '1', pence: 500 }, { key: '2', pence: -200 }]);
  });
});

describe('pounds as people write them', () => {
  it.each([
    [0, '£0.00'],
    [5, '£0.05'],
    [123_450, '£1,234.50'],
    [-123_450, '−£1,234.50'],
    [100_000_000_000, '£1,000,000,000.00'],
  ])('writes %i pence as %s', (pence, text) => {
    expect(formatPounds(pence)).toBe(text);
  });

  it.each([
    ['1,234.50', 123_450],
    ['£12', 1200],
    [' £ 12.5 ', 1250],
    ['-£5.00', -500],
    ['−5', -500],
    ['0.07', 7],
    ['1234567.89', 123_456_789],
    ['-0', 0],
  ])('reads %j', (text, pence) => {
    expect(parsePounds(text)).toBe(pence);
  });

  it.each(['', '£', 'twelve', '12.345', '1,23', '1,2345', '12,34.00', '1.2.3', '1e5', '£-5', '--5', '.5', '5.', '(5.00)', '12 £', '90071992547409.92', '٣'])('refuses %j', (text) => {
    expect(() => parsePounds(text)).toThrow(refusal('money.not-an-amount'));
  });

  it('reads what it writes', () => {
    holds(fc.maxSafeInteger(), (pence) => claim(parsePounds(formatPounds(pence)) === pence, 'read as written'));
  });
});

describe('fractions', () => {
  const fractions = fc.tuple(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.bigInt(1n, 10n ** 30n)).map(([top, bottom]) => fraction(top, bottom));

  it('read what they write, and come in lowest terms', () => {
    holds(fractions, (value) => claim(compare(parseFraction(formatFraction(value)), value) === 0, 'read as written'));
    expect(formatFraction(parseFraction('-4/6'))).toBe('-2/3');
    expect(formatFraction(parseFraction('\u22124/2'))).toBe('-2');
    expect(formatFraction(fraction(3, -6))).toBe('-1/2');
    holds(fc.tuple(fc.maxSafeInteger(), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })), ([top, bottom]) => claim(formatSafeQuotient(top, bottom) === formatFraction(fraction(top, bottom)), 'written alike'));
  });

  it.each(['', '1/', '/2', '1.5', 'a', '1/-2', '1//2', '1 / 2'])('refuse %j', (text) => {
    expect(() => parseFraction(text)).toThrow(refusal('fraction.not-a-number'));
  });

  it('refuse a zero below the line', () => {
    expect(() => parseFraction('1/0')).toThrow(refusal('fraction.divided-by-zero'));
  });

  it('round down below zero too, and halves away from zero', () => {
    expect(floor(fraction(-1, 3))).toBe(-1n);
    expect(floor(fraction(-3, 3))).toBe(-1n);
    expect([fraction(5, 2), fraction(-5, 2), fraction(12, 5), fraction(-13, 5)].map(roundHalfUp)).toEqual([3n, -3n, 2n, -3n]);
  });

  it.each<[number | string, number, string]>([
    [723.5, 723_500, '723.5'],
    ['723.500', 723_500, '723.5'],
    [0.001, 1, '0.001'],
    ['-0.250', -250, '-0.25'],
    [-1.5, -1500, '-1.5'],
    [412, 412_000, '412'],
    [-0, 0, '0'],
  ])('read the weight %j', (weight, thousandths, text) => {
    expect(parseThousandths(weight)).toBe(thousandths);
    expect(formatThousandths(thousandths)).toBe(text);
  });

  it.each<number | string>([0.1 + 0.2, 1.0005, NaN, Infinity, 1e13, '1e3', '1.2345', '', ' ', '0x10', '1,000', '1234567890123'])('refuse the weight %j', (weight) => {
    expect(() => parseThousandths(weight)).toThrow(refusal('fraction.not-a-number'));
  });
});
