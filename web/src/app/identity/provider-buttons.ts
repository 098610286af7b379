import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { ProvidersSchema, ProviderUrlSchema } from '@fairshare/contract/identity.js';
import { ApiClient, read } from '../ui/api-client';
import { Attempt } from '../ui/attempt';
import { Icon } from '../ui/icon';
import type { Problem } from '../ui/problem';
import { rememberWayBack } from '../ui/way-back';

/** One button for each provider that is set up here; none where there is none. */
@Component({
  selector: 'fs-provider-buttons',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (providers.hasValue()) {
      @for (provider of providers.value().items; track provider.id) {
        <button type="button" class="fs-button" (click)="go(provider.id)"><fs-icon name="external" />{{ verb() }} {{ provider.name }}</button>
      }
    }
  `,
  styles: `
    :host { display: flex; flex-direction: column; gap: 8px; }
    :host:empty { display: none; }
  `,
})
export class ProviderButtons {
  readonly #api = inject(ApiClient);
  readonly verb = input('Sign in with');
  /** Where to go on afterwards. */
  readonly returnTo = input<string>();
  readonly invitation = input<string>();
  readonly failed = output<Problem>();
  protected readonly providers = read(() => '/api/session/providers', ProvidersSchema);

  protected async go(provider: string): Promise<void> {
    const attempt = new Attempt();
    await attempt.run(async () => {
      const invitation = this.invitation();
      const { url } = await this.#api.post(`/api/session/providers/${provider}`, invitation ? { invitation } : {}, ProviderUrlSchema);
      rememberWayBack(this.returnTo());
      location.assign(url);
    });
    const refused = attempt.error();
    if (refused) this.failed.emit(refused);
  }
}
