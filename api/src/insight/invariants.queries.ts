import { Injectable } from '@nestjs/common';
import type { Invariants } from '@fairshare/contract/insight';
import type { Scope } from '../platform/actor.js';
import { Database, sql } from '../platform/database.js';

/** What must always be true, in words; each is a view `invariant_…` that is empty as long as it is. */
export const invariantSentences: Readonly<Record<string, string>> = {
  live_bookings_never_overlap: 'No specialist is in two places at once.',
  live_bookings_take_time: 'Every booking to come takes its specialist’s time.',
  live_bookings_have_current_credentials: 'No booking to come is with a specialist whose credentials will have lapsed.',
  entitlement_never_below_nothing: 'No school has used more units than it bought.',
  sums_within: 'No payment is spent beyond itself, no school’s credit is below nothing, no bill is paid or passed on beyond itself.',
  shares_make_up_their_charge: 'The shares of every charge are the charge.',
  unshared_charges_say_why: 'A charge without shares says why.',
  charges_are_posted: 'Every charge stands in the ledger.',
  postings_sum_to_zero: 'The postings of every entry add up to nothing.',
  balances_are_the_records: 'What stands on every account is what the records say.',
  ledger_chain_is_whole: 'No entry of the ledger was changed, left out or slipped in.',
  trail_chain_is_whole: 'No line of the trail was changed, left out or slipped in.',
  invoices_are_their_lines_and_postings: 'Every issued invoice is the sum of its lines and stands in the ledger.',
  invoice_lines_are_their_shares: 'Every line of an invoice is a share.',
  invoice_numbers_have_no_gap: 'The numbers of invoices and credit notes have no gap.',
  nothing_is_paid_beyond_its_due: 'No invoice has more paid than is due.',
  rows_point_into_their_own_collaboration: 'No record points into another collaboration.',
  tables_of_a_collaboration_are_protected: 'Every table of a collaboration is closed to the others.',
};

const mostExamples = 5;

@Injectable()
export class InvariantsQueries {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Coordinators look at their own collaborations; an administrator at the whole house, without names. */
  async list(who: Scope): Promise<Invariants> {
    const scope: Scope = who.roles.includes('administrator') ? { ...who, collaborationIds: 'every' } : who;
    const rows = await this.#database.read(scope, (tx) =>
      sql<{ name: string; broken: number; examples: { subject: string; detail: string }[] }>(
        tx,
        `select name, count(*) as broken, json_agg(json_build_object('subject', subject, 'detail', detail)) filter (where place <= $1) as examples
           from (select name, subject, detail, row_number() over (partition by name order by subject) as place from invariant_broken) b group by name`,
        [mostExamples],
      ),
    );
    const found = new Map(rows.map((row) => [row.name, row]));
    const items = Object.entries(invariantSentences).map(([name, sentence]) => ({ name, sentence, broken: found.get(name)?.broken ?? 0, examples: found.get(name)?.examples ?? [] }));
    return { items, broken: rows.reduce((sum, { broken }) => sum + broken, 0) };
  }
}
