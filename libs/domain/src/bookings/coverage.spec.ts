import { describe, expect, it } from '@jest/globals';
import { draw, entitlementToShow, whyNotStand, type SubscribedUnits } from './coverage.js';
import { grant } from './entitlement.js';

const period = { from: '2026-09-01', to: '2027-08-31' };
const bought = (schoolUrn: string, entitlementMilliunits: number | null): SubscribedUnits => ({ schoolUrn, period, entitlementMilliunits });
const granted = (schoolUrn: string, milliunits: number) => grant({ schoolUrn, agreementId: 'a', period }, milliunits, '2026-09-01');
const wanted = { agreementId: 'a', schoolUrns: ['100001', '100002'], milliunits: 3000, usedOn: '2026-10-06', on: '2026-09-14', bookingId: 'b' };

describe('drawing units for a booking', () => {
  it('takes each school\'s part of what it bought', () => {
    const subscriptions = [bought('100001', 5000), bought('100002', 5000)];
    const { entries, coveredUrns } = draw([granted('100001', 5000), granted('100002', 5000)], wanted, { payAsYouGo: false, subscriptions });
    expect(entries.map((entry) => [entry.schoolUrn, entry.milliunits])).toEqual([['100001', -1500], ['100002', -1500]]);
    expect(coveredUrns).toEqual(['100001', '100002']);
  });

  it('leaves to the price list what is not left, where that was agreed, and refuses it elsewhere', () => {
    const subscriptions = [bought('100001', 5000), bought('100002', 1000)];
    const ledger = [granted('100001', 5000), granted('100002', 1000)];
    expect(draw(ledger, wanted, { payAsYouGo: true, subscriptions }).coveredUrns).toEqual(['100001']);
    expect(() => draw(ledger, wanted, { payAsYouGo: false, subscriptions })).toThrow('availability.no-entitlement');
  });

  it('does not count the sessions of a school that bought no units', () => {
    const subscriptions = [bought('100001', null), bought('100002', null)];
    expect(draw([], wanted, { payAsYouGo: false, subscriptions })).toEqual({ entries: [], coveredUrns: [] });
    expect(entitlementToShow([], subscriptions).map((row) => row.leftMilliunits)).toEqual([Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);
  });
});

describe('what a booking that was asked for in time still has to keep', () => {
  it.each([
    ['availability.notice-too-short', true],
    ['availability.no-entitlement', true],
    ['availability.absent', false],
    ['availability.travel', false],
  ] as const)('%s stands: %s', (code, stands) => {
    expect(whyNotStand({ code, facts: {} }) === null).toBe(stands);
  });
});
