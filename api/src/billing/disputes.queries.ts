import { Injectable } from '@nestjs/common';
import type { Dispute, DisputesQuery } from '@fairshare/contract/books';
import { documentNumber, type DocumentKind, type NumberedKind } from '@fairshare/domain/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { shareStanding } from '../sharing/share-standing.js';

/** A share with what it was charged and what is left of it: with VAT once it is on an issued invoice. */
export interface DisputedShare {
  readonly urn: string;
  readonly chargeId: string;
  /** The first charge, where the share's own puts another right. */
  readonly rootChargeId: string;
  readonly description: string;
  readonly chargedPence: number;
  readonly leftPence: number;
  readonly isJournal: boolean;
  readonly invoiceId: string | null;
  readonly lineId: string | null;
}

interface Billed {
  readonly lineId: string;
  readonly invoiceId: string;
  readonly kind: DocumentKind;
  readonly grossPence: number;
  readonly creditedPence: number;
}

interface DisputeRow extends Omit<Dispute, 'description' | 'schoolName' | 'invoiceId' | 'invoiceNumber' | 'chargedPence' | 'leftPence' | 'openedAt' | 'decidedAt' | 'creditNoteNumber'> {
  readonly openedAt: Date;
  readonly decidedAt: Date | null;
  readonly creditNumber: number | null;
  readonly invoiceId: string | null;
  readonly invoiceKind: NumberedKind | null;
  readonly invoiceNumber: number | null;
}

/** Disputes as their readers see them: a school its own, the collaboration all. */
@Injectable()
export class DisputeQueries {
  readonly #database: Database;
  readonly #schools: SchoolsQueries;

  constructor(database: Database, schools: SchoolsQueries) {
    this.#database = database;
    this.#schools = schools;
  }

  async list(who: Scope, collaborationId: string, query: DisputesQuery) {
    return this.#database.read(who, async (tx) => {
      const values = [collaborationId, who.schoolUrns === 'all' ? null : who.schoolUrns, query.state ?? null, query.schoolUrn ?? null];
      const items = await this.#rows(tx, `${wanted} order by d.state = 'open' desc, d.opened_at desc, d.id limit $5 offset $6`, [...values, query.size, (query.page - 1) * query.size]);
      const [count] = await sql<{ total: number }>(tx, `select count(*) as total from dispute d ${wanted}`, values);
      const openPence = items.filter(({ state }) => state === 'open').reduce((sum, { leftPence }) => sum + leftPence, 0);
      return { items, total: count?.total ?? 0, page: query.page, size: query.size, openPence };
    });
  }

  /** @throws `platform.not-found` also for another school's. */
  async readIn(tx: Tx, who: Scope, collaborationId: string, disputeId: string): Promise<Dispute> {
    const [found] = await this.#rows(tx, `${wanted} and d.id = $5`, [collaborationId, who.schoolUrns === 'all' ? null : who.schoolUrns, null, null, disputeId]);
    if (!found) throw new DomainError('platform.not-found');
    return found;
  }

  async #rows(tx: Tx, which: string, values: readonly unknown[]): Promise<Dispute[]> {
    const rows = await sql<DisputeRow>(
      tx,
      `select d.id, d.share_id as "shareId", d.charge_id as "chargeId", d.urn, d.reason, d.state, d.opened_at as "openedAt", d.opened_by as "openedBy",
              d.decided_at as "decidedAt", d.decided_by as "decidedBy", d.decision, d.upheld_pence as "upheldPence", d.credit_charge_id as "creditChargeId",
              n.series_number as "creditNumber", i.id as "invoiceId", i.kind as "invoiceKind", i.series_number as "invoiceNumber"
         from dispute d
         left join credit_note n on n.collaboration_id = d.collaboration_id and n.id = d.credit_note_id
         left join invoice_line l on l.collaboration_id = d.collaboration_id and l.share_id = d.share_id
         left join invoice i on i.collaboration_id = d.collaboration_id and i.id = l.invoice_id and i.issued_on is not null
        ${which}`,
      values,
    );
    const collaborationId = values[0] as string;
    const names = await this.#schools.names(tx, [...new Set(rows.map(({ urn }) => urn))]);
    const disputes: Dispute[] = [];
    for (const { creditNumber, invoiceKind, invoiceNumber, ...row } of rows) {
      const share = (await disputedShare(tx, collaborationId, row.shareId)) as DisputedShare;
      disputes.push({
        ...row, description: share.description, schoolName: names.get(row.urn) ?? row.urn, chargedPence: share.chargedPence, leftPence: share.leftPence,
        invoiceNumber: invoiceNumber === null ? null : documentNumber(invoiceKind ?? 'invoice', invoiceNumber), creditNoteNumber: creditNumber === null ? null : documentNumber('credit-note', creditNumber),
        openedAt: row.openedAt.toISOString(), decidedAt: row.decidedAt?.toISOString() ?? null,
      });
    }
    return disputes;
  }
}

const wanted = `where d.collaboration_id = $1 and ($2::text[] is null or d.urn = any ($2)) and ($3::text is null or d.state = $3) and ($4::text is null or d.urn = $4)`;

/** Undefined when there is no such share. */
export async function disputedShare(tx: Tx, collaborationId: string, shareId: string): Promise<DisputedShare | undefined> {
  const share = await shareStanding(tx, collaborationId, shareId);
  if (!share) return undefined;
  const [billed] = await sql<Billed>(
    tx,
    `select l.id as "lineId", i.id as "invoiceId", i.kind, (l.net_pence + l.vat_pence)::bigint as "grossPence",
            (select coalesce(sum(c.net_pence + c.vat_pence), 0)::bigint from credit_note_line c where c.collaboration_id = l.collaboration_id and c.invoice_line_id = l.id) as "creditedPence"
       from invoice_line l join invoice i on i.collaboration_id = l.collaboration_id and i.id = l.invoice_id and i.issued_on is not null
      where l.collaboration_id = $1 and l.share_id = $2`,
    [collaborationId, shareId],
  );
  const { urn, chargeId, rootChargeId, description, pence, leftPence } = share;
  const base = { urn, chargeId, rootChargeId, description, isJournal: billed?.kind === 'journal', invoiceId: billed?.invoiceId ?? null, lineId: billed?.lineId ?? null };
  // Of a credit note nothing can be credited: what was wrong in it is put right by a charge of its own, as before it was billed.
  if (billed?.kind === 'credit-note') return { ...base, lineId: null, chargedPence: pence, leftPence };
  return billed ? { ...base, chargedPence: billed.grossPence, leftPence: billed.grossPence - billed.creditedPence } : { ...base, chargedPence: pence, leftPence };
}
