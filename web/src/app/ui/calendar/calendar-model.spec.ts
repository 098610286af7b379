import { serviceColour } from '../service-colour';
import { nudge } from './calendar-keys';
import { listedDays, rangeTitle, spoken, toInput, toShades } from './calendar-model';

const limits = { stepMinutes: 15, dayStarts: '08:00', dayEnds: '18:00', weekends: false };
const period = { startsAt: '2026-10-06T09:00', endsAt: '2026-10-06T10:00' };
const event = { id: '1', title: 'Dr Okoro', detail: 'Counselling', startsAt: '2026-11-03T09:00:00Z', endsAt: '2026-11-03T10:00:00Z', colour: serviceColour(0) };

describe('Calendar keys', () => {
  it.each([
    ['ArrowDown', false, '2026-10-06T09:15', '2026-10-06T10:15'],
    ['ArrowUp', false, '2026-10-06T08:45', '2026-10-06T09:45'],
    ['ArrowRight', false, '2026-10-07T09:00', '2026-10-07T10:00'],
    ['PageDown', false, '2026-10-13T09:00', '2026-10-13T10:00'],
    ['ArrowDown', true, '2026-10-06T09:00', '2026-10-06T10:15'],
    ['ArrowUp', true, '2026-10-06T09:00', '2026-10-06T09:45'],
  ])('When %s is pressed (length: %s), then it is from %s to %s', (key, resize, startsAt, endsAt) => {
    expect(nudge(period, key, resize, limits)).toEqual({ startsAt, endsAt });
  });

  it('When it would leave the day or vanish, or the key means nothing, then nothing moves', () => {
    expect(nudge({ startsAt: '2026-10-06T08:00', endsAt: '2026-10-06T09:00' }, 'ArrowUp', false, limits)).toBeUndefined();
    expect(nudge({ startsAt: '2026-10-06T09:00', endsAt: '2026-10-06T09:15' }, 'ArrowUp', true, limits)).toBeUndefined();
    expect(nudge(period, 'a', false, limits)).toBeUndefined();
    expect(nudge(period, 'ArrowLeft', true, limits)).toBeUndefined();
  });

  it('When Friday is over, then the next day is Monday unless weekends are shown', () => {
    const friday = { startsAt: '2026-10-09T09:00', endsAt: '2026-10-09T10:00' };
    expect(nudge(friday, 'ArrowRight', false, limits)?.startsAt).toBe('2026-10-12T09:00');
    expect(nudge(friday, 'ArrowRight', false, { ...limits, weekends: true })?.startsAt).toBe('2026-10-10T09:00');
  });
});

describe('Calendar model', () => {
  it('When an event is drawn, then it stands at the time on the wall in London, in summer and in winter', () => {
    expect(toInput(event)).toMatchObject({ id: '1', start: '2026-11-03T09:00', end: '2026-11-03T10:00', editable: false });
    expect(toInput({ ...event, startsAt: '2026-10-20T08:00:00Z', endsAt: '2026-10-20T09:00:00Z' })).toMatchObject({ start: '2026-10-20T09:00', end: '2026-10-20T10:00' });
  });

  it('When an event is read out, then everything that the eye sees is said', () => {
    expect(spoken({ ...event, kind: 'requested' })).toBe('Dr Okoro, Counselling, requested, Tue 3 Nov 2026, 09:00–10:00');
  });

  it('When days are shaded, then both ends belong to them', () => {
    const halfTerm = { startsOn: '2026-10-26', endsOn: '2026-10-30', label: 'Half-term', kind: 'holiday' as const };
    expect(toShades(halfTerm, false)).toEqual([expect.objectContaining({ start: '2026-10-26', end: '2026-10-31', allDay: true, title: 'Half-term' })]);
    expect(toShades(halfTerm, true).map(({ start }) => start)).toEqual(['2026-10-26T00:00', '2026-10-27T00:00', '2026-10-28T00:00', '2026-10-29T00:00', '2026-10-30T00:00']);
  });

  it.each([
    ['day', '2026-10-06', '2026-10-06', 'Tue 6 Oct 2026'],
    ['week', '2026-10-19', '2026-10-23', '19–23 Oct 2026'],
    ['week', '2026-09-28', '2026-10-02', '28 Sep – 2 Oct 2026'],
    ['week', '2026-12-28', '2027-01-01', '28 Dec 2026 – 1 Jan 2027'],
    ['month', '2026-10-01', '2026-10-31', 'October 2026'],
    ['term', '2026-09-01', '2026-12-31', 'September – December 2026'],
    ['term', '2026-11-01', '2027-02-28', 'November 2026 – February 2027'],
  ] as const)('When the %s from %s to %s is shown, then it is called “%s”', (view, from, to, title) => {
    expect(rangeTitle(view, { from, to })).toBe(title);
  });
});

describe('Calendar list', () => {
  it('When listed, then days come one after the other, whole days first and on each of them, and nothing of other months', () => {
    const late = { ...event, id: '2', startsAt: '2026-11-03T11:00:00Z', endsAt: '2026-11-03T12:00:00Z' };
    const whole = { ...event, id: '3', days: { from: '2026-10-30', to: '2026-11-03' } };
    const other = { ...event, id: '4', startsAt: '2026-12-01T09:00:00Z' };
    // 23:30 in UTC is the next day in London while summer time lasts.
    const night = { ...event, id: '5', startsAt: '2026-10-01T23:30:00Z' };
    const shown = (from: string, to: string) => listedDays([late, other, event, whole, night], { from, to }).map(({ date, events }) => [date, events.map(({ id }) => id).join(' ')]);
    expect(shown('2026-11-01', '2026-11-30')).toEqual([['2026-11-01', '3'], ['2026-11-02', '3'], ['2026-11-03', '3 1 2']]);
    expect(shown('2026-10-02', '2026-10-02')).toEqual([['2026-10-02', '5']]);
  });

  it('When it is only held, then it says so', () => {
    expect(spoken({ ...event, kind: 'requested', word: 'Held' })).toBe('Dr Okoro, Counselling, held, Tue 3 Nov 2026, 09:00–10:00');
  });
});
