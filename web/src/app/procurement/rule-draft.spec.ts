import { emptyRule, parsePercent, penceOf, ruleBodyOf, ruleDraftOf, sharingOf, type RuleDraft } from './rule-draft';

const urns = ['125556', '125562', '125565'];
const draft = (change: Partial<RuleDraft>): RuleDraft => ({ ...emptyRule('2026-09-01'), agreedBy: 'Helen Marsh, Brookhurst', ...change });

describe('a rule as it is written', () => {
  it.each([
    ['33.33', 3333],
    ['40', 4000],
    [' 12.5 % ', 1250],
    ['33.333', undefined],
    ['a third', undefined],
    ['-5', undefined],
  ])('When a percentage is written as “%s”, then it is %s basis points', (text, basisPoints) => {
    expect(parsePercent(text)).toBe(basisPoints);
  });

  it('When an amount is no amount, then it is not guessed at', () => {
    expect(penceOf('1,250.00')).toBe(125_000);
    expect(penceOf('12,50')).toBeUndefined();
  });

  it('When parts are not exactly 100 %, then it says what they are, and rounds nothing to fit', () => {
    const parts = { equal: '33.33', pupils: '66.66', 'pupil-premium': '', use: '', fixed: '' };
    expect(sharingOf(draft({ basis: 'parts', parts }), urns).faults).toEqual({ parts: 'Together they are 99.99 %; they have to be exactly 100 %.' });
    const whole = sharingOf(draft({ basis: 'parts', parts: { ...parts, pupils: '66.67' } }), urns);
    expect(whole.faults).toEqual({});
    expect(whole.rule.parts).toEqual([{ basis: 'equal', basisPoints: 3333 }, { basis: 'pupils', basisPoints: 6667 }]);
  });

  it('When shares are fixed, then only schools with a percentage are named', () => {
    const { rule, faults } = sharingOf(draft({ basis: 'fixed', fixed: { '125556': '25', '125562': '75' } }), urns);
    expect(faults).toEqual({});
    expect(rule.fixed).toEqual([{ urn: '125556', basisPoints: 2500 }, { urn: '125562', basisPoints: 7500 }]);
    const groups = [{ name: 'North', percent: '60', basis: 'pupils' as const }, { name: '', percent: '40', basis: 'equal' as const }];
    expect(sharingOf(draft({ basis: 'groups', groups, groupOf: { '125556': 1, '125562': 0, '125565': 1 } }), urns).rule.groups).toEqual([
      { name: 'North', basisPoints: 6000, basis: 'pupils', urns: ['125562'] }, { name: 'Group 2', basisPoints: 4000, basis: 'equal', urns: ['125556', '125565'] },
    ]);
    expect(sharingOf(draft({ basis: 'groups', groups, groupOf: { '125556': 0, '125562': 0, '125565': 0 } }), urns).faults).toMatchObject({ 'groups.1': 'A group has a part and at least one school.' });
    expect(sharingOf(draft({ basis: 'fixed', fixed: { '125556': 'x' } }), urns).faults).toMatchObject({ 'fixed.125556': 'Write a percentage such as 33.33.' });
  });

  it('When nobody is named as having agreed it, then it is not complete', () => {
    expect(ruleBodyOf(draft({ agreedBy: ' \n ' }), urns).faults).toEqual({ agreedBy: 'Name the people who agreed it, one a line.' });
    expect(ruleBodyOf(draft({}), urns).body).toMatchObject({ basis: 'equal', agreedBy: ['Helen Marsh, Brookhurst'], capBasisPoints: null, censusOn: null });
  });

  it('When a rule is read and written back, then it is the same', () => {
    const rule = {
      id: '0', effectiveOn: '2026-09-01', groups: null, leavers: 'to-date' as const, basis: 'parts' as const, parts: [{ basis: 'equal' as const, basisPoints: 3000 }, { basis: 'fixed' as const, basisPoints: 7000 }],
      fixed: [{ urn: '125556', basisPoints: 3333 }, { urn: '125562', basisPoints: 6667 }], capBasisPoints: 4000, capPence: 100_000, floorPence: 500,
      censusOn: '2026-01-15', agreedOn: '2026-06-01', agreedBy: ['A', 'B'], frozen: false,
    };
    const { id: _id, frozen: _frozen, ...body } = rule;
    expect(ruleBodyOf(ruleDraftOf(rule), urns)).toEqual({ body, faults: {} });
  });
});
