import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { add, formatFraction, fraction, parseFraction, zero } from '../kernel/fraction.js';
import { addDays } from '../kernel/period.js';
import { carryAfter, creditAsShares } from './carry.js';
import { a, agreement, b, c, facts, line, made, part, plan } from './charges-due.builder.js';
import { chargesDue, type DueFacts } from './charges-due.js';
import type { Participant } from './cost-sharing-rule.js';
import { redivisions, type DividedCharge } from './redivision.js';
import { shareCharge } from './share-charge.js';

const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 1000);
process.stdout.write(`period end properties: PROPERTY_SEED=${seed} PROPERTY_RUNS=${numRuns}\n`);

/** Half a penny up, away from nothing, without floating point. */
const partOf = (pence: number, basisPoints: number): number => Math.sign(pence) * Number((2n * BigInt(Math.abs(pence)) * BigInt(basisPoints) + 10_000n) / 20_000n);
const own = ({ charged }: DueFacts) => charged.filter(({ planId }) => planId === 'P').reduce((sum, { pence }) => sum + pence, 0);

/** Something that is charged, or given back, of a day; entered when so many days have passed. */
const entry = fc.record({ urn: fc.constantFrom(a, b, c), day: fc.integer({ min: 0, max: 364 }), pence: fc.integer({ min: -2000, max: 20_000 }), passes: fc.integer({ min: 0, max: 50 }), milliunits: fc.integer({ min: 0, max: 3000 }) });
const entries = fc.array(entry, { minLength: 1, maxLength: 12 });

function enter(start: DueFacts, list: readonly { urn: string; day: number; pence: number; passes: number; milliunits: number }[]): DueFacts {
  let now = start;
  let today = '2026-09-01';
  for (const { urn, day, pence, passes, milliunits } of list) {
    const on = addDays('2026-09-01', day);
    today = addDays(today, passes);
    // A charge that gives more back than there is has no weights; schools are charged before they are given back.
    const before = now.charged.filter((one) => one.urn === urn && one.planId === null).reduce((sum, one) => sum + one.pence, 0);
    now = { ...now, today, charged: [...now.charged, line(urn, Math.max(pence, 0 - before), on)], agreements: now.agreements.map((one) => ({ ...one, used: [...one.used, { on, milliunits }] })) };
    now = made(now, today);
  }
  return made(made({ ...now, today: '2028-01-01' }, '2028-01-01'), '2028-01-01');
}

const chargedIn = (now: DueFacts) => now.charged.filter(({ planId }) => planId === null).reduce((sum, { pence }) => sum + pence, 0);

describe('whatever comes late', () => {
  it('When charges and credits are entered in any order and as late as may be, then the fees are the part of all of it to the penny', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 10_000 }), fc.constantFrom('month', 'quarter', 'year'), (list, basisPoints, every) => {
        const now = enter(facts({ plans: [plan({ kind: 'administration-fee', every, basisPoints, pence: null })] }), list);
        expect(own(now)).toBe(partOf(chargedIn(now), basisPoints));
        expect(chargesDue(now, '2028-02-01')).toEqual([]);
      }),
      { seed, numRuns },
    );
  });

  it('When use and charges arrive in any order, then the discounts are the part of the tier that was reached in the end', () => {
    const tiers = [{ fromMilliunits: 2000, basisPoints: 500 }, { fromMilliunits: 8000, basisPoints: 1250 }];
    fc.assert(
      fc.property(entries, (list) => {
        const now = enter(facts({ plans: [plan({ kind: 'discount', tiers })] }), list);
        const milliunits = list.reduce((sum, one) => sum + one.milliunits, 0);
        const tier = tiers.filter(({ fromMilliunits }) => fromMilliunits <= milliunits).at(-1);
        expect(0 - own(now)).toBe(tier ? partOf(chargedIn(now), tier.basisPoints) : 0);
        expect(chargesDue(now, '2028-02-01')).toEqual([]);
      }),
      { seed, numRuns },
    );
  });

  it('When sessions are confirmed before or after the term, or taken back, then schools pay exactly what was promised and not given', () => {
    const change = fc.record({ passes: fc.integer({ min: 0, max: 120 }), milliunits: fc.integer({ min: 0, max: 9000 }), open: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 9000 }), (changes, committedMilliunits) => {
        let now: DueFacts = facts({ agreements: [{ ...agreement, committedMilliunits }], parts: [part(a), part(b)] });
        let today = '2027-08-01';
        for (const { passes, milliunits, open } of [...changes, { passes: 200, milliunits: changes.at(-1)!.milliunits, open: false }]) {
          today = addDays(today, passes);
          const used = [{ on: '2027-08-31', milliunits }];
          now = { ...now, today, agreements: now.agreements.map((one) => ({ ...one, used, open: open ? [{ on: '2027-08-31', milliunits: 1000 }] : [] })) };
          now = made(now, today);
        }
        const short = Math.max(0, committedMilliunits - changes.at(-1)!.milliunits);
        const paid = now.charged.filter(({ kind }) => kind === 'minimum-commitment').reduce((sum, { pence }) => sum + pence, 0);
        expect(paid).toBe(Number((2n * 6000n * BigInt(short) + 1000n) / 2000n));
        expect(chargesDue(now, today)).toEqual([]);
      }),
      { seed, numRuns },
    );
  });
});

