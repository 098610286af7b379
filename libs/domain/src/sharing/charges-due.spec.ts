import { describe, expect, it } from '@jest/globals';
import { chargesDue } from './charges-due.js';
import { a, agreement, b, brief, c, facts, line, made, part, plan, totals } from './charges-due.builder.js';
import { standingOnAccount } from './on-account.js';

describe('minimum commitments', () => {
  it('When 30 of 40 promised sessions were used, then ten are due at the price of the last day, the day after the term', () => {
    const short = { ...agreement, prices: [...agreement.prices, { from: '2027-04-01', pence: 6300 }], committedMilliunits: 40_000, used: [{ on: '2026-10-06', milliunits: 30_000 }] };
    expect(chargesDue(facts({ agreements: [short] }), '2027-08-31')).toEqual([]);
    const [due] = chargesDue(facts({ agreements: [short] }), '2027-09-01');
    expect(due).toMatchObject({ key: 'minimum:A', kind: 'minimum-commitment', pence: 63_000, dueOn: '2027-09-01', belongsOn: '2027-08-31' });
    expect(due?.workings).toEqual(['40 units were promised until 31 August 2027 and 30 were delivered.', 'That leaves 10 at £63.00.']);
    expect(chargesDue(facts({ agreements: [{ ...short, used: [{ on: '2026-10-06', milliunits: 40_000 }] }] }), '2027-09-01')).toEqual([]);
  });
});

describe('retrospective discounts', () => {
  const discount = plan({ kind: 'discount', tiers: [{ fromMilliunits: 10_000, basisPoints: 500 }, { fromMilliunits: 20_000, basisPoints: 1000 }] });
  const used = [{ on: '2026-10-06', milliunits: 10_000 }, { on: '2027-01-12', milliunits: 10_000 }, { on: '2027-03-02', milliunits: 1000 }];
  const charged = [line(a, 40_000, '2026-10-06'), line(b, 20_001, '2026-10-06'), line(a, 60_000, '2027-01-12'), line(b, 6000, '2027-03-02')];

  it('When tiers are reached, then each gives its part of everything so far, less what was given, and the year ends at the last tier to the penny', () => {
    let now = facts({ plans: [discount], agreements: [{ ...agreement, used }], charged });
    expect(brief(chargesDue(now, '2027-09-01'))).toEqual([
      ['discount:P:10000', -3000, '2026-10-07'],
      ['discount:P:20000', -9000, '2027-01-13'],
      ['discount:P:end', -600, '2027-09-01'],
    ]);
    for (const through of ['2026-10-31', '2027-01-31', '2027-09-01']) now = made(now, through);
    expect(now.charged.filter(({ planId }) => planId === 'P').reduce((sum, { pence }) => sum + pence, 0)).toBe(-12_600);
    expect(chargesDue(now, '2028-01-01')).toEqual([]);
  });

  it('When it is given, then it follows what each school was charged', () => {
    const [first] = chargesDue(facts({ plans: [discount], agreements: [{ ...agreement, used }], charged }), '2026-10-31');
    expect(first?.among).toEqual({ measure: 'what each was charged', weights: [{ urn: a, weight: 40_000 }, { urn: b, weight: 20_001 }] });
  });
});

describe('the lead school’s fee', () => {
  it('When it is a part of the charges, then what is charged late comes with the next fee and the year is the part to the penny', () => {
    const fee = plan({ kind: 'administration-fee', every: 'month', basisPoints: 250, pence: null }, { endsOn: '2026-11-30' });
    let now = made(facts({ plans: [fee], charged: [line(a, 10_001), line(b, 10_000)] }), '2026-10-01');
    expect(totals(now.charged.filter(({ planId }) => planId))).toEqual({ [a]: 250, [b]: 250 });
    now = { ...now, charged: [...now.charged, line(a, 5000, '2026-09-29'), line(b, 9999, '2026-10-10')] };
    expect(brief(chargesDue(now, '2026-11-01'))).toEqual([['fee:P:2026-10-01', 375, '2026-11-01']]);
    now = made(now, '2026-12-01');
    expect(now.charged.filter(({ planId }) => planId).reduce((sum, { pence }) => sum + pence, 0)).toBe(Math.round(35_000 * 0.025));
  });

  it('When a month has no charge, then a later fee does not make it owe one back', () => {
    const fee = plan({ kind: 'administration-fee', every: 'month', basisPoints: 250, pence: null });
    const now = made(facts({ plans: [fee], charged: [line(a, 10_000, '2026-10-10')] }), '2026-11-01');
    expect(now.charged.filter(({ planId }) => planId).map(({ pence }) => pence)).toEqual([250]);
    expect(chargesDue(now, '2027-09-01')).toEqual([]);
  });

  it('When it is a sum for each quarter, then it is due the day after each, by the rule', () => {
    const fee = plan({ kind: 'administration-fee', every: 'quarter', basisPoints: null, pence: 25_000 }, { agreementId: null });
    const due = chargesDue(facts({ plans: [fee] }), '2027-09-01');
    expect(due.map(({ dueOn, pence, among }) => [dueOn, pence, among])).toEqual([['2026-12-01', 25_000, null], ['2027-03-01', 25_000, null], ['2027-06-01', 25_000, null], ['2027-09-01', 25_000, null]]);
  });
});

