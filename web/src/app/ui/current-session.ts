import { computed, inject, Injectable, signal } from '@angular/core';
import { SessionSchema, SignedInOrAskedSchema, type Role, type SecondFactorAsked, type Session } from '@fairshare/contract/identity.js';
import { ApiClient } from './api-client';
import { forgetAllButLooks } from './preferences';
import { Problem } from './problem';

/** Who is signed in. It decides only what is shown; what is allowed, the API decides. */
@Injectable({ providedIn: 'root' })
export class CurrentSession {
  readonly #api = inject(ApiClient);
  readonly #session = signal<Session | undefined>(undefined);
  #loading: Promise<boolean> | undefined;

  readonly user = computed(() => this.#session()?.user);
  readonly grants = computed(() => this.#session()?.grants ?? []);
  /** The person for whom a delegate acts. */
  readonly actingFor = computed(() => this.#session()?.actingFor);
  readonly signedIn = computed(() => this.#session() !== undefined);

  /** Asks the API once; true when somebody is signed in. Rejects only when the API cannot be reached. */
  load(): Promise<boolean> {
    this.#loading ??= this.#fetch();
    return this.#loading;
  }

  /** @returns what is asked for as the second step, or nothing when somebody is signed in. */
  async signIn(email: string, password: string): Promise<SecondFactorAsked | undefined> {
    const answer = await this.#api.post('/api/session', { email, password }, SignedInOrAskedSchema);
    if ('ways' in answer) return answer;
    this.enter(answer);
    return undefined;
  }

  /** Somebody is signed in, by whatever way. */
  enter(session: Session): void {
    this.#session.set(session);
    this.#loading = Promise.resolve(true);
  }

  /** Asks again who is signed in: a name may have changed. */
  async reload(): Promise<void> {
    this.enter(await this.#api.get('/api/session', SessionSchema));
  }

  async signOut(): Promise<void> {
    await this.#api.delete('/api/session');
    forgetAllButLooks();
    this.forget();
  }

  /** The API said 401: what is on the screen may stay, but the next page asks to sign in. */
  forget(): void {
    this.#session.set(undefined);
    this.#loading = undefined;
  }

  /** Roles in one collaboration: those given there, and those given everywhere or at a school. */
  rolesIn(collaborationId: string): ReadonlySet<Role> {
    const here = this.grants().filter((grant) => !grant.collaborationId || grant.collaborationId === collaborationId);
    return new Set(here.map((grant) => grant.role));
  }

  /** The schools that this person acts for. */
  readonly schoolUrns = computed(() => [...new Set(this.grants().flatMap((grant) => grant.schoolUrn ?? []))]);

  async #fetch(): Promise<boolean> {
    try {
      this.#session.set(await this.#api.get('/api/session', SessionSchema));
      return true;
    } catch (error) {
      this.#loading = undefined;
      const problem = Problem.of(error);
      if (problem.status === 401) return false;
      throw problem;
    }
  }
}
