import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { AccountSchema, KnownSessionsSchema, ProvidersSchema, ProviderUrlSchema, RecoveryCodesShownSchema, type Account } from '@fairshare/contract/identity.js';
import { PersonalDataSchema } from '@fairshare/contract/personal-data.js';
import { RouterLink } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { ApiClient, read } from '../ui/api-client';
import { Confirm } from '../ui/confirm';
import { CurrentSession } from '../ui/current-session';
import { WhenPipe } from '../ui/day';
import { Icon } from '../ui/icon';
import { Page } from '../ui/page';
import { Passkeys, passkeysWork } from '../ui/passkey';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { saveFile } from '../ui/save-file';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { AuthenticatorSetup } from './authenticator-setup';
import { ChangePasswordDialog } from './change-password-dialog';
import { deviceName } from './device-words';
import { RecoveryCodes } from './recovery-codes';
import { TextDialog, type TextQuestion } from './text-dialog';

/** How one signs in, and where one is signed in. */
@Component({
  selector: 'fs-my-account',
  imports: [AuthenticatorSetup, Icon, Page, ProblemNotice, RecoveryCodes, RouterLink, Skeleton, State, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './account.html',
  styleUrl: './account.scss',
})
export class MyAccount {
  readonly #api = inject(ApiClient);
  readonly #confirm = inject(Confirm);
  readonly #dialog = inject(Dialog);
  readonly #passkeys = inject(Passkeys);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  protected readonly account = read(() => '/api/account', AccountSchema);
  protected readonly sessions = read(() => '/api/account/sessions', KnownSessionsSchema);
  protected readonly providers = read(() => '/api/session/providers', ProvidersSchema);
  protected readonly passkeysWork = passkeysWork;
  protected readonly deviceName = deviceName;
  protected readonly settingUp = signal(false);
  protected readonly codes = signal<readonly string[] | undefined>(undefined);
  protected readonly error = signal<Problem | undefined>(undefined);
  protected readonly others = computed(() => (this.sessions.hasValue() ? this.sessions.value().items.filter(({ thisOne }) => !thisOne) : []));

  protected tied(account: Account, provider: string): boolean {
    return account.outsideAccounts.some((each) => each.provider === provider);
  }

  protected async rename(account: Account): Promise<void> {
    const name = await this.#ask({ title: 'Your name', label: 'Name', value: account.name, action: 'Save' });
    if (name) await this.#do('Your name is changed', () => this.#api.put('/api/account/name', { name }));
    if (name) await this.#session.reload();
  }

  protected async changePassword(account: Account): Promise<void> {
    const ref = this.#dialog.open<boolean>(ChangePasswordDialog, { data: account, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-password-title' });
    if (await firstValueFrom(ref.closed)) await this.#do('Your password is changed, and other browsers are signed out', () => Promise.resolve());
  }

  protected appAdded(codes: readonly string[] | null): void {
    this.settingUp.set(false);
    this.#added('The authenticator app is set up', codes);
  }

  protected async addPasskey(): Promise<void> {
    this.error.set(undefined);
    try {
      const codes = await this.#passkeys.add(deviceName(navigator.userAgent));
      if (codes !== undefined) this.#added('The passkey is added', codes);
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    }
  }

  protected async renamePasskey({ id, name: value }: Account['passkeys'][number]): Promise<void> {
    const name = await this.#ask({ title: 'Name of the passkey', label: 'Name', value, action: 'Save' });
    if (name) await this.#do('The passkey is renamed', () => this.#api.put(`/api/account/passkeys/${id}`, { name }));
  }

  protected async removePasskey({ id, name }: Account['passkeys'][number]): Promise<void> {
    const text = `“${name}” will no longer sign you in. Take it away in the settings of the device too.`;
    if (!(await this.#confirm.ask({ title: 'Take this passkey away?', text, action: 'Take it away', danger: true }))) return;
    await this.#do('The passkey is taken away', () => this.#api.delete(`/api/account/passkeys/${id}`));
  }

  protected async removeApp(): Promise<void> {
    const text = 'Signing in will no longer ask for its code, and recovery codes are forgotten unless you have a passkey.';
    if (!(await this.#confirm.ask({ title: 'Take the authenticator app away?', text, action: 'Take it away', danger: true }))) return;
    await this.#do('The authenticator app is taken away', () => this.#api.delete('/api/account/authenticator'));
  }

  protected async newCodes(): Promise<void> {
    await this.#do('New recovery codes are made', async () => {
      this.codes.set((await this.#api.post('/api/account/recovery-codes', {}, RecoveryCodesShownSchema)).recoveryCodes ?? undefined);
    });
  }

  protected async tie(provider: string): Promise<void> {
    await this.#do(undefined, async () => location.assign((await this.#api.post(`/api/account/providers/${provider}`, {}, ProviderUrlSchema)).url));
  }

  protected untie(provider: string): Promise<void> {
    return this.#do('That account no longer signs you in', () => this.#api.delete(`/api/account/providers/${provider}`));
  }

  /** Asked for by the page and not by a link, so that it can ask to sign in again first. */
  protected saveMine(): Promise<void> {
    return this.#do('Saved as my-data.json', async () => {
      const mine = await this.#api.get('/api/account/personal-data', PersonalDataSchema);
      saveFile('my-data.json', JSON.stringify(mine, null, 2), 'application/json');
    });
  }

  protected end(id: string): Promise<void> {
    return this.#do('That browser is signed out', () => this.#api.delete(`/api/account/sessions/${id}`));
  }

  protected endOthers(): Promise<void> {
    return this.#do('All other browsers are signed out', () => this.#api.delete('/api/account/sessions'));
  }

  #added(what: string, codes: readonly string[] | null): void {
    this.#toast.show(what);
    this.codes.set(codes ?? undefined);
    this.#reload();
  }

  async #ask(data: TextQuestion): Promise<string | undefined> {
    return firstValueFrom(this.#dialog.open<string>(TextDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-text-title' }).closed);
  }

  async #do(said: string | undefined, work: () => Promise<unknown>): Promise<void> {
    this.error.set(undefined);
    try {
      await work();
      if (said) this.#toast.show(said);
      this.#reload();
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    }
  }

  #reload(): void {
    this.account.reload();
    this.sessions.reload();
  }
}
