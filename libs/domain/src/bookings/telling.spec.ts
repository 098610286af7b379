import { describe, expect, it } from '@jest/globals';
import { aBooking } from './booking.builder.js';
import { isTold, tidingsOfChange, tidingsOfNew, type Reader, type Tidings } from './telling.js';
import type { BookingState } from './booking.js';

const at = (state: BookingState) => aBooking({ state, startsAt: state.length });
const nobody: Reader = { wish: 'mine', asked: false, delivers: false, booksForSchool: false, ofSchool: false, approves: false };

describe('what is told of a booking', () => {
  it.each<[BookingState, BookingState, Tidings | null]>([
    ['held', 'confirmed', 'confirmed'],
    ['held', 'requested', 'requested'],
    ['held', 'expired', null],
    ['requested', 'confirmed', 'confirmed'],
    ['requested', 'declined', 'declined'],
    ['requested', 'expired', 'expired'],
    ['requested', 'cancelled', null],
    ['confirmed', 'confirmed', null],
    ['confirmed', 'cancelled', 'cancelled'],
    ['confirmed', 'needs-replanning', 'needs-replanning'],
    ['confirmed', 'delivered', null],
    ['needs-replanning', 'confirmed', 'moved'],
    ['needs-replanning', 'cancelled', 'cancelled'],
  ])('When it was %s and is %s, then the tidings are %s', (before, after, tidings) => {
    expect(tidingsOfChange(at(before), at(after))).toBe(tidings);
  });

  it('When it stands at another time, then it was moved', () => {
    expect(tidingsOfChange(at('confirmed'), { ...at('confirmed'), endsAt: 99 })).toBe('moved');
  });

  it('When it is only held, then nobody is told', () => {
    expect([tidingsOfNew(at('held')), tidingsOfNew(at('requested')), tidingsOfNew(at('confirmed'))]).toEqual([null, 'requested', 'confirmed']);
  });
});

describe('who is told', () => {
  const own = { onBehalfOf: null };
  const forThem = { onBehalfOf: '125556' };

  it.each<[string, Tidings, { onBehalfOf: string | null }, Partial<Reader>, boolean]>([
    ['who asked', 'confirmed', own, { asked: true }, true],
    ['who asked and wants no mail', 'confirmed', own, { asked: true, wish: 'none' }, false],
    ['the specialist', 'moved', own, { delivers: true }, true],
    ['the specialist of what was declined', 'declined', own, { delivers: true }, false],
    ['a colleague of who asked', 'confirmed', own, { booksForSchool: true, ofSchool: true }, false],
    ['the school that somebody booked for', 'confirmed', forThem, { booksForSchool: true, ofSchool: true }, true],
    ['the school whose session cannot happen', 'needs-replanning', own, { booksForSchool: true, ofSchool: true }, true],
    ['a head who wants to know all', 'cancelled', own, { ofSchool: true, wish: 'school' }, true],
    ['a head who does not', 'cancelled', own, { ofSchool: true }, false],
    ['an approver of a request', 'requested', own, { approves: true }, true],
    ['who asked, of the request', 'requested', own, { asked: true }, false],
  ])('%s (%s)', (_, tidings, booking, reader, told) => {
    expect(isTold(tidings, booking, { ...nobody, ...reader })).toBe(told);
  });
});
