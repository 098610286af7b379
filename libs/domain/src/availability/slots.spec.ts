import { describe, expect, it } from '@jest/globals';
import { dateAt, isoOf, wallOf, wholeDays } from '../kernel/zone.js';
import { ada, anInput, aPattern, at, bea, binswood, busy, campion, period } from './availability.builder.js';
import type { AgreementTerms, AvailabilityInput, SlotRequest } from './input.js';
import { findSlots } from './slots.js';

const day = (date: string, to = date) => {
  const { startsAt, endsAt } = wholeDays(date, to);
  return { from: startsAt, to: endsAt };
};

function starts(input: AvailabilityInput, request: Partial<SlotRequest> & Pick<SlotRequest, 'from' | 'to'>): string[] {
  const asked = { minutes: 60, schoolUrns: [binswood], specialistIds: [ada], ...request };
  return findSlots(input, asked).slots.map(({ startsAt }) => {
    const { minute } = wallOf(startsAt);
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  });
}

describe('findSlots', () => {
  const morningOnly = { patterns: [aPattern(ada, { periods: [{ weekday: 2, startMinute: 525, endMinute: 720 }] })] };

  it('begins on the step, counted from where the specialist’s work begins', () => {
    expect(starts(anInput(morningOnly), day('2026-10-06'))).toEqual(['08:45', '09:15', '09:45', '10:15', '10:45']);
  });

  it('keeps the grid when a booking or the request cuts into it', () => {
    const taken = [busy(ada, period('2026-10-06', '09:20', '09:40'), { schoolUrn: binswood })];
    expect(starts(anInput({ ...morningOnly, taken }), day('2026-10-06'))).toEqual(['09:45', '10:15', '10:45']);
    expect(starts(anInput(morningOnly), { from: at('2026-10-06', '09:20'), to: at('2026-10-06', '11:20') })).toEqual(['09:45', '10:15']);
  });

  it('counts each working period from its own beginning', () => {
    const periods = [{ weekday: 2, startMinute: 525, endMinute: 600 }, { weekday: 2, startMinute: 780, endMinute: 860 }, { weekday: 3, startMinute: 550, endMinute: 620 }];
    expect(starts(anInput({ patterns: [aPattern(ada, { periods })] }), day('2026-10-06', '2026-10-07'))).toEqual(['08:45', '13:00', '09:10']);
  });

  it('offers half days and days where the halves begin', () => {
    const office = { patterns: [aPattern(ada, { periods: [{ weekday: 2, startMinute: 525, endMinute: 960 }] })] };
    const terms: Partial<AgreementTerms> = { stepMinutes: 240 };
    expect(starts(anInput(office, terms), { ...day('2026-10-06'), minutes: 180 })).toEqual(['08:45', '09:00', '12:45', '13:00']);
    expect(starts(anInput(office, terms), { ...day('2026-10-06'), minutes: 420 })).toEqual(['08:45', '09:00']);
    expect(starts(anInput(office, terms), { ...day('2026-10-06'), minutes: 60 })).toEqual(['08:45', '12:45']);
    expect(starts(anInput(office, { stepMinutes: null }), { ...day('2026-10-06'), minutes: 60 })).toEqual(['09:00', '13:00']);
  });

  it('offers each start once where the grid and a half day meet', () => {
    expect(starts(anInput(), { ...day('2026-10-06'), minutes: 180 })).toEqual(['09:00', '09:30', '10:00', '10:30', '11:00', '11:30', '12:00', '12:30', '13:00']);
  });

  it('sorts by specialist in the order asked, then by start', () => {
    const { slots } = findSlots(anInput(), { ...day('2026-10-06', '2026-10-07'), minutes: 420, schoolUrns: [binswood], specialistIds: [bea, ada] });
    expect(slots.map((slot) => `${slot.specialistId} ${dateAt(slot.startsAt)}`)).toEqual([
      `${bea} 2026-10-06`,
      `${bea} 2026-10-07`,
      `${ada} 2026-10-06`,
      `${ada} 2026-10-07`,
    ]);
  });

  it('offers nothing outside what was loaded', () => {
    const loaded = period('2026-10-06', '10:00', '12:00');
    expect(starts(anInput({ loaded }), day('2026-10-05', '2026-10-07'))).toEqual(['10:00', '10:30', '11:00']);
  });

  it('offers nothing for an empty or turned-round span', () => {
    expect(starts(anInput(), { from: at('2026-10-06', '09:00'), to: at('2026-10-06', '09:00') })).toEqual([]);
    expect(starts(anInput(), { from: at('2026-10-06', '12:00'), to: at('2026-10-06', '09:00'), explain: true })).toEqual([]);
  });

  it.each([
    [0, 30],
    [-60, 30],
    [Number.NaN, 30],
    [60, 0],
    [60, -30],
  ])('does not look for %i minutes every %i', (minutes, stepMinutes) => {
    expect(() => starts(anInput({}, { stepMinutes }), { ...day('2026-10-06'), minutes })).toThrow(RangeError);
  });

  it('goes by the wall on the days the clocks change', () => {
    const sundays = { patterns: [aPattern(ada, { periods: [{ weekday: 7, startMinute: 540, endMinute: 600 }] })] };
    const all = anInput({ ...sundays, calendars: [{ schoolUrn: binswood, terms: [], halfTerms: [], known: [{ from: '2026-09-01', to: '2027-08-31' }], closures: [] }] });
    for (const [sunday, instant] of [['2026-10-25', '2026-10-25T09:00:00.000Z'], ['2027-03-28', '2027-03-28T08:00:00.000Z']] as const) {
      const { slots } = findSlots(all, { ...day(sunday), minutes: 60, schoolUrns: [binswood], specialistIds: [ada] });
      expect(slots.map((slot) => isoOf(slot.startsAt))).toEqual([instant]);
    }
  });

  it('works through a night in which the clocks change', () => {
    const nights = { calendars: [], patterns: [], extraTime: [] };
    const sunday = (date: string) => ({ specialistId: ada, startsAt: at(date, '00:00'), endsAt: at(date, '03:00') });
    const open = anInput();
    const spring = { ...nights, calendars: open.calendars, extraTime: [sunday('2027-04-18'), sunday('2026-10-25')] };
    expect(starts(anInput(spring), day('2027-04-18'))).toEqual(['00:00', '00:30', '01:00', '01:30', '02:00']);
    const autumn = findSlots(anInput(spring), { ...day('2026-10-25'), minutes: 60, schoolUrns: [binswood], specialistIds: [ada] });
    expect(autumn.slots.map((slot) => isoOf(slot.startsAt).slice(11, 16))).toEqual(['23:00', '23:30', '00:00', '00:30', '01:00', '01:30', '02:00']);
  });
});

