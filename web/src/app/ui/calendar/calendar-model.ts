import type { EventInput } from 'fullcalendar';
import { addDays, formatDay, formatWhen, wallTime } from '../london';
import type { ServiceColour } from '../service-colour';

export type CalendarView = 'day' | 'week' | 'month' | 'term' | 'list';

/** Something with a beginning and an end: a booking, or a free period that can be booked. */
export interface CalendarEvent {
  readonly id: string;
  readonly title: string;
  /** The service and the school, or whatever else belongs in the second line. */
  readonly detail?: string;
  /** Instants with an offset, or wall times in London. */
  readonly startsAt: string;
  readonly endsAt: string;
  /** Of what lasts whole days, the first and the last; it is drawn above the hours. */
  readonly days?: { readonly from: string; readonly to: string };
  readonly colour: ServiceColour;
  /** `free` is an open period, drawn with a dashed edge; `requested` waits for somebody; `cancelled` is struck through; `shared` is no session. */
  readonly kind?: 'booked' | 'requested' | 'free' | 'cancelled' | 'shared';
  /** What sets it apart from what is simply booked: `Held`, `To approve`. It is written before the title. */
  readonly word?: string;
  /** May be dragged and resized, and moved with Alt and the arrow keys. */
  readonly movable?: boolean;
}

/** Days that are not like others. Both dates belong to it. */
export interface CalendarShade {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly label: string;
  readonly kind: 'holiday' | 'inset' | 'bank-holiday';
}

/** A period as wall time in London, `YYYY-MM-DDTHH:mm`; the API takes it as it is. */
export interface CalendarPeriod {
  readonly startsAt: string;
  readonly endsAt: string;
}

/** An event was dragged, resized or moved by key. `revert` puts it back when the API refuses. */
export interface CalendarMove extends CalendarPeriod {
  readonly id: string;
  /** Of what lasts whole days, the new ones. */
  readonly days?: { readonly from: string; readonly to: string };
  readonly revert: () => void;
}

/** The dates in view; `to` is the last day, not the day after. */
export interface CalendarRange {
  readonly from: string;
  readonly to: string;
}

export const viewTypes: Record<CalendarView, string> = {
  day: 'timeGridDay',
  week: 'timeGridWeek',
  month: 'dayGridMonth',
  term: 'term',
  list: 'listMonth',
};

const kindWords = { booked: '', requested: 'requested', free: 'free', cancelled: 'cancelled', shared: '' };

/** What a screen reader says of an event: everything that the eye sees. */
export function spoken(event: CalendarEvent): string {
  return [event.title, event.detail, event.word?.toLowerCase() ?? kindWords[event.kind ?? 'booked'], whenOf(event)].filter(Boolean).join(', ');
}

/** A day of the list and what is on it. */
export interface ListedDay {
  readonly date: string;
  readonly events: readonly CalendarEvent[];
}

/** Day by day in the order of time; what lasts whole days stands first, on each of them. */
export function listedDays(events: readonly CalendarEvent[], range: CalendarRange): ListedDay[] {
  const byDay = new Map<string, { order: string; event: CalendarEvent }[]>();
  const put = (date: string, order: string, event: CalendarEvent): void => {
    if (date < range.from || date > range.to) return;
    const there = byDay.get(date);
    if (there) there.push({ order, event });
    else byDay.set(date, [{ order, event }]);
  };
  for (const event of events) {
    const at = wallTime(event.startsAt);
    if (!event.days) put(at.slice(0, 10), at, event);
    for (let day = event.days?.from ?? ''; event.days && day <= event.days.to && day <= range.to; day = addDays(day, 1)) put(day, '', event);
  }
  return [...byDay].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, there]) => ({
    date,
    events: there.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0)).map(({ event }) => event),
  }));
}

function whenOf({ days, startsAt, endsAt }: CalendarEvent): string {
  if (!days) return formatWhen(startsAt, endsAt);
  return days.from === days.to ? formatDay(days.from) : `${formatDay(days.from)} to ${formatDay(days.to)}`;
}

/**
 * The calendar draws wall time in London and is told that it is UTC, so that neither the browser's zone
 * nor the change of clocks can move anything: what is written on the wall is what is drawn.
 */
export function toInput(event: CalendarEvent): EventInput {
  return {
    id: event.id,
    title: event.title,
    ...(event.days ? { start: event.days.from, end: addDays(event.days.to, 1), allDay: true } : { start: wallTime(event.startsAt), end: wallTime(event.endsAt) }),
    color: event.colour.edge,
    editable: event.movable ?? false,
    extendedProps: { given: event },
  };
}

/** Whole days in a month; in a week a period for each day, because there an all-day ground would fill only the top row. */
export function toShades(shade: CalendarShade, timed: boolean): EventInput[] {
  const common = { title: shade.label, display: 'background', extendedProps: { shade: shade.kind } };
  if (!timed) return [{ ...common, start: shade.startsOn, end: addDays(shade.endsOn, 1), allDay: true }];
  const days: EventInput[] = [];
  for (let day = shade.startsOn; day <= shade.endsOn && days.length < 400; day = addDays(day, 1)) {
    days.push({ ...common, start: `${day}T00:00`, end: `${addDays(day, 1)}T00:00` });
  }
  return days;
}

const longMonths = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** The heading above the dates in view: `19–23 Oct 2026`, `October 2026`, `September – December 2026`. */
export function rangeTitle(view: CalendarView, range: CalendarRange): string {
  if (view === 'day') return formatDay(range.from);
  const month = (date: string): string => longMonths[Number(date.slice(5, 7)) - 1] ?? '';
  const sameYear = range.from.slice(0, 4) === range.to.slice(0, 4);
  const year = (date: string): string => date.slice(0, 4);
  if (view === 'week') {
    const first = formatDay(range.from).split(' ').slice(1);
    const last = formatDay(range.to).split(' ').slice(1);
    const [day, shortMonth] = first;
    if (shortMonth === last[1]) return `${day}–${last.join(' ')}`;
    return `${first.slice(0, sameYear ? 2 : 3).join(' ')} – ${last.join(' ')}`;
  }
  if (range.from.slice(0, 7) === range.to.slice(0, 7)) return `${month(range.from)} ${year(range.from)}`;
  return `${month(range.from)}${sameYear ? '' : ` ${year(range.from)}`} – ${month(range.to)} ${year(range.to)}`;
}

/** So many days later, or undefined when the key is none of days. */
export function nudgeDays(days: { readonly from: string; readonly to: string }, key: string): { from: string; to: string } | undefined {
  const by = ({ ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, PageUp: -7, PageDown: 7 } as Record<string, number>)[key];
  return by === undefined ? undefined : { from: addDays(days.from, by), to: addDays(days.to, by) };
}

/** A wall time that many minutes later; the clock on the wall does not skip. */
export function addMinutes(wall: string, minutes: number): string {
  return new Date(Date.parse(`${wall}Z`) + minutes * 60_000).toISOString().slice(0, 16);
}

export function minutesBetween(from: string, to: string): number {
  return (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 60_000;
}
