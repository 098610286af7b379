import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { ResetPassword } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { Mail } from '../platform/mail.js';
import { OwnChanges } from './own-changes.js';
import { Passwords } from './passwords.js';
import { endSessions } from './sessions.js';
import { Tickets } from './tickets.js';
import { UserStore, type User } from './user-store.js';

/** The answer takes this long, whether somebody has an account (a mail is written) or not. */
const answerMs = 400;

/** A forgotten password: a link in a mail, good for an hour and once. */
@Injectable()
export class PasswordReset {
  readonly #changes: OwnChanges;
  readonly #mail: Mail;
  readonly #passwords: Passwords;
  readonly #tickets: Tickets;
  readonly #users: UserStore;

  constructor(changes: OwnChanges, mail: Mail, passwords: Passwords, tickets: Tickets, users: UserStore) {
    this.#changes = changes;
    this.#mail = mail;
    this.#passwords = passwords;
    this.#tickets = tickets;
    this.#users = users;
  }

  /** The same answer, at the same time, for whoever exists and whoever does not. */
  async ask(email: string): Promise<void> {
    await Promise.all([this.#write(email), pause(answerMs)]);
  }

  async #write(email: string): Promise<void> {
    const user = await this.#users.activeByEmail(email);
    if (!user) return;
    await this.#changes.make({ userId: user.id, name: user.name }, 'identity.reset-asked', async (tx) => {
      const token = await this.#tickets.giveIn(tx, 'reset', { userId: user.id, facts: {} }, true);
      await this.#mail.send(tx, { to: user.email, subject: 'A new password for Fairshare', text: resetText(user.name, `${this.#mail.link('/reset')}#${token}`), secret: true });
    }, { secret: true });
  }

  /** Every session of the account ends; a second factor is asked for at the next sign-in as ever. @throws `identity.link-over`. */
  async set({ token, password }: ResetPassword): Promise<User> {
    const ticket = await this.#tickets.look('reset', token);
    const user = ticket?.userId ? await this.#users.activeById(ticket.userId) : undefined;
    if (!user) throw new DomainError('identity.link-over');
    const readable = await this.#users.readable(user);
    const hash = await this.#passwords.choose(password, readable);
    if (!(await this.#tickets.take('reset', token))) throw new DomainError('identity.link-over');
    await this.#changes.make({ userId: user.id, name: user.name }, 'identity.password-reset', async (tx) => {
      await this.#users.setPassword(tx, user.id, hash);
      await this.#tickets.withdraw(tx, 'invitation', user.id);
      await endSessions(tx, user.id);
      await this.#mail.send(tx, { to: user.email, subject: 'Your password for Fairshare was changed', text: changedText(user.name) });
    });
    return readable;
  }
}

const resetText = (name: string, link: string) => `Dear ${name},

somebody, we hope you, asked for a new password for Fairshare. Open this address to choose one. It works once, for an hour from now:

${link}

If it was not you, you need do nothing: your password stays as it is.
`;

const changedText = (name: string) => `Dear ${name},

your password for Fairshare was changed just now through a link in a mail, and every browser was signed out.

If it was not you, tell your coordinator at once, and ask for a new password on the sign-in page.
`;
