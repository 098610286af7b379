import { describe, expect, it } from '@jest/globals';
import type { Board } from '@fairshare/contract/board.js';
import { boardRows, cellAfter, lengthWords, periodIn } from './board-model';

const half = (worksMinutes: number, freeMinutes: number, awayMinutes = 0) => ({ worksMinutes, freeMinutes, awayMinutes, elsewhereMinutes: 0 });
const booking = { id: 'b', specialistId: 'a', startsAt: '2026-10-06T08:00:00Z', endsAt: '2026-10-06T10:00:00Z' } as Board['bookings'][number];
const board: Board = {
  days: [{ date: '2026-10-06', closed: null }],
  specialists: [
    { id: 'a', name: 'Anita', agreementIds: [], days: [{ date: '2026-10-06', morning: half(180, 60), afternoon: half(180, 180) }] },
    { id: 'b', name: 'Ben', agreementIds: [], days: [{ date: '2026-10-06', morning: half(180, 0, 180), afternoon: half(0, 0) }] },
  ],
  bookings: [booking],
};

describe('the board', () => {
  it('says of each half day what it is, and of each week how full it is', () => {
    const [anita, ben] = boardRows(board, '2026-10-06');
    expect(anita?.cells.map((cell) => [cell.word, cell.bookings.length])).toEqual([['1 h free', 1], ['Free', 0]]);
    expect(anita?.fullPercent).toBe(33);
    expect(ben?.cells.map((cell) => cell.word)).toEqual(['Away', 'Does not work']);
    expect(boardRows(board, '2026-10-07')[0]?.cells.map((cell) => cell.kind)).toEqual(['past', 'past']);
    expect([45, 60, 90, 135].map(lengthWords)).toEqual(['45 min', '1 h', '1½ h', '2 h 15 min']);
  });

  it('walks by the arrow keys and stops at its edges', () => {
    const rows = boardRows(board, '2026-10-06');
    const from = rows[0]?.cells[0]?.key ?? '';
    expect(['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'End'].map((key) => cellAfter(rows, from, key)?.key)).toEqual(['a 2026-10-06 afternoon', 'b 2026-10-06 morning', undefined, undefined, 'a 2026-10-06 afternoon']);
  });

  it('keeps the time on the clock in the same half day, and takes the half’s usual start in the other', () => {
    expect(periodIn(booking, { date: '2026-11-03', half: 'morning' })).toEqual({ startsAt: '2026-11-03T09:00', endsAt: '2026-11-03T11:00' });
    expect(periodIn(booking, { date: '2026-11-03', half: 'afternoon' }).startsAt).toBe('2026-11-03T13:00');
  });
});
