import { Injectable } from '@nestjs/common';
import type { PasskeyAnswer, SecondFactorAsked, SecondStep, SignIn as Credentials, SignInAgain } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Actor } from '../platform/actor.js';
import { Passkeys } from './passkeys.js';
import { PasswordCheck } from './password-check.js';
import { SecondFactors } from './second-factors.js';
import { Sessions, type Browser, type Begun, type Proof } from './sessions.js';
import type { Site } from './site.js';
import { Tickets } from './tickets.js';

/** Signed in, or half way: the second factor is asked for. */
export type Outcome = Begun | { readonly asked: SecondFactorAsked };

/** Signing in, in one step or two, and showing once more that it is oneself. */
@Injectable()
export class SignIn {
  readonly #password: PasswordCheck;
  readonly #factors: SecondFactors;
  readonly #passkeys: Passkeys;
  readonly #sessions: Sessions;
  readonly #tickets: Tickets;

  constructor(password: PasswordCheck, factors: SecondFactors, passkeys: Passkeys, sessions: Sessions, tickets: Tickets) {
    this.#password = password;
    this.#factors = factors;
    this.#passkeys = passkeys;
    this.#sessions = sessions;
    this.#tickets = tickets;
  }

  /** @throws `identity.wrong-credentials`, the same for a wrong password and an unknown e-mail; `platform.too-many`. */
  async byPassword(credentials: Credentials, browser: Browser, former?: Actor): Promise<Outcome> {
    const user = await this.#password.checked(credentials, browser.address);
    return this.afterFirstStep(user.id, { by: 'password', secondFactor: false }, browser, former);
  }

  /** Whoever has a second factor shows it now; the ticket remembers that the first step was taken. */
  async afterFirstStep(userId: string, proof: Proof, browser: Browser, former?: Actor): Promise<Outcome> {
    const ways = proof.secondFactor ? [] : await this.#factors.waysOf(userId);
    if (ways.length === 0) return this.#sessions.begin(userId, proof, browser, former);
    return { asked: { ticket: await this.#tickets.give('second-factor', { userId, facts: { by: proof.by } }), ways } };
  }

  /** @throws `identity.step-too-late`, `identity.wrong-code`; a mistyped code can be typed again. */
  async byCode({ ticket, code }: SecondStep, browser: Browser, former?: Actor): Promise<Begun> {
    const first = await this.#tickets.look('second-factor', ticket);
    if (!first?.userId) throw new DomainError('identity.step-too-late');
    await this.#factors.check(first.userId, code, browser.address);
    if (!(await this.#tickets.take('second-factor', ticket))) throw new DomainError('identity.step-too-late');
    return this.#sessions.begin(first.userId, { by: first.facts['by'] as Proof['by'], secondFactor: true }, browser, former);
  }

  /** A challenge for a passkey: as the second step where a ticket of the first is given, else as the only one. */
  async passkeyOptions(site: Site, ticket?: string) {
    const first = ticket === undefined ? undefined : await this.#tickets.look('second-factor', ticket);
    if (ticket !== undefined && !first?.userId) throw new DomainError('identity.step-too-late');
    return this.#passkeys.optionsToSignIn(site, first?.userId ?? null);
  }

  /** @throws `identity.passkey-refused`. */
  async byPasskey(answer: PasskeyAnswer, site: Site, browser: Browser, former?: Actor): Promise<Begun> {
    const { userId } = await this.#passkeys.check(answer, site);
    return this.#sessions.begin(userId, { by: 'passkey', secondFactor: true }, browser, former);
  }

  /** A challenge for one of the person's own passkeys. */
  passkeyOptionsAgain(actor: Actor, site: Site) {
    return this.#passkeys.optionsToSignIn(site, actor.userId);
  }

  /** Shows once more who is there. @throws `identity.not-proved`, `identity.wrong-current-password`, `identity.wrong-code`. */
  async again(actor: Actor, shown: SignInAgain, site: Site, browser: Browser): Promise<Begun> {
    if (shown.passkey) return this.#againByPasskey(actor, shown.passkey, site, browser);
    if (!shown.password) throw new DomainError('identity.not-proved');
    await this.#password.checked({ email: actor.email, password: shown.password }, browser.address, 'identity.wrong-current-password');
    const { authenticator } = await this.#factors.of(actor.userId);
    if (authenticator) await this.#factors.check(actor.userId, shown.code ?? '', browser.address);
    return this.#sessions.begin(actor.userId, { by: 'password', secondFactor: authenticator || actor.secondFactor }, browser, actor);
  }

  async #againByPasskey(actor: Actor, answer: PasskeyAnswer, site: Site, browser: Browser): Promise<Begun> {
    const { userId } = await this.#passkeys.check(answer, site, 'identity.not-proved');
    if (userId !== actor.userId) throw new DomainError('identity.not-proved');
    return this.#sessions.begin(userId, { by: 'passkey', secondFactor: true }, browser, actor);
  }
}
