import { ChangeDetectionStrategy, Component, computed, input, model } from '@angular/core';
import { baselineMethods, instalmentPlans, priceBases, units, type PriceBasis } from '@fairshare/domain/procurement/index.js';
import { instalmentSchedule } from '@fairshare/domain/sharing/index.js';
import { Field, FieldControl } from '../ui/field';
import { formatDay } from '../ui/london';
import { formatMoney } from '../ui/money';
import { basisUnit, type AgreementDraft } from './agreement-draft';
import { baselineNames, capital, planNames, priceBasisNames, unitName, unitsName } from './procurement-words';
import { penceOf, type Faults } from './rule-draft';

/** What it is priced at, what is paid by instalments, and what the saving is measured against. */
@Component({
  selector: 'fs-form-price',
  imports: [Field, FieldControl],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-stack">
      <fs-field label="Priced" [error]="faults()['priceBasis']">
        <select fsControl class="fs-select" (change)="basis($any($event.target).value)">
          @for (each of bases; track each) {
            <option [value]="each" [selected]="each === draft().priceBasis">{{ capital(basisNames[each]) }}</option>
          }
        </select>
      </fs-field>
      @if (draft().priceBasis === 'retainer') {
        <fs-field label="Entitlement is counted in" [error]="faults()['unit']">
          <select fsControl class="fs-select" (change)="change({ unit: $any($event.target).value })">
            @for (each of units; track each) {
              <option [value]="each" [selected]="each === draft().unit">{{ unitsName(each) }}</option>
            }
          </select>
        </fs-field>
      }
      @if (priceFixed()) {
        <p class="fs-quiet">The price stays dated: agree a new one on the agreement’s page.</p>
      } @else {
        <fs-field [label]="'Price per ' + unit() + ', £'" [optional]="draft().priceBasis === 'retainer'" [hint]="draft().priceBasis === 'retainer' ? 'For sessions beyond what the retainer covers.' : ''" [error]="faults()['pricePence']">
          <input fsControl class="fs-input" inputmode="decimal" [value]="draft().pricePounds" (input)="change({ pricePounds: $any($event.target).value })" />
        </fs-field>
      }
      <fieldset>
        <legend>Which day’s price counts when it changes</legend>
        <label class="fs-check"><input type="radio" name="price-at" [checked]="draft().priceAt === 'order'" (change)="change({ priceAt: 'order' })" /><span>That of the day of booking</span></label>
        <label class="fs-check"><input type="radio" name="price-at" [checked]="draft().priceAt === 'delivery'" (change)="change({ priceAt: 'delivery' })" /><span>That of the day of delivery</span></label>
      </fieldset>
      <fs-field label="Paid by instalments for the whole term, £" [optional]="draft().priceBasis !== 'retainer'" hint="A retainer, or time that is bought in advance." [error]="faults()['retainerPence']">
        <input fsControl class="fs-input" inputmode="decimal" [value]="draft().retainerPounds" (input)="change({ retainerPounds: $any($event.target).value })" />
      </fs-field>
      @if (draft().retainerPounds.trim()) {
        <fs-field label="Instalments" [error]="faults()['instalmentPlan']">
          <select fsControl class="fs-select" (change)="change({ instalmentPlan: $any($event.target).value })">
            @for (each of plans; track each) {
              <option [value]="each" [selected]="each === draft().instalmentPlan">{{ planNames[each] }}</option>
            }
          </select>
        </fs-field>
        <p role="status" class="fs-small fs-quiet">{{ schedule() }}</p>
      }
      <fs-field [label]="'Minimum commitment, in ' + many()" [optional]="true" hint="Paid for over the term, used or not." [error]="faults()['minimumCommitmentMilliunits']">
        <input fsControl class="fs-input" inputmode="decimal" [value]="draft().minimumCommitment" (input)="change({ minimumCommitment: $any($event.target).value })" />
      </fs-field>
      <fieldset class="fs-stack">
        <legend>What the saving is measured against <span class="fs-quiet">(optional)</span></legend>
        <fs-field label="Compared with" [error]="faults()['baseline.name']">
          <input fsControl class="fs-input" maxlength="120" placeholder="What each school paid alone last year" [value]="draft().baselineName" (input)="change({ baselineName: $any($event.target).value })" />
        </fs-field>
        <fs-field [label]="draft().priceBasis === 'retainer' ? 'Its price for the whole term, £' : 'Its price per ' + unit() + ', £'" [error]="faults()['baseline.pricePence']">
          <input fsControl class="fs-input" inputmode="decimal" [value]="draft().baselinePounds" (input)="change({ baselinePounds: $any($event.target).value })" />
        </fs-field>
        <fs-field label="How that price was found" [error]="faults()['baseline.method']">
          <select fsControl class="fs-select" (change)="change({ baselineMethod: $any($event.target).value })">
            @for (each of methods; track each) {
              <option [value]="each" [selected]="each === draft().baselineMethod">{{ capital(methodNames[each]) }}</option>
            }
          </select>
        </fs-field>
      </fieldset>
    </div>
  `,
})
export class FormPrice {
  readonly draft = model.required<AgreementDraft>();
  readonly faults = input<Faults>({});
  /** An agreement that exists changes its price by date, elsewhere. */
  readonly priceFixed = input(false);
  protected readonly bases = priceBases;
  protected readonly basisNames = priceBasisNames;
  protected readonly units = units;
  protected readonly unitsName = unitsName;
  protected readonly capital = capital;
  protected readonly plans = instalmentPlans;
  protected readonly planNames = planNames;
  protected readonly methods = baselineMethods;
  protected readonly methodNames = baselineNames;
  protected readonly unit = computed(() => unitName(basisUnit(this.draft())));
  protected readonly many = computed(() => unitsName(basisUnit(this.draft())));

  /** What falls due first, by the function that plans it in earnest. */
  protected readonly schedule = computed(() => {
    const { retainerPounds, instalmentPlan, startsOn, endsOn } = this.draft();
    const totalPence = penceOf(retainerPounds);
    if (!totalPence || totalPence < 0) return '';
    try {
      const parts = instalmentSchedule({ totalPence, kind: instalmentPlan, startsOn, endsOn });
      const first = parts[0];
      return first ? `${parts.length} ${parts.length === 1 ? 'instalment' : 'instalments'}; the first of ${formatMoney(first.pence)} is due on ${formatDay(first.dueOn)}.` : '';
    } catch {
      return 'This plan needs whole years (monthly, termly) or whole months (7/12 and 5/12); it is checked when you save.';
    }
  });

  protected change(change: Partial<AgreementDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...change }));
  }

  protected basis(priceBasis: PriceBasis): void {
    this.change({ priceBasis, ...(priceBasis === 'retainer' ? {} : { unit: priceBasis }) });
  }
}
