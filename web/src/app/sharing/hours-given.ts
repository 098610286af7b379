import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { HoursGivenSchema } from '@fairshare/contract/charges-due.js';
import { read } from '../ui/api-client';
import { CurrentCollaboration } from '../ui/current-collaboration';
import { CsvButton } from '../ui/csv-button';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { Toast } from '../ui/toast';
import { HoursDialog } from './hours-dialog';
import { SharingTabs } from './sharing-tabs';

/** Time that schools give one another without cash: a balance of hours, never of money. */
@Component({
  selector: 'fs-hours-given',
  imports: [CsvButton, DayPipe, Empty, Icon, Page, ProblemNotice, SharingTabs, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="Hours given" purpose="Time that schools give one another without paying, in sessions and otherwise: what each gave and took. No charge is made of it.">
      <ng-container actions>
        @if (hours.hasValue() && hours.value().total) {
          <fs-csv name="hours-given" [header]="header" [rows]="rows" />
        }
        @if (mayRecord()) {
          <button type="button" class="fs-button primary" (click)="record()"><fs-icon name="plus" />Record hours</button>
        }
      </ng-container>
      <fs-sharing-tabs />
      @if (hours.error(); as problem) {
        <fs-problem [error]="problem" [retryable]="true" (retry)="hours.reload()" />
      } @else if (hours.hasValue()) {
        @if (hours.value().total) {
          <section class="fs-stack" aria-labelledby="balances">
            <h2 id="balances">Balances</h2>
            <div class="fs-table-scroll" role="region" aria-label="What each school gave and took" tabindex="0">
              <table class="fs-table cards">
                <thead><tr><th scope="col">School</th><th scope="col" class="number">Gave</th><th scope="col" class="number">Took</th><th scope="col" class="number">Balance</th></tr></thead>
                <tbody>
                  @for (school of takingPart(); track school.urn) {
                    <tr>
                      <th scope="row">{{ school.schoolName }}</th>
                      <td data-label="Gave" class="number">{{ inHours(school.givenMinutes) }}</td>
                      <td data-label="Took" class="number">{{ inHours(school.takenMinutes) }}</td>
                      <td data-label="Balance" class="number">{{ inHours(school.balanceMinutes) }}</td>
                    </tr>
                  }
                </tbody>
              </table>
            </div>
          </section>
          <section class="fs-stack" aria-labelledby="lines">
            <h2 id="lines">What was given</h2>
            <div class="fs-table-scroll" role="region" aria-label="Hours, one by one" tabindex="0">
              <table class="fs-table cards">
                <thead><tr><th scope="col">What</th><th scope="col">Day</th><th scope="col">Gave</th><th scope="col">Took</th><th scope="col" class="number">Time</th></tr></thead>
                <tbody>
                  @for (line of hours.value().items; track line.id + line.takerUrn) {
                    <tr>
                      <th scope="row">{{ line.what }}<br /><span class="fs-small fs-quiet">{{ line.from === 'session' ? 'a session by ' + line.recordedBy : 'recorded by ' + line.recordedBy }}</span></th>
                      <td data-label="Day" class="when">{{ line.givenOn | day }}</td>
                      <td data-label="Gave">{{ line.giverName }}</td>
                      <td data-label="Took">{{ line.takerName }}</td>
                      <td data-label="Time" class="number">{{ inHours(line.minutes) }}</td>
                    </tr>
                  }
                </tbody>
              </table>
            </div>
          </section>
        } @else {
          <fs-empty icon="clock" heading="No hours were recorded" purpose="When one school’s staff help another without a charge, such as moderation or cover, the hours can be kept here, so that giving and taking stay level over the year.">
            @if (mayRecord()) {
              <button type="button" class="fs-button primary" (click)="record()">Record hours</button>
            }
          </fs-empty>
        }
      } @else {
        <fs-skeleton what="hours" />
      }
    </fs-page>
  `,
})
export class HoursGiven {
  readonly #dialog = inject(Dialog);
  readonly #here = inject(CurrentCollaboration);
  readonly #toast = inject(Toast);
  readonly collaborationId = input.required<string>();
  protected readonly hours = read(() => `/api/collaborations/${this.collaborationId()}/hours-given`, HoursGivenSchema);
  protected readonly mayRecord = computed(() => this.#here.roles().has('coordinator') || this.#here.roles().has('finance-officer'));
  protected readonly takingPart = computed(() => (this.hours.hasValue() ? this.hours.value().balances.filter((one) => one.givenMinutes !== 0 || one.takenMinutes !== 0) : []));
  protected readonly header = ['Day', 'What', 'Gave', 'Took', 'Minutes', 'From', 'By'];
  protected readonly rows = () => (this.hours.hasValue() ? this.hours.value().items : []).map((line) => [line.givenOn, line.what, line.giverName, line.takerName, line.minutes, line.from, line.recordedBy]);

  /** "1 h 30 min", with a real minus sign. */
  protected inHours(minutes: number): string {
    const size = Math.abs(minutes);
    const parts = [size >= 60 ? `${Math.floor(size / 60)} h` : '', size % 60 > 0 ? `${size % 60} min` : ''].filter(Boolean);
    return `${minutes < 0 ? '−' : ''}${parts.join(' ') || '0 h'}`;
  }

  protected record(): void {
    const options = { data: { collaborationId: this.collaborationId() }, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-hours' };
    this.#dialog.open<boolean>(HoursDialog, options).closed.subscribe((done) => {
      if (!done) return;
      this.#toast.show('Recorded');
      this.hours.reload();
    });
  }
}
