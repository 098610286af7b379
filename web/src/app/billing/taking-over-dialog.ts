import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { TakenOverSchema, TakeOverSchema, type Successions, type TakenItem, type TakenOver } from '@fairshare/contract/taking-over.js';
import { DateField } from '../ui/date-field';
import { DryRun } from '../ui/dry-run';
import { formatMoney, MoneyPipe } from '../ui/money';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';

const kindWords: Readonly<Record<TakenItem['kind'], string>> = {
  shares: 'Not invoiced yet', debts: 'Invoiced, not paid', credit: 'Credit held', streams: 'Funding stream', carries: 'Rounded so far', hours: 'Hours given',
};

/** What a new academy takes over of the school that it was: seen to the penny before it is moved. Closes with what was moved. */
@Component({
  selector: 'fs-taking-over-dialog',
  imports: [DateField, MoneyPipe, ProblemNotice, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); move()" novalidate>
      <h2 id="fs-taking-over">{{ choice.school.toName }} takes over</h2>
      <p>What stands on the accounts of {{ choice.school.fromName }} moves by new entries; nothing that was posted changes, and no other school pays more or less. Doing it again moves what came in between.</p>
      <fs-problem [error]="saving.problem()" />
      <fs-date label="The new school’s first day" [(value)]="on" [error]="saving.errorFor('on')" />
      <label class="fs-check"><input type="checkbox" [checked]="debts()" (change)="debts.set($any($event.target).checked)" /><span>It also takes over what was invoiced and is not paid, as the transfer agreement says</span></label>
      @if (preview(); as seen) {
        @if (seen.items.length) {
          <div class="fs-table-scroll" role="region" aria-label="What moves" tabindex="0">
            <table class="fs-table cards">
              <thead><tr><th scope="col">What</th><th scope="col">Kind</th><th scope="col" class="number">Amount</th><th scope="col">What becomes of it</th></tr></thead>
              <tbody>
                @for (one of seen.items; track $index) {
                  <tr>
                    <th scope="row">{{ one.what }}</th>
                    <td data-label="Kind">{{ kindWords[one.kind] }}</td>
                    <td data-label="Amount" class="number">{{ one.pence === null ? '–' : (one.pence | money) }}</td>
                    <td data-label="What becomes of it">{{ one.stays ?? 'Moves' }}</td>
                  </tr>
                }
              </tbody>
            </table>
          </div>
          <p role="status">{{ choice.school.toName }} owes {{ money(seen.movedPence) }} more by it; {{ seen.leftPence === 0 ? 'nothing is left' : money(seen.leftPence) + ' is left' }} on the old school’s accounts.</p>
        } @else {
          <p role="status">Nothing is left to move.</p>
        }
      } @else if (!saving.problem()) {
        <fs-skeleton what="what would move" [rows]="4" />
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [disabled]="saving.busy() || !moves()">Move it</button>
      </div>
    </form>
  `,
})
export class TakingOverDialog {
  protected readonly choice = inject<{ collaborationId: string; school: Successions['items'][number] }>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<TakenOver>>(DialogRef);
  protected readonly kindWords = kindWords;
  protected readonly money = formatMoney;
  protected readonly on = signal<string>(this.choice.school.on);
  protected readonly debts = signal(false);
  readonly #dryRun = new DryRun<TakenOver>({
    url: `/api/collaborations/${this.choice.collaborationId}/money-successions`,
    body: () => ({ fromUrn: this.choice.school.fromUrn, on: this.on(), debts: this.debts() }),
    bodySchema: TakeOverSchema, answerSchema: TakenOverSchema,
  });
  protected readonly saving = this.#dryRun.saving;
  protected readonly preview = this.#dryRun.preview;
  protected readonly moves = () => this.preview()?.items.some(({ stays }) => stays === null) ?? false;

  protected async move(): Promise<void> {
    const moved = await this.#dryRun.carryOut();
    if (moved) this.ref.close(moved);
  }
}
