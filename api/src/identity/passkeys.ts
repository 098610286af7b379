import { Injectable, Logger } from '@nestjs/common';
import type { NewPasskey, PasskeyAnswer, ShownPasskey } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { AuthenticationResponseJSON, AuthenticatorTransport, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Actor } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import type { Site } from './site.js';
import { Tickets } from './tickets.js';

/** It reads certificates of every kind and is large: the program starts without it. */
const webauthn = () => import('@simplewebauthn/server');

interface PasskeyRow {
  id: string;
  user_id: string;
  credential_id: string;
  public_key: Buffer;
  counter: number;
  transports: AuthenticatorTransport[];
  name: string;
  synced: boolean;
  created_at: Date;
  last_used_at: Date | null;
}

/** Passkeys: a device signs a challenge of ours, and nothing that could be stolen from us signs in. */
@Injectable()
export class Passkeys {
  readonly #log = new Logger('Passkeys');
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #tickets: Tickets;

  constructor(database: Database, clock: Clock, tickets: Tickets) {
    this.#database = database;
    this.#clock = clock;
    this.#tickets = tickets;
  }

  async list(userId: string): Promise<ShownPasskey[]> {
    const rows = await this.#of(userId);
    return rows.map((row) => ({ id: row.id, name: row.name, synced: row.synced, addedAt: row.created_at.toISOString(), lastUsedAt: row.last_used_at?.toISOString() ?? null }));
  }

  /** What the browser hands to the device to make a new passkey. */
  async optionsToAdd(actor: Actor, site: Site) {
    const there = await this.#of(actor.userId);
    const { generateRegistrationOptions } = await webauthn();
    const options = await generateRegistrationOptions({
      rpName: 'Fairshare', rpID: site.id, userName: actor.email, userDisplayName: actor.name,
      userID: new TextEncoder().encode(actor.userId),
      excludeCredentials: there.map((row) => ({ id: row.credential_id, transports: row.transports })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    });
    const ticket = await this.#tickets.give('new-passkey', { userId: actor.userId, facts: { challenge: options.challenge } });
    return { ticket, options: { ...options } };
  }

  /** Looks at what the device made, and answers how to keep it. @throws `identity.passkey-not-added`. */
  async made(actor: Actor, wanted: NewPasskey, site: Site): Promise<(tx: Tx) => Promise<void>> {
    const ticket = await this.#tickets.take('new-passkey', wanted.ticket);
    if (ticket?.userId !== actor.userId) throw new DomainError('identity.passkey-not-added');
    const response = wanted.response as unknown as RegistrationResponseJSON;
    const { verifyRegistrationResponse } = await webauthn();
    const seen = await this.#quietly(() =>
      verifyRegistrationResponse({
        response, expectedChallenge: ticket.facts['challenge'] as string, expectedOrigin: site.origin, expectedRPID: site.id, requireUserVerification: false,
      }),
    );
    if (!seen?.verified) throw new DomainError('identity.passkey-not-added');
    const { credential, credentialBackedUp } = seen.registrationInfo;
    return async (tx) => {
      const stored = await sql(
        tx,
        `insert into passkey (id, user_id, credential_id, public_key, counter, transports, name, synced, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`,
        [
          newId(), actor.userId, credential.id, Buffer.from(credential.publicKey), credential.counter,
          JSON.stringify(credential.transports ?? []), wanted.name, credentialBackedUp, this.#clock.now(),
        ],
      );
      if (stored.length === 0) throw new DomainError('identity.passkey-not-added');
    };
  }

  /**
   * A challenge to sign in with: of anybody, with a passkey that knows its owner and asks for a finger or PIN, or as the
   * second step of somebody who gave a password already.
   */
  async optionsToSignIn(site: Site, userId: string | null) {
    const there = userId ? await this.#of(userId) : [];
    const { generateAuthenticationOptions } = await webauthn();
    const options = await generateAuthenticationOptions({
      rpID: site.id,
      userVerification: userId ? 'preferred' : 'required',
      allowCredentials: there.map((row) => ({ id: row.credential_id, transports: row.transports })),
    });
    const ticket = await this.#tickets.give('passkey', { userId, facts: { challenge: options.challenge } });
    return { ticket, options: { ...options } };
  }

  /** @returns whose passkey signed. Without a first step its device has to make sure of its owner. */
  async check({ ticket: secret, response }: PasskeyAnswer, site: Site, refusal = 'identity.passkey-refused'): Promise<{ userId: string }> {
    const ticket = await this.#tickets.take('passkey', secret);
    const answer = response as unknown as AuthenticationResponseJSON;
    const [row] = await this.#database.plain<PasskeyRow>('select * from passkey where credential_id = $1', [answer.id]);
    if (!ticket || !row || (ticket.userId !== null && ticket.userId !== row.user_id)) throw new DomainError(refusal);
    const { verifyAuthenticationResponse } = await webauthn();
    const seen = await this.#quietly(() =>
      verifyAuthenticationResponse({
        response: answer,
        expectedChallenge: ticket.facts['challenge'] as string,
        expectedOrigin: site.origin,
        expectedRPID: site.id,
        credential: { id: row.credential_id, publicKey: new Uint8Array(row.public_key), counter: row.counter, transports: row.transports },
        requireUserVerification: ticket.userId === null,
      }),
    );
    if (!seen?.verified) throw new DomainError(refusal);
    const { newCounter, credentialBackedUp } = seen.authenticationInfo;
    await this.#database.plain('update passkey set counter = $2, synced = $3, last_used_at = $4 where id = $1', [row.id, newCounter, credentialBackedUp, this.#clock.now()]);
    return { userId: row.user_id };
  }

  /** @throws `platform.not-found` for one that is not one's own. */
  async rename(tx: Tx, userId: string, id: string, name: string): Promise<void> {
    const found = await sql(tx, 'update passkey set name = $3 where id = $1 and user_id = $2 returning id', [id, userId, name]);
    if (found.length === 0) throw new DomainError('platform.not-found');
  }

  async remove(tx: Tx, userId: string, id: string): Promise<void> {
    const found = await sql(tx, 'delete from passkey where id = $1 and user_id = $2 returning id', [id, userId]);
    if (found.length === 0) throw new DomainError('platform.not-found');
  }

  #of(userId: string): Promise<PasskeyRow[]> {
    return this.#database.plain<PasskeyRow>('select * from passkey where user_id = $1 order by created_at, id', [userId]);
  }

  /** The library throws at what does not fit; whoever asks learns only that it was refused. */
  async #quietly<T>(look: () => Promise<T>): Promise<T | undefined> {
    try {
      return await look();
    } catch (error) {
      this.#log.debug((error as Error).message);
      return undefined;
    }
  }
}
