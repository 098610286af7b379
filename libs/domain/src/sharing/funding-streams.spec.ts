import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DomainError } from '../kernel/domain-error.js';
import { fundingChange, isRestricted, payBack, payByRule, shareCharge, splitOverFundingStreams, trueUp, type FundingBudget, type FundingPart, type FundingStream, type PaidFrom } from './index.js';

const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 2000);
process.stdout.write(`funding stream properties: PROPERTY_SEED=${seed} PROPERTY_RUNS=${numRuns}\n`);

const school = '125556';
const stream = (name: string, weight: number | string, rest: Partial<FundingStream> = {}): FundingStream => ({ stream: name, school, weight, restricted: false, ...rest });

describe('splitting a share over funding streams', () => {
  it('follows the weights, an odd penny to the larger remainder', () => {
    expect(splitOverFundingStreams({ school, pence: 1001 }, [stream('pupil premium', 25, { restricted: true, leftPence: 5000 }), stream('budget', 75)])).toEqual([
      { stream: 'pupil premium', pence: 250, leftPence: 4750 },
      { stream: 'budget', pence: 751, leftPence: null },
    ]);
  });

  it('never takes restricted money below nothing: the budget bears the rest, no other grant does', () => {
    const streams = [stream('premium', 50, { restricted: true, leftPence: 100 }), stream('grant', 25, { restricted: true, leftPence: 9000 }), stream('budget', 25)];
    expect(splitOverFundingStreams({ school, pence: 1000 }, streams)).toEqual([
      { stream: 'premium', pence: 100, leftPence: 0 },
      { stream: 'grant', pence: 250, leftPence: 8750 },
      { stream: 'budget', pence: 650, leftPence: null },
    ]);
  });

  it('lets a budget of no weight stand in, and refuses when nothing can', () => {
    const premium = stream('premium', 1, { restricted: true, leftPence: 100 });
    expect(splitOverFundingStreams({ school, pence: 1000 }, [premium, stream('budget', 0)]).map(({ pence }) => pence)).toEqual([100, 900]);
    expect(() => splitOverFundingStreams({ school, pence: 1000 }, [premium])).toThrow(new DomainError('sharing.funding-too-small'));
    expect(() => splitOverFundingStreams({ school, pence: 1 }, [])).toThrow(new DomainError('sharing.funding-too-small'));
    expect(() => splitOverFundingStreams({ school, pence: 1 }, [stream('grant', 1, { restricted: true })])).toThrow(new DomainError('sharing.funding-too-small'));
  });

  it('refuses another school\'s money, a stream twice and a negative weight', () => {
    expect(() => splitOverFundingStreams({ school, pence: 1 }, [stream('grant', 1, { school: '125562' })])).toThrow(new DomainError('sharing.not-this-schools-money'));
    expect(() => splitOverFundingStreams({ school, pence: 1 }, [stream('a', 1), stream('a', 1)])).toThrow(new DomainError('sharing.same-stream-twice'));
    expect(() => splitOverFundingStreams({ school, pence: 1 }, [stream('a', -1)])).toThrow(new DomainError('sharing.negative-stream-weight'));
  });

  it('gives a refund back by weight', () => {
    expect(splitOverFundingStreams({ school, pence: -1000 }, [stream('premium', 1, { restricted: true, leftPence: 0 }), stream('budget', 1)]).map(({ pence, leftPence }) => [pence, leftPence])).toEqual([[-500, 500], [-500, null]]);
  });

  it('always adds up, and never spends a grant that is not there', () => {
    const streams = fc.array(fc.record({ weight: fc.nat(100), restricted: fc.boolean(), leftPence: fc.nat(3000) }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.nat(10_000), streams, (pence, list) => {
        const parts = splitOverFundingStreams({ school, pence }, [...list.map(({ weight, ...rest }, index) => stream(`s${index}`, weight, rest)), stream('budget', 0)]);
        if (parts.reduce((sum, part) => sum + part.pence, 0) !== pence) throw new Error('adds up');
        if (list.some(({ restricted, leftPence }, index) => restricted && (parts[index]!.pence > leftPence || parts[index]!.leftPence! < 0))) throw new Error('below nothing');
        if (parts.some((part) => part.pence < 0)) throw new Error('takes from nobody');
      }),
      { seed, numRuns },
    );
  });
});

