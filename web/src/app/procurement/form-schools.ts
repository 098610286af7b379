import { ChangeDetectionStrategy, Component, computed, input, model } from '@angular/core';
import { Field, FieldControl } from '../ui/field';
import type { Faults } from './rule-draft';

/** By URN: what a school buys in advance, as typed; a school that is not in it does not subscribe. */
export type SchoolsDraft = Readonly<Record<string, string>>;

/** Which schools take part from the first day. Joining later is done on the agreement's page. */
@Component({
  selector: 'fs-form-schools',
  imports: [Field, FieldControl],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-stack">
      <div class="fs-row">
        <button type="button" class="fs-button small" (click)="all()">All {{ members().length }} schools</button>
        <button type="button" class="fs-button small" (click)="draft.set({})">None</button>
        <span class="fs-quiet" role="status">{{ count() }} subscribe.</span>
      </div>
      <fieldset>
        <legend>Schools that subscribe from the first day</legend>
        @for (member of members(); track member.urn) {
          <div class="school">
            <label class="fs-check"><input type="checkbox" [checked]="draft()[member.urn] !== undefined" (change)="take(member.urn, $any($event.target).checked)" /><span>{{ member.name }}</span></label>
            @if (draft()[member.urn] !== undefined) {
              <fs-field [label]="'Bought in advance by ' + member.name + ', in ' + unit()" [optional]="true" [error]="faults()['school.' + member.urn]">
                <input fsControl class="fs-input" inputmode="decimal" [value]="draft()[member.urn]" (input)="units(member.urn, $any($event.target).value)" />
              </fs-field>
            }
          </div>
        }
      </fieldset>
    </div>
  `,
  styles: `.school { padding-block: 4px; border-bottom: 1px solid var(--fs-line); }`,
})
export class FormSchools {
  readonly draft = model.required<SchoolsDraft>();
  readonly members = input.required<readonly { readonly urn: string; readonly name: string }[]>();
  readonly unit = input.required<string>();
  readonly faults = input<Faults>({});
  protected readonly count = computed(() => Object.keys(this.draft()).length);

  protected all(): void {
    this.draft.update((draft) => Object.fromEntries(this.members().map(({ urn }) => [urn, draft[urn] ?? ''])));
  }

  protected take(urn: string, wanted: boolean): void {
    const { [urn]: _gone, ...others } = this.draft();
    this.draft.set(wanted ? { ...others, [urn]: '' } : others);
  }

  protected units(urn: string, text: string): void {
    this.draft.update((draft) => ({ ...draft, [urn]: text }));
  }
}
