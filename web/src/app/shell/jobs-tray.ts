import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { Router } from '@angular/router';
import { Icon } from '../ui/icon';
import { Jobs, type Job } from '../ui/jobs';

/** Long jobs, wherever one is: how far they are, and the way back to their page. Nothing shows when there are none. */
@Component({
  selector: 'fs-jobs-tray',
  imports: [CdkMenu, CdkMenuItem, CdkMenuTrigger, Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (jobs.all().length) {
      <button type="button" class="fs-button small chip" [cdkMenuTriggerFor]="list"><fs-icon [name]="jobs.running().length ? 'clock' : 'check'" /><span>{{ label() }}</span></button>
      <ng-template #list>
        <div class="fs-menu" cdkMenu aria-label="Jobs">
          @for (job of jobs.all(); track job.key) {
            <button class="fs-menu-item" cdkMenuItem (cdkMenuItemTriggered)="open(job)">
              <fs-icon [name]="job.state === 'done' ? 'check' : job.state === 'failed' ? 'alert' : 'clock'" />
              <span>{{ job.label }}<br /><span class="fs-small fs-quiet fs-number">{{ progress(job) }}</span></span>
            </button>
          }
        </div>
      </ng-template>
    }
  `,
  styles: `
    .chip { white-space: nowrap; }
    @media (max-width: 600px) { .chip > span { position: absolute; clip-path: inset(50%); } }
  `,
})
export class JobsTray {
  protected readonly jobs = inject(Jobs);
  readonly #router = inject(Router);
  protected readonly label = computed(() => {
    const running = this.jobs.running();
    const [only] = running;
    if (!only) return 'Finished';
    if (running.length > 1) return `${running.length} jobs`;
    return only.total > 0 ? `${Math.floor((100 * only.done) / only.total)} %` : 'Running';
  });

  protected progress(job: Job): string {
    if (job.state === 'failed') return 'Stopped';
    if (job.state === 'done') return 'Finished';
    return job.total > 0 ? `${job.done} of ${job.total}` : 'Starting…';
  }

  protected open(job: Job): void {
    if (job.state !== 'running') this.jobs.forget(job.key);
    if (job.link) void this.#router.navigateByUrl(job.link);
  }
}
