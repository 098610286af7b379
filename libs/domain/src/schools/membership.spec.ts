import { describe, expect, it } from '@jest/globals';
import { isMemberOn, leadSchoolIsMember, mayBeTakenBack, membershipEndsAfterStart, membershipsNeverOverlap, schoolIsOpenOn } from './membership.js';

const term = (fromOn: string, untilOn: string | null, urn = '125610') => ({ urn, fromOn, untilOn });
const code = (work: () => void) => {
  try {
    work();
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('memberships', () => {
  it('When a day is asked for, then both the first and the last day belong to the membership', () => {
    expect(['2026-08-31', '2026-09-01', '2027-08-31', '2027-09-01'].map((day) => isMemberOn(term('2026-09-01', '2027-08-31'), day))).toEqual([false, true, true, false]);
    expect(isMemberOn(term('2026-09-01', null), '2099-01-01')).toBe(true);
  });

  it.each([
    ['2026-09-01', '2026-12-31', null],
    ['2027-01-01', null, 'schools.already-member'],
    ['2026-12-31', '2027-01-01', 'schools.already-member'],
    ['2028-01-01', null, null],
  ])('When a membership from %s until %s meets one of the year 2027, then it answers %s', (from, until, expected) => {
    expect(code(() => membershipsNeverOverlap(term(from, until), [term('2027-01-01', '2027-12-31'), term('2026-01-01', null, '125565')]))).toBe(expected);
  });

  it('When something else is wrong, then it is refused by its own code', () => {
    expect(code(() => membershipEndsAfterStart(term('2026-09-02', '2026-09-01')))).toBe('schools.ends-before-start');
    expect(code(() => mayBeTakenBack({ ...term('2026-09-01', null), id: '1', recordedOn: '2026-11-22' }, '2026-11-23'))).toBe('schools.membership-has-history');
    expect(code(() => leadSchoolIsMember('125610', [term('2020-09-01', '2026-11-22')], '2026-11-23'))).toBe('schools.lead-school-not-member');
    expect(code(() => leadSchoolIsMember(null, [], '2026-11-23'))).toBe(null);
    expect(code(() => schoolIsOpenOn({ urn: '1', status: 'closed', closedOn: '2020-01-01', successorUrn: null }, '2026-01-01'))).toBe('schools.school-closed');
    expect(code(() => schoolIsOpenOn({ urn: '1', status: 'closed', closedOn: '2020-01-01', successorUrn: null }, '2019-01-01'))).toBe(null);
  });
});
