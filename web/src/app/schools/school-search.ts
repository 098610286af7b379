import { inject, Injectable } from '@angular/core';
import { MemberListSchema } from '@fairshare/contract/schools.js';
import { ApiClient } from '../ui/api-client';
import type { SearchHit, SearchProvider } from '../ui/nav-entry';

/** Members of the collaboration by name or URN. */
@Injectable({ providedIn: 'root' })
export class SchoolSearch implements SearchProvider {
  readonly #api = inject(ApiClient);

  async find(term: string, collaborationId: string, signal: AbortSignal): Promise<readonly SearchHit[]> {
    const { items } = await this.#api.get(`/api/collaborations/${collaborationId}/members?size=200`, MemberListSchema, signal);
    const words = term.toLowerCase().split(/\s+/);
    return items
      .filter((member) => words.every((word) => `${member.name} ${member.urn}`.toLowerCase().includes(word)))
      .slice(0, 6)
      .map((member) => ({
        title: member.name,
        detail: `URN ${member.urn}${member.isLead ? ' · lead school' : ''}`,
        icon: 'school',
        link: ['schools'],
        queryParams: { school: member.urn },
      }));
  }
}
