import { Injectable } from '@nestjs/common';
import type { LedgerEntry, LedgerQuery } from '@fairshare/contract/ledger';
import type { DateOnly, DatePeriod } from '@fairshare/domain/kernel/period';
import type { AccountName, Posting } from '@fairshare/domain/ledger';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Ledger } from './ledger.service.js';

interface EntryRow extends Omit<LedgerEntry, 'recordedAt'> {
  recordedAt: Date;
}

/** Reads the ledger. Balances are always derived; none is stored. */
@Injectable()
export class LedgerQueries {
  readonly #database: Database;
  readonly #ledger: Ledger;

  constructor(database: Database, ledger: Ledger) {
    this.#database = database;
    this.#ledger = ledger;
  }

  async entries(who: Scope, collaborationId: string, query: LedgerQuery) {
    assertAllSchools(who);
    return this.#database.read(who, async (tx) => {
      const wanted = `
        from ledger_entry e
       where e.collaboration_id = $1 and ($2::date is null or e.posted_on >= $2) and ($3::date is null or e.posted_on <= $3)
         and ($4::text is null or e.source_id = $4)
         and (($5::text is null and $6::text is null) or exists (
               select from ledger_posting p where p.collaboration_id = e.collaboration_id and p.entry_id = e.id
                  and ($5::text is null or p.account = $5) and ($6::text is null or p.school_urn = $6)))`;
      const values = [collaborationId, query.from ?? null, query.to ?? null, query.sourceId ?? null, query.account ?? null, query.schoolUrn ?? null];
      const items = await sql<EntryRow>(
        tx,
        `select e.id, e.sequence, e.kind, e.service_on as "serviceOn", e.happened_on as "happenedOn", e.posted_on as "postedOn",
                e.source_kind as "sourceKind", e.source_id as "sourceId", e.description, e.corrects_id as "correctsId",
                e.recorded_at as "recordedAt", e.recorded_by as "recordedBy", e.hash,
                (select json_agg(json_build_object('account', p.account, 'schoolUrn', p.school_urn, 'pence', p.pence) order by p.line)
                   from ledger_posting p where p.collaboration_id = e.collaboration_id and p.entry_id = e.id) as postings
         ${wanted} order by e.sequence desc limit $7 offset $8`,
        [...values, query.size, (query.page - 1) * query.size],
      );
      const [count] = await sql<{ total: number }>(tx, `select count(*) as total ${wanted}`, values);
      return {
        items: items.map((item) => ({ ...item, recordedAt: item.recordedAt.toISOString() })),
        total: count?.total ?? 0, page: query.page, size: query.size,
      };
    });
  }

  async balances(who: Scope, collaborationId: string, through: DateOnly | undefined) {
    assertAllSchools(who);
    return this.#database.read(who, async (tx) => ({ items: await this.balancesIn(tx, collaborationId, through) }));
  }

  /** What stands on each account, for each school, with what counts up to a day; accounts at nothing are left out. */
  balancesIn(tx: Tx, collaborationId: string, through?: DateOnly): Promise<Posting[]> {
    return sql<Posting>(
      tx,
      `select p.account, p.school_urn as "schoolUrn", sum(p.pence)::bigint as pence
         from ledger_posting p join ledger_entry e on e.collaboration_id = p.collaboration_id and e.id = p.entry_id
        where p.collaboration_id = $1 and ($2::date is null or e.posted_on <= $2)
        group by p.account, p.school_urn having sum(p.pence) <> 0 order by p.account, p.school_urn nulls first`,
      [collaborationId, through ?? null],
    );
  }

  /** What moved a school's accounts between two days, oldest first, and where they stood before. Entries that moved nothing are left out. */
  async accountOf(tx: Tx, collaborationId: string, of: readonly AccountName[], schoolUrn: string, { from, to }: DatePeriod) {
    const rows = await sql<{ on: DateOnly; kind: string; description: string; pence: number }>(
      tx,
      `select e.happened_on as "on", e.kind, e.description, sum(p.pence)::bigint as pence
         from ledger_posting p join ledger_entry e on e.collaboration_id = p.collaboration_id and e.id = p.entry_id
        where p.collaboration_id = $1 and p.account = any ($2) and p.school_urn = $3 and e.happened_on <= $4
        group by e.id having sum(p.pence) <> 0 order by e.happened_on, e.sequence`,
      [collaborationId, of, schoolUrn, to],
    );
    const before = rows.filter((row) => row.on < from);
    return { openingPence: before.reduce((sum, row) => sum + row.pence, 0), entries: rows.filter((row) => row.on >= from) };
  }

  async chain(who: Scope, collaborationId: string) {
    assertAllSchools(who);
    return this.#database.read(who, (tx) => this.#ledger.verifyChain(tx, collaborationId));
  }
}
