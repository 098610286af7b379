import type { DateOnly } from '@fairshare/domain/kernel/period';
import type { DivisionRule } from '@fairshare/domain/sharing';

const measures: Readonly<Record<string, string>> = {
  pupils: 'by pupil numbers',
  'pupil-premium': 'by pupil-premium numbers',
  use: 'by delivered minutes',
};

interface AboutRule {
  readonly measure: string;
  readonly censusOn: DateOnly | null;
}

/** "30 % equally and 70 % by pupil numbers (census of 2 October 2025)". */
export function inWords(rule: DivisionRule, about?: AboutRule): string {
  if ('parts' in rule) return rule.parts.map((part) => `${percent(part.basisPoints)} ${inWords(part.rule, about)}`).join(' and ');
  if ('groups' in rule) return rule.groups.map((group) => `${percent(group.basisPoints)} ${group.name} (${inWords(group.rule, about)})`).join(' and ');
  if (rule.basis === 'equal') return 'equally';
  if (rule.basis === 'fixed') return 'by fixed percentages';
  const measure = rule.measure ?? about?.measure ?? 'use';
  const words = measures[measure] ?? `by ${measure}`;
  return measure.startsWith('pupil') && about?.censusOn ? `${words} (census of ${longDate(about.censusOn)})` : words;
}

const percent = (basisPoints: number) => `${basisPoints % 100 === 0 ? basisPoints / 100 : (basisPoints / 100).toFixed(2)} %`;

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** "6 October 2026". */
export function longDate(date: DateOnly): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return `${day} ${months[month - 1]} ${year}`;
}
