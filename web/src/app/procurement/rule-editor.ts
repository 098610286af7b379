import { ChangeDetectionStrategy, Component, computed, input, model } from '@angular/core';
import { groupBases, partBases, ruleBases, type PartBasis, type RuleBasis } from '@fairshare/domain/procurement/index.js';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { basisNames } from './procurement-words';
import { groupOfSchool, type Faults, type GroupDraft, type RuleDraft } from './rule-draft';

let count = 0;

/** Writes a cost-sharing rule. Beside what-if it leaves out the days and names, which belong to agreeing it. */
@Component({
  selector: 'fs-rule-editor',
  imports: [DateField, Field, FieldControl],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-stack">
      <fieldset>
        <legend>How a charge is shared</legend>
        @for (each of bases; track each) {
          <label class="fs-check"><input type="radio" [name]="group" [value]="each" [checked]="each === draft().basis" (change)="change({ basis: each })" /><span>{{ name(each) }}</span></label>
        }
        @if (faults()['basis']; as fault) {
          <p class="error">{{ fault }}</p>
        }
      </fieldset>
      @if (draft().basis === 'parts') {
        <fieldset>
          <legend>The parts, together 100 %</legend>
          <div class="fs-grid">
            @for (each of parts; track each) {
              <fs-field [label]="name(each) + ', %'" [error]="faults()['parts.' + each]">
                <input fsControl class="fs-input" inputmode="decimal" [value]="draft().parts[each]" (input)="part(each, $any($event.target).value)" />
              </fs-field>
            }
          </div>
          <p class="error" role="status">{{ faults()['parts'] }}</p>
        </fieldset>
      }
      @if (draft().basis === 'groups') {
        <fieldset>
          <legend>The groups, together 100 %</legend>
          <div class="fs-stack">
            @for (each of draft().groups; track $index; let place = $index) {
              <div class="group">
                <fs-field [label]="'Name of group ' + (place + 1)"><input fsControl class="fs-input" maxlength="120" [value]="each.name" (input)="setGroup(place, { name: $any($event.target).value })" /></fs-field>
                <fs-field [label]="'Part of group ' + (place + 1) + ', %'" [error]="faults()['groups.' + place]">
                  <input fsControl class="fs-input" inputmode="decimal" [value]="each.percent" (input)="setGroup(place, { percent: $any($event.target).value })" />
                </fs-field>
                <fs-field label="Inside it">
                  <select fsControl class="fs-select" (change)="setGroup(place, { basis: $any($event.target).value })">
                    @for (basis of groupBases; track basis) {
                      <option [value]="basis" [selected]="basis === each.basis">{{ name(basis) }}</option>
                    }
                  </select>
                </fs-field>
              </div>
            }
            <p class="error" role="status">{{ faults()['groups'] }}</p>
            <div class="fs-row">
              <button type="button" class="fs-button small" (click)="addGroup()">Add a group</button>
              @if (draft().groups.length > 2) {
                <button type="button" class="fs-button small quiet" (click)="dropGroup()">Take the last one away</button>
              }
            </div>
            <div class="fs-grid">
              @for (school of schools(); track school.urn) {
                <fs-field [label]="school.name">
                  <select fsControl class="fs-select" (change)="place(school.urn, +$any($event.target).value)">
                    @for (each of draft().groups; track $index) {
                      <option [value]="$index" [selected]="$index === groupOf(school.urn)">{{ each.name }}</option>
                    }
                  </select>
                </fs-field>
              }
            </div>
          </div>
        </fieldset>
      }
      @if (usesFixed()) {
        <fieldset>
          <legend>Each school’s percentage, together 100 %</legend>
          <div class="fs-grid">
            @for (school of schools(); track school.urn) {
              <fs-field [label]="school.name + ', %'" [error]="faults()['fixed.' + school.urn]">
                <input fsControl class="fs-input" inputmode="decimal" [value]="draft().fixed[school.urn] ?? ''" (input)="share(school.urn, $any($event.target).value)" />
              </fs-field>
            }
          </div>
          <p class="error" role="status">{{ faults()['fixed'] }}</p>
        </fieldset>
      }
      <details [open]="bounded()">
        <summary>Caps and floors</summary>
        <div class="fs-grid" style="padding-top: 16px">
          <fs-field label="At most, % of a charge" [optional]="true" [error]="faults()['capBasisPoints']">
            <input fsControl class="fs-input" inputmode="decimal" [value]="draft().capPercent" (input)="change({ capPercent: $any($event.target).value })" />
          </fs-field>
          <fs-field label="At most, £ of a charge" [optional]="true" [error]="faults()['capPence']">
            <input fsControl class="fs-input" inputmode="decimal" [value]="draft().capPounds" (input)="change({ capPounds: $any($event.target).value })" />
          </fs-field>
          <fs-field label="At least, £ of a charge" [optional]="true" [error]="faults()['floorPence']">
            <input fsControl class="fs-input" inputmode="decimal" [value]="draft().floorPounds" (input)="change({ floorPounds: $any($event.target).value })" />
          </fs-field>
        </div>
      </details>
      @if (dated()) {
        <fs-date label="Holds from" hint="Charges for service from this day on are shared by it." [value]="draft().effectiveOn" (valueChange)="change({ effectiveOn: $event })" [error]="faults()['effectiveOn']" />
        <fs-date label="Census date" [optional]="true" hint="Pupil numbers of the latest census by this day; empty takes the latest at each charge." [value]="draft().censusOn" (valueChange)="change({ censusOn: $event })" [error]="faults()['censusOn']" />
        <fs-field label="A school that leaves" hint="A school that joins always pays from its first day.">
          <select fsControl class="fs-select" (change)="change({ leavers: $any($event.target).value })">
            <option value="to-date" [selected]="draft().leavers === 'to-date'">pays to its last day</option>
            <option value="end-of-term" [selected]="draft().leavers === 'end-of-term'">pays to the end of that term</option>
          </select>
        </fs-field>
        <fs-date label="Agreed on" [value]="draft().agreedOn" (valueChange)="change({ agreedOn: $event })" [error]="faults()['agreedOn']" />
        <fs-field label="Agreed by" hint="One name a line: “Helen Marsh, Brookhurst”." [error]="faults()['agreedBy']">
          <textarea fsControl class="fs-textarea" [value]="draft().agreedBy" (input)="change({ agreedBy: $any($event.target).value })"></textarea>
        </fs-field>
      }
    </div>
  `,
  styles: `
    .error { color: var(--fs-bad); font-size: 0.875rem; font-weight: 500; margin-top: 4px; }
    .error:empty { display: none; }
    .group { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(150px, 100%), 1fr)); gap: 8px 16px; align-items: start; }
  `,
})
export class RuleEditor {
  readonly draft = model.required<RuleDraft>();
  readonly schools = input.required<readonly { readonly urn: string; readonly name: string }[]>();
  readonly faults = input<Faults>({});
  readonly dated = input(true);
  /** Keeps two editors of one page apart. */
  readonly group = `fs-rule-${++count}`;
  protected readonly bases = ruleBases;
  protected readonly parts = partBases;
  protected readonly groupBases = groupBases;
  protected readonly usesFixed = computed(() => this.draft().basis === 'fixed' || (this.draft().basis === 'parts' && Number.parseFloat(this.draft().parts.fixed) > 0));
  protected readonly bounded = computed(() => Boolean(this.draft().capPercent || this.draft().capPounds || this.draft().floorPounds));

  protected name(basis: RuleBasis): string {
    if (basis === 'groups') return 'Between groups of schools, such as 60 % and 40 % between two pyramids';
    return basis === 'parts' ? 'In parts, such as 30 % equally and 70 % by pupil numbers' : basisNames[basis];
  }

  protected change(change: Partial<RuleDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...change }));
  }

  protected part(basis: PartBasis, text: string): void {
    this.change({ parts: { ...this.draft().parts, [basis]: text } });
  }

  protected setGroup(place: number, change: Partial<GroupDraft>): void {
    this.change({ groups: this.draft().groups.map((group, index) => (index === place ? { ...group, ...change } : group)) });
  }

  protected addGroup(): void {
    this.change({ groups: [...this.draft().groups, { name: `Group ${this.draft().groups.length + 1}`, percent: '', basis: 'equal' }] });
  }

  protected dropGroup(): void {
    const groups = this.draft().groups.slice(0, -1);
    this.change({ groups, groupOf: Object.fromEntries(Object.entries(this.draft().groupOf).filter(([, place]) => place < groups.length)) });
  }

  protected groupOf(urn: string): number {
    return groupOfSchool(this.draft(), urn, this.schools().map((school) => school.urn));
  }

  /** Once one school is placed, all stay where they are shown. */
  protected place(urn: string, group: number): void {
    this.change({ groupOf: { ...Object.fromEntries(this.schools().map((school) => [school.urn, this.groupOf(school.urn)])), [urn]: group } });
  }

  protected share(urn: string, text: string): void {
    this.change({ fixed: { ...this.draft().fixed, [urn]: text } });
  }
}
