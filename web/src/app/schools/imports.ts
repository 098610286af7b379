import type { ElementRef } from '@angular/core';
import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal, viewChild } from '@angular/core';
import { ImportListSchema, ImportStatusSchema, StartedSchema, type ImportStatus } from '@fairshare/contract/schools.js';
import { Attempt } from '../ui/attempt';
import { ApiClient, read } from '../ui/api-client';
import { WhenPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import { JobProgress } from '../ui/job-progress';
import { Jobs } from '../ui/jobs';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { ImportReportView } from './import-report';
import { count, fileWords } from './school-words';
import { SchoolsTabs } from '../ui/schools-tabs';

const stateWords = {
  waiting: ['Waiting', 'neutral'],
  running: ['Running', 'info'],
  done: ['Done', 'good'],
  failed: ['Failed', 'bad'],
} as const;

/** The national files: try them, bring them in, and see an error beside each row that was left out. */
@Component({
  selector: 'fs-imports',
  imports: [Empty, Field, FieldControl, Icon, ImportReportView, JobProgress, Page, ProblemNotice, SchoolsTabs, Skeleton, State, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './imports.html',
})
export class Imports {
  readonly #api = inject(ApiClient);
  readonly #jobs = inject(Jobs);
  private readonly fileInput = viewChild.required<ElementRef<HTMLInputElement>>('fileInput');

  readonly collaborationId = input.required<string>();
  /** The import whose report is shown. */
  protected readonly chosen = queryParamSignal('import');
  protected readonly kind = signal<ImportStatus['kind']>('gias');
  protected readonly dryRun = signal(true);
  protected readonly missing = signal('');
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  protected readonly list = read(() => '/api/imports?size=20', ImportListSchema);
  protected readonly status = read(() => (this.chosen() ? `/api/imports/${this.chosen()}` : undefined), ImportStatusSchema);
  protected readonly followed = computed(() => this.#jobs.job(this.chosen()));
  protected readonly fileWords = fileWords;
  protected readonly count = count;

  constructor() {
    // When the job that is looked at ends, its report is there to be read.
    effect(() => {
      const job = this.followed();
      if (!job || job.state === 'running') return;
      this.status.reload();
      this.list.reload();
    });
    // An import that was started elsewhere, or before a reload, is followed too.
    effect(() => {
      const status = this.status.hasValue() ? this.status.value() : undefined;
      if (status && (status.state === 'waiting' || status.state === 'running') && !this.#jobs.job(status.id)) this.#follow(status.id, this.label(status));
    });
  }

  protected stateOf(one: ImportStatus) {
    return stateWords[one.state];
  }

  protected label(one: Pick<ImportStatus, 'kind' | 'dryRun'>): string {
    return `${fileWords[one.kind]}${one.dryRun ? ', dry run' : ''}`;
  }

  protected async start(): Promise<void> {
    const file = this.fileInput().nativeElement.files?.[0];
    this.missing.set(file ? '' : 'Choose the file first.');
    if (!file || this.busy()) return;
    await this.#attempt.run(async () => {
      const { id } = await this.#api.upload(`/api/schools/import?kind=${this.kind()}&dryRun=${this.dryRun()}`, file, StartedSchema);
      this.#follow(id, this.label({ kind: this.kind(), dryRun: this.dryRun() }));
      this.chosen.set(id);
      this.list.reload();
    });
  }

  #follow(id: string, label: string): void {
    this.#jobs.follow({ key: id, label, url: `/api/imports/${id}`, link: `/c/${this.collaborationId()}/schools/imports?import=${id}` });
  }
}
