import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TrailListSchema, type TrailEntry } from '@fairshare/contract/audit.js';
import { read } from '../ui/api-client';
import { CsvButton, type CsvCell } from '../ui/csv-button';
import { WhenPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import { formatWhen } from '../ui/london';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { changesOf, deedWords, roomWords } from './deed-words';

const pageSize = 50;

/** Who did what to what, newest first; nothing here can be changed by anybody. */
@Component({
  selector: 'fs-audit-trail',
  imports: [CsvButton, Empty, Field, FieldControl, Icon, Page, ProblemNotice, Skeleton, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './audit-trail.html',
  styles: `
    .filters { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 16px; }
    .filters > * { flex: 0 1 240px; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin: 8px 0 0; font-size: 0.875rem; }
    dt { color: var(--fs-text-soft); }
    dd { margin: 0; overflow-wrap: anywhere; }
    @media (max-width: 600px) { dl { grid-template-columns: 1fr; } }
  `,
})
export class AuditTrail {
  readonly collaborationId = input.required<string>();
  protected readonly room = queryParamSignal('room');
  protected readonly subject = queryParamSignal('subject');
  protected readonly page = queryParamSignal('page', '1');
  protected readonly rooms = Object.entries(roomWords);
  protected readonly trail = read(() => {
    const filters = new URLSearchParams({ size: String(pageSize), page: this.page() });
    if (this.room()) filters.set('action', `${this.room()}.`);
    if (this.subject()) filters.set('subjectId', this.subject());
    return `/api/collaborations/${this.collaborationId()}/trail?${filters.toString()}`;
  }, TrailListSchema);
  protected readonly entries = computed(() => (this.trail.hasValue() ? this.trail.value().items : []));
  protected readonly hasNext = computed(() => this.trail.hasValue() && this.trail.value().page * pageSize < this.trail.value().total);
  protected readonly deedWords = deedWords;
  protected readonly changesOf = changesOf;
  protected readonly csvHeader = ['When', 'Who', 'What', 'Of', 'Id', 'Before', 'After', 'From address'];
  protected readonly csvRows = (): CsvCell[][] =>
    this.entries().map((e: TrailEntry) => [formatWhen(e.happenedAt), e.userName, e.action, e.subjectKind, e.subjectId, JSON.stringify(e.before ?? null), JSON.stringify(e.after ?? null), e.address]);

  protected choose(room: string): void {
    this.room.set(room);
    this.page.set('1');
  }

  protected follow(subjectId: string): void {
    this.subject.set(subjectId);
    this.page.set('1');
  }

  protected turn(step: number): void {
    this.page.set(String(Math.max(1, Number(this.page()) + step)));
  }
}
