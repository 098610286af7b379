import { describe, expect, it } from '@jest/globals';
import { aCalendar, binswood, england, staffTraining, warwickshire } from './availability.builder.js';
import {
  isWorkingDay,
  resolveCalendar,
  schoolDayOn,
  weekOfHalfTerm,
  workingDaysBetween,
  type CalendarEntry,
  type CalendarLayer,
} from './school-calendar.js';

const school = (...entries: CalendarEntry[]): CalendarLayer => ({ level: 'school', entries });
const entry = (kind: CalendarEntry['kind'], from: string, to = from, name: string = kind): CalendarEntry => ({ kind, name, from, to });

describe('a calendar inherited from nation and local authority', () => {
  const calendar = aCalendar(binswood);
  it.each([
    ['2026-09-01', 'holiday'],
    ['2026-09-02', 'inset'],
    ['2026-09-03', 'open'],
    ['2026-10-23', 'open'],
    ['2026-10-26', 'holiday'],
    ['2026-10-30', 'holiday'],
    ['2026-10-31', 'open'],
    ['2026-12-18', 'open'],
    ['2026-12-19', 'holiday'],
    ['2026-12-25', 'holiday'],
    ['2027-03-26', 'holiday'],
    ['2027-05-03', 'bank-holiday'],
    ['2027-05-31', 'holiday'],
    ['2027-07-21', 'open'],
    ['2027-07-31', 'holiday'],
    ['2027-08-01', 'not-known'],
    ['2026-07-31', 'not-known'],
  ])('%s is %s', (date, kind) => {
    expect(schoolDayOn(calendar, date)).toBe(kind);
  });

  it('cuts terms into half-terms from weekday to weekday', () => {
    expect(calendar.halfTerms.map(({ from, to }) => `${from} ${to}`)).toEqual([
      '2026-09-02 2026-10-23',
      '2026-11-02 2026-12-18',
      '2027-01-04 2027-02-12',
      '2027-02-22 2027-03-25',
      '2027-04-12 2027-05-28',
      '2027-06-07 2027-07-21',
    ]);
  });

  it('counts half-term weeks from the Monday of the first', () => {
    expect(['2026-09-02', '2026-09-06', '2026-09-07', '2026-09-15', '2026-11-17', '2026-10-27'].map((date) => weekOfHalfTerm(calendar, date))).toEqual([1, 1, 2, 3, 3, null]);
  });
});

