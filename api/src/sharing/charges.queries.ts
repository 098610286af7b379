import { Injectable } from '@nestjs/common';
import type { Charge, ChargeList, ChargeShares, ChargesQuery, ListedCharge, Share, StoredExplanation } from '@fairshare/contract/sharing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { chargeColumns, chargeOfRow, type ChargeRow } from './charge-rows.js';
import { grouped } from './grouped.js';
import type { Basis } from './new-charge.js';
import { isUnshared } from './shares.queries.js';
import { sentencesOf, withNames } from './share-sentences.js';

interface ShareRow {
  chargeId: string;
  id: string;
  urn: string;
  pence: number;
  exactPence: string;
  carriedBeforePence: string;
  carriedAfterPence: string;
  explanation: StoredExplanation;
  invoiced: boolean;
}

/** A reader of single schools sees the charges in which one of them takes part, and then all of their shares. */
const visible = `
  ($2::text[] is null or exists (select from share v where v.collaboration_id = c.collaboration_id and v.charge_id = c.id and v.urn = any ($2)))`;

const schoolsOf = (who: Scope) => (who.schoolUrns === 'all' ? null : who.schoolUrns);

/** Charges and their shares for reading. */
@Injectable()
export class ChargesQueries {
  readonly #database: Database;
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;

  constructor(database: Database, procurement: ProcurementQueries, schools: SchoolsQueries) {
    this.#database = database;
    this.#procurement = procurement;
    this.#schools = schools;
  }

  /** Charges of a period with their shares in brief, newest first, and what they come to. */
  async list(who: Scope, collaborationId: string, query: ChargesQuery): Promise<ChargeList> {
    return this.#database.read(who, async (tx) => {
      const where = `
         from charge c
         left join share_set s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
        where c.collaboration_id = $1 and ${visible}
          and ($3::date is null or c.belongs_on >= $3) and ($4::date is null or c.belongs_on <= $4)
          and ($5::uuid is null or c.booking_id = $5) and ($6::uuid is null or c.agreement_id = $6) and ($7::text is null or c.kind = $7)
          and ($8::boolean is null or ${isUnshared} = $8)
          and ($9::text is null or exists (select from share o where o.collaboration_id = c.collaboration_id and o.charge_id = c.id and o.urn = $9))`;
      const values = [
        collaborationId, schoolsOf(who), query.from ?? null, query.to ?? null, query.bookingId ?? null, query.agreementId ?? null, query.kind ?? null,
        query.unshared === undefined ? null : query.unshared === 'true', query.schoolUrn ?? null,
      ];
      const [sums] = await sql<{ total: number; pence: number; unshared: number }>(
        tx,
        `select count(*) as total, coalesce(sum(c.pence), 0)::bigint as pence, coalesce(sum(c.pence) filter (where s.charge_id is null), 0)::bigint as unshared ${where}`,
        values,
      );
      const rows = await sql<ChargeRow>(
        tx, `select ${chargeColumns} ${where} order by c.belongs_on desc, c.id desc limit $10 offset $11`, [...values, query.size, (query.page - 1) * query.size],
      );
      const items = await this.#withShares(tx, collaborationId, rows);
      return { items, total: sums?.total ?? 0, page: query.page, size: query.size, totalPence: sums?.pence ?? 0, unsharedPence: sums?.unshared ?? 0 };
    });
  }

  async one(who: Scope, collaborationId: string, chargeId: string): Promise<Charge> {
    return this.#database.read(who, (tx) => this.read(tx, who, collaborationId, chargeId));
  }

  /** @throws `platform.not-found` when it is foreign, missing, or none of the reader's schools takes part. */
  async read(tx: Tx, who: Scope, collaborationId: string, chargeId: string): Promise<Charge> {
    const [row] = await sql<ChargeRow>(
      tx,
      `select ${chargeColumns} from charge c left join share_set s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
        where c.collaboration_id = $1 and ${visible} and c.id = $3`,
      [collaborationId, schoolsOf(who), chargeId],
    );
    if (!row) throw new DomainError('platform.not-found');
    return chargeOfRow(row, await this.#agreements(tx, collaborationId));
  }

  /** The shares of a charge with their stored explanation, and the same in sentences. */
  async shares(who: Scope, collaborationId: string, chargeId: string): Promise<ChargeShares> {
    return this.#database.read(who, async (tx) => {
      const charge = await this.read(tx, who, collaborationId, chargeId);
      const [set] = await sql<{ basis: Basis }>(tx, 'select basis from share_set where collaboration_id = $1 and charge_id = $2', [collaborationId, chargeId]);
      const rows = await shareRows(tx, collaborationId, [chargeId]);
      const names = await this.#schools.names(tx, rows.map(({ urn }) => urn));
      const sentences = set ? sentencesOf(charge, set.basis, rows) : new Map<string, string[]>();
      const items = rows.map((row): Share => ({ ...row, schoolName: names.get(row.urn) ?? row.urn, sentences: sentences.get(row.urn) ?? [] }));
      const workings = charge.workings.map((sentence) => withNames(sentence, names));
      return { charge: { ...charge, workings }, rule: set?.basis.inWords ?? null, items, total: items.length, totalPence: items.reduce((sum, { pence }) => sum + pence, 0) };
    });
  }

  async #withShares(tx: Tx, collaborationId: string, rows: readonly ChargeRow[]): Promise<ListedCharge[]> {
    const agreements = await this.#agreements(tx, collaborationId);
    const shares = await shareRows(tx, collaborationId, rows.map(({ id }) => id));
    const names = await this.#schools.names(tx, [...new Set(shares.map(({ urn }) => urn))]);
    const byCharge = grouped(shares, ({ chargeId }) => chargeId);
    return rows.map((row) => ({
      ...chargeOfRow(row, agreements),
      shares: (byCharge.get(row.id) ?? []).map(({ id, urn, pence, invoiced }) => ({ id, urn, pence, invoiced, schoolName: names.get(urn) ?? urn })),
    }));
  }

  async #agreements(tx: Tx, collaborationId: string) {
    return new Map((await this.#procurement.agreements(tx, collaborationId)).map((a) => [a.id, a]));
  }
}

function shareRows(tx: Tx, collaborationId: string, chargeIds: readonly string[]): Promise<ShareRow[]> {
  return sql<ShareRow>(
    tx,
    `select s.charge_id as "chargeId", s.id, s.urn, s.pence, s.exact_pence as "exactPence", s.carried_before as "carriedBeforePence",
            s.carried_after as "carriedAfterPence", s.explanation, i.share_id is not null as invoiced
       from share s left join share_invoiced i on i.collaboration_id = s.collaboration_id and i.share_id = s.id
      where s.collaboration_id = $1 and s.charge_id = any ($2) order by s.sequence`,
    [collaborationId, chargeIds],
  );
}
