import type { Type } from '@angular/core';
import type { Role } from '@fairshare/contract/identity.js';
import type { IconName } from './icons';

/** One line of the navigation. A room's `<room>.nav.ts` exports those of its pages that exist. */
export interface NavEntry {
  readonly label: string;
  /** One word for the bar of a phone, where the label does not fit. */
  readonly short?: string;
  /** One sentence: what one does there. Shown in search and in help. */
  readonly purpose: string;
  readonly icon: IconName;
  /** Below `/c/:collaborationId`, without a leading slash; empty for Home. */
  readonly path: string;
  /** Who uses it. What they may do there is the API's to decide. */
  readonly roles: 'everyone' | readonly Role[];
  /** Places from top to bottom: home 0, calendar 10, diary 20, agreements 30, shared costs 40, invoices 50, reconciliation 60, value for money 70, schools 80, settings 90. */
  readonly order: number;
}

/** One thing that a search found; `link` is below `/c/:collaborationId`. */
export interface SearchHit {
  readonly title: string;
  readonly detail?: string;
  readonly icon: IconName;
  readonly link: readonly string[];
  readonly queryParams?: Readonly<Record<string, string>>;
}

/** Searches one room. Answers at most a handful, best first. */
export interface SearchProvider {
  find(term: string, collaborationId: string, signal: AbortSignal): Promise<readonly SearchHit[]>;
}

/** A room's `<room>.nav.ts` may export `search`: what Ctrl-K looks through, loaded when it first opens. */
export interface SearchSource {
  /** The heading above what was found: Schools, People, Bookings, Invoices. */
  readonly label: string;
  readonly roles: 'everyone' | readonly Role[];
  /** An injectable class, so that it can use ApiClient. */
  readonly load: () => Promise<Type<SearchProvider>>;
}