describe('what a school enters itself', () => {
  const layers = (...own: CalendarEntry[]) => [school(...own), england, warwickshire];

  it('adds INSET days and closures, whatever the order of the layers', () => {
    const calendar = resolveCalendar(binswood, layers(entry('inset', '2026-11-06'), entry('closure', '2027-01-20', '2027-01-21', 'snow')));
    expect(['2026-11-06', '2027-01-20', '2027-01-21', '2027-01-22'].map((date) => schoolDayOn(calendar, date))).toEqual(['inset', 'holiday', 'holiday', 'open']);
    expect(calendar.closures.find((closure) => closure.name === 'snow')).toMatchObject({ kind: 'holiday', from: '2027-01-20' });
  });

  it('opens days that the local authority closed', () => {
    const calendar = resolveCalendar(binswood, layers(entry('open', '2026-10-26', '2026-10-27'), entry('open', '2026-09-01')));
    expect(['2026-10-26', '2026-10-27', '2026-10-28', '2026-09-01'].map((date) => schoolDayOn(calendar, date))).toEqual(['open', 'open', 'holiday', 'open']);
  });

  it('moves an INSET day that the local authority set', () => {
    const authority = { ...warwickshire, entries: [...warwickshire.entries, entry('inset', '2026-11-20')] };
    const calendar = resolveCalendar(binswood, [england, authority, school(entry('open', '2026-11-20'), entry('inset', '2026-11-27'))]);
    expect(['2026-11-20', '2026-11-27'].map((date) => schoolDayOn(calendar, date))).toEqual(['open', 'inset']);
  });

  it('replaces the terms of a school year and with them its half-terms, and leaves bank holidays', () => {
    const calendar = resolveCalendar(binswood, layers(entry('term', '2026-08-24', '2026-12-11'), entry('term', '2027-01-04', '2027-07-09'), entry('half-term', '2026-10-12', '2026-10-23')));
    expect(['2026-08-24', '2026-10-12', '2026-10-27', '2026-12-14', '2027-02-16', '2027-05-03', '2027-07-12'].map((date) => schoolDayOn(calendar, date))).toEqual([
      'open',
      'holiday',
      'open',
      'holiday',
      'open',
      'bank-holiday',
      'holiday',
    ]);
  });

  it('replaces one school year and inherits the other', () => {
    const next = { level: 'local-authority' as const, entries: [...warwickshire.entries, entry('term', '2027-09-01', '2027-12-17'), entry('half-term', '2027-10-25', '2027-10-29')] };
    const calendar = resolveCalendar(binswood, [england, next, school(entry('term', '2026-09-07', '2027-07-16'))]);
    expect(['2026-09-02', '2026-10-27', '2027-09-02', '2027-10-26', '2027-12-20'].map((date) => schoolDayOn(calendar, date))).toEqual(['holiday', 'open', 'open', 'holiday', 'not-known']);
  });

  it('an INSET day outside the published term is a day for staff, not a holiday', () => {
    expect(schoolDayOn(resolveCalendar(binswood, layers(entry('inset', '2026-09-01'))), '2026-09-01')).toBe('inset');
  });

  it('a half-term of its own adds to the inherited ones', () => {
    const calendar = resolveCalendar(binswood, layers(entry('half-term', '2026-10-19', '2026-10-23')));
    expect(['2026-10-19', '2026-10-27', '2027-02-16'].map((date) => schoolDayOn(calendar, date))).toEqual(['holiday', 'holiday', 'holiday']);
    expect(calendar.halfTerms[0]).toEqual({ from: '2026-09-02', to: '2026-10-16' });
  });
});

describe('what is not known yet', () => {
  it.each([
    ['nothing entered', [], '2026-10-06', 'not-known'],
    ['only the autumn: October', [entry('term', '2026-09-02', '2026-12-18')], '2026-10-06', 'open'],
    ['only the autumn: August before it', [entry('term', '2026-09-02', '2026-12-18')], '2026-08-20', 'holiday'],
    ['only the autumn: January', [entry('term', '2026-09-02', '2026-12-18')], '2027-01-12', 'not-known'],
    ['only the summer: January', [entry('term', '2027-04-12', '2027-07-21')], '2027-01-12', 'not-known'],
    ['only the summer: the end of July', [entry('term', '2027-04-12', '2027-07-21')], '2027-07-30', 'holiday'],
  ])('%s', (_, entries, date, kind) => {
    expect(schoolDayOn(resolveCalendar(binswood, [{ level: 'local-authority', entries }]), date)).toBe(kind);
  });
});

describe('working days', () => {
  const calendar = resolveCalendar(binswood, [england, warwickshire, staffTraining]);
  it('leave out weekends, school holidays and bank holidays; INSET days are worked', () => {
    expect(['2026-10-10', '2026-10-27', '2027-05-03', '2026-11-23', '2026-10-06'].map((date) => isWorkingDay(calendar, date))).toEqual([false, false, false, true, true]);
  });

  it.each([
    ['2026-10-06', '2026-10-13', 5],
    ['2026-10-23', '2026-11-02', 1],
    ['2026-10-10', '2026-10-11', 0],
    ['2026-10-06', '2026-10-06', 0],
    ['2026-10-07', '2026-10-06', 0],
    ['2027-04-30', '2027-05-04', 1],
  ])('after %s and up to %s: %i', (after, upTo, days) => {
    expect(workingDaysBetween(calendar, after, upTo)).toBe(days);
  });
});
