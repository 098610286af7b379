import { describe, expect, it } from '@jest/globals';
import { credentialState, freeColour, maskedBankDetails, serviceColours, standingOf, warnsFrom } from './catalogue.js';
import { assertMaySubscribe, assertSubscriptionMayChange } from './subscription.js';

const code = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('credentials', () => {
  it.each([
    [null, 'valid'],
    ['2026-11-22', 'expired'],
    ['2026-11-23', 'expires-soon'],
    ['2027-01-22', 'expires-soon'],
    ['2027-01-23', 'valid'],
  ])('When one expires on %s and today is 23 November 2026, then it is %s', (expiresOn, state) => {
    expect(credentialState({ expiresOn }, '2026-11-23')).toBe(state);
  });

  it('When a newer record of a type exists, then the older one counts no more', () => {
    const old = { type: 'insurance', expiresOn: '2026-01-01' } as const;
    expect(standingOf([], '2026-11-23')).toBe('none');
    expect(standingOf([old], '2026-11-23')).toBe('expired');
    expect(standingOf([old, { type: 'insurance', expiresOn: '2027-12-31' }], '2026-11-23')).toBe('valid');
    expect(standingOf([{ type: 'right-to-work', expiresOn: null }, old], '2026-11-23')).toBe('expired');
    expect(standingOf([{ type: 'insurance', expiresOn: '2026-12-01' }], '2026-11-23')).toBe('expires-soon');
  });

  it('When it warns, then sixty days before', () => {
    expect(warnsFrom('2027-01-22')).toBe('2026-11-23');
  });
});

describe('the catalogue', () => {
  it('When a service is added, then it takes the first free colour, and after eight the least used', () => {
    expect(freeColour([])).toBe('blue');
    expect(freeColour(['blue', 'green'])).toBe('orange');
    expect(freeColour([...serviceColours, 'blue'])).toBe('orange');
  });

  it('When bank details are shown, then only their last digits are', () => {
    expect(maskedBankDetails({ accountName: 'North Psychology', sortCode: '200415', accountNumber: '12345678' })).toEqual({ accountName: 'North Psychology', sortCode: '••-••-15', accountNumber: '••••5678' });
    expect(maskedBankDetails({ accountName: null, sortCode: null, accountNumber: null })).toBeNull();
  });
});

describe('subscriptions', () => {
  const term = { startsOn: '2026-09-01', endsOn: '2027-08-31' };
  const members = [{ urn: '100001', from: '2020-09-01', until: '2026-12-31' }, { urn: '100002', from: '2026-10-01', until: null }];

  it.each<[string, string | null, string, string]>([
    ['2026-09-01', null, '100001', 'accepted'],
    ['2026-08-31', null, '100001', 'procurement.outside-term'],
    ['2026-09-01', '2027-09-01', '100001', 'procurement.outside-term'],
    ['2026-10-01', '2026-09-30', '100001', 'procurement.ends-before-it-starts'],
    ['2026-09-01', null, '100002', 'procurement.not-a-member'],
    ['2027-01-01', null, '100001', 'procurement.not-a-member'],
    ['2026-09-01', null, '999999', 'procurement.not-a-member'],
  ])('When a school subscribes from %s until %s as %s, then %s', (fromOn, untilOn, urn, expected) => {
    expect(code(() => assertMaySubscribe({ urn, fromOn, untilOn }, term, members, []))).toBe(expected);
  });

  it('When days overlap with another subscription of the school, then it is refused, and beside each other they stand', () => {
    const open = [{ fromOn: '2026-09-01', untilOn: null }];
    const ended = [{ fromOn: '2026-09-01', untilOn: '2026-10-31' }];
    expect(code(() => assertMaySubscribe({ urn: '100001', fromOn: '2026-11-01', untilOn: null }, term, members, open))).toBe('procurement.already-subscribed');
    expect(code(() => assertMaySubscribe({ urn: '100001', fromOn: '2026-10-31', untilOn: null }, term, members, ended))).toBe('procurement.already-subscribed');
    expect(code(() => assertMaySubscribe({ urn: '100001', fromOn: '2026-11-01', untilOn: null }, term, members, ended))).toBe('accepted');
  });

  it('When a subscription has begun, then its first day stays', () => {
    const days = { fromOn: '2026-09-01', untilOn: null };
    expect(code(() => assertSubscriptionMayChange(days, { fromOn: '2026-10-01', untilOn: null }, '2026-11-23'))).toBe('procurement.subscription-used');
    expect(code(() => assertSubscriptionMayChange(days, { fromOn: '2026-09-01', untilOn: '2026-12-31' }, '2026-11-23'))).toBe('accepted');
    expect(code(() => assertSubscriptionMayChange({ fromOn: '2027-01-01', untilOn: null }, { fromOn: '2027-02-01', untilOn: null }, '2026-11-23'))).toBe('accepted');
  });
});
