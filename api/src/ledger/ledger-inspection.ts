import { Injectable } from '@nestjs/common';
import type { LedgerCheck } from '@fairshare/contract/ledger';
import { accountKey, replay, type Posting } from '@fairshare/domain/ledger';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { LedgerQueries } from './ledger.queries.js';
import { Ledger } from './ledger.service.js';

/** Entries that are replayed in one go, so that memory stays flat however long the books are. */
const chunkOf = 5000;

/**
 * Looks whether the books are what was written: every hash follows from the entry before it, all postings add up to
 * nothing, and replaying every entry from nothing gives today's balances.
 */
@Injectable()
export class LedgerInspection {
  readonly #database: Database;
  readonly #ledger: Ledger;
  readonly #queries: LedgerQueries;

  constructor(database: Database, ledger: Ledger, queries: LedgerQueries) {
    this.#database = database;
    this.#ledger = ledger;
    this.#queries = queries;
  }

  /** Looks at one moment of the books, so that what is posted meanwhile is no difference. */
  async look(who: Scope, collaborationId: string): Promise<Pick<LedgerCheck, 'entries' | 'penceOver' | 'brokenAt' | 'differing'>> {
    const { chain, derived, replayed } = await this.#database.snapshot(who, async (tx) => ({
      chain: await this.#ledger.verifyChain(tx, collaborationId),
      derived: new Map((await this.#queries.balancesIn(tx, collaborationId)).map((balance) => [accountKey(balance), balance.pence])),
      replayed: await replayFromNothing(tx, collaborationId),
    }));
    const differing = [...new Set([...derived.keys(), ...replayed.keys()])].filter((key) => (derived.get(key) ?? 0) !== (replayed.get(key) ?? 0)).sort();
    const penceOver = [...derived.values()].reduce((sum, pence) => sum + pence, 0);
    return { entries: chain.entries, penceOver, brokenAt: chain.brokenAt, differing };
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
