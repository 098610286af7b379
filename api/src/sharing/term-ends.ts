import type { DateOnly } from '@fairshare/domain/kernel/period';
import type { Tx } from '../platform/database.js';
import type { SchoolsQueries } from '../schools/schools.queries.js';

interface Leaving {
  readonly urn: string;
  readonly until: DateOnly | null;
}

/**
 * The last day of the term in which a school's last day lies, or of the next one when that is a holiday; by "urn until".
 * A school whose terms are not known is not in it, and leaves on its last day.
 */
export async function termEnds(schools: SchoolsQueries, tx: Tx, collaborationId: string, leaving: readonly Leaving[]): Promise<Map<string, DateOnly>> {
  const ends = new Map<string, DateOnly>();
  for (const { urn, until } of leaving) {
    if (until === null) continue;
    const [calendar] = await schools.calendars(tx, collaborationId, [urn], until, until);
    const term = calendar?.terms.find(({ to }) => to >= until);
    if (term) ends.set(`${urn} ${until}`, term.to);
  }
  return ends;
}
