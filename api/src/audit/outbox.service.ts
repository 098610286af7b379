import { Injectable } from '@nestjs/common';
import type { Outbox, OutboxLine, OutboxMail, OutboxQuery } from '@fairshare/contract/outbox';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { systemScope, type Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Mail } from '../platform/mail.js';
import { declareProblems } from '../platform/problem.js';
import { Trail } from '../platform/trail.js';

declareProblems({
  'audit.no-mail-server': [409, 'No mail server is set up, so that mails cannot leave: set SMTP_URL and MAIL_FROM, then start Fairshare again.'],
  'audit.mail-on-its-way': [409, 'This mail is on its way already.'],
});

const line = `id, to_address as "to", subject, state, tries, last_error as "lastError", calendar_method is not null as invitation, created_at as "createdAt", sent_at as "sentAt"`;

type Row = Omit<OutboxLine, 'createdAt' | 'sentAt'> & { createdAt: Date; sentAt: Date | null };
type MailRow = Row & { messageId: string; text: string; calendar: string | null; secret: boolean };

const lineOf = (row: Row): OutboxLine => ({ ...row, createdAt: row.createdAt.toISOString(), sentAt: row.sentAt?.toISOString() ?? null });

/** The mails of the whole installation, for who runs it. */
@Injectable()
export class OutboxService {
  readonly #database: Database;
  readonly #mail: Mail;
  readonly #trail: Trail;

  constructor(database: Database, mail: Mail, trail: Trail) {
    this.#database = database;
    this.#mail = mail;
    this.#trail = trail;
  }

  async list({ state, page, size }: OutboxQuery): Promise<Outbox> {
    const rows = await this.#database.read(systemScope(), async (tx) =>
      this.#mail.said(tx, await sql<Row & { total: number }>(
        tx,
        `select ${line}, count(*) over () as total from mail where $1::text is null or state = $1 order by created_at desc, id desc limit $2 offset $3`,
        [state ?? null, size, (page - 1) * size],
      )),
    );
    return { items: rows.map(({ total: _, ...row }) => lineOf(row)), total: rows[0]?.total ?? 0, page, size, leavesTheHouse: this.#mail.leavesTheHouse };
  }

  one(mailId: string): Promise<OutboxMail> {
    return this.#database.read(systemScope(), async (tx) => this.#show(await this.#mail.said(tx, await find(tx, mailId))));
  }

  sendAgain(who: Scope, mailId: string): Promise<OutboxMail> {
    return this.#database.write({ ...systemScope(), userId: who.userId, name: who.name }, async (tx) => {
      const mail = await find(tx, mailId);
      if (!this.#mail.leavesTheHouse) throw new DomainError('audit.no-mail-server');
      if (!this.#show(mail).mayBeSentAgain) throw new DomainError('audit.mail-on-its-way');
      await this.#mail.sendAgain(tx, mailId);
      await this.#trail.record(tx, who, { action: 'audit.mail-sent-again', collaborationId: null, subjectKind: 'mail', subjectId: mailId });
      return this.#show(await this.#mail.said(tx, await find(tx, mailId)));
    });
  }

  #show({ secret, ...row }: MailRow): OutboxMail {
    // A text that was forgotten cannot be sent again.
    const forgotten = secret && row.state === 'sent';
    return { ...row, ...lineOf(row), mayBeSentAgain: this.#mail.leavesTheHouse && row.state !== 'waiting' && !forgotten };
  }
}

async function find(tx: Tx, mailId: string): Promise<MailRow> {
  const [row] = await sql<MailRow>(tx, `select ${line}, message_id as "messageId", text, calendar_content as calendar, secret from mail where id = $1`, [mailId]);
  if (!row) throw new DomainError('platform.not-found');
  return row;
}
