import { runInThisContext } from 'node:vm';
import { afterEach, describe, expect, it } from '@jest/globals';
import { isoOf, parseInstant, wallOf, wholeDays } from '../kernel/zone.js';
import { alternatives } from './alternatives.js';
import { ada, anInput, at, bea, binswood, busy, campion, england, period, staffTraining, telford, wanted, warwickshire } from './availability.builder.js';
import { resolveCalendar, type CalendarLayer } from './school-calendar.js';
import { findSlots } from './slots.js';
import { whyNot } from './why-not.js';

const atBinswood = { schoolUrn: binswood };
const atCampion = { schoolUrn: campion };

/** Jest hands specs a copy of the environment; only the real one moves the server's zone. */
const server = runInThisContext('process') as typeof process;
const serverZone = server.env['TZ'];
afterEach(() => {
  if (serverZone === undefined) delete server.env['TZ'];
  else server.env['TZ'] = serverZone;
});

describe('case 2: the server’s own time zone', () => {
  it('gives byte-identical slots, refusals and alternatives', () => {
    const answers = ['UTC', 'Europe/London', 'America/New_York', 'Pacific/Auckland'].map((zone) => {
      server.env['TZ'] = zone;
      const input = anInput({ taken: [busy(ada, period('2026-10-20', '10:00', '11:00'), atCampion)] }, { payAsYouGo: false });
      const span = wholeDays('2026-10-01', '2026-11-30');
      const request = { from: span.startsAt, to: span.endsAt, minutes: 60, schoolUrns: [binswood], explain: true };
      const slots = findSlots(anInput({ taken: input.taken }), request);
      return {
        midnight: new Date(2026, 9, 20).getTime(),
        text: JSON.stringify([slots, findSlots(input, request), alternatives(input, wanted(period('2026-10-20', '10:00', '11:00'))), wallOf(parseInstant('2026-10-25T01:30'))]),
      };
    });
    expect(new Set(answers.map((answer) => answer.midnight)).size).toBe(4);
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(answers[0]?.text.length).toBeGreaterThan(10_000);
  });
});

describe('case 3: a visit ends 10:30 at A, travel to B is 25 minutes', () => {
  const input = anInput({ taken: [busy(ada, period('2026-10-06', '09:30', '10:30'), atBinswood)] });
  const visit = (time: string, schoolUrn: string) => wanted(period('2026-10-06', time, '12:00'), { schoolUrns: [schoolUrn] });

  it('10:45 at B is refused as travel, with earliest 10:55', () => {
    expect(whyNot(input, visit('10:45', campion))).toEqual({
      code: 'availability.travel',
      facts: { specialistId: ada, fromUrn: binswood, toUrn: campion, minutes: 25, basis: 'known', earliest: isoOf(at('2026-10-06', '10:55')) },
    });
  });

  it.each([
    ['10:55', campion],
    ['10:30', binswood],
  ])('%s at %s is a slot', (time, school) => {
    expect(whyNot(input, visit(time, school))).toBeNull();
  });

  it('a minute less than the journey is refused', () => {
    expect(whyNot(input, visit('10:54', campion))?.code).toBe('availability.travel');
  });

  it('remote needs no travel', () => {
    expect(whyNot(input, { ...visit('10:30', campion), place: { remote: true } })).toBeNull();
  });

  it('slots beside a cancelled booking grow back', () => {
    expect(whyNot(anInput(), visit('10:45', campion))).toBeNull();
  });
});

