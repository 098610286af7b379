import type { ValueForMoney } from '@fairshare/contract/insight.js';
import { formatThousandths } from '@fairshare/domain/kernel/fraction.js';
import { formatDay } from '../ui/london';
import { formatMoney } from '../ui/money';
import type { Workings } from '../ui/workings';

const unitNames: Readonly<Record<string, readonly [one: string, many: string]>> = {
  hour: ['hour', 'hours'], 'half-day': ['half day', 'half days'], day: ['day', 'days'], session: ['session', 'sessions'],
};

/** "4.5 sessions". */
export function unitsInWords(milliunits: number, unit: string): string {
  const [one, many] = unitNames[unit] ?? ['unit', 'units'];
  return `${formatThousandths(milliunits)} ${milliunits === 1000 ? one : many}`;
}

export function count(value: number, one: string, many = `${one}s`): string {
  return `${value} ${value === 1 ? one : many}`;
}

/** "12 h 30 min". */
export function hours(minutes: number): string {
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest ? ` ${rest} min` : ''}`;
}

export const percent = (basisPoints: number | null) => (basisPoints === null ? '–' : `${Math.round(basisPoints / 100)} %`);

/** The workings as the kit shows them, with a word about records that were left off. */
export function shown(workings: ValueForMoney['booked']['workings']): Workings {
  const more = workings.leftOff > 0 ? ` The first ${workings.rows.length} are listed, ${workings.leftOff} more are counted.` : '';
  return { title: workings.title, formula: workings.formula + more, columns: workings.columns, rows: workings.rows, ...(workings.total ? { total: workings.total } : {}) };
}

/** The first of September on or before a day. */
export function schoolYearStart(on: string): string {
  return `${on.slice(5) < '09-01' ? Number(on.slice(0, 4)) - 1 : on.slice(0, 4)}-09-01`;
}

/** Whether it is worth it, in one sentence. */
export function answer({ school, from, to, booked, saved }: ValueForMoney): string {
  const had = `${school?.name ?? 'The schools together'} had ${count(booked.sessions, 'session')} for ${formatMoney(booked.pence)} from ${formatDay(from)} to ${formatDay(to)}`;
  if (saved.baseline === null) return `${had}. No agreement states what to compare that with.`;
  if (saved.pence < 0) return `${had}, ${formatMoney(-saved.pence)} more than by the prices it is compared with.`;
  return `${had}, and ${school ? 'saves' : 'save'} ${formatMoney(saved.pence)} by buying together.`;
}

const methods: Readonly<Record<NonNullable<ValueForMoney['saved']['method']>, string>> = {
  'price-paid-before': 'price paid before', 'quoted-singly': 'quoted to one school alone', 'list-price': 'list price', benchmark: 'benchmark', several: 'several methods',
};

export interface HeadlineFigure {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly workings: Workings;
}

/** The five figures that a head reads first. */
export function headlines(value: ValueForMoney): HeadlineFigure[] {
  const { booked, left, unitCost, saved, committed } = value;
  const units = left.unit && left.units !== null ? unitsInWords(Math.round(left.units * 1000), left.unit) : left.agreements.map((a) => unitsInWords(a.leftMilliunits, a.unit)).join(', ');
  const method = saved.method ? methods[saved.method] : '';
  return [
    { label: 'What we booked', value: count(booked.sessions, 'session'), note: `${hours(booked.minutes)}, ${booked.delivered} delivered. ${formatMoney(booked.pence)} charged.`, workings: shown(booked.workings) },
    { label: 'Left of what we bought', value: formatMoney(left.pence), note: left.agreements.length > 0 ? `${units} not booked yet.` : 'Nothing was bought in advance.', workings: shown(left.workings) },
    {
      label: 'Cost per session', value: unitCost.perSessionPence === null ? '–' : formatMoney(unitCost.perSessionPence),
      note: unitCost.perPupilPence === null ? 'No pupil numbers.' : `${formatMoney(unitCost.perPupilPence)} per pupil, ${unitCost.pupils} pupils.`, workings: shown(unitCost.workings),
    },
    {
      label: 'Saved by buying together', value: saved.baseline === null ? '–' : formatMoney(saved.pence),
      note: saved.baseline === null ? 'No agreement states what to compare with.' : `${saved.expectedPence === 0 ? 'All realised' : `${formatMoney(saved.realisedPence)} realised, ${formatMoney(saved.expectedPence)} expected`}, against ${saved.method === 'several' ? 'each agreement’s own baseline' : `${saved.baseline} (${method})`}.`,
      workings: shown(saved.workings),
    },
    { label: 'Still committed this year', value: formatMoney(committed.pence), note: `${committed.financialYear}.`, workings: shown(committed.workings) },
  ];
}
