import { Injectable } from '@nestjs/common';
import type { Chain } from '@fairshare/contract/ledger';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { assertBalanced, postedOn, reversed, type LedgerProblem, type Posting } from '@fairshare/domain/ledger';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';

export interface NewEntry {
  readonly collaborationId: string;
  /** What kind of thing happened: `charge`, `invoice`, `payment`, … */
  readonly kind: string;
  /** The day of the service, or the last one of a longer service. */
  readonly serviceOn: DateOnly;
  readonly happenedOn: DateOnly;
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly description: string;
  /** The entry that this one takes back; each can be taken back once. */
  readonly corrects?: string;
  readonly postings: readonly Posting[];
}

/** Writes the ledger. It is append-only; a mistake is corrected by a new entry that names the one it corrects. */
@Injectable()
export class Ledger {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Posts in the caller's transaction. @returns the entry's id. */
  async post(tx: Tx, who: Scope, entry: NewEntry): Promise<string> {
    const [id] = await this.postAll(tx, who, entry.collaborationId, [entry]);
    return id as string;
  }

  /**
   * Posts several entries of one collaboration in the order given, in two statements whatever their number.
   * Waits for other postings of the collaboration: their numbers and hashes follow one another.
   * A service in a closed period counts on the first open day and keeps its service date.
   */
  async postAll(tx: Tx, who: Scope, collaborationId: string, entries: readonly NewEntry[]): Promise<string[]> {
    if (entries.length === 0) return [];
    for (const entry of entries) assertBalanced(entry.postings);
    await tx.query('select ledger_lock($1)', [collaborationId]);
    await refuseSecondCorrection(tx, collaborationId, entries);
    const closedThrough = await this.closedThrough(tx, collaborationId);
    const ids = entries.map(() => newId());
    await insertPostings(tx, collaborationId, entries, ids);
    await sql(
      tx,
      `insert into ledger_entry (id, collaboration_id, kind, service_on, happened_on, posted_on, source_kind, source_id, description, corrects_id, recorded_at, recorded_by)
       select e.id, $1, e.kind, e.service_on, e.happened_on, e.posted_on, e.source_kind, e.source_id, e.description, e.corrects_id, $9, $10
         from unnest($2::uuid[], $3::text[], $4::date[], $5::date[], $6::text[], $7::text[], $8::text[], $11::date[], $12::uuid[]) with ordinality
              as e (id, kind, service_on, happened_on, source_kind, source_id, description, posted_on, corrects_id, place)
        order by e.place`,
      [
        collaborationId, ids, entries.map((e) => e.kind), entries.map((e) => e.serviceOn), entries.map((e) => e.happenedOn),
        entries.map((e) => e.sourceKind), entries.map((e) => e.sourceId), entries.map((e) => e.description),
        this.#clock.now(), who.name, entries.map((e) => postedOn(e.serviceOn, closedThrough)), entries.map((e) => e.corrects ?? null),
      ],
    );
    return ids;
  }

  /** Takes an entry back by its exact opposite, dated today. @returns the new entry's id. */
  async reverse(tx: Tx, who: Scope, collaborationId: string, entryId: string, description: string): Promise<string> {
    const [entry] = await sql<{ kind: string; service_on: DateOnly; source_kind: string; source_id: string }>(
      tx, 'select kind, service_on, source_kind, source_id from ledger_entry where collaboration_id = $1 and id = $2', [collaborationId, entryId],
    );
    if (!entry) throw new DomainError('platform.not-found');
    const postings = await sql<Posting>(
      tx, 'select account, school_urn as "schoolUrn", pence from ledger_posting where collaboration_id = $1 and entry_id = $2 order by line', [collaborationId, entryId],
    );
    return this.post(tx, who, {
      collaborationId, kind: 'correction', serviceOn: entry.service_on, happenedOn: this.#clock.today(), sourceKind: entry.source_kind,
      sourceId: entry.source_id, description, corrects: entryId,
      postings: reversed(postings),
    });
  }

  /** Takes back everything that was posted for a source and not taken back yet. */
  async reverseSource(tx: Tx, who: Scope, collaborationId: string, sourceKind: string, sourceId: string, description: string): Promise<void> {
    const entries = await sql<{ id: string }>(
      tx,
      `select e.id from ledger_entry e
        where e.collaboration_id = $1 and e.source_kind = $2 and e.source_id = $3 and e.corrects_id is null
          and not exists (select from ledger_entry c where c.collaboration_id = e.collaboration_id and c.corrects_id = e.id)
        order by e.sequence`,
      [collaborationId, sourceKind, sourceId],
    );
    for (const entry of entries) await this.reverse(tx, who, collaborationId, entry.id, description);
  }

  /** Works every hash out again, from the first entry on, and looks whether all postings add up to nothing. */
  async verifyChain(tx: Tx, collaborationId: string): Promise<Chain> {
    const [found] = await sql<{ entries: number; broken_at: number | null; sum: number }>(
      tx,
      `select count(*) as entries, (select coalesce(sum(pence), 0)::bigint from ledger_posting where collaboration_id = $1) as sum,
              min(sequence) filter (where previous_hash <> before or sequence <> place or hash <> encode(sha256(convert_to(text, 'UTF8')), 'hex')) as broken_at
         from (select e.sequence, e.hash, e.previous_hash, ledger_text(e) as text,
                      coalesce(lag(e.hash) over (order by e.sequence), '') as before, row_number() over (order by e.sequence) as place
                 from ledger_entry e where e.collaboration_id = $1) as chain`,
      [collaborationId],
    );
    const brokenAt = found?.broken_at ?? null;
    return { entries: found?.entries ?? 0, whole: brokenAt === null, brokenAt, balances: found?.sum === 0 };
  }

  /** The last day that is frozen, or null when nothing was closed yet. */
  async closedThrough(tx: Tx, collaborationId: string): Promise<DateOnly | null> {
    const [close] = await sql<{ through_on: DateOnly | null }>(tx, 'select max(through_on) as through_on from period_close where collaboration_id = $1', [collaborationId]);
    return close?.through_on ?? null;
  }
}

async function refuseSecondCorrection(tx: Tx, collaborationId: string, entries: readonly NewEntry[]): Promise<void> {
  const corrected = entries.flatMap((e) => e.corrects ?? []);
  if (corrected.length === 0) return;
  const rows = await sql(tx, 'select 1 from ledger_entry where collaboration_id = $1 and corrects_id = any ($2)', [collaborationId, corrected]);
  if (rows.length > 0 || new Set(corrected).size < corrected.length) throw new DomainError<LedgerProblem>('ledger.corrected-already');
}

async function insertPostings(tx: Tx, collaborationId: string, entries: readonly NewEntry[], ids: readonly string[]): Promise<void> {
  const rows = entries.flatMap((entry, i) => {
    const said = entry.postings.filter((p) => p.pence !== 0);
    return (said.length > 0 ? said : entry.postings).map((posting, line) => ({ id: ids[i] as string, line: line + 1, ...posting }));
  });
  await sql(
    tx,
    `insert into ledger_posting (collaboration_id, entry_id, line, account, school_urn, pence)
     select $1, p.* from unnest($2::uuid[], $3::integer[], $4::text[], $5::text[], $6::bigint[]) as p`,
    [collaborationId, rows.map((r) => r.id), rows.map((r) => r.line), rows.map((r) => r.account), rows.map((r) => r.schoolUrn), rows.map((r) => r.pence)],
  );
}