describe('dividing anew', () => {
  const days = fc.tuple(fc.integer({ min: -20, max: 110 }), fc.integer({ min: 0, max: 130 })).map(([from, length]) => ({ from: addDays('2026-09-01', from), to: addDays('2026-09-01', from + length) }));
  const school = fc.record({ weight: fc.integer({ min: 1, max: 900 }), then: days, now: days, carry: fc.integer({ min: -6, max: 6 }) });

  it('When schools’ days change in any way, then it is due exactly if a day differs; together nobody pays more or less, and carries stay level', () => {
    fc.assert(
      fc.property(fc.array(school, { minLength: 1, maxLength: 4 }), fc.integer({ min: -90_000, max: 90_000 }).filter((pence) => pence !== 0), (schools, amountPence) => {
        const period = { from: '2026-09-01', to: '2026-11-30' };
        const lead: Participant = { school: '100000', weight: 7 };
        const carries: Record<string, string> = Object.fromEntries(schools.map(({ carry }, i) => [String(100_001 + i), formatFraction(fraction(carry, 7))]));
        carries['100000'] = formatFraction(fraction(0 - schools.reduce((sum, { carry }) => sum + carry, 0), 7));
        const divide = (which: 'then' | 'now', before: Readonly<Record<string, string>>) => {
          const participants = [lead, ...schools.map((one, i): Participant => ({ school: String(100_001 + i), weight: one.weight, ...one[which] }))];
          return shareCharge({ amountPence, rule: { basis: 'weight' }, period, participants: participants.map((one) => ({ ...one, carriedPence: before[one.school] ?? '0' })) }).shares;
        };
        const first = divide('then', carries);
        const afterFirst = carryAfter(carries, first);
        const back = creditAsShares(amountPence, first.map(({ school: urn, pence, explanation }) => ({ school: urn, pence, exactPence: explanation.exactPence })));
        const level = carryAfter(afterFirst, back);
        for (const { school: urn } of first) expect(level[urn]).toBe(carries[urn] ?? '0');
        const anew = divide('now', level);
        expect(anew.reduce((sum, { pence }) => sum + pence, 0)).toBe(amountPence);
        const end = carryAfter(level, anew);
        expect(formatFraction(Object.values(end).reduce((sum, carry) => add(sum, parseFraction(carry)), zero))).toBe('0');

        const parts = (which: 'then' | 'now') => schools.map((one, i) => ({ urn: String(100_001 + i), ...one[which] }));
        const charge: DividedCharge = {
          chargeId: 'C', agreementId: 'A', planId: null, description: 'Premium', netPence: amountPence, serviceFrom: period.from, serviceTo: period.to, belongsOn: period.from, divisions: 1,
          then: parts('then'), now: parts('now'),
        };
        const within = ({ from, to }: { from: string; to: string }) => (from > period.to || to < period.from ? '' : `${from > period.from ? from : period.from} ${to < period.to ? to : period.to}`);
        const differs = schools.some((one) => within(one.then) !== within(one.now));
        expect(redivisions([charge])).toHaveLength(differs ? 1 : 0);
        expect(redivisions([{ ...charge, then: charge.now }])).toEqual([]);
      }),
      { seed, numRuns },
    );
  });
});