describe('a plan that was stopped', () => {
  it('When it is stopped, then nothing for later days is due', () => {
    const fee = plan({ kind: 'administration-fee', every: 'month', basisPoints: null, pence: 100 }, { stoppedOn: '2026-11-15' });
    expect(chargesDue(facts({ plans: [fee] }), '2027-09-01').map(({ dueOn }) => dueOn)).toEqual(['2026-10-01', '2026-11-01']);
  });
});

describe('group contracts', () => {
  const insurance = plan({ kind: 'group-contract', per: 'school', pricePence: 365_00, leavers: 'to-date' });

  it('When a school joins in mid-term, then it alone pays for its days', () => {
    const now = made(facts({ plans: [insurance], parts: [part(a), part(b), part(c, '2027-01-12')] }), '2026-09-01');
    expect(totals(now.charged)).toEqual({ [a]: 36_500, [b]: 36_500 });
    const later = made(now, '2027-01-12');
    expect(totals(later.charged)).toEqual({ [a]: 36_500, [b]: 36_500, [c]: 23_200 });
    expect(chargesDue(later, '2027-12-31')).toEqual([]);
  });

  it.each([
    ['to-date', '2027-03-31', 36_500 - 15_300],
    ['end-of-term', '2027-03-31', 36_500 - 14_300],
    ['nothing-back', '2027-03-31', 36_500],
  ] as const)('When a school leaves and the contract says %s, then it is left with what it owes', (leavers, until, left) => {
    const contract = { ...insurance, terms: { kind: 'group-contract', per: 'school', pricePence: 36_500, leavers } as const };
    const before = made(facts({ plans: [contract], parts: [part(a), part(b)] }), '2026-09-01');
    const gone = { ...before, parts: [part(a), part(b, '2026-09-01', until, { termEndsOn: '2027-04-10' })] };
    const after = made(gone, '2027-04-30');
    expect(totals(after.charged)).toEqual({ [a]: 36_500, [b]: left });
    expect(chargesDue(after, '2028-01-01')).toEqual([]);
  });

  it('When a management information system is priced for each pupil, then each school pays its own pupils', () => {
    const system = plan({ kind: 'group-contract', per: 'pupil', pricePence: 333, leavers: 'to-date' });
    const now = made(facts({ plans: [system], parts: [part(a, undefined, null, { pupils: 210_500 }), part(b, undefined, null, { pupils: 420_000 })] }), '2026-09-01');
    expect(totals(now.charged)).toEqual({ [a]: 70_097, [b]: 139_860 });
  });
});

