import type { Board } from '@fairshare/contract/board.js';
import type { Booking } from '@fairshare/contract/bookings.js';
import { addDays, dateOf, formatTime } from '../ui/london';

export type Half = 'morning' | 'afternoon';
export const halves: readonly Half[] = ['morning', 'afternoon'];

/** One half of one specialist's day. */
export interface BoardCell {
  readonly key: string;
  readonly specialistId: string;
  readonly date: string;
  readonly half: Half;
  readonly bookings: readonly Booking[];
  /** What the cell is, in a word or two. */
  readonly word: string;
  readonly kind: 'free' | 'part' | 'full' | 'away' | 'off' | 'past';
  readonly freeMinutes: number;
  readonly worksMinutes: number;
}

export interface BoardRow {
  readonly id: string;
  readonly name: string;
  readonly agreementIds: readonly string[];
  readonly cells: readonly BoardCell[];
  /** How much of what is worked is taken, 0 to 100; null when nothing is worked. */
  readonly fullPercent: number | null;
}

/** `3 h`, `1½ h`, `45 min`. */
export function lengthWords(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (rest === 0) return `${hours} h`;
  return rest === 30 ? `${hours}½ h` : `${hours} h ${rest} min`;
}

type HalfTimes = Board['specialists'][number]['days'][number][Half];

function kindOf({ worksMinutes, freeMinutes, awayMinutes }: HalfTimes): BoardCell['kind'] {
  if (worksMinutes === 0) return 'off';
  if (awayMinutes >= worksMinutes) return 'away';
  if (freeMinutes >= worksMinutes) return 'free';
  return freeMinutes >= 15 ? 'part' : 'full';
}

function wordOf(times: HalfTimes, bookings: number): string {
  const kind = kindOf(times);
  if (kind === 'off') return bookings ? '' : 'Does not work';
  if (kind === 'away') return 'Away';
  if (kind === 'free') return 'Free';
  if (kind === 'part') return `${lengthWords(times.freeMinutes)} free`;
  return bookings ? 'Full' : 'Busy elsewhere';
}

/** The board as rows of cells: two for each day, in the order in which the arrow keys walk them. Nothing is free on a day that is over. */
export function boardRows(board: Board, now: string): BoardRow[] {
  const byPlace = new Map<string, Booking[]>();
  for (const booking of board.bookings) {
    const half: Half = formatTime(booking.startsAt) < '12:30' ? 'morning' : 'afternoon';
    const key = `${booking.specialistId} ${dateOf(booking.startsAt)} ${half}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), booking]);
  }
  return board.specialists.map(({ id, name, agreementIds, days }) => {
    const cells = days.flatMap((day) =>
      halves.map((half): BoardCell => {
        const key = `${id} ${day.date} ${half}`;
        const bookings = byPlace.get(key) ?? [];
        const { freeMinutes, worksMinutes } = day[half];
        const isOver = day.date < now && kindOf(day[half]) !== 'off';
        const what = isOver ? ({ word: '', kind: 'past' } as const) : { word: wordOf(day[half], bookings.length), kind: kindOf(day[half]) };
        return { key, specialistId: id, date: day.date, half, bookings, ...what, freeMinutes, worksMinutes };
      }),
    );
    const works = cells.reduce((sum, cell) => sum + cell.worksMinutes, 0);
    const free = cells.reduce((sum, cell) => sum + cell.freeMinutes, 0);
    return { id, name, agreementIds, cells, fullPercent: works === 0 ? null : Math.round(((works - free) / works) * 100) };
  });
}

/** The cell that an arrow key leads to; undefined at the edge of the board. Up and down go by specialist, left and right by half day. */
export function cellAfter(rows: readonly BoardRow[], key: string, pressed: string): BoardCell | undefined {
  const row = rows.findIndex((one) => one.cells.some((cell) => cell.key === key));
  const column = rows[row]?.cells.findIndex((cell) => cell.key === key) ?? -1;
  if (column < 0) return undefined;
  const last = (rows[row]?.cells.length ?? 1) - 1;
  switch (pressed) {
    case 'ArrowLeft': return rows[row]?.cells[column - 1];
    case 'ArrowRight': return rows[row]?.cells[column + 1];
    case 'ArrowUp': return rows[row - 1]?.cells[column];
    case 'ArrowDown': return rows[row + 1]?.cells[column];
    case 'Home': return rows[row]?.cells[0];
    case 'End': return rows[row]?.cells[last];
    default: return undefined;
  }
}

/** Where a booking would begin and end in another cell: at the same time on the clock where the half day is the same, else at the half's usual start. */
export function periodIn(booking: Booking, cell: Pick<BoardCell, 'date' | 'half'>): { startsAt: string; endsAt: string } {
  const was = formatTime(booking.startsAt);
  const sameHalf = (was < '12:30') === (cell.half === 'morning');
  const start = sameHalf ? was : cell.half === 'morning' ? '09:00' : '13:00';
  const lengthMs = Date.parse(booking.endsAt) - Date.parse(booking.startsAt);
  const startsAt = `${cell.date}T${start}`;
  return { startsAt, endsAt: new Date(Date.parse(`${startsAt}:00Z`) + lengthMs).toISOString().slice(0, 16) };
}

/** Monday to Friday, or to Sunday where somebody works at a weekend. */
export function weekOf(date: string, monday: string): { from: string; to: string } {
  return { from: monday, to: date > addDays(monday, 4) ? addDays(monday, 6) : addDays(monday, 4) };
}