describe('case 4: a visit between two others', () => {
  const between = (before: string, after: string) =>
    anInput({
      taken: [busy(ada, period('2026-10-06', '13:00', '14:00'), { schoolUrn: after }), busy(ada, period('2026-10-06', '09:00', '10:00'), { schoolUrn: before })],
    });
  const ask = (input: ReturnType<typeof anInput>, from: string, to: string, schoolUrn: string) =>
    whyNot(input, wanted(period('2026-10-06', from, to), { schoolUrns: [schoolUrn] }));

  it('checks both legs, each way with its own minutes', () => {
    // To Campion 25 minutes, back from it 40.
    const input = between(binswood, binswood);
    expect(ask(input, '10:25', '12:20', campion)).toBeNull();
    expect(ask(input, '10:24', '12:20', campion)).toMatchObject({ code: 'availability.travel', facts: { minutes: 25, earliest: isoOf(at('2026-10-06', '10:25')) } });
    expect(ask(input, '10:25', '12:21', campion)).toMatchObject({ code: 'availability.travel', facts: { minutes: 40, latest: isoOf(at('2026-10-06', '12:20')) } });
  });

  it('honours an asymmetric pair', () => {
    const input = between(campion, campion);
    expect(ask(input, '10:40', '12:35', binswood)).toBeNull();
    expect(ask(input, '10:39', '12:35', binswood)?.facts['minutes']).toBe(40);
    expect(ask(input, '10:40', '12:36', binswood)?.facts['minutes']).toBe(25);
  });

  it('assumes a journey by straight-line distance, and says so', () => {
    // 3 km east and 4 km north: 5 + 5 × 2 minutes.
    const input = between(binswood, binswood);
    expect(ask(input, '10:14', '11:00', telford)).toMatchObject({ facts: { minutes: 15, basis: 'straight-line', earliest: isoOf(at('2026-10-06', '10:15')) } });
    expect(ask(input, '10:15', '11:00', telford)).toBeNull();
  });

  it('assumes the default where a position is missing, and where the place is not ours to know', () => {
    expect(ask(between(campion, campion), '10:29', '11:00', telford)).toMatchObject({ facts: { minutes: 30, basis: 'default' } });
    const elsewhere = anInput({ taken: [busy(ada, period('2026-10-06', '09:00', '10:00'), null)] });
    expect(ask(elsewhere, '10:29', '11:00', binswood)).toMatchObject({ facts: { fromUrn: null, minutes: 30, basis: 'default' } });
    expect(ask(elsewhere, '10:30', '11:00', binswood)).toBeNull();
  });

  it('a remote session in between does not shorten the journey, which must fit one gap', () => {
    const remote = busy(ada, period('2026-10-06', '10:10', '10:40'), { remote: true });
    const visits = [busy(ada, period('2026-10-06', '09:00', '10:00'), atBinswood), remote];
    const input = anInput({ taken: visits });
    expect(ask(input, '10:40', '11:30', campion)).toMatchObject({ code: 'availability.travel', facts: { earliest: isoOf(at('2026-10-06', '11:05')) } });
    expect(ask(input, '11:05', '11:30', campion)).toBeNull();
    const later = anInput({ taken: [visits[0] as (typeof visits)[0], busy(ada, period('2026-10-06', '10:25', '10:40'), { remote: true })] });
    expect(ask(later, '10:40', '11:30', campion)).toBeNull();
  });

  it('a remote session afterwards does not shorten the journey to the visit after it either', () => {
    const remote = (from: string, to: string) => busy(ada, period('2026-10-06', from, to), { remote: true });
    const visit = busy(ada, period('2026-10-06', '13:00', '14:00'), atCampion);
    const close = anInput({ taken: [remote('12:00', '12:50'), visit] });
    expect(ask(close, '11:00', '11:36', binswood)).toMatchObject({ code: 'availability.travel', facts: { latest: isoOf(at('2026-10-06', '11:35')) } });
    expect(ask(close, '11:00', '11:35', binswood)).toBeNull();
    expect(ask(anInput({ taken: [remote('12:00', '12:35'), visit] }), '11:00', '12:00', binswood)).toBeNull();
  });

  it('a journey that did not fit between two visits before is nobody else’s trouble', () => {
    const { travel } = anInput();
    const far = { ...travel, pairs: [{ fromUrn: binswood, toUrn: telford, minutes: 180 }, { fromUrn: telford, toUrn: binswood, minutes: 180 }, { fromUrn: campion, toUrn: telford, minutes: 10 }, { fromUrn: telford, toUrn: campion, minutes: 10 }] };
    const visits = [busy(ada, period('2026-10-06', '12:00', '12:30'), atCampion)];
    const morning = anInput({ travel: far, taken: [busy(ada, period('2026-10-06', '11:00', '11:30'), atBinswood), ...visits] });
    expect(ask(morning, '12:40', '13:30', telford)).toBeNull();
    expect(ask(morning, '11:35', '11:45', telford)?.facts['minutes']).toBe(180);
    const afternoon = anInput({ travel: far, taken: [busy(ada, period('2026-10-06', '13:00', '13:30'), atBinswood), ...visits] });
    expect(ask(afternoon, '11:00', '11:50', telford)).toBeNull();
    expect(ask(afternoon, '12:45', '12:50', telford)?.facts['minutes']).toBe(180);
  });

  it('a remote session may not use up the only gap for the drive', () => {
    const input = anInput({ taken: [busy(ada, period('2026-10-06', '09:00', '10:00'), atBinswood), busy(ada, period('2026-10-06', '11:00', '12:00'), atCampion)] });
    const remote = (from: string, to: string) => whyNot(input, { ...wanted(period('2026-10-06', from, to)), place: { remote: true } });
    expect(remote('10:00', '10:35')).toBeNull();
    expect(remote('10:25', '11:00')).toBeNull();
    expect(remote('10:20', '10:40')).toMatchObject({ code: 'availability.travel', facts: { minutes: 25 } });
  });
});

