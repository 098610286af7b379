import { describe, expect, it } from '@jest/globals';
import { assertPriceMayFollow, assertSameTrade, assertTerms, milliunitsIn, priceOfSession, priceOn, registerState, triggerDate, type TermsToCheck } from './agreement.js';

const code = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

const terms: TermsToCheck = {
  startsOn: '2026-09-01', endsOn: '2027-08-31', priceBasis: 'hour', hasPrice: true, retainerPence: null, instalmentPlan: null,
  morning: { startMinute: 540, endMinute: 720 }, afternoon: { startMinute: 780, endMinute: 960 },
  lengthsMinutes: [45, 90], unit: 'hour', minimumCommitmentMilliunits: null,
  cancellationBands: [{ atLeastWorkingDays: 5, chargeBasisPoints: 0 }, { atLeastWorkingDays: 0, chargeBasisPoints: 10_000 }],
};

describe('terms', () => {
  it.each<[string, Partial<TermsToCheck>, string]>([
    ['whole and in order', {}, 'accepted'],
    ['of a single day', { endsOn: '2026-09-01' }, 'accepted'],
    ['that end before they start', { endsOn: '2026-08-31' }, 'procurement.ends-before-it-starts'],
    ['without a price', { hasPrice: false }, 'procurement.price-missing'],
    ['of a retainer without a price', { priceBasis: 'retainer', hasPrice: false, retainerPence: 900_000, instalmentPlan: 'once' }, 'accepted'],
    ['of a retainer without its sum', { priceBasis: 'retainer' }, 'procurement.retainer-missing'],
    ['with a sum and no plan', { retainerPence: 900_000 }, 'procurement.retainer-missing'],
    ['with a plan and no sum', { instalmentPlan: 'once' }, 'procurement.retainer-missing'],
    ['with a morning that ends before it begins', { morning: { startMinute: 720, endMinute: 540 } }, 'procurement.half-days-overlap'],
    ['with an afternoon inside the morning', { afternoon: { startMinute: 700, endMinute: 960 } }, 'procurement.half-days-overlap'],
    ['with bands out of order', { cancellationBands: [...terms.cancellationBands].reverse() }, 'procurement.bands-not-in-order'],
    ['where less notice costs less', { cancellationBands: [{ atLeastWorkingDays: 5, chargeBasisPoints: 5000 }, { atLeastWorkingDays: 0, chargeBasisPoints: 0 }] }, 'procurement.bands-not-in-order'],
    ['with a commitment in the price’s unit', { minimumCommitmentMilliunits: 40_000 }, 'accepted'],
    ['with a commitment in days', { minimumCommitmentMilliunits: 5000, unit: 'day' }, 'accepted'],
    ['with a commitment in sessions of two lengths', { minimumCommitmentMilliunits: 40_000, unit: 'session' }, 'procurement.commitment-not-countable'],
    ['with a commitment in sessions of one length', { minimumCommitmentMilliunits: 40_000, unit: 'session', lengthsMinutes: [45] }, 'accepted'],
    ['with such a commitment that a retainer pays', { minimumCommitmentMilliunits: 40_000, unit: 'session', retainerPence: 100, instalmentPlan: 'once' }, 'accepted'],
    ['without bands', { cancellationBands: [] }, 'accepted'],
  ])('When terms come %s, then they are answered as they should', (_, change, expected) => {
    expect(code(() => assertTerms({ ...terms, ...change }))).toBe(expected);
  });
});

describe('one unit in another', () => {
  it.each([
    [{ milliunits: 2000, unit: 'day' }, 'half-day', 4000], [{ milliunits: 1000, unit: 'half-day' }, 'hour', 3000], [{ milliunits: 40_000, unit: 'session' }, 'hour', 30_000],
    [{ milliunits: 10_000, unit: 'hour' }, 'day', 1667], [{ milliunits: 7, unit: 'day' }, 'day', 7],
  ] as const)('When %j is counted in units of a %s, then it is %i thousandths', (of, unit, expected) => {
    expect(milliunitsIn(unit, of, { ...terms, lengthsMinutes: [45] })).toBe(expected);
  });
});

describe('the register', () => {
  const agreement = { startsOn: '2026-09-01', endsOn: '2027-08-31', noticeDays: 90, leadTimeDays: 60 };

  it('When an agreement ends, then its trigger date is the end less notice and lead time', () => {
    expect(triggerDate(agreement)).toBe('2027-04-03');
  });

  it.each([
    ['2026-08-31', 'not-started'],
    ['2026-09-01', 'running'],
    ['2027-04-02', 'running'],
    ['2027-04-03', 'act-now'],
    ['2027-06-02', 'act-now'],
    ['2027-06-03', 'notice-passed'],
    ['2027-08-31', 'notice-passed'],
    ['2027-09-01', 'ended'],
  ])('When today is %s, then it is %s', (today, state) => {
    expect(registerState(agreement, today)).toBe(state);
  });
});

describe('prices', () => {
  const prices = [{ from: '2027-01-01', pence: 5200 }, { from: '2026-09-01', pence: 5000 }];

  it.each([
    ['2026-08-01', 5000],
    ['2026-09-01', 5000],
    ['2026-12-31', 5000],
    ['2027-01-01', 5200],
    ['2030-01-01', 5200],
  ])('When a session is ordered on %s, then its price is the one of that day', (on, pence) => {
    expect(priceOn(prices, on)).toBe(pence);
  });

  it('When no price is agreed, then there is none', () => {
    expect(priceOn([], '2026-09-01')).toBeNull();
  });

  it.each([[6000, 1500, 9000], [5001, 500, 2501], [1, 1, 0], [10_000_000_000, 1_000_000, 10_000_000_000_000]])('When a unit is %d pence and the session %d thousandths, then it is %d', (unit, milliunits, pence) => {
    expect(priceOfSession(unit, milliunits)).toBe(pence);
  });

  it.each([
    ['2026-10-01', true, 'procurement.price-in-the-past'],
    ['2026-10-01', false, 'accepted'],
    ['2026-11-23', true, 'accepted'],
    ['2026-08-31', false, 'procurement.price-outside-term'],
    ['2027-09-01', false, 'procurement.price-outside-term'],
  ])('When a price is to hold from %s and charges were shared: %s, then %s', (from, hasShared, expected) => {
    expect(code(() => assertPriceMayFollow(from, '2026-11-23', terms, hasShared))).toBe(expected);
  });

  it('When charges stand on an agreement, then its unit of price stays', () => {
    const trade = { serviceId: 's', supplierId: 'p', priceBasis: 'hour', unit: 'hour' } as const;
    expect(code(() => assertSameTrade(trade, { ...trade, priceBasis: 'day' }, true))).toBe('procurement.in-use');
    expect(code(() => assertSameTrade(trade, { ...trade, priceBasis: 'day' }, false))).toBe('accepted');
    expect(code(() => assertSameTrade(trade, trade, true))).toBe('accepted');
  });
});
