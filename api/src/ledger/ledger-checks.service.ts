import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { LedgerCheck } from '@fairshare/contract/ledger';
import { accountKey, replay, type Posting } from '@fairshare/domain/ledger';
import { assertAllSchools, systemScope, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { jobKind, Jobs } from '../platform/jobs.js';
import { LedgerQueries } from './ledger.queries.js';
import { Ledger } from './ledger.service.js';

/** Once an hour, whichever process gets there first. */
export const hourlyLedgerCheck = jobKind<object>('ledger-check');

/** Entries that are replayed in one go, so that memory stays flat however long the books are. */
const chunkOf = 5000;

interface CheckRow extends Omit<LedgerCheck, 'checkedAt' | 'isWhole'> {
  readonly checkedAt: Date;
}

/**
 * Looks whether the books are what was written: every hash follows from the entry before it, all postings add up to
 * nothing, and replaying every entry from nothing gives today's balances.
 */
@Injectable()
export class LedgerChecks implements OnModuleInit {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #jobs: Jobs;
  readonly #ledger: Ledger;
  readonly #queries: LedgerQueries;

  constructor(clock: Clock, database: Database, jobs: Jobs, ledger: Ledger, queries: LedgerQueries) {
    this.#clock = clock;
    this.#database = database;
    this.#jobs = jobs;
    this.#ledger = ledger;
    this.#queries = queries;
  }

  onModuleInit(): void {
    this.#jobs.every(3600, hourlyLedgerCheck, () => this.checkAll());
  }

  /** One collaboration after another, each in a transaction of its own. */
  async checkAll(): Promise<void> {
    const everywhere = await this.#database.read(systemScope(), (tx) => sql<{ id: string }>(tx, 'select distinct collaboration_id as id from ledger_entry'));
    for (const { id } of everywhere) await this.#check(systemScope([id]), id);
  }

  /** Checks now. */
  check(who: Scope, collaborationId: string): Promise<LedgerCheck> {
    assertAllSchools(who);
    return this.#check(who, collaborationId);
  }

  /** What the last check found; null before the first. */
  last(who: Scope, collaborationId: string): Promise<{ check: LedgerCheck | null }> {
    assertAllSchools(who);
    return this.#database.read(who, async (tx) => ({ check: (await lastOf(tx, collaborationId)) ?? null }));
  }

  /** Looks at one moment of the books, so that what is posted meanwhile is no difference; what was found is stored after. */
  async #check(who: Scope, collaborationId: string): Promise<LedgerCheck> {
    const { chain, derived, replayed } = await this.#database.snapshot(who, async (tx) => ({
      chain: await this.#ledger.verifyChain(tx, collaborationId),
      derived: new Map((await this.#queries.balancesIn(tx, collaborationId)).map((balance) => [accountKey(balance), balance.pence])),
      replayed: await replayFromNothing(tx, collaborationId),
    }));
    const differing = [...new Set([...derived.keys(), ...replayed.keys()])].filter((key) => (derived.get(key) ?? 0) !== (replayed.get(key) ?? 0)).sort();
    const penceOver = [...derived.values()].reduce((sum, pence) => sum + pence, 0);
    return this.#database.write(who, async (tx) => {
      await sql(
        tx,
        `insert into ledger_check (collaboration_id, checked_at, checked_by, entries, pence_over, broken_at, differing) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (collaboration_id) do update set checked_at = excluded.checked_at, checked_by = excluded.checked_by, entries = excluded.entries,
           pence_over = excluded.pence_over, broken_at = excluded.broken_at, differing = excluded.differing`,
        [collaborationId, this.#clock.now(), who.name, chain.entries, penceOver, chain.brokenAt, differing],
      );
      return (await lastOf(tx, collaborationId)) as LedgerCheck;
    });
  }
}

/** Every entry from the first one on, through the domain's own replay. One that does not balance stands as the account of its own name. */
async function replayFromNothing(tx: Tx, collaborationId: string): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for (let after = 0; ; ) {
    const entries = await sql<{ sequence: number; postings: Posting[] }>(
      tx,
      `select e.sequence, coalesce((select json_agg(json_build_object('account', p.account, 'schoolUrn', p.school_urn, 'pence', p.pence) order by p.line)
                from ledger_posting p where p.collaboration_id = e.collaboration_id and p.entry_id = e.id), '[]') as postings
         from ledger_entry e where e.collaboration_id = $1 and e.sequence > $2 order by e.sequence limit $3`,
      [collaborationId, after, chunkOf],
    );
    for (const [key, pence] of replayOf(entries)) sums.set(key, (sums.get(key) ?? 0) + pence);
    if (entries.length < chunkOf) return sums;
    after = entries.at(-1)?.sequence ?? after;
  }
}

function replayOf(entries: readonly { readonly sequence: number; readonly postings: readonly Posting[] }[]): Map<string, number> {
  try {
    return replay(entries.map(({ postings }) => postings));
  } catch {
    // Replayed one by one, so that the check names the entries that are wrong and still says what the others come to.
    const sums = new Map<string, number>();
    for (const { sequence, postings } of entries) {
      for (const [key, pence] of oneOrWrong(sequence, postings)) sums.set(key, (sums.get(key) ?? 0) + pence);
    }
    return sums;
  }
}

function oneOrWrong(sequence: number, postings: readonly Posting[]): Map<string, number> {
  try {
    return replay([postings]);
  } catch {
    return new Map([[`entry ${sequence} is not one that can be posted`, 1]]);
  }
}

async function lastOf(tx: Tx, collaborationId: string): Promise<LedgerCheck | undefined> {
  const [row] = await sql<CheckRow>(
    tx,
    `select checked_at as "checkedAt", checked_by as "checkedBy", entries, pence_over as "penceOver", broken_at as "brokenAt", differing
       from ledger_check where collaboration_id = $1`,
    [collaborationId],
  );
  if (!row) return undefined;
  return { ...row, checkedAt: row.checkedAt.toISOString(), isWhole: row.penceOver === 0 && row.brokenAt === null && row.differing.length === 0 };
}
