import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import type { BookingDetail } from '@fairshare/contract/bookings.js';
import { ObjectionsSchema, type Objection } from '@fairshare/contract/objections.js';
import { ApiClient, read } from '../ui/api-client';
import { Attempt } from '../ui/attempt';
import { CurrentSession } from '../ui/current-session';
import { WhenPipe } from '../ui/day';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';

const standings = {
  open: { word: 'Schools can still object', tone: 'info' },
  disputed: { word: 'Disputed', tone: 'warn' },
  final: { word: 'Final', tone: 'good' },
} as const;

/** What schools say against a delivered session, and what the coordinator decided. */
@Component({
  selector: 'fs-objections-panel',
  imports: [Field, FieldControl, ProblemNotice, State, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (objections.hasValue() && objections.value().standing; as standing) {
      <section class="fs-stack" aria-labelledby="fs-objections">
        <h3 id="fs-objections" class="fs-row">After the session <fs-state [tone]="standings[standing].tone" [word]="standings[standing].word" /></h3>
        @for (one of objections.value().items; track one.schoolUrn) {
          <div class="fs-stack said">
            <p><strong>{{ one.schoolName }}</strong>: {{ one.reason }}<br /><span class="fs-small fs-quiet">{{ one.objectedBy }}, {{ one.objectedAt | when }}</span></p>
            @if (one.outcome) {
              <p><fs-state [tone]="one.outcome === 'upheld' ? 'warn' : 'neutral'" [word]="one.outcome === 'upheld' ? 'Upheld: taken back' : 'Rejected: it stands'" /> {{ one.note }}<br /><span class="fs-small fs-quiet">{{ one.decidedBy }}, {{ one.decidedAt | when }}</span></p>
            } @else if (decides()) {
              <fs-field label="Why you decide so"><textarea fsControl class="fs-textarea" rows="2" maxlength="1000" [value]="note()" (input)="note.set($any($event.target).value)"></textarea></fs-field>
              <div class="fs-row">
                <button type="button" class="fs-button" [disabled]="busy() || !note().trim()" (click)="decide(one, 'rejected')">It stands</button>
                <button type="button" class="fs-button danger" [disabled]="busy() || !note().trim()" (click)="decide(one, 'upheld')">Uphold it: units and charge go back</button>
              </div>
            }
          </div>
        }
        @if (mayObject()) {
          @if (writing()) {
            <fs-field label="What was different?" hint="For example: it ended half an hour early. The coordinator decides; until then it is disputed."><textarea fsControl class="fs-textarea" rows="2" maxlength="1000" [value]="reason()" (input)="reason.set($any($event.target).value)"></textarea></fs-field>
            <div class="fs-row">
              <button type="button" class="fs-button" (click)="writing.set(false)">Go back</button>
              <button type="button" class="fs-button danger" [disabled]="busy() || !reason().trim()" (click)="object()">Object</button>
            </div>
          } @else {
            <div><button type="button" class="fs-button" (click)="writing.set(true)">It did not happen so …</button></div>
          }
        }
        <fs-problem [error]="error()" />
      </section>
    }
  `,
  styles: '.said { padding-left: 12px; border-left: 3px solid var(--fs-line-strong); gap: 8px; }',
})
export class ObjectionsPanel {
  readonly collaborationId = input.required<string>();
  readonly booking = input.required<BookingDetail>();
  readonly #api = inject(ApiClient);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly #attempt = new Attempt();
  protected readonly error = this.#attempt.error;
  protected readonly busy = this.#attempt.busy;
  protected readonly standings = standings;
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}/bookings/${this.booking().id}`);
  protected readonly objections = read(() => `${this.#at()}/objections`, ObjectionsSchema);
  readonly #roles = computed(() => this.#session.rolesIn(this.collaborationId()));
  protected readonly decides = computed(() => this.#roles().has('coordinator'));
  /** The school one speaks for: who acts for all speaks for the first that has said nothing. */
  readonly #silent = computed(() => {
    const said = new Set((this.objections.hasValue() ? this.objections.value().items : []).map(({ schoolUrn }) => schoolUrn));
    const own = this.booking().schools.filter(({ urn }) => this.#session.schoolUrns().includes(urn) || this.decides());
    return own.find(({ urn }) => !said.has(urn));
  });
  protected readonly mayObject = computed(() => {
    const standing = this.objections.hasValue() ? this.objections.value().standing : null;
    const speaks = this.#roles().has('business-manager') || this.#roles().has('head') || this.decides();
    return speaks && this.#silent() !== undefined && (standing === 'open' || standing === 'disputed');
  });
  protected readonly writing = signal(false);
  protected readonly reason = signal('');
  protected readonly note = signal('');

  protected async object(): Promise<void> {
    const school = this.#silent();
    await this.#attempt.run(async () => {
      this.objections.set(await this.#api.post(`${this.#at()}/object`, { schoolUrn: school?.urn, reason: this.reason().trim() }, ObjectionsSchema));
      this.writing.set(false);
      this.#toast.show(`Objection of ${school?.name} recorded: the coordinator decides`);
    });
  }

  protected async decide({ schoolUrn, schoolName }: Objection, outcome: 'upheld' | 'rejected'): Promise<void> {
    await this.#attempt.run(async () => {
      this.objections.set(await this.#api.post(`${this.#at()}/objections/${schoolUrn}/decide`, { outcome, note: this.note().trim() }, ObjectionsSchema));
      this.note.set('');
      this.#toast.show(outcome === 'upheld' ? `Upheld: what ${schoolName} and the others paid goes back` : 'It stands as it was said');
    });
  }
}
