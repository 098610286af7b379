import { inject, Injectable } from '@angular/core';
import { AgreementListSchema } from '@fairshare/contract/agreements.js';
import { ApiClient } from '../ui/api-client';
import { formatDay } from '../ui/london';
import type { SearchHit, SearchProvider } from '../ui/nav-entry';

/** Agreements by name, service or supplier. */
@Injectable({ providedIn: 'root' })
export class AgreementSearch implements SearchProvider {
  readonly #api = inject(ApiClient);

  async find(term: string, collaborationId: string, signal: AbortSignal): Promise<readonly SearchHit[]> {
    const { items } = await this.#api.get(`/api/collaborations/${collaborationId}/agreements?size=200`, AgreementListSchema, signal);
    const words = term.toLowerCase().split(/\s+/);
    return items
      .filter((one) => words.every((word) => `${one.name} ${one.service.name} ${one.supplier.name}`.toLowerCase().includes(word)))
      .slice(0, 6)
      .map((one) => ({
        title: one.name,
        detail: `${one.supplier.name}, until ${formatDay(one.endsOn)}`,
        icon: 'agreement',
        link: ['agreements', one.id],
      }));
  }
}
