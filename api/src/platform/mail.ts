import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { systemScope } from './actor.js';
import { Clock } from './clock.js';
import { CONFIG, type Config } from './config.js';
import { Database, sql, type Tx } from './database.js';
import { jobKind, Jobs } from './jobs.js';
import { deliverBySmtp, refusedForGood, type StoredMail } from './mail-transport.js';
import { newId } from './new-id.js';
import { Personal } from './personal.js';
import { keyIdOf } from './vault.js';

export interface NewMail {
  readonly to: string;
  readonly subject: string;
  /** Plain text that says everything; `html` says the same, nicer. */
  readonly text: string;
  readonly html?: string;
  /** An invitation or its withdrawal, for the reader's own calendar; `names` are the sealed names of whom its content names. */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; readonly content: string; readonly names?: readonly string[] };
  readonly collaborationId?: string | null;
  /** What it is about, so that a record's mails can be found. */
  readonly about?: { readonly kind: string; readonly id: string };
  /** Holds a link or a code that works once: its text is forgotten as soon as it was delivered. */
  readonly secret?: boolean;
  /** Names what is told: told before to this reader, nothing is sent again. */
  readonly once?: string;
}

/** Some two days of trying: a mail server may be away for a night. */
const mostTries = 60;

export const deliverMail = jobKind<{ mailId: string }>('platform.deliver-mail', { retryLimit: mostTries, retryDelay: 2, retryBackoff: true, retryDelayMax: 3600 });

/** Who reads it, without saying so in a Message-ID that others see. */
const readerOf = ({ to }: NewMail) => createHash('sha256').update(to.toLowerCase()).digest('hex').slice(0, 12);

type Outcome = { done: true } | { done: false; error: Error };

/**
 * Mail leaves the house through a job: the mail is stored in the transaction that causes it, together with its
 * Message-ID, so that it is sent if and only if the deed was done, and a repeat after a crash is known as a repeat.
 */
@Injectable()
export class Mail implements OnModuleInit {
  readonly #config: Config;
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #jobs: Jobs;
  readonly #personal: Personal;

  constructor(@Inject(CONFIG) config: Config, clock: Clock, database: Database, jobs: Jobs, personal: Personal) {
    this.#config = config;
    this.#clock = clock;
    this.#database = database;
    this.#jobs = jobs;
    this.#personal = personal;
  }

  onModuleInit(): void {
    this.#jobs.work(deliverMail, ({ mailId }) => this.deliver(mailId));
  }

  /** Whether mails leave the house, or are kept for an administrator to read. */
  get leavesTheHouse(): boolean {
    return this.#config.smtp !== undefined;
  }

