import { describe, expect, it } from '@jest/globals';
import { a, agreement, b, brief, c, facts, line, made, part, plan, totals } from './charges-due.builder.js';
import { chargesDue, chargesWaiting } from './charges-due.js';
import { waitingInWords } from './period-end.js';

const used = (on: string, sessions = 1) => ({ on, milliunits: sessions * 1000 });
const promised = { ...agreement, committedMilliunits: 5000, used: [used('2026-10-06', 3)], open: [used('2027-08-30'), used('2027-08-31')] };
const facing = (today: string, more: Partial<typeof promised> = {}) => facts({ agreements: [{ ...promised, ...more }], parts: [part(a)], today });

describe('the end of a term, while sessions are not confirmed', () => {
  it('When two sessions of the last days are not confirmed, then the minimum commitment waits for them and says so', () => {
    expect(chargesDue(facing('2027-09-01'), '2027-09-01')).toEqual([]);
    const [waiting] = chargesWaiting(facing('2027-09-01'), '2027-09-01');
    expect(waiting).toMatchObject({ key: 'minimum:A', pence: 12_000, waits: { sessions: 2, until: '2027-09-28' } });
    expect(waitingInWords(waiting!.waits)).toBe('It waits for 2 sessions that are not confirmed yet, until 28 September 2027 at the latest.');
  });

  it('When they are confirmed, then nothing is due that was promised and given, and nobody pays twice', () => {
    const given = { used: [...promised.used, used('2027-08-30'), used('2027-08-31')], open: [] };
    expect(chargesDue(facing('2027-09-03', given), '2027-09-03')).toEqual([]);
    expect(chargesWaiting(facing('2027-09-03', given), '2027-09-03')).toEqual([]);
  });

  it('When four weeks have passed, then it is charged without them, and what is confirmed later is given back along its shares', () => {
    const over = facing('2027-09-29');
    expect(brief(chargesDue(over, '2027-09-29'))).toEqual([['minimum:A', 12_000, '2027-09-01']]);
    expect(chargesDue(over, '2027-09-29')[0]?.workings.at(-1)).toBe('2 sessions were not confirmed by 28 September 2027 and not counted; what is confirmed later is put right then.');
    const charged = made(over, '2027-09-29');
    expect(chargesDue(charged, '2027-09-29')).toEqual([]);
    const late = { ...charged, agreements: charged.agreements.map((one) => ({ ...one, used: [...one.used, used('2027-08-30')], open: [used('2027-08-31')] })) };
    expect(chargesDue(late, '2027-10-10')).toMatchObject([{ key: 'minimum:A:1', pence: -6000, corrects: 'M', dueOn: '2027-09-01' }]);
    const after = made(late, '2027-10-10');
    expect(chargesDue(after, '2027-10-11')).toEqual([]);
    const upheld = { ...after, agreements: after.agreements.map((one) => ({ ...one, used: promised.used, open: [] })) };
    expect(brief(chargesDue(upheld, '2027-10-12'))).toEqual([['minimum:A:2', 6000, '2027-09-01']]);
  });

  it('When a person let schools off the commitment, then what arrives late gives back no more than is left', () => {
    const charged = made(facing('2027-09-29'), '2027-09-29');
    const letOff = charged.agreements.map((one) => ({ ...one, used: [...one.used, used('2027-08-30', 2)], commitmentCharged: { ...one.commitmentCharged!, netPence: 0 } }));
    expect(chargesDue({ ...charged, agreements: letOff }, '2027-10-10')).toEqual([]);
    const partly = charged.agreements.map((one) => ({ ...one, used: [...one.used, used('2027-08-30', 2)], commitmentCharged: { ...one.commitmentCharged!, netPence: 5000 } }));
    expect(chargesDue({ ...charged, agreements: partly }, '2027-10-10')).toMatchObject([{ pence: -5000 }]);
  });
});

