import { inject, Injectable } from '@angular/core';
import { PasskeyOptionsSchema, RecoveryCodesShownSchema, SessionSchema, type Session } from '@fairshare/contract/identity.js';
import { ApiClient } from './api-client';
import { Problem } from './problem';

/** What the device says when somebody closed its window, or waited too long. */
const given = new Set(['NotAllowedError', 'AbortError']);

/** Whether this browser can keep passkeys at all. */
export const passkeysWork = (): boolean => typeof globalThis.PublicKeyCredential === 'function';

/** Passkeys of this device: the library is loaded when the first one is used. */
@Injectable({ providedIn: 'root' })
export class Passkeys {
  readonly #api = inject(ApiClient);

  /** @returns who is signed in; undefined when the person closed the device's window. */
  async signIn(firstStep?: string): Promise<Session | undefined> {
    const answer = await this.#ask('/api/session/passkey-options', firstStep ? { ticket: firstStep } : {});
    return answer && this.#api.post('/api/session/passkey', answer, SessionSchema);
  }

  /** Shows once more that it is the person who is signed in. */
  async again(): Promise<boolean> {
    const passkey = await this.#ask('/api/session/again/passkey-options', {});
    if (passkey) await this.#api.post('/api/session/again', { passkey }, SessionSchema);
    return passkey !== undefined;
  }

  /** @returns the first recovery codes, null where there are some; undefined when the person closed the device's window. */
  async add(name: string): Promise<readonly string[] | null | undefined> {
    const { ticket, options } = await this.#api.post('/api/account/passkeys/options', {}, PasskeyOptionsSchema);
    const { startRegistration } = await import('@simplewebauthn/browser');
    const response = await unlessGivenUp(() => startRegistration({ optionsJSON: options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'] }));
    if (!response) return undefined;
    return (await this.#api.post('/api/account/passkeys', { ticket, name, response }, RecoveryCodesShownSchema)).recoveryCodes;
  }

  async #ask(url: string, body: object): Promise<{ ticket: string; response: unknown } | undefined> {
    const { ticket, options } = await this.#api.post(url, body, PasskeyOptionsSchema);
    const { startAuthentication } = await import('@simplewebauthn/browser');
    const response = await unlessGivenUp(() => startAuthentication({ optionsJSON: options as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'] }));
    return response && { ticket, response };
  }
}

async function unlessGivenUp<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const { name, cause } = error as Error;
    if (given.has(name) || given.has((cause as Error | undefined)?.name ?? '')) return undefined;
    if (name === 'InvalidStateError') throw new Problem(409, 'This device has a passkey for you already', { code: 'web.passkey-there' });
    throw new Problem(400, 'This device could not use a passkey here', { detail: 'Passkeys need a secure address and a device with a screen lock.' });
  }
}