describe('case 5: morning at A and afternoon at B', () => {
  const morning = busy(ada, period('2026-10-06', '09:00', '12:00'), atBinswood);
  const afternoon = wanted(period('2026-10-06', '13:00', '16:00'), { schoolUrns: [campion] });

  it.each([
    [60, null],
    [61, 'availability.travel'],
  ])('with a journey of %i minutes: %s', (minutes, code) => {
    const { travel } = anInput();
    const input = anInput({ taken: [morning], travel: { ...travel, pairs: [{ fromUrn: binswood, toUrn: campion, minutes }] } });
    expect(whyNot(input, afternoon)?.code ?? null).toBe(code);
    const span = wholeDays('2026-10-06', '2026-10-06');
    const { slots } = findSlots(input, { from: span.startsAt, to: span.endsAt, minutes: 180, schoolUrns: [campion], specialistIds: [ada] });
    expect(slots.map((slot) => isoOf(slot.startsAt))).toEqual(code ? [] : ['2026-10-06T12:00:00.000Z']);
  });

  it('a booking 11:30–13:30 takes both halves', () => {
    const left = (leftMilliunits: number) => [{ schoolUrn: binswood, period: { from: '2026-09-01', to: '2027-07-31' }, leftMilliunits }];
    const both = wanted(period('2026-10-06', '11:30', '13:30'));
    expect(whyNot(anInput({ entitlements: left(1000) }, { payAsYouGo: false, unit: 'day' }), both)).toBeNull();
    expect(whyNot(anInput({ entitlements: left(500) }, { payAsYouGo: false, unit: 'day' }), both)).toMatchObject({ code: 'availability.no-entitlement', facts: { neededMilliunits: 1000 } });
    // With half a day left, neither half of the day is closed, only sessions over midday are.
    const input = anInput({ entitlements: left(500) }, { payAsYouGo: false, unit: 'day', stepMinutes: 60 });
    const span = wholeDays('2026-10-06', '2026-10-06');
    const { slots } = findSlots(input, { from: span.startsAt, to: span.endsAt, minutes: 120, schoolUrns: [binswood], specialistIds: [ada] });
    expect(slots.map((slot) => wallOf(slot.startsAt).minute / 60)).toEqual([9, 10, 11, 12, 13, 14]);
    const short = findSlots(input, { from: span.startsAt, to: span.endsAt, minutes: 30, schoolUrns: [binswood], specialistIds: [ada] });
    expect(short.slots.map((slot) => wallOf(slot.startsAt).minute / 60)).toEqual([9, 10, 11, 12, 13, 14, 15]);
    const longer = findSlots(input, { from: span.startsAt, to: span.endsAt, minutes: 180, schoolUrns: [binswood], specialistIds: [ada] });
    expect(longer.slots.map((slot) => wallOf(slot.startsAt).minute / 60)).toEqual([9, 10, 12, 13]);
  });
});

