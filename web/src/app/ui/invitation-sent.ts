import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import type { SentInvitation } from '@fairshare/contract/identity.js';
import { Icon } from './icon';
import { Toast } from './toast';

/** An invitation that is on its way; where mails do not leave the house, its link to hand over. */
@Component({
  selector: 'fs-invitation-sent',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (invitation().link; as link) {
      <p>Mails do not leave this installation. Hand this link to {{ invitation().email }} yourself; it works once, for a week, and is shown only now:</p>
      <p class="fs-row"><code>{{ link }}</code><button type="button" class="fs-button small" (click)="copy(link)"><fs-icon name="check" />Copy</button></p>
    } @else {
      <p>An invitation is on its way to {{ invitation().email }}. The link in it works once, for a week.</p>
    }
  `,
  styles: `
    :host { display: block; }
    code { user-select: all; overflow-wrap: anywhere; min-width: 0; }
  `,
})
export class InvitationSent {
  readonly #toast = inject(Toast);
  readonly invitation = input.required<SentInvitation>();

  protected async copy(link: string): Promise<void> {
    await navigator.clipboard.writeText(link);
    this.#toast.show('The link is copied');
  }
}
