import { Injectable } from '@nestjs/common';
import type { AcceptInvitation, Invitation } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { Mail } from '../platform/mail.js';
import { InvitedPeople } from './invited-people.js';
import { OutsideAccounts } from './outside-accounts.js';
import { OwnChanges } from './own-changes.js';
import type { Outsider } from './providers.js';
import { Tickets } from './tickets.js';
import type { User } from './user-store.js';

/** A link in a mail, good for a week and once; whoever opens it chooses their own password or signs in elsewhere. */
@Injectable()
export class Invitations {
  readonly #mail: Mail;
  readonly #outside: OutsideAccounts;
  readonly #changes: OwnChanges;
  readonly #tickets: Tickets;
  readonly #people: InvitedPeople;

  constructor(mail: Mail, outside: OutsideAccounts, changes: OwnChanges, tickets: Tickets, people: InvitedPeople) {
    this.#mail = mail;
    this.#outside = outside;
    this.#changes = changes;
    this.#tickets = tickets;
    this.#people = people;
  }

  /** Sends it in the transaction that adds the person; earlier ones open nothing any more. */
  async send(tx: Tx, who: Scope, person: Pick<User, 'id' | 'name' | 'email'>, collaborationId: string): Promise<void> {
    const link = await this.#link(tx, person.id);
    await this.#mail.send(tx, {
      to: person.email,
      subject: 'You are invited to Fairshare',
      text: invitationText(person.name, who.name, link),
      collaborationId,
      secret: true,
    });
  }

  /**
   * The link to hand over where mails do not leave the house; it replaces the one in the mail. Nobody gets it for a person
   * who is known to another collaboration too, since whoever opens it has that one's roles as well: it waits in the outbox
   * for the administrator.
   */
  async linkToHandOver(userId: string, collaborationId: string): Promise<string | null> {
    if (this.#mail.leavesTheHouse || !(await this.#people.activeById(userId)) || (await this.#people.belongsElsewhere(userId, collaborationId))) return null;
    return this.#people.inTransaction((tx) => this.#link(tx, userId));
  }

  /** Who is invited. @throws `identity.link-over`. */
  async look(token: string): Promise<Invitation> {
    const { name, email } = await this.#invited(token);
    return { name, email };
  }

  /** @throws `identity.link-over`, `identity.password-common`, `identity.password-own-name`. */
  async accept({ token, password }: AcceptInvitation): Promise<string> {
    const user = await this.#invited(token);
    const hash = await this.#people.chosen(password, user);
    return this.#accept(token, user, (tx) => this.#people.setPassword(tx, user.id, hash));
  }

  async acceptWith(token: string, provider: string, outsider: Outsider): Promise<string> {
    const user = await this.#invited(token);
    return this.#accept(token, user, (tx) => this.#outside.tie(tx, user.id, provider, outsider));
  }

  async #accept(token: string, user: User, store: (tx: Tx) => Promise<void>): Promise<string> {
    if (!(await this.#tickets.take('invitation', token))) throw new DomainError('identity.link-over');
    await this.#changes.make({ userId: user.id, name: user.name }, 'identity.invitation-accepted', store);
    return user.id;
  }

  async #invited(token: string): Promise<User> {
    const ticket = await this.#tickets.look('invitation', token);
    const user = ticket?.userId ? await this.#people.activeById(ticket.userId) : undefined;
    if (!user) throw new DomainError('identity.link-over');
    return user;
  }

  async #link(tx: Tx, userId: string): Promise<string> {
    const token = await this.#tickets.giveIn(tx, 'invitation', { userId, facts: {} }, true);
    // Behind the hash it reaches no server's log and no other site.
    return `${this.#mail.link('/invitation')}#${token}`;
  }
}

const invitationText = (name: string, from: string, link: string) => `Dear ${name},

${from} has given you a role in Fairshare, where your schools book specialists together and share what they cost.

Open this address to choose your password. It works once, until a week from now:

${link}

If you did not expect this, you need do nothing.
`;
