import { ChangeDetectionStrategy, Component, input, model } from '@angular/core';
import { Field, FieldControl } from '../ui/field';
import { TimeField } from '../ui/time-field';
import type { AgreementDraft } from './agreement-draft';
import type { Faults } from './rule-draft';

type Band = AgreementDraft['bands'][number];

/** Lengths, half days, notice, approval, and what cancelling costs. */
@Component({
  selector: 'fs-form-sessions',
  imports: [Field, FieldControl, TimeField],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-stack">
      <fs-field label="Lengths on offer, in minutes" hint="With commas between: 60, 90. Empty when any length is." [error]="faults()['lengthsMinutes']">
        <input fsControl class="fs-input" [value]="draft().lengths" (input)="change({ lengths: $any($event.target).value })" />
      </fs-field>
      <fs-field label="Sessions begin every … minutes" [optional]="true" hint="Empty when they begin only where a half day begins." [error]="faults()['stepMinutes']">
        <input fsControl class="fs-input" inputmode="numeric" [value]="draft().stepMinutes" (input)="change({ stepMinutes: $any($event.target).value })" />
      </fs-field>
      <div class="fs-grid">
        <fs-time label="Mornings begin" [value]="draft().morningStart" (valueChange)="change({ morningStart: $event })" [error]="faults()['morning.startMinute']" />
        <fs-time label="Mornings end" [value]="draft().morningEnd" (valueChange)="change({ morningEnd: $event })" [error]="faults()['morning.endMinute']" />
        <fs-time label="Afternoons begin" [value]="draft().afternoonStart" (valueChange)="change({ afternoonStart: $event })" [error]="faults()['afternoon.startMinute']" />
        <fs-time label="Afternoons end" [value]="draft().afternoonEnd" (valueChange)="change({ afternoonEnd: $event })" [error]="faults()['afternoon.endMinute']" />
      </div>
      <div class="fs-grid">
        <fs-field label="Shortest notice for a booking" [error]="faults()['minimumNotice']">
          <input fsControl class="fs-input" inputmode="numeric" [value]="draft().minimumNotice" (input)="change({ minimumNotice: $any($event.target).value })" />
        </fs-field>
        <fs-field label="Counted in">
          <select fsControl class="fs-select" (change)="change({ noticeUnit: $any($event.target).value })">
            <option value="days" [selected]="draft().noticeUnit === 'days'">days</option>
            <option value="hours" [selected]="draft().noticeUnit === 'hours'">hours</option>
          </select>
        </fs-field>
        <fs-field label="Booked at most … days ahead" [error]="faults()['horizonDays']">
          <input fsControl class="fs-input" inputmode="numeric" [value]="draft().horizonDays" (input)="change({ horizonDays: $any($event.target).value })" />
        </fs-field>
      </div>
      <label class="fs-check"><input type="checkbox" [checked]="draft().needsApproval" (change)="change({ needsApproval: $any($event.target).checked })" /><span>A head or the coordinator approves each booking</span></label>
      <label class="fs-check"><input type="checkbox" [checked]="draft().payAsYouGo" (change)="change({ payAsYouGo: $any($event.target).checked })" /><span>Sessions beyond what was bought in advance may be booked, at the price</span></label>
      <fs-field label="Working days to object after a session" [error]="faults()['objectionDays']">
        <input fsControl class="fs-input" inputmode="numeric" [value]="draft().objectionDays" (input)="change({ objectionDays: $any($event.target).value })" />
      </fs-field>
      <fieldset>
        <legend>What cancelling costs, from much notice to none</legend>
        @for (band of draft().bands; track $index) {
          <div class="band">
            <fs-field label="Working days before, at least" [error]="faults()['cancellationBands.' + $index + '.atLeastWorkingDays']">
              <input fsControl class="fs-input" inputmode="numeric" [value]="band.days" (input)="changeBand($index, { days: $any($event.target).value })" />
            </fs-field>
            <fs-field label="Part of the price, %" [error]="faults()['cancellationBands.' + $index + '.chargeBasisPoints']">
              <input fsControl class="fs-input" inputmode="numeric" [value]="band.percent" (input)="changeBand($index, { percent: $any($event.target).value })" />
            </fs-field>
            <button type="button" class="fs-button quiet" [attr.aria-label]="'Remove band ' + ($index + 1)" (click)="remove($index)">Remove</button>
          </div>
        } @empty {
          <p class="fs-quiet">Cancelling never costs anything.</p>
        }
        <button type="button" class="fs-button small" (click)="add()">Add a band</button>
      </fieldset>
    </div>
  `,
  styles: `
    .band { display: grid; grid-template-columns: 1fr 1fr auto; gap: 8px 16px; align-items: end; margin-bottom: 8px; }
    @media (max-width: 600px) { .band { grid-template-columns: 1fr; padding-bottom: 12px; border-bottom: 1px solid var(--fs-line); } }
  `,
})
export class FormSessions {
  readonly draft = model.required<AgreementDraft>();
  readonly faults = input<Faults>({});

  protected change(change: Partial<AgreementDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...change }));
  }

  protected changeBand(index: number, change: Partial<Band>): void {
    this.change({ bands: this.draft().bands.map((band, place) => (place === index ? { ...band, ...change } : band)) });
  }

  protected add(): void {
    this.change({ bands: [...this.draft().bands, { days: '0', percent: '100' }] });
  }

  protected remove(index: number): void {
    this.change({ bands: this.draft().bands.filter((_, place) => place !== index) });
  }
}