describe('the last discount', () => {
  const discount = plan({ kind: 'discount', tiers: [{ fromMilliunits: 10_000, basisPoints: 500 }, { fromMilliunits: 12_000, basisPoints: 1000 }] });
  const start = facts({ plans: [discount], agreements: [{ ...agreement, used: [used('2026-10-06', 11)], open: [used('2027-08-31')] }], charged: [line(a, 40_000), line(b, 26_000)], today: '2027-09-01' });

  it('When a session of the last day is not confirmed, then the end of the plan waits for it; the tier that was reached does not', () => {
    const now = made(start, '2027-09-01');
    expect(totals(now.charged.filter(({ planId }) => planId))).toEqual({ [a]: -2000, [b]: -1300 });
    const more = { ...now, charged: [...now.charged, line(a, 500, '2027-08-01')] };
    expect(chargesDue(more, '2027-09-01')).toEqual([]);
    expect(chargesWaiting(more, '2027-09-01')).toMatchObject([{ key: 'discount:P:end', pence: -25 }]);
  });

  it('When a session is confirmed after the last discount, then the higher tier is given by a further one', () => {
    const ended = made({ ...start, today: '2027-10-01', charged: [...start.charged, line(a, 6000, '2027-08-01')] }, '2027-10-01');
    const late = { ...ended, agreements: [{ ...ended.agreements[0]!, used: [used('2026-10-06', 11), used('2027-08-31')], open: [] }], charged: [...ended.charged, line(b, 6000, '2027-08-31')] };
    const after = made(made(late, '2027-10-05'), '2027-10-05');
    // A tenth of £780.00.
    expect(after.charged.filter(({ planId }) => planId).reduce((sum, { pence }) => sum + pence, 0)).toBe(-7800);
    expect(chargesDue(after, '2027-12-01')).toEqual([]);
  });

  it('When an objection takes the volume back below every tier, then what was given is taken back at the end', () => {
    const now = made({ ...start, today: '2027-10-01' }, '2027-10-01');
    const upheld = { ...now, agreements: [{ ...now.agreements[0]!, used: [used('2026-10-06', 9)], open: [] }] };
    const after = made(upheld, '2027-10-02');
    expect(totals(after.charged.filter(({ planId }) => planId))).toEqual({ [a]: 0, [b]: 0 });
  });

  it('When a person gave more back by hand, then the end neither takes it back nor gives it once more', () => {
    const now = made(start, '2027-03-01');
    const generous = { ...now, today: '2027-10-01', charged: [...now.charged, line(a, -999, '2027-03-01', { planId: 'P', kind: 'discount', byHand: true })] };
    expect(chargesDue(generous, '2027-10-01')).toEqual([]);
  });
});

describe('the last fee', () => {
  const fee = plan({ kind: 'administration-fee', every: 'quarter', basisPoints: 250, pence: null });

  it('When a session of the last days is not confirmed, then only the last fee waits, and what is charged later still bears its fee', () => {
    const start = facts({ plans: [fee], agreements: [{ ...agreement, open: [used('2027-08-31')] }], charged: [line(a, 10_000, '2026-10-01'), line(b, 20_000, '2027-07-01')], today: '2027-09-01' });
    const now = made(start, '2027-09-01');
    expect(now.charged.filter(({ planId }) => planId).map(({ pence }) => pence)).toEqual([250]);
    expect(chargesWaiting(now, '2027-09-01')).toMatchObject([{ key: 'fee:P:2027-06-01', pence: 500 }]);
    const over = made({ ...now, today: '2027-09-29' }, '2027-09-29');
    const late = { ...over, charged: [...over.charged, line(b, 6000, '2027-08-31')] };
    expect(brief(chargesDue(late, '2027-10-04'))).toEqual([['fee:P:2027-06-01:1', 150, '2027-09-01']]);
    expect(chargesDue(made(late, '2027-10-04'), '2028-01-01')).toEqual([]);
  });

  it('When a person let a school off a fee, then the next fee does not ask for it again', () => {
    const now = made(facts({ plans: [fee], charged: [line(a, 10_000, '2026-10-01')] }), '2026-12-01');
    const letOff = { ...now, charged: [...now.charged, line(a, -250, '2026-11-30', { planId: 'P', kind: 'administration-fee', byHand: true }), line(a, 4000, '2026-12-24')] };
    expect(brief(chargesDue(letOff, '2027-03-01'))).toEqual([['fee:P:2026-12-01', 100, '2027-03-01']]);
  });

  it('When a charge of the plan could not be shared, then nothing of it is put right until it is', () => {
    const now = made(facts({ plans: [fee], charged: [line(a, 10_000, '2027-08-01')] }), '2027-09-01');
    const late = { ...now, charged: [...now.charged, line(a, 10_000, '2027-08-02')] };
    expect(chargesDue({ ...late, unsharedPlans: new Set(['P']) }, '2027-10-01')).toEqual([]);
    expect(chargesDue(late, '2027-10-01')).toHaveLength(1);
  });
});

