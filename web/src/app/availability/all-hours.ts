import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { WorkingPatternsSchema } from '@fairshare/contract/availability.js';
import { SpecialistListSchema } from '@fairshare/contract/procurement.js';
import { AgreementTabs } from '../procurement/agreement-tabs';
import { read } from '../ui/api-client';
import { CurrentSession } from '../ui/current-session';
import { Empty } from '../ui/empty';
import { today } from '../ui/london';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { hoursInWords, inHours, minutesAWeek, unbroken } from './hours-model';

/** Everybody’s hours, so that one sees who has none: nobody can book them. */
@Component({
  selector: 'fs-all-hours',
  imports: [AgreementTabs, Empty, Page, ProblemNotice, RouterLink, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="Working hours" purpose="When each specialist works. Who has no hours cannot be booked.">
      @if (plans()) {
        <fs-agreement-tabs [collaborationId]="collaborationId()" />
      }
      @if (specialists.error() ?? patterns.error(); as problem) {
        <fs-problem [error]="problem" [retryable]="true" (retry)="specialists.reload(); patterns.reload()" />
      } @else if (rows(); as all) {
        @if (all.length) {
          <div class="fs-table-scroll" role="region" aria-label="Everybody’s hours" tabindex="0">
            <table class="fs-table cards">
              <thead><tr><th scope="col">Specialist</th><th scope="col">Now</th><th scope="col" class="number">A week</th><th scope="col"><span class="fs-hidden">Open</span></th></tr></thead>
              <tbody>
                @for (row of all; track row.id) {
                  <tr>
                    <th scope="row">{{ row.name }}</th>
                    <td data-label="Now">
                      @for (line of row.lines; track $index) {
                        <div>{{ line }}</div>
                      }
                      @if (row.missing) {
                        <fs-state tone="warn" [word]="row.missing" />
                      }
                    </td>
                    <td data-label="A week" class="number">{{ row.week }}</td>
                    <td class="actions"><a class="fs-button small" [routerLink]="['/c', collaborationId(), 'working-hours', row.id]" [attr.aria-label]="(row.missing && mayChange() ? 'Enter the hours of ' : 'Open the hours of ') + row.name">{{ row.missing && mayChange() ? 'Enter' : 'Open' }}</a></td>
                  </tr>
                }
              </tbody>
            </table>
          </div>
        } @else {
          <fs-empty icon="clock" heading="Nobody is engaged yet" purpose="Once a specialist is engaged, their hours are entered here, and schools can book them.">
            <a class="fs-button primary" [routerLink]="['/c', collaborationId(), 'agreements', 'specialists']">Go to the specialists</a>
          </fs-empty>
        }
      } @else {
        <fs-skeleton what="everybody’s hours" [rows]="5" />
      }
    </fs-page>
  `,
})
export class AllHours {
  readonly collaborationId = input.required<string>();
  readonly #session = inject(CurrentSession);
  readonly #roles = computed(() => this.#session.rolesIn(this.collaborationId()));
  protected readonly plans = computed(() => [...this.#roles()].some((role) => role !== 'specialist'));
  protected readonly mayChange = computed(() => this.#roles().has('coordinator'));
  protected readonly specialists = read(() => `/api/collaborations/${this.collaborationId()}/specialists?size=200`, SpecialistListSchema);
  protected readonly patterns = read(() => `/api/collaborations/${this.collaborationId()}/working-patterns`, WorkingPatternsSchema);
  protected readonly rows = computed(() => {
    if (!this.specialists.hasValue() || !this.patterns.hasValue()) return undefined;
    const now = today();
    const patterns = this.patterns.value().items.filter(({ validTo }) => validTo === null || validTo >= now);
    return this.specialists.value().items.filter(({ until }) => until === null || until >= now).map(({ id, name }) => {
      const own = patterns.filter(({ specialistId }) => specialistId === id);
      const running = own.filter(({ validFrom }) => validFrom <= now);
      const minutes = running.reduce((sum, pattern) => sum + minutesAWeek(pattern) / pattern.everyWeeks, 0);
      return { id, name, lines: running.map((pattern) => unbroken(hoursInWords(pattern))), missing: own.length === 0 ? 'No hours' : running.length === 0 ? 'None yet' : '', week: minutes ? inHours(Math.round(minutes)) : '–' };
    });
  });
}
