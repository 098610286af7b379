import { Injectable } from '@nestjs/common';
import type { BeginAtProvider } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Actor } from '../platform/actor.js';
import { Invitations } from './invitations.js';
import { OutsideAccounts } from './outside-accounts.js';
import { Providers, type Flow, type Outsider } from './providers.js';
import type { Browser } from './sessions.js';
import { SignIn, type Outcome } from './sign-in.service.js';
import type { Site } from './site.js';
import { Tickets } from './tickets.js';

/** Why somebody is sent to a provider. */
type Purpose =
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'again' | 'tie'; readonly userId: string }
  | { readonly kind: 'invitation'; readonly token: string };

/** Signing in elsewhere: the way there and back, and whose account it is. */
@Injectable()
export class ProviderSignIn {
  readonly #providers: Providers;
  readonly #accounts: OutsideAccounts;
  readonly #invitations: Invitations;
  readonly #signIn: SignIn;
  readonly #tickets: Tickets;

  constructor(providers: Providers, accounts: OutsideAccounts, invitations: Invitations, signIn: SignIn, tickets: Tickets) {
    this.#providers = providers;
    this.#accounts = accounts;
    this.#invitations = invitations;
    this.#signIn = signIn;
    this.#tickets = tickets;
  }

  /** @returns where to go, and the secret that only this browser brings back. */
  begin(provider: string, wanted: BeginAtProvider, site: Site, actor?: Actor): Promise<{ url: string; secret: string }> {
    return this.#begin(provider, purposeOf(wanted, actor), site);
  }

  /** From a signed-in session: the account there becomes a way to sign in here. */
  beginToTie(actor: Actor, provider: string, site: Site): Promise<{ url: string; secret: string }> {
    return this.#begin(provider, { kind: 'tie', userId: actor.userId }, site);
  }

  async #begin(provider: string, purpose: Purpose, site: Site): Promise<{ url: string; secret: string }> {
    const { url, flow } = await this.#providers.begin(provider, `${site.origin}/sign-in/back`, purpose.kind === 'again');
    return { url, secret: await this.#tickets.give('provider', { userId: null, facts: { flow, purpose } }) };
  }

  /**
   * @param secret what this browser was given at the beginning; without it an answer that was meant for another is refused.
   * @returns undefined when an account was tied to who is signed in already.
   */
  async finish(secret: string | undefined, query: string, browser: Browser, actor?: Actor): Promise<Outcome | undefined> {
    const begun = secret ? await this.#tickets.take('provider', secret) : undefined;
    if (!begun) throw new DomainError('identity.provider-other-way');
    const flow = begun.facts['flow'] as Flow;
    const purpose = begun.facts['purpose'] as Purpose;
    const outsider = await this.#providers.finish(flow, query);
    if (purpose.kind === 'tie') return this.#tie(purpose.userId, flow, outsider, actor);
    const userId = purpose.kind === 'invitation' ? await this.#invitations.acceptWith(purpose.token, flow.provider, outsider) : await this.#accounts.ownerOf(outsider);
    if (!userId) throw new DomainError('identity.outside-account-unknown');
    // Whoever shows that it is them shows that it is them, and nobody else who uses this browser too.
    if (purpose.kind === 'again' && purpose.userId !== userId) throw new DomainError('identity.not-proved');
    return this.#signIn.afterFirstStep(userId, { by: 'provider', secondFactor: outsider.secondFactor }, browser, actor);
  }

  async #tie(userId: string, flow: Flow, outsider: Outsider, actor: Actor | undefined): Promise<undefined> {
    if (actor?.userId !== userId) throw new DomainError('identity.not-signed-in');
    await this.#accounts.tieOwn(actor, flow.provider, outsider);
    return undefined;
  }
}

/** Somebody whose session ended meanwhile signs in as usual. */
function purposeOf(wanted: BeginAtProvider, actor: Actor | undefined): Purpose {
  if (wanted.invitation) return { kind: 'invitation', token: wanted.invitation };
  return wanted.again && actor ? { kind: 'again', userId: actor.userId } : { kind: 'sign-in' };
}
