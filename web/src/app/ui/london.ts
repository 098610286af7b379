/**
 * Dates and times as schools in the United Kingdom write them, whatever zone the browser is in.
 * An instant is an ISO string with an offset; a date is `YYYY-MM-DD`; a wall time is `YYYY-MM-DDTHH:mm` in London.
 */
const zone = 'Europe/London';
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const wallFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

const hourMs = 3_600_000;
/** What the clock in London shows in an hour of UTC, as `YYYY-MM-DDTHH`: asking the browser is dear, and a calendar asks ten times for each session. */
const knownHours = new Map<number, string>();
const mostKnownHours = 20_000;

/** London keeps whole hours of UTC, so that the minutes are the same. */
function hourInLondon(hour: number): string {
  const known = knownHours.get(hour);
  if (known) return known;
  const part = Object.fromEntries(wallFormat.formatToParts(new Date(hour * hourMs)).map(({ type, value }) => [type, value]));
  const text = `${part['year']}-${part['month']}-${part['day']}T${part['hour']}`;
  if (knownHours.size >= mostKnownHours) knownHours.clear();
  knownHours.set(hour, text);
  return text;
}

/** The wall clock in London at an instant, as `YYYY-MM-DDTHH:mm`. A wall time passes through unchanged. */
export function wallTime(instant: string | Date): string {
  if (typeof instant === 'string' && !/(Z|[+-]\d\d:?\d\d)$/i.test(instant)) return instant.slice(0, 16);
  const at = new Date(instant).getTime();
  const hour = Math.floor(at / hourMs);
  return `${hourInLondon(hour)}:${String(Math.floor((at - hour * hourMs) / 60_000)).padStart(2, '0')}`;
}

/** The date in London at an instant, or the date itself. */
export function dateOf(value: string | Date): string {
  return typeof value === 'string' && value.length === 10 ? value : wallTime(value).slice(0, 10);
}

/** Today's date in London. */
export function today(now: Date = new Date()): string {
  return dateOf(now);
}

/** `Tue 6 Oct 2026`. */
export function formatDay(value: string | Date): string {
  const date = dateOf(value);
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const weekday = weekdays[new Date(`${date}T00:00Z`).getUTCDay()];
  return `${weekday} ${day} ${months[month - 1]} ${year}`;
}

/** `09:00`. */
export function formatTime(instant: string | Date): string {
  return wallTime(instant).slice(11, 16);
}

/** `Tue 6 Oct 2026, 09:00–10:00`; over midnight both days are named. */
export function formatWhen(startsAt: string | Date, endsAt?: string | Date | null): string {
  const start = `${formatDay(startsAt)}, ${formatTime(startsAt)}`;
  if (!endsAt) return start;
  const sameDay = dateOf(startsAt) === dateOf(endsAt);
  return `${start}–${sameDay ? '' : `${formatDay(endsAt)}, `}${formatTime(endsAt)}`;
}

/** The date that many days later, or earlier when negative. */
export function addDays(date: string, days: number): string {
  const moved = new Date(`${date}T00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00Z`).getUTCDay() || 7;
}
