import { DomainError } from '../kernel/domain-error.js';
import type { DateOnly, DatePeriod } from '../kernel/period.js';
import type { TermDateKind } from './term-dates.js';

/** Whom a line of the school year is for. */
export type CalendarTarget =
  | { readonly level: 'nation' }
  | { readonly level: 'local-authority'; readonly laCode: string }
  | { readonly level: 'school'; readonly urn: string };

/** What a school decides for itself without the coordinator. */
const ownKinds: ReadonlySet<TermDateKind> = new Set(['inset', 'closure']);

/** Who changes the school year: the coordinator all of it, a school its own INSET days and closures. */
export interface CalendarEditor {
  readonly isCoordinator: boolean;
  readonly schoolUrns: 'all' | readonly string[];
}

/** @throws `schools.not-your-calendar` */
export function mayChangeLine(editor: CalendarEditor, target: CalendarTarget, kind: TermDateKind): void {
  if (editor.isCoordinator) return;
  const isOwn = target.level === 'school' && (editor.schoolUrns === 'all' || editor.schoolUrns.includes(target.urn));
  if (!isOwn || !ownKinds.has(kind)) throw new DomainError('schools.not-your-calendar', { kind });
}

/** A line is for a member, or for a local authority that a member belongs to. @throws `schools.not-a-member`, `schools.no-such-local-authority` */
export function targetIsInside(target: CalendarTarget, members: readonly { readonly urn: string; readonly laCode: string | null }[]): void {
  if (target.level === 'school' && !members.some((member) => member.urn === target.urn)) {
    throw new DomainError('schools.not-a-member', { urn: target.urn });
  }
  if (target.level === 'local-authority' && !members.some((member) => member.laCode === target.laCode)) {
    throw new DomainError('schools.no-such-local-authority', { laCode: target.laCode });
  }
}

/** @throws `schools.ends-before-start` */
export function lineEndsAfterStart({ from, to }: DatePeriod): void {
  if (to < from) throw new DomainError('schools.ends-before-start', { from, to });
}

export interface ShadedSpan extends DatePeriod {
  readonly kind: 'holiday' | 'inset' | 'bank-holiday' | 'not-known';
  readonly name: string;
  readonly urns: readonly string[];
}

/** The same span of several schools drawn once: what a calendar of all of them shades. In order of date. */
export function shadingOf(spans: readonly (Omit<ShadedSpan, 'urns'> & { readonly urn: string })[]): ShadedSpan[] {
  const joined = new Map<string, Omit<ShadedSpan, 'urns'> & { urns: string[] }>();
  for (const { urn, ...span } of spans) {
    const key = `${span.from} ${span.to} ${span.kind} ${span.name}`;
    const there = joined.get(key);
    if (there) there.urns.push(urn);
    else joined.set(key, { ...span, urns: [urn] });
  }
  return [...joined.values()].sort((a, b) => a.from.localeCompare(b.from) || a.to.localeCompare(b.to) || a.kind.localeCompare(b.kind));
}

/** What people call the school year 2026-27; it begins in August, since INSET days and Scottish terms do. */
export function schoolYearStarting(year: number): { from: DateOnly; to: DateOnly } {
  return { from: `${year}-08-01`, to: `${year + 1}-07-31` };
}
