import { inject, Injectable } from '@angular/core';
import { InvoicesSchema } from '@fairshare/contract/billing.js';
import { ApiClient } from '../ui/api-client';
import { formatMoney } from '../ui/money';
import type { SearchHit, SearchProvider } from '../ui/nav-entry';
import { standingWords } from './billing-words';

/** Invoices by number or school. */
@Injectable({ providedIn: 'root' })
export class InvoiceSearch implements SearchProvider {
  readonly #api = inject(ApiClient);

  async find(term: string, collaborationId: string, signal: AbortSignal): Promise<readonly SearchHit[]> {
    const { items } = await this.#api.get(`/api/collaborations/${collaborationId}/invoices?query=${encodeURIComponent(term)}&size=6`, InvoicesSchema, signal);
    return items.map((invoice) => ({
      title: `${invoice.number ?? standingWords[invoice.standing][0]}, ${invoice.schoolName}`,
      detail: `${formatMoney(invoice.grossPence)} · ${standingWords[invoice.standing][0]}`,
      icon: 'invoice',
      link: ['invoices', invoice.id],
    }));
  }
}
