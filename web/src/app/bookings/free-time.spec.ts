import { freeTimes } from './free-time';

const slot = (specialistId: string, from: string, to: string) => ({ specialistId, startsAt: `2026-10-06T${from}:00Z`, endsAt: `2026-10-06T${to}:00Z` });

describe('free time', () => {
  it('joins slots of one person that touch or overlap, and keeps their starts', () => {
    const free = freeTimes([slot('a', '09:30', '10:30'), slot('a', '09:00', '10:00'), slot('b', '09:00', '10:00'), slot('a', '13:00', '14:00')]);
    expect(free.map(({ specialistId, startsAt, endsAt, slots }) => [specialistId, startsAt.slice(11, 16), endsAt.slice(11, 16), slots.length])).toEqual([
      ['a', '09:00', '10:30', 2],
      ['b', '09:00', '10:00', 1],
      ['a', '13:00', '14:00', 1],
    ]);
  });
});
