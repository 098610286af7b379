import { Injectable } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Database, sql } from '../platform/database.js';
import { Trail } from '../platform/trail.js';
import { SharesQueries } from '../sharing/shares.queries.js';

/** Throws drafts away, so that their shares wait for the next run. */
@Injectable()
export class Drafts {
  readonly #database: Database;
  readonly #shares: SharesQueries;
  readonly #trail: Trail;

  constructor(database: Database, shares: SharesQueries, trail: Trail) {
    this.#database = database;
    this.#shares = shares;
    this.#trail = trail;
  }

  async discard(who: Scope, collaborationId: string, invoiceId: string): Promise<void> {
    assertAllSchools(who);
    await this.#database.write(who, async (tx) => {
      const [invoice] = await sql<{ urn: string; issued_on: string | null }>(tx, 'select urn, issued_on from invoice where collaboration_id = $1 and id = $2 for update', [collaborationId, invoiceId]);
      if (!invoice) throw new DomainError('platform.not-found');
      if (invoice.issued_on !== null) throw new DomainError('billing.not-a-draft');
      const lines = await sql<{ share_id: string }>(tx, 'delete from invoice_line where collaboration_id = $1 and invoice_id = $2 returning share_id', [collaborationId, invoiceId]);
      await sql(tx, 'delete from invoice where collaboration_id = $1 and id = $2', [collaborationId, invoiceId]);
      await this.#shares.unmarkInvoiced(tx, collaborationId, lines.map((line) => line.share_id));
      await this.#trail.record(tx, who, { action: 'billing.draft-discarded', collaborationId, subjectKind: 'invoice', subjectId: invoiceId, before: { urn: invoice.urn, lines: lines.length } });
    });
  }
}
