import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, dayNumber } from '../kernel/period.js';
import { a, b, brief, c, facts, line, made, part, plan, totals } from './charges-due.builder.js';
import { chargesDue, type DueFacts } from './charges-due.js';

const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 2000);
process.stdout.write(`group contract properties: PROPERTY_SEED=${seed} PROPERTY_RUNS=${numRuns}\n`);

const insurance = plan({ kind: 'group-contract', per: 'school', pricePence: 365_00, leavers: 'to-date' });
const system = plan({ kind: 'group-contract', per: 'pupil', pricePence: 200, leavers: 'to-date' });
const begun = (contract = insurance) => made(facts({ plans: [contract], parts: [part(a), part(b)] }), '2026-09-01');

describe('a group contract is what each school owes less what it was charged', () => {
  it('When a school that takes part from the start is entered after the start was charged, then it pays its price all the same', () => {
    const late = { ...begun(), parts: [part(a), part(b), part(c, '2020-09-01')] };
    expect(brief(chargesDue(late, '2026-09-02'))).toEqual([[`group:P:${c}`, 36_500, '2026-09-01']]);
    expect(totals(made(late, '2026-09-02').charged)).toEqual({ [a]: 36_500, [b]: 36_500, [c]: 36_500 });
  });

  it('When a leaving date is entered, refunded and then removed, then what was refunded is charged again', () => {
    const left = made({ ...begun(), parts: [part(a), part(b, '2026-09-01', '2026-12-31')] }, '2027-01-02');
    expect(totals(left.charged)).toEqual({ [a]: 36_500, [b]: 12_200 });
    const back = made({ ...left, parts: [part(a), part(b)] }, '2027-01-05');
    expect(totals(back.charged)).toEqual({ [a]: 36_500, [b]: 36_500 });
    expect(chargesDue(back, '2028-01-01')).toEqual([]);
  });

  it('When a school leaves and comes back, then it pays both of its stretches', () => {
    const parts = [part(a), part(b, '2026-09-01', '2026-12-31'), part(b, '2027-03-01')];
    const after = made(made({ ...begun(), parts }, '2027-01-02'), '2027-03-01');
    expect(totals(after.charged)).toEqual({ [a]: 36_500, [b]: 12_200 + 18_400 });
  });

  it('When a school was charged and never took part, then it has everything back', () => {
    expect(totals(made({ ...begun(), parts: [part(a)] }, '2026-09-08').charged)).toEqual({ [a]: 36_500, [b]: 0 });
  });

  it('When no census has a school’s pupils, then it is refused with a code, the others are charged, and it pays as soon as there is one', () => {
    const parts = [part(a, undefined, null, { pupils: 100_000 }), part(b)];
    const [lacking, start] = chargesDue(facts({ plans: [system], parts }), '2026-09-01').sort((one, other) => one.pence - other.pence);
    expect(lacking).toMatchObject({ pence: 0, lacks: { code: 'sharing.pupil-numbers-missing', facts: { measure: 'pupils', urns: [b] } } });
    expect(start).toMatchObject({ key: 'group:P:start', pence: 20_000 });
    const now = { ...made(facts({ plans: [system], parts: [parts[0]!] }), '2026-09-01'), parts: [parts[0]!, part(b, undefined, null, { pupils: 50_500 })] };
    expect(totals(made(now, '2026-10-20').charged)).toEqual({ [a]: 20_000, [b]: 10_100 });
  });

  it('When a person gave a school something back, then it is not charged again', () => {
    const generous = { ...begun(), charged: [...begun().charged, line(a, -5000, '2026-10-01', { planId: 'P', kind: 'group-contract', byHand: true })] };
    expect(chargesDue(generous, '2027-12-31')).toEqual([]);
  });

  it('When schools join, leave, come back and are entered late or wrongly in any order, then each ends with the price of its days, and nothing is left to charge', () => {
    const from = dayNumber('2026-09-01');
    const urns = [a, b, c] as const;
    const step = fc.record({
      urn: fc.constantFrom(...urns), passes: fc.integer({ min: 0, max: 60 }), joins: fc.option(fc.integer({ min: -100, max: 364 })), leaves: fc.option(fc.integer({ min: 0, max: 400 })), isThere: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 100_000 }), (steps, pricePence) => {
        const contract = plan({ kind: 'group-contract', per: 'school', pricePence, leavers: 'to-date' });
        let now: DueFacts = facts({ plans: [contract], parts: [part(a), part(b, '2020-09-01')] });
        let day = '2026-09-01';
        for (const { urn, passes, joins, leaves, isThere } of steps) {
          day = addDays(day, passes);
          const own = part(urn, joins === null ? '2026-09-01' : addDays('2026-09-01', joins), leaves === null || leaves < (joins ?? 0) ? null : addDays('2026-09-01', leaves));
          now = made(made({ ...now, parts: [...now.parts.filter((one) => one.urn !== urn), ...(isThere ? [own] : [])] }, day), day);
        }
        now = made(made(now, '2027-12-31'), '2027-12-31');
        const owed = Object.fromEntries(now.parts.map((one) => {
          const first = Math.max(from, dayNumber(one.from));
          const last = Math.min(from + 364, one.until === null ? from + 364 : dayNumber(one.until));
          return [one.urn, Number((2n * BigInt(pricePence) * BigInt(Math.max(0, last - first + 1)) + 365n) / 730n)];
        }));
        const paid = totals(now.charged);
        for (const urn of urns) expect(paid[urn] ?? 0).toBe(owed[urn] ?? 0);
        expect(chargesDue(now, '2028-12-31')).toEqual([]);
      }),
      { seed, numRuns },
    );
  });
});