describe('contributions of a school that leaves', () => {
  it('When its last day is over, then it is not asked any more, and nobody pays its part', () => {
    const advance = plan({ kind: 'on-account', totalPence: 120_000, instalments: 'monthly-12', bySchool: [{ urn: a, pence: 40_000 }, { urn: b, pence: 50_000 }, { urn: c, pence: 30_000 }] });
    const due = chargesDue(facts({ plans: [advance], parts: [part(a), part(b, '2026-09-01', '2026-10-31'), part(c)] }), '2026-12-31').filter(({ kind }) => kind === 'on-account');
    expect(due.map(({ pence, among }) => [pence, among?.weights.map(({ urn }) => urn)])).toEqual([[10_000, [a, b, c]], [10_000, [a, b, c]], [5833, [a, c]], [5833, [a, c]]]);
    expect(due.at(-1)?.workings.at(-1)).toBe('A school that has left is not asked any more, and nobody pays its part.');
  });
});

describe('a shared post over other times than a year', () => {
  const terms = {
    kind: 'shared-post', fullTimeSalaryPence: 24_000_00, hoursPerWeek: '37', fullTimeHours: '37', weeksPaid: '52', weeksInYear: '52',
    insuranceBasisPoints: 0, insuranceFromPence: 0, pensionBasisPoints: 0, instalments: 'sept-march-april-august',
  } as const;
  const post = (more: object) => plan(terms, { id: 'S', name: 'Business manager', ...more });

  it.each([
    ['2026-09-01', '2028-02-29', 3_600_000, 'The plan runs for 18 months: £36,000.00.'],
    ['2026-09-01', '2027-03-31', 1_400_000, 'The plan runs for 7 months: £14,000.00.'],
  ])('When it runs from %s to %s, then it costs its months', (startsOn, endsOn, pence, sentence) => {
    const due = chargesDue(facts({ plans: [post({ startsOn, endsOn })] }), '2029-01-01');
    expect(due.reduce((sum, one) => sum + one.pence, 0)).toBe(pence);
    expect(due[0]?.workings).toContain(sentence);
  });

  it('When it begins in mid-month and is paid at once, then the days of that month count', () => {
    const [due] = chargesDue(facts({ plans: [plan({ ...terms, instalments: 'once' }, { startsOn: '2026-11-16', endsOn: '2026-12-31' })] }), '2027-01-01');
    // One month and 16 of 31 days.
    expect(due?.pence).toBe(Math.round((200_000 * (31 + 16)) / 31));
  });

  it('When pay rises from April by an award of November, then the parts since April bear it, and of one that had begun its months from then on', () => {
    const award = plan({ kind: 'uplift', basisPoints: 320, index: null }, { startsOn: '2027-04-01', name: 'Pay award' });
    const now = facts({ plans: [post({}), award], parts: [part(a)] });
    expect(chargesDue(now, '2027-11-20').filter(({ kind }) => kind === 'uplift')).toMatchObject([
      { key: 'uplift:P:post:S:2', pence: 32_000, dueOn: '2027-04-01', description: 'Pay award, on Business manager, part 2' },
    ]);
    const atOnce = facts({ plans: [plan({ ...terms, instalments: 'once' }, { id: 'S' }), award] });
    expect(chargesDue(atOnce, '2027-11-20').filter(({ kind }) => kind === 'uplift')).toMatchObject([{ key: 'uplift:P:post:S:1', pence: 32_000, serviceFrom: '2027-04-01', serviceTo: '2027-08-31' }]);
  });
});