  /** From whom mails come, as an invitation names its organiser. */
  get sender(): { name: string; email: string } {
    const [, name, email] = /^(.*?)<([^<>]+)>$/.exec(this.#config.mailFrom.trim()) ?? [undefined, '', this.#config.mailFrom.trim()];
    return { name: (name ?? '').trim() || 'Fairshare', email: email as string };
  }

  /** Names and addresses as a mail says them. */
  readable<T>(tx: Tx, value: T): Promise<T> {
    return this.#personal.reveal(value, tx);
  }

  now(): number {
    return this.#clock.now().getTime();
  }

  /** The address of a page, for a link in a mail. */
  link(path: string): string {
    return new URL(path, this.#config.publicUrl).href;
  }

  /** The same for what is stored of a mail, with the names inside of it. */
  said<T>(tx: Tx, stored: T): Promise<T> {
    return this.#personal.revealAll(stored, tx);
  }

  /**
   * Everything in it is stored encrypted: with the reader's key when the address is one that is stored, else with a key of
   * the mail's own. Sealed names in it stay sealed inside and are opened when it is delivered or read, so that somebody
   * who is erased is gone from everybody's mails too.
   */
  async send(tx: Tx, mail: NewMail): Promise<void> {
    const id = newId();
    const reader = keyIdOf(mail.to);
    const { to } = await this.readable(tx, { to: mail.to });
    const seal = async (said: string | undefined) => (said === undefined ? null : this.#personal.sealAround(tx, reader ?? id, said, reader ? 'person' : 'mail'));
    const calendar = mail.calendar && (await this.#personal.sealWith(tx, mail.calendar.names ?? [], mail.calendar.content));
    // A row of no collaboration can be written by all and seen by the house only, so that it cannot be asked back.
    const onlyOnce = mail.once ? ' on conflict (message_id) do nothing returning id' : '';
    const stored = await sql(
      tx,
      `insert into mail (id, message_id, collaboration_id, to_address, to_index, subject, text, html, calendar_method, calendar_content, secret, about_kind, about_id, state, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)${onlyOnce}`,
      [
        id, `<${mail.once ? `${mail.once}.${readerOf({ ...mail, to })}` : id}@${new URL(this.#config.publicUrl).hostname}>`, mail.collaborationId ?? null, await seal(to), this.#personal.lookup(to), await seal(mail.subject), await seal(mail.text), await seal(mail.html),
        mail.calendar?.method ?? null, await seal(calendar), mail.secret ?? false, mail.about?.kind ?? null, mail.about?.id ?? null,
        this.leavesTheHouse ? 'waiting' : 'kept', this.#clock.now(),
      ],
    );
    if ((stored.length > 0 || !mail.once) && this.leavesTheHouse) await this.#jobs.send(tx, deliverMail, { mailId: id });
  }

  /** Puts a mail that was kept, failed or lost on its way once more; it stays the same mail. */
  async sendAgain(tx: Tx, mailId: string): Promise<void> {
    await tx.query(`update mail set state = 'waiting', tries = 0, last_error = null, sent_at = null where id = $1`, [mailId]);
    await this.#jobs.send(tx, deliverMail, { mailId });
  }

  /**
   * Hands one mail to the server while its row is locked, so that two workers never send it side by side. A worker that
   * is killed after the server took it and before this is stored leaves it waiting: it is then sent again, under the same Message-ID.
   */
  async deliver(mailId: string): Promise<void> {
    const outcome = await this.#database.read(systemScope(), (tx) => this.#deliver(tx, mailId));
    if (!outcome.done) throw outcome.error;
  }

  async #deliver(tx: Tx, mailId: string): Promise<Outcome> {
    const { smtp, mailFrom } = this.#config;
    const [mail] = await sql<StoredMail>(tx, `select * from mail where id = $1 and state = 'waiting' for update skip locked`, [mailId]);
    if (!mail) {
      const waiting = await sql(tx, `select 1 from mail where id = $1 and state = 'waiting'`, [mailId]);
      return waiting.length === 0 ? { done: true } : { done: false, error: new Error(`Mail ${mailId} is being delivered elsewhere.`) };
    }
    if (!smtp) return this.#settle(tx, mail, 'kept', null);
    try {
      await deliverBySmtp(smtp, mailFrom, await this.#opened(tx, mail));
    } catch (error) {
      const why = error instanceof Error ? error : new Error(String(error));
      if (refusedForGood(error) || mail.tries + 1 >= mostTries) return this.#settle(tx, mail, 'failed', why.message);
      await tx.query('update mail set tries = tries + 1, tried_at = $2, last_error = $3 where id = $1', [mailId, this.#clock.now(), await this.#reason(tx, mail, why.message)]);
      // What the server said names the reader, and what a job failed with is written down.
      return { done: false, error: new Error(`Mail ${mailId} could not be delivered yet.`) };
    }
    return this.#settle(tx, mail, 'sent', null);
  }

  async #opened(tx: Tx, { html, ...mail }: StoredMail): Promise<StoredMail> {
    const page = await this.#personal.reveal(html, tx);
    return { ...(await this.said(tx, mail)), html: await this.#personal.reveal(page, tx, inHtml) };
  }

  #reason(tx: Tx, mail: StoredMail, why: string): Promise<string> {
    return this.#personal.seal(tx, keyIdOf(mail.to_address) as string, why.slice(0, 500));
  }

  async #settle(tx: Tx, mail: StoredMail, state: 'sent' | 'kept' | 'failed', why: string | null): Promise<Outcome> {
    const tried = state === 'kept' ? 0 : 1;
    await tx.query(
      `update mail set state = $2, tries = tries + $3, last_error = $4, tried_at = $5, sent_at = case when $2 = 'sent' then $5::timestamptz end,
              text = case when secret and $2 = 'sent' then $6 else text end, html = case when secret and $2 = 'sent' then null else html end
        where id = $1`,
      [mail.id, state, tried, why === null ? null : await this.#reason(tx, mail, why), this.#clock.now(), 'This mail held a link or a code that works once. It was delivered, and its text was not kept.'],
    );
    return { done: true };
  }
}

/** A name in a mail's HTML is text, whatever it is made of. */
const inHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
