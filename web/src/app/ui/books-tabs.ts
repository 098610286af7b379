import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { CurrentSession } from './current-session';
import { Tabs } from './tabs';

const ofBooks = [
  { label: 'Accounts', path: 'books' },
  { label: 'Who owes what', path: 'books/aged-debt' },
  { label: 'Suppliers’ bills', path: 'books/bills' },
  { label: 'Disputes', path: 'disputes' },
  { label: 'VAT', path: 'books/vat' },
  { label: 'Return codes', path: 'books/codes' },
] as const;

const ofSchool = [
  { label: 'What it is paid from', path: 'my-school' },
  { label: 'Still to come', path: 'my-school/commitments' },
  { label: 'Year by codes', path: 'my-school/year' },
  { label: 'Statement', path: 'my-school/statement' },
  { label: 'Disputes', path: 'disputes' },
] as const;

/** The parts of “Books” or of “My school”: pages of several rooms that know nothing of one another. */
@Component({
  selector: 'fs-books-tabs',
  imports: [Tabs],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<fs-tabs [name]="name()" [tabs]="tabs()" [queryParams]="school() ? { school: school() } : {}" />`,
  styles: ':host { display: block; min-width: 0; }',
})
export class BooksTabs {
  readonly #session = inject(CurrentSession);
  readonly collaborationId = input.required<string>();
  /** `either` goes by the person: whoever reads the books of all sees those. */
  readonly of = input<'books' | 'school' | 'either'>('either');
  /** The school that is looked at stays the same from tab to tab. */
  readonly school = input('');
  readonly #isOfBooks = computed(() => this.of() === 'books' || (this.of() === 'either' && readsBooks(this.#session, this.collaborationId())));
  protected readonly tabs = computed(() => (this.#isOfBooks() ? ofBooks : ofSchool).map(({ label, path }) => ({ label, link: `/c/${this.collaborationId()}/${path}` })));
  protected readonly name = computed(() => (this.#isOfBooks() ? 'Books' : 'My school'));
}

/** Whether somebody reads the books of the whole collaboration, and not of a school only. */
export function readsBooks(session: CurrentSession, collaborationId: string): boolean {
  return session.grants().some((grant) => grant.collaborationId === collaborationId && !grant.schoolUrn && ['finance-officer', 'coordinator', 'auditor'].includes(grant.role));
}

/** Whether somebody keeps the books of the whole collaboration. */
export function keepsBooks(session: CurrentSession, collaborationId: string): boolean {
  return session.grants().some((grant) => grant.collaborationId === collaborationId && !grant.schoolUrn && grant.role === 'finance-officer');
}
