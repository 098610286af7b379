import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TrailChainSchema, TrailListSchema } from '@fairshare/contract/audit.js';
import { read } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { WhenPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal, type QueryParamSignal } from '../ui/query-param';
import { SchoolsTabs } from '../ui/schools-tabs';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { changesOf, deedWords, roomWords, subjectWords } from './deed-words';

const pageSize = 50;

/** Who did what to what, newest first; nothing here can be changed by anybody. Above all collaborations for an administrator. */
@Component({
  selector: 'fs-audit-trail',
  imports: [DateField, Empty, Field, FieldControl, Icon, Page, ProblemNotice, SchoolsTabs, Skeleton, State, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './audit-trail.html',
  styles: `
    .filters { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 16px; }
    .filters > * { flex: 1 1 180px; max-width: 280px; }
    .chain { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin: 0; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin: 8px 0 0; font-size: 0.875rem; }
    dt { color: var(--fs-text-soft); }
    dd { margin: 0; overflow-wrap: anywhere; }
    @media (max-width: 600px) { dl { grid-template-columns: 1fr; } .filters > * { max-width: none; } }
  `,
})
export class AuditTrail {
  /** Absent above all collaborations. */
  readonly collaborationId = input<string>();
  protected readonly room = queryParamSignal('room');
  protected readonly subject = queryParamSignal('subject');
  protected readonly person = queryParamSignal('person');
  protected readonly kind = queryParamSignal('kind');
  protected readonly from = queryParamSignal('from');
  protected readonly to = queryParamSignal('to');
  protected readonly page = queryParamSignal('page', '1');
  protected readonly rooms = Object.entries(roomWords);
  readonly #at = computed(() => (this.collaborationId() ? `/api/collaborations/${this.collaborationId()}/trail` : '/api/trail'));
  readonly #filters = computed(() => {
    const filters = new URLSearchParams();
    if (this.room()) filters.set('action', `${this.room()}.`);
    for (const [name, value] of [['subjectId', this.subject()], ['userId', this.person()], ['kind', this.kind()], ['from', this.from()], ['to', this.to()]] as const) if (value) filters.set(name, value);
    return filters.toString();
  });
  protected readonly trail = read(() => `${this.#at()}?${this.#filters()}&size=${pageSize}&page=${this.page()}`, TrailListSchema);
  protected readonly chain = read(() => `${this.#at()}/chain`, TrailChainSchema);
  protected readonly entries = computed(() => (this.trail.hasValue() ? this.trail.value().items : []));
  protected readonly hasNext = computed(() => this.trail.hasValue() && this.trail.value().page * pageSize < this.trail.value().total);
  protected readonly filtered = computed(() => this.#filters() !== '');
  protected readonly deedWords = deedWords;
  protected readonly subjectWords = subjectWords;
  protected readonly changesOf = changesOf;

  protected exportOf(format: 'csv' | 'json'): string {
    return `${this.#at()}.${format}?${this.#filters()}`;
  }

  protected choose(filter: QueryParamSignal, value: string | null): void {
    filter.set(value ?? '');
    this.page.set('1');
  }

  protected showAll(): void {
    for (const filter of [this.room, this.subject, this.person, this.kind, this.from, this.to]) filter.set('');
    this.page.set('1');
  }

  protected turn(step: number): void {
    this.page.set(String(Math.max(1, Number(this.page()) + step)));
  }
}
