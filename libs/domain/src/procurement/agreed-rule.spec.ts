import { describe, expect, it } from '@jest/globals';
import { assertRule, assertRuleMayFollow, basesOf, dividingRule, ruleOn, type AgreedRule } from './agreed-rule.js';

const code = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

const equal: AgreedRule = { basis: 'equal', parts: null, groups: null, leavers: 'to-date', fixedBasisPoints: null, capBasisPoints: null, capPence: null, floorPence: null, censusOn: null };
const parts = (...list: [NonNullable<AgreedRule['parts']>[number]['basis'], number][]): AgreedRule => ({ ...equal, basis: 'parts', parts: list.map(([basis, basisPoints]) => ({ basis, basisPoints })) });

const group = (name: string, basisPoints: number, ...urns: string[]): NonNullable<AgreedRule['groups']>[number] => ({ name, basisPoints, urns, basis: 'equal' });
const groups = (...list: NonNullable<AgreedRule['groups']>): AgreedRule => ({ ...equal, basis: 'groups', groups: list });

describe('a rule', () => {
  it.each<[string, AgreedRule, string]>([
    ['equally', equal, 'accepted'],
    ['30 % equally and 70 % by pupils', parts(['equal', 3000], ['pupils', 7000]), 'accepted'],
    ['parts of 99.99 %', parts(['equal', 2999], ['pupils', 7000]), 'procurement.rule-does-not-add-up'],
    ['parts of 110 %', parts(['equal', 4000], ['pupils', 7000]), 'procurement.rule-does-not-add-up'],
    ['one basis twice', parts(['equal', 5000], ['equal', 5000]), 'procurement.rule-does-not-add-up'],
    ['parts beside another basis', { ...parts(['equal', 10_000]), basis: 'use' }, 'procurement.rule-does-not-add-up'],
    ['parts without parts', { ...equal, basis: 'parts' }, 'procurement.rule-does-not-add-up'],
    ['fixed, all named', { ...equal, basis: 'fixed', fixedBasisPoints: { '100001': 2500, '100002': 7500 } }, 'accepted'],
    ['fixed, not all of it', { ...equal, basis: 'fixed', fixedBasisPoints: { '100001': 2500, '100002': 7499 } }, 'procurement.rule-does-not-add-up'],
    ['fixed without percentages', { ...equal, basis: 'fixed' }, 'procurement.rule-does-not-add-up'],
    ['percentages that nothing uses', { ...equal, fixedBasisPoints: { '100001': 10_000 } }, 'procurement.rule-does-not-add-up'],
    ['fixed for a stranger', { ...equal, basis: 'fixed', fixedBasisPoints: { '100001': 2500, '999999': 7500 } }, 'procurement.rule-stranger'],
    ['a part that is fixed', { ...parts(['equal', 5000], ['fixed', 5000]), fixedBasisPoints: { '100001': 10_000 } }, 'accepted'],
    ['two groups, 60 and 40 %', groups(group('North', 6000, '100001'), group('South', 4000, '100002')), 'accepted'],
    ['groups of 90 %', groups(group('North', 5000, '100001'), group('South', 4000, '100002')), 'procurement.rule-does-not-add-up'],
    ['groups beside another basis', { ...groups(group('North', 10_000, '100001', '100002')), basis: 'equal' }, 'procurement.rule-does-not-add-up'],
    ['a school in two groups', groups(group('North', 6000, '100001', '100002'), group('South', 4000, '100002')), 'procurement.rule-same-school-twice'],
    ['a group with a stranger', groups(group('North', 6000, '100001', '999999'), group('South', 4000, '100002')), 'procurement.rule-stranger'],
    ['groups that leave one out', groups(group('North', 6000, '100001'), group('South', 4000)), 'procurement.rule-school-without-group'],
    ['a floor above the cap', { ...equal, floorPence: 200, capPence: 100 }, 'procurement.floor-above-cap'],
  ])('When it shares %s, then it is answered as it should', (_, rule, expected) => {
    expect(code(() => assertRule(rule, ['100001', '100002']))).toBe(expected);
  });

  it('When the dividing function takes it, then bases become weights by their measure', () => {
    expect(dividingRule({ ...parts(['equal', 3000], ['pupils', 7000]), capBasisPoints: 4000 })).toEqual({
      parts: [
        { name: 'equally', basisPoints: 3000, rule: { basis: 'equal' } },
        { name: 'by pupil numbers', basisPoints: 7000, rule: { basis: 'weight', measure: 'pupils' } },
      ],
      capBasisPoints: 4000,
    });
    expect(dividingRule({ ...equal, basis: 'use', floorPence: 100 })).toEqual({ basis: 'weight', measure: 'use', floorPence: 100 });
    expect(basesOf(equal)).toEqual(['equal']);
    expect(dividingRule({ ...groups({ ...group('North', 6000, '100001'), basis: 'pupils' }, group('South', 4000, '100002')), capPence: 5 })).toEqual({
      groups: [
        { name: 'North', basisPoints: 6000, schools: ['100001'], rule: { basis: 'weight', measure: 'pupils' } },
        { name: 'South', basisPoints: 4000, schools: ['100002'], rule: { basis: 'equal' } },
      ],
      capPence: 5,
    });
  });
});

describe('the history of rules', () => {
  const term = { startsOn: '2026-09-01', endsOn: '2027-08-31' };

  it.each([
    ['2026-09-01', 'procurement.rule-frozen'],
    ['2026-08-31', 'procurement.rule-outside-term'],
    ['2027-09-01', 'procurement.rule-outside-term'],
    ['2026-09-02', 'accepted'],
  ])('When the first rule was used and the next begins on %s, then %s', (effectiveOn, expected) => {
    expect(code(() => assertRuleMayFollow(effectiveOn, term, [{ effectiveOn: '2026-09-01', frozen: true }, { effectiveOn: '2027-01-01', frozen: false }]))).toBe(expected);
  });

  it('When a day is asked for, then the latest rule that has begun is in force', () => {
    const rules = [{ effectiveOn: '2027-01-01' }, { effectiveOn: '2026-09-01' }];
    expect(ruleOn(rules, '2026-12-31')).toEqual({ effectiveOn: '2026-09-01' });
    expect(ruleOn(rules, '2027-01-01')).toEqual({ effectiveOn: '2027-01-01' });
    expect(ruleOn(rules, '2026-08-31')).toBeUndefined();
  });
});