describe('a shared post', () => {
  it('When a term-time contract is costed, then pay, insurance and pension are each a payroll’s pence and twelve parts make the year', () => {
    const terms = {
      kind: 'shared-post', fullTimeSalaryPence: 38_220_00, hoursPerWeek: '30', fullTimeHours: '37', weeksPaid: '44.5', weeksInYear: '52.143',
      insuranceBasisPoints: 1500, insuranceFromPence: 5_000_00, pensionBasisPoints: 2250, instalments: 'monthly-12',
    } as const;
    const due = chargesDue(facts({ plans: [plan(terms)] }), '2027-08-31');
    // 3,822,000 × 30/37 × 44.5/52.143 = 2,644,686.6…; 15 % above £5,000 and 22.5 % of all of it.
    expect(due[0]?.workings.slice(0, 4)).toEqual([
      'Pay: £38,220.00 a year at full time, 30 of 37 hours a week, 44.5 of 52.143 weeks paid: £26,446.87.',
      'National Insurance: 15 % of what is above £5,000.00: £3,217.03.',
      'Pension: 22.5 % of the pay: £5,950.55.',
      'Together £35,614.45 a year.',
    ]);
    expect(due.map(({ pence }) => pence).reduce((sum, pence) => sum + pence, 0)).toBe(3_561_445);
    expect(due).toHaveLength(12);
  });

  it('When it bridges financial years, then 7/12 and 5/12 of the year are due', () => {
    const terms = {
      kind: 'shared-post', fullTimeSalaryPence: 24_000_00, hoursPerWeek: '37', fullTimeHours: '37', weeksPaid: '52', weeksInYear: '52',
      insuranceBasisPoints: 0, insuranceFromPence: 0, pensionBasisPoints: 0, instalments: 'sept-march-april-august',
    } as const;
    expect(brief(chargesDue(facts({ plans: [plan(terms)] }), '2027-08-31'))).toEqual([['post:P:1', 1_400_000, '2026-09-01'], ['post:P:2', 1_000_000, '2027-04-01']]);
  });
});

describe('a school that joins or leaves within what was charged', () => {
  const autumn = { chargeId: 'C', agreementId: 'A', planId: null, description: 'Premium', netPence: 9100, serviceFrom: '2026-09-01', serviceTo: '2026-11-30', belongsOn: '2026-09-01', divisions: 1 };
  const both = [{ urn: a, from: '2026-09-01' }, { urn: b, from: '2020-09-01', to: null }];
  const due = (now: readonly object[], through = '2026-12-31') => chargesDue(facts({ divided: [{ ...autumn, then: both, now: now as typeof both }] }), through);

  it('When its days within the charge are different from those it was charged, then the charge is due to be divided anew, from the first such day', () => {
    const [joined] = due([...both, { urn: c, from: '2026-10-01' }]);
    expect(joined).toMatchObject({ key: 'again:C:1', redivides: 'C', pence: 0, dueOn: '2026-10-01', belongsOn: '2026-09-01', description: 'Divided anew: Premium' });
    expect(joined?.workings[0]).toBe('100003: takes part from 1 October 2026 to 30 November 2026; it was charged nothing.');
    expect(due([...both, { urn: c, from: '2026-10-01' }], '2026-09-30')).toEqual([]);
    const [left] = due([both[0]!, { urn: b, from: '2020-09-01', to: '2026-10-31' }]);
    expect(left?.dueOn).toBe('2026-11-01');
    expect(left?.workings[0]).toBe('100002: takes part from 1 September 2026 to 31 October 2026; it was charged from 1 September 2026 to 30 November 2026.');
  });

  it('When only days outside the charge changed, or the same days are written in two pieces, then nothing is due', () => {
    expect(due([both[0]!, { urn: b, from: '2020-09-01', to: '2026-11-30' }, { urn: c, from: '2026-12-01' }])).toEqual([]);
    expect(due([both[0]!, { urn: b, from: '2026-10-16' }, { urn: b, from: '2020-01-01', to: '2026-10-15' }])).toEqual([]);
    expect(chargesDue(facts({ divided: [{ ...autumn, netPence: 0, then: both, now: [] }] }), '2026-12-31')).toEqual([]);
  });
});

describe('yearly uplift', () => {
  const instalments = ['2026-09-01', '2027-04-01', '2027-05-01'].map((dueOn, index) => ({ id: `I${index + 1}`, number: index + 1, of: 3, dueOn, serviceFrom: dueOn, serviceTo: dueOn, pence: 10_000, charged: true }));
  const rise = plan({ kind: 'uplift', basisPoints: 350, index: null }, { startsOn: '2027-04-01' });

  it('When prices rise on a day, then the instalments from then on bear the difference, once', () => {
    const now = facts({ plans: [rise], agreements: [{ ...agreement, instalments }], parts: [part(a)] });
    expect(brief(chargesDue(now, '2027-08-31'))).toEqual([['uplift:P:I2', 350, '2027-04-01'], ['uplift:P:I3', 350, '2027-05-01']]);
    expect(chargesDue(made(now, '2027-08-31'), '2027-08-31')).toEqual([]);
  });

  it('When a second rise goes with an index, then it is on top of the first', () => {
    const second = plan({ kind: 'uplift', basisPoints: null, index: { name: 'CPI', before: '133.0', after: '139.65' } }, { id: 'Q', startsOn: '2027-05-01' });
    const due = chargesDue(facts({ plans: [rise, second], agreements: [{ ...agreement, instalments }] }), '2027-08-31');
    // 5 % of £103.50.
    expect(due.find(({ key }) => key === 'uplift:Q:I3')).toMatchObject({ pence: 518, workings: ['Prices rise on 1 May 2027 with the index CPI, from 133.0 to 139.65: £103.50 becomes £108.68.'] });
  });
});

