import type { SchoolYear } from '@fairshare/contract/schools.js';
import type { CalendarShade } from '../ui/calendar/calendar-model';

/** The days on which a school is closed; without one, the days that close some school of the collaboration, and which. */
export function shadesOf(year: SchoolYear, urn: string): CalendarShade[] {
  const known = year.shading.flatMap(({ kind, ...shade }) => (kind === 'not-known' ? [] : [{ kind, ...shade }]));
  const relevant = urn ? known.filter((shade) => shade.urns.includes(urn)) : known;
  return relevant.map((shade) => ({ startsOn: shade.from, endsOn: shade.to, kind: shade.kind, label: labelOf(shade, year, urn) }));
}

function labelOf(shade: { name: string; urns: readonly string[] }, year: SchoolYear, urn: string): string {
  if (urn || shade.urns.length === year.schools.length) return shade.name;
  const names = year.schools.filter((school) => shade.urns.includes(school.urn)).map((school) => school.name);
  return names.length > 2 ? `${shade.name} (${names.length} schools)` : `${shade.name} (${names.join(', ')})`;
}
