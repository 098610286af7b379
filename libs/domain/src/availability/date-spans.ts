import { addDays, type DatePeriod } from '../kernel/period.js';

/** Sorted by first day; spans that overlap or follow each other directly become one. */
export function joinedSpans(spans: readonly DatePeriod[]): DatePeriod[] {
  const sorted = [...spans].sort((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)));
  const joined: { from: string; to: string }[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last && span.from <= addDays(last.to, 1)) last.to = span.to > last.to ? span.to : last.to;
    else if (span.from <= span.to) joined.push({ from: span.from, to: span.to });
  }
  return joined;
}

/** The days of each span that are in no hole. What else a span carries (its name, its kind) stays with every piece. */
export function withoutHoles<S extends DatePeriod>(spans: readonly S[], holes: readonly DatePeriod[]): S[] {
  const joinedHoles = joinedSpans(holes);
  return spans.flatMap((span) => {
    const pieces: S[] = [];
    let from = span.from;
    for (const hole of joinedHoles) {
      if (hole.to < from || hole.from > span.to) continue;
      if (hole.from > from) pieces.push({ ...span, from, to: addDays(hole.from, -1) });
      from = addDays(hole.to, 1);
    }
    if (from <= span.to) pieces.push({ ...span, from });
    return pieces;
  });
}
