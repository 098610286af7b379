import { ChangeDetectionStrategy, Component, computed, DestroyRef, inject, input, signal } from '@angular/core';
import { Jobs, timeLeft } from './jobs';
import { ProblemNotice } from './problem-notice';

const counts = new Intl.NumberFormat('en-GB');

/** Done, total and time left of a job that {@link Jobs} follows; leaving the page changes nothing. `<fs-job-progress [key]="runId" />`. */
@Component({
  selector: 'fs-job-progress',
  imports: [ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (job(); as job) {
      <div class="fs-spread">
        <strong [id]="'fs-job-' + job.key">{{ job.label }}</strong>
        <span class="fs-number fs-quiet">{{ words() }}</span>
      </div>
      <progress [attr.aria-labelledby]="'fs-job-' + job.key" [attr.value]="fraction()" max="1"></progress>
      @if (job.problem) {
        <fs-problem [error]="job.problem" />
      } @else if (job.state === 'running') {
        <p class="fs-small fs-quiet">You can leave this page; it goes on.</p>
      }
      <span class="fs-hidden" role="status">{{ job.state === 'running' ? '' : job.label + ': ' + words() }}</span>
    }
  `,
  styles: `
    :host { display: flex; flex-direction: column; gap: 8px; }
    progress { appearance: none; width: 100%; height: 8px; border: 0; border-radius: var(--fs-radius); overflow: hidden; background: var(--fs-surface-high); }
    progress::-webkit-progress-bar { background: var(--fs-surface-high); }
    progress::-webkit-progress-value { background: var(--fs-accent); transition: width var(--fs-motion); }
    progress::-moz-progress-bar { background: var(--fs-accent); }
  `,
})
export class JobProgress {
  readonly #jobs = inject(Jobs);
  readonly #now = signal(Date.now());
  readonly key = input.required<string>();
  protected readonly job = computed(() => this.#jobs.job(this.key()));
  protected readonly fraction = computed(() => {
    const job = this.job();
    if (!job) return null;
    if (job.state === 'done') return 1;
    return job.total > 0 ? job.done / job.total : null;
  });
  protected readonly words = computed(() => {
    const job = this.job();
    if (!job) return '';
    if (job.state === 'failed') return 'Stopped';
    const of = job.total > 0 ? `${counts.format(job.done)} of ${counts.format(job.total)}` : '';
    if (job.state === 'done') return of ? `Finished, ${of}` : 'Finished';
    return [of || 'Starting…', timeLeft(job, this.#now())].filter(Boolean).join(', ');
  });

  constructor() {
    const timer = setInterval(() => this.#now.set(Date.now()), 1000);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
