import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { SchoolDetailSchema, type PupilNumberLine } from '@fairshare/contract/schools.js';
import { read } from '../ui/api-client';
import { DayPipe } from '../ui/day';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { count, kindWords, statusWords } from './school-words';

const sources: Record<PupilNumberLine['source'], string> = { gias: 'register, whole pupils', 'pupil-premium': 'pupil-premium file', entered: 'entered by hand' };

/** What the register says of a school, with every pupil number and where it is from. */
@Component({
  selector: 'fs-school-dialog',
  imports: [DayPipe, ProblemNotice, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-dialog-body">
      @if (school.hasValue() && school.value(); as one) {
        <h2 id="fs-school-title">{{ one.name }}</h2>
        <dl>
          <dt>URN</dt><dd>{{ one.urn }}</dd>
          <dt>Kind</dt><dd>{{ kindWords[one.kind] }}{{ one.typeName ? ', ' + one.typeName : '' }}</dd>
          <dt>State</dt><dd>{{ statusWords[one.status] }}</dd>
          @if (one.phase) { <dt>Phase</dt><dd>{{ one.phase }}</dd> }
          @if (one.laName) { <dt>Local authority</dt><dd>{{ one.laName }} ({{ one.laCode }})</dd> }
          @if (one.trustName) { <dt>Trust</dt><dd>{{ one.trustName }}</dd> }
          @if (one.town || one.postcode) { <dt>Where</dt><dd>{{ one.town }} {{ one.postcode }}</dd> }
          @if (one.openedOn) { <dt>Opened</dt><dd>{{ one.openedOn | day }}</dd> }
          @if (one.closedOn) { <dt>Closed</dt><dd>{{ one.closedOn | day }}</dd> }
          @if (one.successorUrn) { <dt>Followed by</dt><dd>URN {{ one.successorUrn }}</dd> }
        </dl>
        @if (one.pupilNumbers.length) {
          <div class="fs-table-scroll" role="region" aria-label="Pupil numbers" tabindex="0">
            <table class="fs-table cards">
              <thead><tr><th scope="col">What</th><th scope="col">Census</th><th scope="col">From</th><th scope="col" class="number">Number</th></tr></thead>
              <tbody>
                @for (line of one.pupilNumbers; track line.measure + line.censusOn + line.source) {
                  <tr>
                    <th scope="row">{{ line.measure === 'pupils' ? 'Pupils on roll' : 'Pupil premium' }}</th>
                    <td data-label="Census" class="when">{{ line.censusOn | day }}</td><td data-label="From">{{ sources[line.source] }}</td>
                    <td data-label="Number" class="number">{{ count(line.number) }}</td>
                  </tr>
                }
              </tbody>
            </table>
          </div>
        } @else {
          <p class="fs-quiet">No pupil number is known yet; they come with the national files.</p>
        }
      } @else if (school.error(); as error) {
        <h2 id="fs-school-title">School</h2>
        <fs-problem [error]="error" [retryable]="true" (retry)="school.reload()" />
      } @else {
        <h2 id="fs-school-title">School</h2>
        <fs-skeleton what="the school" />
      }
      <div class="fs-dialog-actions"><button type="button" class="fs-button" (click)="ref.close()">Close</button></div>
    </div>
  `,
  styles: `
    dl { display: grid; grid-template-columns: minmax(96px, max-content) 1fr; gap: 4px 16px; margin: 0; }
    dt { color: var(--fs-text-soft); }
    dd { margin: 0; overflow-wrap: anywhere; }
  `,
})
export class SchoolDialog {
  readonly #urn = inject<string>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<void>>(DialogRef);
  protected readonly school = read(() => `/api/schools/${this.#urn}`, SchoolDetailSchema);
  protected readonly kindWords = kindWords;
  protected readonly statusWords = statusWords;
  protected readonly sources = sources;
  protected readonly count = count;
}