describe('on account', () => {
  const advance = plan({ kind: 'on-account', totalPence: 120_000, instalments: 'monthly-12', bySchool: null });
  const parts = [part(a), part(b)];
  const year = () => made(facts({ plans: [advance], parts }), '2027-08-31');

  it('When the year is over, then contributions are given back and the actual shares take their place', () => {
    const now = { ...year(), charged: [...year().charged, line(a, 70_000, '2027-02-01'), line(b, 41_234, '2027-03-01')] };
    expect(standingOnAccount(advance, { ofPlan: now.charged.filter(({ planId }) => planId), actual: now.charged })).toEqual([
      { school: a, onAccountPence: 60_000, actualPence: 70_000, differencePence: 10_000 },
      { school: b, onAccountPence: 60_000, actualPence: 41_234, differencePence: -18_766 },
    ]);
    expect(brief(chargesDue(now, '2027-09-01'))).toEqual([['true-up:P', -120_000, '2027-09-01']]);
    const after = made(now, '2027-09-01');
    expect(totals(after.charged)).toEqual({ [a]: 70_000, [b]: 41_234 });
    expect(chargesDue(after, '2028-09-01')).toEqual([]);
  });

  it('When a school was followed by another, then what was agreed by name is asked of the successor from its day on', () => {
    const agreed = plan({ kind: 'on-account', totalPence: 120_000, instalments: 'monthly-12', bySchool: [{ urn: a, pence: 48_000 }, { urn: b, pence: 72_000 }] });
    const due = chargesDue(facts({ plans: [agreed], successors: [{ fromUrn: b, toUrn: c, on: '2027-01-01' }] }), '2027-01-01');
    expect(due.map(({ among }) => among?.weights.map(({ urn }) => urn))).toEqual([...Array.from({ length: 4 }, () => [a, b]), [a, c]]);
  });

  it('When something of the year is still open, then the true-up waits for it', () => {
    const open = { ...year(), agreements: [{ ...agreement, unsharedFrom: '2027-08-02' }] };
    expect(chargesDue(open, '2027-09-30')).toEqual([]);
    expect(brief(chargesDue({ ...open, agreements: [{ ...agreement, unsharedFrom: '2027-09-02' }] }, '2027-09-30'))).toEqual([['true-up:P', -120_000, '2027-09-01']]);
  });

  it('When a school leaves, then it is refunded after its last charges, and the end of the year finds nothing left of it', () => {
    const leaving = [part(a), part(b, '2026-09-01', '2026-12-31')];
    const contributed = made(facts({ plans: [advance], parts: leaving }), '2026-12-31');
    const used = { ...contributed, charged: [...contributed.charged, line(b, 7500, '2026-11-10')] };
    expect(chargesDue({ ...used, agreements: [{ ...agreement, unsharedFrom: '2026-12-15' }] }, '2026-12-31').filter(({ kind }) => kind === 'true-up')).toEqual([]);
    const left = made(used, '2027-01-31');
    // Four of twelve contributions, half of each; £75.00 of it was used.
    expect(totals(left.charged.filter(({ urn }) => urn === b))).toEqual({ [b]: 7500 });
    expect(left.charged.filter(({ urn, kind }) => urn === b && kind === 'true-up').map(({ pence }) => pence)).toEqual([-20_000]);
    const over = made(made(left, '2027-08-31'), '2027-09-01');
    expect(totals(over.charged)).toEqual({ [a]: 0, [b]: 7500 });
    expect(chargesDue(over, '2028-09-01')).toEqual([]);
  });
});
