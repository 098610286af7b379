import { runInThisContext } from 'node:vm';
import { afterEach, describe, expect, it } from '@jest/globals';
import { DomainError } from './domain-error.js';
import {
  dateAt,
  dayAt,
  instantAtOrAfter,
  instantOf,
  isoOf,
  offsetMinutesAt,
  parseInstant,
  startOfDate,
  wallOf,
  wholeDays,
} from './zone.js';
import { dayNumber } from './period.js';

/** The last Sunday of March and of October, at 01:00 UTC, as the Summer Time Order 2002 has it. */
const ukClockChanges: readonly (readonly [string, string])[] = [
  ['2024-03-31', '2024-10-27'],
  ['2025-03-30', '2025-10-26'],
  ['2026-03-29', '2026-10-25'],
  ['2027-03-28', '2027-10-31'],
  ['2028-03-26', '2028-10-29'],
  ['2029-03-25', '2029-10-28'],
  ['2030-03-31', '2030-10-27'],
  ['2031-03-30', '2031-10-26'],
  ['2032-03-28', '2032-10-31'],
  ['2033-03-27', '2033-10-30'],
  ['2034-03-26', '2034-10-29'],
  ['2035-03-25', '2035-10-28'],
];

function refusalOf(ask: () => unknown): DomainError {
  try {
    ask();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Jest hands specs a copy of the environment; only the real one moves the server's zone. */
const server = runInThisContext('process') as typeof process;
const serverZone = server.env['TZ'];
afterEach(() => {
  if (serverZone === undefined) delete server.env['TZ'];
  else server.env['TZ'] = serverZone;
});

describe('every UK clock change to 2035', () => {
  it.each(ukClockChanges)('in spring, %s: 01:00 to 01:59 do not exist', (spring) => {
    expect(offsetMinutesAt(Date.parse(`${spring}T00:59:59.999Z`))).toBe(0);
    expect(offsetMinutesAt(Date.parse(`${spring}T01:00:00Z`))).toBe(60);
    expect(isoOf(instantOf({ date: spring, minute: 59 }))).toBe(`${spring}T00:59:00.000Z`);
    expect(isoOf(instantOf({ date: spring, minute: 120 }))).toBe(`${spring}T01:00:00.000Z`);
    for (const minute of [60, 90, 119]) {
      const refusal = refusalOf(() => instantOf({ date: spring, minute }));
      expect(refusal.code).toBe('availability.no-such-time');
      expect(refusal.facts).toMatchObject({ zone: 'Europe/London', earliest: `${spring}T01:00:00.000Z` });
    }
    expect(isoOf(instantAtOrAfter(dayNumber(spring), 90))).toBe(`${spring}T01:00:00.000Z`);
  });

  it.each(ukClockChanges)('in autumn (after %s) %s: 01:00 to 01:59 come twice and the first is meant', (_, autumn) => {
    expect(offsetMinutesAt(Date.parse(`${autumn}T00:59:59.999Z`))).toBe(60);
    expect(offsetMinutesAt(Date.parse(`${autumn}T01:00:00Z`))).toBe(0);
    expect(isoOf(instantOf({ date: autumn, minute: 90 }))).toBe(`${autumn}T00:30:00.000Z`);
    expect(isoOf(instantOf({ date: autumn, minute: 90 }, 'Europe/London', 60))).toBe(`${autumn}T00:30:00.000Z`);
    expect(isoOf(instantOf({ date: autumn, minute: 90 }, 'Europe/London', 0))).toBe(`${autumn}T01:30:00.000Z`);
    expect(isoOf(instantOf({ date: autumn, minute: 120 }))).toBe(`${autumn}T02:00:00.000Z`);
    const day = wholeDays(autumn, autumn);
    expect((day.endsAt - day.startsAt) / 3_600_000).toBe(25);
  });
});

describe('wall time and instants', () => {
  it('are each other’s inverse at every quarter of an hour of two years', () => {
    const strays: string[] = [];
    for (let instant = Date.UTC(2026, 0, 1); instant < Date.UTC(2028, 0, 1); instant += 900_000) {
      const back = instantOf(wallOf(instant), 'Europe/London', offsetMinutesAt(instant));
      if (back !== instant) strays.push(isoOf(instant));
    }
    expect(strays).toEqual([]);
  });

  it('minute 1440 is the next day’s midnight', () => {
    expect(instantOf({ date: '2026-10-06', minute: 1440 })).toBe(instantOf({ date: '2026-10-07', minute: 0 }));
  });

  it('the wall’s day is not the day in UTC', () => {
    expect(dateAt(Date.parse('2026-07-01T23:30:00Z'))).toBe('2026-07-02');
    expect(dayAt(Date.parse('2026-07-01T23:30:00Z'))).toBe(dayNumber('2026-07-02'));
    expect(isoOf(startOfDate('2026-07-02'))).toBe('2026-07-01T23:00:00.000Z');
  });

  it('an offset the zone does not have then is refused', () => {
    expect(refusalOf(() => instantOf({ date: '2026-07-01', minute: 540 }, 'Europe/London', 0)).code).toBe(
      'availability.no-such-time',
    );
  });

  it.each([
    ['America/New_York', '2027-03-14', 150, '2027-03-14T07:00:00.000Z'],
    ['Pacific/Auckland', '2026-09-27', 150, '2026-09-26T14:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04', 135, '2026-10-03T15:30:00.000Z'],
    ['America/Santiago', '2026-09-06', 0, '2026-09-06T04:00:00.000Z'],
    ['Pacific/Apia', '2011-12-30', 720, '2011-12-30T10:00:00.000Z'],
  ])('%s skips %s minute %i until %s', (zone, date, minute, earliest) => {
    expect(refusalOf(() => instantOf({ date, minute }, zone)).facts['earliest']).toBe(earliest);
    expect(isoOf(instantAtOrAfter(dayNumber(date), minute, zone))).toBe(earliest);
  });
});

describe('times in requests', () => {
  it.each([
    ['2026-10-06T09:00', '2026-10-06T08:00:00.000Z'],
    ['2026-11-03T09:00:00', '2026-11-03T09:00:00.000Z'],
    ['2026-10-06T08:00Z', '2026-10-06T08:00:00.000Z'],
    ['2026-10-06T08:00:30.25z', '2026-10-06T08:00:30.250Z'],
    ['2026-10-06T09:00+01:00', '2026-10-06T08:00:00.000Z'],
    ['2026-10-06T04:00:00-0400', '2026-10-06T08:00:00.000Z'],
    ['2026-10-25T01:30', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T01:30+00:00', '2026-10-25T01:30:00.000Z'],
    ['2026-10-06T24:00', '2026-10-06T23:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(isoOf(parseInstant(text))).toBe(instant);
  });

  it.each([
    '2027-03-28T01:30',
    '2027-02-29T09:00Z',
    '2026-13-01T09:00',
    '2026-10-06T24:01',
    '2026-10-06T09:60',
    '2026-10-06T09:00:60',
    '2026-10-06T09:00+25:00',
    '2026-10-06 09:00',
    '2026-10-06',
    '0000-01-01T00:00',
    'tomorrow',
    '',
  ])('“%s” is refused as no such time', (text) => {
    expect(refusalOf(() => parseInstant(text)).code).toBe('availability.no-such-time');
  });
});

describe('the server’s own zone', () => {
  it('changes no answer', () => {
    const answers = ['UTC', 'Europe/London', 'America/New_York', 'Pacific/Auckland'].map((zone) => {
      server.env['TZ'] = zone;
      const noon = new Date(2026, 6, 1, 12).getTime();
      return {
        noon,
        text: JSON.stringify([
          parseInstant('2026-10-06T09:00'),
          wallOf(Date.UTC(2026, 9, 25, 0, 30)),
          instantOf({ date: '2029-03-25', minute: 150 }),
          startOfDate('2031-06-01', 'America/New_York'),
        ]),
      };
    });
    // The server's zone really did change, or this would prove nothing.
    expect(new Set(answers.map((answer) => answer.noon)).size).toBe(4);
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
  });
});
