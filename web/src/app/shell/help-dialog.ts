import { DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { CurrentCollaboration } from '../ui/current-collaboration';
import { Icon } from '../ui/icon';
import { isFor, NAVIGATION } from './house';

// The words that people ask about first; the wording is the glossary's.
const words: readonly (readonly [word: string, meaning: string])[] = [
  ['Charge', 'What is owed in all for something: a delivered booking, a late cancellation, an instalment, an expense.'],
  ['Share', 'One school’s part of a charge.'],
  ['Cost-sharing rule', 'How a charge becomes shares.'],
  ['Agreement', 'The award: supplier, service, term, rates, notice and the cost-sharing rule.'],
  ['Subscription', 'A school’s part in an agreement, from a date.'],
  ['Entitlement', 'Days or sessions that were bought in advance.'],
  ['Slot', 'A period that a school could book.'],
  ['Hold', 'A slot kept for a short while for somebody.'],
  ['Delivered', 'The specialist has said that it happened and the school has not objected in time; it never changes after that.'],
  ['Trigger date', 'The day on which replacing an agreement must begin.'],
  ['Reconciled', 'Every bank line matched, every supplier bill covered by charges, every charge fully shared.'],
  ['Saving', 'What buying together saved against a stated baseline.'],
];

@Component({
  selector: 'fs-help-dialog',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-dialog-body">
      <h2 id="fs-help-title">Help</h2>
      @if (pages.length) {
        <section>
          <h3>Where things are</h3>
          <ul>
            @for (page of pages; track page.path) {
              <li><fs-icon [name]="page.icon" /><span><strong>{{ page.label }}</strong> {{ page.purpose }}</span></li>
            }
          </ul>
        </section>
      }
      <section>
        <h3>From the keyboard</h3>
        <dl>
          <dt><kbd>Ctrl</kbd> <kbd>K</kbd> or <kbd>/</kbd></dt><dd>Search for a page, school, person, booking or invoice number</dd>
          <dt><kbd>Tab</kbd></dt><dd>The first press on any page offers to skip the navigation</dd>
          <dt><kbd>Esc</kbd></dt><dd>Closes what is open; nothing is saved by closing</dd>
        </dl>
      </section>
      <section>
        <h3>Words</h3>
        <dl>
          @for (word of words; track word[0]) {
            <dt>{{ word[0] }}</dt><dd>{{ word[1] }}</dd>
          }
        </dl>
      </section>
      <div class="fs-dialog-actions"><button type="button" class="fs-button" (click)="ref.close()">Close</button></div>
    </div>
  `,
  styles: `
    section { display: flex; flex-direction: column; gap: 8px; }
    ul { list-style: none; padding: 0; display: flex; flex-direction: column; gap: 8px; }
    li { display: flex; gap: 12px; }
    fs-icon { color: var(--fs-accent); margin-top: 2px; }
    li span { color: var(--fs-text-soft); }
    strong { color: var(--fs-text); font-weight: 600; margin-right: 4px; }
    dl { display: grid; grid-template-columns: minmax(112px, max-content) 1fr; gap: 6px 24px; }
    dt { font-weight: 550; }
    dd { margin: 0; color: var(--fs-text-soft); }
    @media (max-width: 600px) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 8px; } }
  `,
})
export class HelpDialog {
  protected readonly ref = inject(DialogRef);
  readonly #roles = inject(CurrentCollaboration).roles();
  protected readonly pages = inject(NAVIGATION).filter((entry) => isFor(entry, this.#roles));
  protected readonly words = words;
}
