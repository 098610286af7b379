import { describe, expect, it } from '@jest/globals';
import { ada, anInput, aPattern, binswood, busy, campion, period } from '../availability/availability.builder.js';
import type { AgreementTerms, AvailabilityInput } from '../availability/index.js';
import { DomainError } from '../kernel/domain-error.js';
import { isoOf } from '../kernel/zone.js';
import { periodsToBook, previewSeries, type SeriesPreview, type SeriesWanted } from './series.js';

const tuesdays: SeriesWanted = {
  specialistId: ada,
  schoolUrns: [binswood],
  firstOn: '2026-10-06',
  startMinute: 540,
  endMinute: 600,
  recurrence: { kind: 'weekly' },
  end: { until: '2026-11-03' },
};

const told = (preview: SeriesPreview) =>
  preview.dates.map(({ date, startsAt, code }) => `${date} ${code ? code.slice(13) : isoOf(startsAt ?? 0).slice(11, 16)}`);

function codeOf(ask: () => unknown): string {
  try {
    ask();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'nothing was refused';
}

type Rows = Partial<Omit<AvailabilityInput, 'agreement'>>;
const preview = (changes: Partial<SeriesWanted>, rows: Rows = {}, terms: Partial<AgreementTerms> = {}) =>
  previewSeries(anInput(rows, terms), { ...tuesdays, ...changes });

describe('case 1: weekly Tuesday 09:00–10:00 from 6 October 2026', () => {
  it('keeps the clock’s time over the clock change and skips half-term', () => {
    const found = preview({});
    expect(told(found)).toEqual([
      '2026-10-06 08:00',
      '2026-10-13 08:00',
      '2026-10-20 08:00',
      '2026-10-27 school-holiday',
      '2026-11-03 09:00',
    ]);
    expect(found).toMatchObject({ willBook: 4, skipped: 1, complete: true });
    expect(found.dates[3]).toMatchObject({ outcome: 'skipped', code: 'availability.school-holiday', facts: { schoolUrn: binswood } });
    expect(periodsToBook(found)[3]).toEqual(period('2026-11-03', '09:00', '10:00'));
  });

  it('says school-holiday also of a specialist who works in term only', () => {
    expect(told(preview({}, { patterns: [aPattern(ada, { termTimeOnly: true })] }))[3]).toBe('2026-10-27 school-holiday');
  });
});

describe('the end of a series', () => {
  it('“N sessions” goes on past skipped dates', () => {
    const found = preview({ end: { sessions: 5 } });
    expect(told(found)).toHaveLength(6);
    expect(found).toMatchObject({ willBook: 5, skipped: 1, complete: true });
  });

  it('“until a date” shrinks, and the date belongs to it', () => {
    expect(preview({ end: { until: '2026-11-02' } })).toMatchObject({ willBook: 3, skipped: 1, complete: true });
  });

  it('stops where no later date can be booked, and says that it is not complete', () => {
    const found = preview({ firstOn: '2027-07-06', end: { sessions: 5 } }, {}, { term: { from: '2026-09-01', to: '2029-07-31' }, horizonDays: 900 });
    expect(told(found)).toEqual(['2027-07-06 08:00', '2027-07-13 08:00', '2027-07-20 08:00', '2027-07-27 school-holiday', '2027-08-03 calendar-not-known']);
    expect(found).toMatchObject({ willBook: 3, complete: false });
    expect(preview({ end: { sessions: 5 } }, {}, { horizonDays: 20 })).toMatchObject({ willBook: 1, skipped: 1, complete: false });
  });

  it('dates of a school year that is not known are refused one by one', () => {
    const found = preview({ firstOn: '2027-07-20', end: { until: '2027-09-14' } }, {}, { term: { from: '2026-09-01', to: '2029-07-31' }, horizonDays: 900 });
    expect(new Set(told(found).slice(2).map((line) => line.slice(11)))).toEqual(new Set(['calendar-not-known']));
    expect(found.dates).toHaveLength(9);
  });

  it('has at most 200 dates', () => {
    const long = { recurrence: { kind: 'weekly' as const }, firstOn: '2026-10-06' };
    expect(preview({ ...long, end: { until: '2026-10-06' } }).dates).toHaveLength(1);
    // 199 weeks after 6 October 2026.
    expect(preview({ ...long, end: { until: '2030-07-30' } }).dates).toHaveLength(200);
    expect(codeOf(() => preview({ ...long, end: { until: '2030-08-06' } }))).toBe('bookings.series-too-long');
    expect(codeOf(() => preview({ ...long, end: { sessions: 201 } }, endless, endlessTerms))).toBe('bookings.series-too-long');
    expect(preview({ ...long, end: { sessions: 200 } }, endless, endlessTerms)).toMatchObject({ willBook: 200, complete: true });
  });
});

const endlessTerms: Partial<AgreementTerms> = { term: { from: '2026-09-01', to: '2036-08-31' }, horizonDays: 3650 };
/** A school that is always open and a diary that was loaded far ahead. */
const endless: Rows = {
  loaded: { startsAt: Date.UTC(2026, 8, 1), endsAt: Date.UTC(2036, 8, 1) },
  calendars: [{ schoolUrn: binswood, terms: [], halfTerms: [], known: [{ from: '2026-09-01', to: '2036-08-31' }], closures: [] }],
};

describe('the dates of a series', () => {
  it('fortnightly', () => {
    expect(told(preview({ recurrence: { kind: 'fortnightly' } }))).toEqual(['2026-10-06 08:00', '2026-10-20 08:00', '2026-11-03 09:00']);
  });

  it('every Monday in term: half-term is no date, INSET and bank holidays are skipped', () => {
    const mondays = { recurrence: { kind: 'weekday-in-term' as const, weekday: 1 }, end: { until: '2026-11-30' } };
    expect(told(preview(mondays))).toEqual([
      '2026-10-12 08:00',
      '2026-10-19 08:00',
      '2026-11-02 09:00',
      '2026-11-09 09:00',
      '2026-11-16 09:00',
      '2026-11-23 school-inset',
      '2026-11-30 09:00',
    ]);
  });

  it('Wednesday in week 3 of each half-term', () => {
    const learning = { recurrence: { kind: 'week-of-half-term' as const, week: 3, weekday: 3 }, firstOn: '2026-09-25' };
    expect(told(preview({ ...learning, end: { until: '2027-07-31' } }))).toEqual(['2026-11-18 09:00', '2027-01-20 09:00', '2027-03-10 09:00', '2027-04-28 08:00', '2027-06-23 08:00']);
    expect(preview({ ...learning, end: { until: '2027-09-30' } }).complete).toBe(false);
    expect(preview({ ...learning, end: { sessions: 9 } })).toMatchObject({ willBook: 5, complete: false });
  });

  it('a date on which the clocks jump over the time is skipped as no such time', () => {
    const sundays = { firstOn: '2027-03-21', startMinute: 90, endMinute: 150, end: { until: '2027-03-28' } };
    const found = preview(sundays);
    expect(found.dates[1]).toMatchObject({ outcome: 'skipped', code: 'availability.no-such-time', startsAt: null });
  });
});

describe('a series is asked for in one breath', () => {
  it('what is booked elsewhere is skipped, the rest is not', () => {
    const taken = [busy(ada, period('2026-10-13', '09:30', '11:00'), { schoolUrn: binswood })];
    expect(told(preview({}, { taken }))).toEqual(['2026-10-06 08:00', '2026-10-13 slot-taken', '2026-10-20 08:00', '2026-10-27 school-holiday', '2026-11-03 09:00']);
  });

  it('takes its entitlement date by date, and each from its own period', () => {
    const autumn = { schoolUrn: binswood, period: { from: '2026-09-01', to: '2026-10-31' }, leftMilliunits: 2000 };
    const winter = { schoolUrn: binswood, period: { from: '2026-11-01', to: '2027-03-31' }, leftMilliunits: 1000 };
    const found = preview({ end: { sessions: 4 } }, { entitlements: [autumn, winter] }, { payAsYouGo: false });
    expect(told(found)).toEqual([
      '2026-10-06 08:00',
      '2026-10-13 08:00',
      '2026-10-20 no-entitlement',
      '2026-10-27 school-holiday',
      '2026-11-03 09:00',
      '2026-11-10 no-entitlement',
    ]);
    expect(found).toMatchObject({ willBook: 3, complete: false });
  });

  it('is open for every school of a joint series', () => {
    const inset = anInput().calendars.map((calendar) =>
      calendar.schoolUrn === campion ? { ...calendar, closures: [...calendar.closures, { kind: 'inset' as const, name: 'INSET day', from: '2026-10-13', to: '2026-10-13' }] } : calendar,
    );
    const found = preview({ schoolUrns: [binswood, campion] }, { calendars: inset });
    expect(found.dates[1]).toMatchObject({ code: 'availability.school-inset', facts: { schoolUrn: campion } });
  });

  it('that books nothing says so', () => {
    const found = preview({}, { patterns: [] });
    expect(found.willBook).toBe(0);
    expect(codeOf(() => periodsToBook(found))).toBe('bookings.series-empty');
  });

  it('refuses an hour that ends before it starts', () => {
    expect(codeOf(() => preview({ startMinute: 600, endMinute: 600 }))).toBe('bookings.ends-before-it-starts');

  });
});
