import { Injectable } from '@nestjs/common';
import type { ImportedStatement } from '@fairshare/contract/billing';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { BankLineQueries } from './bank-lines.queries.js';
import { readStatementFile } from './statement-file.js';

/** Takes in the bank's statements. What is there already is left alone; twins of one day are two. */
@Injectable()
export class BankStatements {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #lines: BankLineQueries;
  readonly #trail: Trail;

  constructor(database: Database, clock: Clock, lines: BankLineQueries, trail: Trail) {
    this.#database = database;
    this.#clock = clock;
    this.#lines = lines;
    this.#trail = trail;
  }

  async import(who: Scope, collaborationId: string, file: { name: string; content: Buffer }): Promise<ImportedStatement> {
    assertAllSchools(who);
    const lines = readStatementFile(file.content);
    return this.#database.write(who, async (tx) => {
      const id = newId();
      await sql(tx, 'insert into bank_statement (id, collaboration_id, file_name, imported_at, imported_by) values ($1, $2, $3, $4, $5)', [
        id, collaborationId, file.name.slice(0, 200), this.#clock.now(), who.name,
      ]);
      const added = await sql<{ id: string }>(
        tx,
        `insert into bank_line select * from json_populate_recordset(null::bank_line, $1)
         on conflict (collaboration_id, account, booked_on, pence, type, description, occurrence) do nothing returning id`,
        [JSON.stringify(lines.map((line, i) => ({
          id: newId(), collaboration_id: collaborationId, bank_statement_id: id, position: i + 1, account: line.account, booked_on: line.bookedOn, type: line.type,
          description: line.description, pence: line.pence, balance_pence: line.balancePence, occurrence: line.occurrence,
        })))],
      );
      const suggestions = await this.#lines.suggestions(tx, collaborationId);
      const answer = { id, lines: lines.length, added: added.length, duplicates: lines.length - added.length, suggestions: suggestions.length };
      await this.#trail.record(tx, who, { action: 'billing.statement-imported', collaborationId, subjectKind: 'bank-statement', subjectId: id, after: answer });
      return answer;
    });
  }
}
