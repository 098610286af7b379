import { Injectable } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Mail } from '../platform/mail.js';
import { Trail } from '../platform/trail.js';
import { endSessions } from './sessions.js';
import { UserStore } from './user-store.js';

/**
 * Somebody lost their second factor and their recovery codes too. An administrator who knows that it is them takes the
 * factors away; the password, and a new factor where one is asked for, they need as before.
 */
@Injectable()
export class LostFactors {
  readonly #database: Database;
  readonly #mail: Mail;
  readonly #trail: Trail;
  readonly #users: UserStore;

  constructor(database: Database, mail: Mail, trail: Trail, users: UserStore) {
    this.#database = database;
    this.#mail = mail;
    this.#trail = trail;
    this.#users = users;
  }

  /** Every session of theirs ends, and a mail says so. @throws `identity.not-oneself`, `identity.no-second-factor` */
  async takeAway(who: Scope, userId: string, reason: string): Promise<void> {
    if (who.userId === userId) throw new DomainError('identity.not-oneself');
    const user = await this.#users.activeById(userId);
    if (!user) throw new DomainError('platform.not-found');
    const { name, email } = await this.#users.readable(user);
    await this.#database.write(who, async (tx) => {
      const taken = await takeAll(tx, userId);
      if (taken.authenticators + taken.passkeys === 0) throw new DomainError('identity.no-second-factor');
      await endSessions(tx, userId);
      await this.#trail.record(tx, who, { action: 'identity.lost-factor-taken-away', collaborationId: null, subjectKind: 'user', subjectId: userId, after: { ...taken, reason } });
      await this.#mail.send(tx, { to: email, subject: 'Your second factor for Fairshare was taken away', text: text(name) });
    });
  }
}

async function takeAll(tx: Tx, userId: string): Promise<{ authenticators: number; passkeys: number }> {
  const authenticators = await sql(tx, 'delete from totp where user_id = $1 returning confirmed_at', [userId]);
  const passkeys = await sql(tx, 'delete from passkey where user_id = $1 returning 1', [userId]);
  await sql(tx, 'delete from recovery_code where user_id = $1', [userId]);
  return { authenticators: authenticators.length, passkeys: passkeys.length };
}

const text = (name: string) => `Dear ${name},

an administrator took the authenticator app and the passkeys off your account for Fairshare, because they were told that you lost them, and every browser was signed out. Please sign in with your password and set up new ones under “Your account”.

If you asked for nothing, tell your coordinator at once.
`;