describe('case 9: a joint booking of two schools with different half-terms', () => {
  const academy: CalendarLayer = {
    level: 'school',
    entries: [
      { kind: 'term', name: 'Autumn term', from: '2026-09-01', to: '2026-12-18' },
      { kind: 'half-term', name: 'October half-term', from: '2026-10-19', to: '2026-10-23' },
    ],
  };
  const input = anInput({
    calendars: [resolveCalendar(binswood, [england, warwickshire, staffTraining]), resolveCalendar(campion, [england, warwickshire, academy])],
  });
  const schoolUrns = [binswood, campion];

  it('finds only dates open for both', () => {
    const span = wholeDays('2026-10-12', '2026-11-08');
    const { slots } = findSlots(input, { from: span.startsAt, to: span.endsAt, minutes: 420, schoolUrns, specialistIds: [ada] });
    expect(slots.map((slot) => wallOf(slot.startsAt).date.slice(8))).toEqual(['12', '13', '14', '15', '16', '02', '03', '04', '05', '06']);
  });

  it.each([
    ['2026-10-20', campion],
    ['2026-10-27', binswood],
  ])('the refusal of %s names %s', (date, schoolUrn) => {
    expect(whyNot(input, wanted(period(date, '09:00', '10:00'), { schoolUrns }))).toMatchObject({
      code: 'availability.school-holiday',
      facts: { schoolUrn, name: 'October half-term' },
    });
  });
});

describe('alternatives', () => {
  const morning = period('2026-10-06', '09:00', '12:00');
  it('are the same specialist’s nearest in time first', () => {
    const input = anInput({ taken: [busy(ada, morning, atBinswood)] });
    expect(alternatives(input, wanted(morning))).toEqual([
      { specialistId: ada, startsAt: at('2026-10-06', '12:00'), endsAt: at('2026-10-06', '15:00') },
      { specialistId: ada, startsAt: at('2026-10-06', '12:30'), endsAt: at('2026-10-06', '15:30') },
      { specialistId: ada, startsAt: at('2026-10-06', '13:00'), endsAt: at('2026-10-06', '16:00') },
    ]);
  });

  it('are others’ when the same specialist has none within a week', () => {
    const input = anInput({ absences: [{ specialistId: ada, ...period('2026-09-25', '00:00', '23:59'), endsAt: at('2026-10-31', '23:59') }] });
    const found = alternatives(input, wanted(morning), 4);
    expect(found.map((slot) => slot.specialistId)).toEqual([bea, bea, bea, bea]);
    expect(found[0]?.startsAt).toBe(morning.startsAt);
  });

  it('come from farther away when nobody is near, and are fewer when there are no more', () => {
    const away = { startsAt: at('2026-09-21', '00:00'), endsAt: at('2027-02-01', '00:00') };
    const input = anInput({ absences: [ada, bea].map((specialistId) => ({ specialistId, ...away })) });
    expect(alternatives(input, wanted(morning), 1)).toEqual([{ specialistId: ada, startsAt: at('2027-02-01', '09:00'), endsAt: at('2027-02-01', '12:00') }]);
    expect(alternatives(anInput({ patterns: [] }), wanted(morning))).toEqual([]);
  });
});