describe('true-up', () => {
  it('sets contributions on account against actual shares', () => {
    expect(trueUp([{ school: '2', pence: 500 }, { school: '1', pence: 300 }, { school: '1', pence: 300 }], [{ school: '1', pence: 640 }, { school: '3', pence: 20 }])).toEqual([
      { school: '1', onAccountPence: 600, actualPence: 640, differencePence: 40 },
      { school: '2', onAccountPence: 500, actualPence: 0, differencePence: -500 },
      { school: '3', onAccountPence: 0, actualPence: 20, differencePence: 20 },
    ]);
  });

  it('refunds a leaver what it paid in advance beyond its last day', () => {
    const participants = [{ school: '125556' }, { school: '125562' }, { school: '125565' }, { school: '125610', to: '2026-01-31' }];
    const { shares } = shareCharge({ amountPence: 120_000, rule: { basis: 'equal' }, period: { from: '2025-09-01', to: '2026-08-31' }, participants });
    const onAccount = participants.map(({ school: one }) => ({ school: one, pence: 30_000 }));
    const lines = trueUp(onAccount, shares);
    expect(lines.map(({ differencePence }) => differencePence)).toEqual([5808, 5808, 5808, -17_424]);
    expect(lines.reduce((sum, { differencePence }) => sum + differencePence, 0)).toBe(0);
  });
});

describe('paying by a school\'s rule', () => {
  const budgets: FundingBudget[] = [{ id: 'b1', name: 'Premium', restricted: true, leftPence: 500 }, { id: 'b2', name: 'SEN', restricted: false, leftPence: 0 }];
  const total = (parts: readonly PaidFrom[]): number => parts.reduce((sum, { pence }) => sum + pence, 0);

  it('takes restricted money no further than what is left, and what no budget can bear from general money', () => {
    expect(payByRule({ school, pence: 800 }, [{ name: 'Premium', weight: '1' }], budgets)).toEqual([{ budgetId: 'b1', pence: 500 }, { budgetId: null, pence: 300 }]);
    expect(payByRule({ school, pence: 800 }, [{ name: 'SEN', weight: '1' }], budgets)).toEqual([{ budgetId: 'b2', pence: 800 }]);
    expect(payByRule({ school, pence: 801 }, [{ name: 'SEN', weight: '1' }, { name: 'Last year only', weight: '1' }], budgets)).toEqual([{ budgetId: 'b2', pence: 401 }, { budgetId: null, pence: 400 }]);
    expect(payByRule({ school, pence: 800 }, [], budgets)).toEqual([{ budgetId: null, pence: 800 }]);
  });

  it('gives a credit back along what was paid, and knows which kinds are restricted', () => {
    expect(payBack(-401, [{ budgetId: 'b1', pence: 500 }, { budgetId: null, pence: 300 }])).toEqual([{ budgetId: 'b1', pence: -251 }, { budgetId: null, pence: -150 }]);
    expect(payBack(-900, [{ budgetId: 'b1', pence: 500 }])).toEqual([{ budgetId: null, pence: -900 }]);
    expect((['pupil-premium', 'sport-premium', 'high-needs', 'grant', 'notional-sen', 'general'] as const).filter(isRestricted)).toEqual(['pupil-premium', 'sport-premium', 'high-needs', 'grant']);
  });

  /** Pays a share and takes what it takes from what is left. */
  function spend(rule: readonly FundingPart[], pence: number, left: Map<string, number>): PaidFrom[] {
    const paid = payByRule({ school, pence }, rule, [
      { id: 'p', name: 'Premium', restricted: true, leftPence: left.get('p')! }, { id: 'g', name: 'Grant', restricted: true, leftPence: left.get('g')! }, { id: 's', name: 'SEN', restricted: false, leftPence: left.get('s')! },
    ]);
    for (const { budgetId, pence: spent } of paid) if (budgetId) left.set(budgetId, left.get(budgetId)! - spent);
    return paid;
  }

  /** What stands of a paid share after all of it was credited in some steps. */
  function givenBack(paid: readonly PaidFrom[], pence: number, steps: number): readonly PaidFrom[] {
    const step = Math.ceil(pence / steps);
    let stands = paid;
    for (let left = pence; left > 0; left -= step) {
      const back = payBack(0 - Math.min(step, left), stands);
      if (total(back) !== 0 - Math.min(step, left)) throw new Error('gives back the credit');
      stands = fundingChange(back.map((one) => ({ ...one, pence: 0 - one.pence })), stands);
    }
    return stands;
  }

  it('makes up every share, never takes restricted money below nothing, and ends at nothing when all is given back', () => {
    const part = fc.record({ name: fc.constantFrom('Premium', 'Grant', 'SEN', 'Unknown'), weight: fc.integer({ min: 0, max: 100 }).map(String) });
    const parts: fc.Arbitrary<FundingPart[]> = fc.uniqueArray(part, { maxLength: 4, selector: ({ name }) => name });
    fc.assert(
      fc.property(parts, fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 6 }), fc.nat(80_000), fc.nat(80_000), fc.integer({ min: 1, max: 5 }), (rule, shares, premium, grant, steps) => {
        const left = new Map([['p', premium], ['g', grant], ['s', 0]]);
        for (const pence of shares) {
          const paid = spend(rule, pence, left);
          if (total(paid) !== pence) throw new Error('makes up the share');
          if (left.get('p')! < 0 || left.get('g')! < 0) throw new Error('below nothing');
          if (givenBack(paid, pence, steps).length > 0) throw new Error('ends at nothing');
        }
      }),
      { seed, numRuns },
    );
  });
});
