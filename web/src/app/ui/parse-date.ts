import { addDays, weekdayOf } from './london';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function monthOf(word: string): number | undefined {
  const place = word.length >= 3 ? months.indexOf(word.slice(0, 3)) : -1;
  return place < 0 ? undefined : place + 1;
}

function weekdayNamed(word: string): number | undefined {
  const place = word.length >= 3 ? weekdays.indexOf(word.slice(0, 3)) : -1;
  return place < 0 ? undefined : place + 1;
}

/** The date when it exists in the calendar: the 31st of June does not. */
function existing(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : undefined;
}

function fullYear(year: string): number {
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

/** Without a year, the next time that this day comes; a day up to two months ago is meant to be past. */
function nearest(month: number, day: number, today: string): string | undefined {
  const year = Number(today.slice(0, 4));
  const earliest = addDays(today, -62);
  const candidates = [year, year + 1].map((each) => existing(each, month, day));
  return candidates.find((date) => date !== undefined && date >= earliest);
}

function relative(text: string, today: string): string | undefined {
  const fixed: Record<string, number> = { today: 0, tomorrow: 1, yesterday: -1 };
  const days = fixed[text];
  if (days !== undefined) return addDays(today, days);
  const ahead = /^(?:in )?\+?(\d{1,3}) ?(d|days?|w|weeks?)$/.exec(text);
  if (ahead) return addDays(today, Number(ahead[1]) * (ahead[2]?.startsWith('w') ? 7 : 1));
  const named = /^(next |this )?([a-z]+)$/.exec(text);
  const weekday = named ? weekdayNamed(named[2] as string) : undefined;
  if (!named || weekday === undefined) return undefined;
  const monday = addDays(today, 1 - weekdayOf(today));
  // “Next Tuesday” is the Tuesday of next week, “this Tuesday” that of this week, “Tuesday” the first to come.
  if (named[1] === 'next ') return addDays(monday, 7 + weekday - 1);
  if (named[1] === 'this ') return addDays(monday, weekday - 1);
  return addDays(today, (weekday - weekdayOf(today) + 7) % 7);
}

function numeric(text: string, today: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return existing(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const british = /^(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?$/.exec(text);
  if (!british) return undefined;
  const [, day, month, year] = british;
  return year ? existing(fullYear(year), Number(month), Number(day)) : nearest(Number(month), Number(day), today);
}

function worded(text: string, today: string): string | undefined {
  const match = /^(?:([a-z]+) )?(\d{1,2})(?:st|nd|rd|th)? ?([a-z]+)(?: (\d{4}|\d{2}))?$/.exec(text);
  const swapped = match ? null : /^([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}|\d{2}))?$/.exec(text);
  const [weekday, day, monthWord, year] = match ? match.slice(1) : [undefined, swapped?.[2], swapped?.[1], swapped?.[3]];
  const month = monthOf(monthWord ?? '');
  if (!day || !month) return undefined;
  const date = year ? existing(fullYear(year), month, Number(day)) : nearest(month, Number(day), today);
  // A weekday that does not fit the date is a slip of the pen: better ask than book the wrong day.
  if (date && weekday && weekdayNamed(weekday) !== weekdayOf(date)) return undefined;
  return date;
}

/**
 * A date as people write it, as `YYYY-MM-DD`: `6 oct`, `6/10/26`, `Tue 6 Oct 2026`, `next tue`, `tomorrow`, `in 2 weeks`, ISO.
 * The day comes before the month. Undefined when it is no date, or not sure.
 */
export function parseDate(written: string, today: string): string | undefined {
  const text = written.trim().toLowerCase().replaceAll(',', ' ').replace(/\s+/g, ' ');
  return relative(text, today) ?? numeric(text, today) ?? worded(text, today);
}

/**
 * A time of day as people write it, as `HH:mm`: `9`, `9.30`, `930`, `9:30am`, `2pm`, `noon`.
 * One to six without am or pm is the afternoon, because no school meets at three in the night; `03:00` says the night.
 */
export function parseTime(written: string): string | undefined {
  const text = written.trim().toLowerCase().replace(/\s+/g, '');
  if (text === 'noon' || text === 'midday') return '12:00';
  if (text === 'midnight') return '00:00';
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?(am|pm|a|p)?$/.exec(text);
  if (!match) return undefined;
  const [, hourText, minuteText = '00', half] = match as unknown as [string, string, string | undefined, string | undefined];
  let hour = Number(hourText);
  if (half && (hour < 1 || hour > 12)) return undefined;
  if (half) hour = (hour % 12) + (half.startsWith('p') ? 12 : 0);
  else if (hourText.length === 1 && hour >= 1 && hour <= 6) hour += 12;
  if (hour > 23 || Number(minuteText) > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${minuteText}`;
}
