import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { ChargeSchema, ShareAmongSchema, type Charge } from '@fairshare/contract/sharing.js';
import { MemberNamesSchema, membersOnce } from '../procurement/members';
import { ApiClient, read } from '../ui/api-client';
import { formatMoney } from '../ui/money';
import { ProblemNotice } from '../ui/problem-notice';
import { Saving } from '../ui/saving';
import { Skeleton } from '../ui/skeleton';

/** A charge that its rule cannot divide, divided equally among the schools that are ticked. Closes with true when it was. */
@Component({
  selector: 'fs-share-among-dialog',
  imports: [ProblemNotice, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-share-among">Share it among schools</h2>
      <p>{{ choice.charge.description }}, {{ money(choice.charge.pence) }}. The agreement’s rule cannot divide it; the schools that you tick pay it equally.</p>
      <fs-problem [error]="saving.problem()" />
      @if (members.hasValue()) {
        <fieldset class="fs-stack">
          <legend class="fs-quiet">{{ chosen().size }} of {{ schools().length }} schools</legend>
          @for (school of schools(); track school.urn) {
            <label class="fs-check"><input type="checkbox" [checked]="chosen().has(school.urn)" (change)="toggle(school.urn)" /><span>{{ school.name }}</span></label>
          }
        </fieldset>
        @if (saving.errorFor('schoolUrns'); as fault) { <p role="alert">{{ fault }}</p> }
      } @else {
        <fs-skeleton what="schools" [rows]="4" />
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [disabled]="saving.busy()">Share it</button>
      </div>
    </form>
  `,
  styles: `fieldset { margin: 0; padding: 0; border: 0; gap: 8px; } legend { padding: 0; margin-bottom: 8px; }`,
})
export class ShareAmongDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<{ collaborationId: string; charge: Charge }>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly money = formatMoney;
  protected readonly members = read(() => `/api/collaborations/${this.choice.collaborationId}/members?size=200`, MemberNamesSchema);
  protected readonly schools = computed(() => (this.members.hasValue() ? membersOnce(this.members.value().items) : []));
  /** Everybody, until somebody takes a school out. */
  readonly #left = signal<ReadonlySet<string>>(new Set());
  protected readonly chosen = computed(() => new Set(this.schools().map(({ urn }) => urn).filter((urn) => !this.#left().has(urn))));

  protected toggle(urn: string): void {
    const left = new Set(this.#left());
    if (!left.delete(urn)) left.add(urn);
    this.#left.set(left);
  }

  protected async save(): Promise<void> {
    const body = { schoolUrns: [...this.chosen()] };
    if (!this.saving.check(ShareAmongSchema, body)) return;
    const at = `/api/collaborations/${this.choice.collaborationId}/charges/${this.choice.charge.id}/share-among`;
    if (await this.saving.send(() => this.#api.post(at, body, ChargeSchema))) this.ref.close(true);
  }
}