describe('findSlots with explain', () => {
  const asked = (more: Partial<SlotRequest>): SlotRequest => ({ ...day('2026-10-06'), minutes: 60, schoolUrns: [binswood], specialistIds: [ada], explain: true, ...more });
  const told = (input: AvailabilityInput, request: SlotRequest) =>
    findSlots(input, request).refusals?.map(({ startsAt, endsAt, code }) => `${isoOf(startsAt).slice(5, 16)} ${isoOf(endsAt).slice(5, 16)} ${code.slice(13)}`);

  it('says nothing when it is not asked to', () => {
    expect(findSlots(anInput(), asked({ explain: false }))).not.toHaveProperty('refusals');
  });

  it('gives each stretch of a day to the first rule that refuses it', () => {
    const input = anInput({
      absences: [{ specialistId: ada, ...period('2026-10-06', '14:00', '18:00') }],
      taken: [busy(ada, period('2026-10-06', '10:00', '11:00'), { schoolUrn: campion })],
    });
    expect(told(input, asked({}))).toEqual([
      '10-05T23:00 10-06T08:00 outside-pattern',
      '10-06T08:35 10-06T09:00 travel',
      '10-06T09:00 10-06T10:00 slot-taken',
      '10-06T10:00 10-06T10:40 travel',
      '10-06T13:00 10-06T15:00 absent',
      '10-06T15:00 10-06T23:00 outside-pattern',
    ]);
  });

  it('tells a holiday of a week as one stretch, and the weekend before it as the specialist’s', () => {
    expect(told(anInput(), asked(day('2026-10-24', '2026-10-31')))).toEqual([
      '10-23T23:00 10-26T00:00 outside-pattern',
      '10-26T00:00 10-31T00:00 school-holiday',
      '10-31T00:00 11-01T00:00 outside-pattern',
    ]);
  });

  it('carries the facts of each refusal', () => {
    const { refusals } = findSlots(anInput(), asked(day('2026-10-27')));
    expect(refusals).toEqual([
      {
        specialistId: ada,
        startsAt: at('2026-10-27', '00:00'),
        endsAt: at('2026-10-28', '00:00'),
        code: 'availability.school-holiday',
        facts: { schoolUrn: binswood, name: 'October half-term', from: '2026-10-26', to: '2026-10-30', earliest: '2026-10-31T00:00:00.000Z' },
      },
    ]);
  });
});
