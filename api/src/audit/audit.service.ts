import { Injectable } from '@nestjs/common';
import type { TrailEntry, TrailFilter } from '@fairshare/contract/audit';
import { stringify } from 'csv-stringify/sync';
import type { FastifyReply } from 'fastify';
import type { Scope } from '../platform/actor.js';
import { Database } from '../platform/database.js';
import { Personal } from '../platform/personal.js';
import { Trail } from '../platform/trail.js';
import { seeing, TrailQueries, type Chain } from './trail.queries.js';

/** Exports of the trail. That somebody took one stands on the trail itself. */
@Injectable()
export class AuditService {
  readonly #database: Database;
  readonly #personal: Personal;
  readonly #queries: TrailQueries;
  readonly #trail: Trail;

  constructor(database: Database, personal: Personal, queries: TrailQueries, trail: Trail) {
    this.#database = database;
    this.#personal = personal;
    this.#queries = queries;
    this.#trail = trail;
  }

  async csv(who: Scope, chain: Chain, filter: TrailFilter, reply: FastifyReply): Promise<string> {
    const entries = await this.#taken(who, chain, filter, 'csv');
    void reply.header('Content-Type', 'text/csv; charset=utf-8').header('Content-Disposition', 'attachment; filename="audit-trail.csv"');
    return asCsv(entries);
  }

  async json(who: Scope, chain: Chain, filter: TrailFilter, reply: FastifyReply): Promise<string> {
    const entries = await this.#taken(who, chain, filter, 'json');
    const { lastHash } = await this.#queries.chain(who, chain);
    void reply.header('Content-Type', 'application/json; charset=utf-8').header('Content-Disposition', 'attachment; filename="audit-trail.json"');
    return JSON.stringify({ collaborationId: chain, filter, lastHash, lines: entries }, null, 2);
  }

  /** The export's own line comes after what it holds. */
  #taken(who: Scope, chain: Chain, filter: TrailFilter, format: string): Promise<TrailEntry[]> {
    return this.#database.read(seeing(who, chain), async (tx) => {
      const entries = await this.#queries.all(tx, chain, filter);
      await this.#trail.record(tx, who, {
        action: 'audit.trail-exported', collaborationId: chain, subjectKind: 'trail', subjectId: chain ?? 'above', kind: 'reading', after: { format, lines: entries.length, ...filter },
      });
      return this.#personal.reveal(entries, tx);
    });
  }
}

const json = (value: unknown) => (value === null || value === undefined ? '' : JSON.stringify(value));

/** As a spreadsheet opens it; a cell that it would run as a formula stays text. */
function asCsv(entries: readonly TrailEntry[]): string {
  const rows = entries.map((e) => ({
    Number: e.sequence, When: e.happenedAt, Who: e.userName, 'For whom': e.onBehalfName ?? '', 'Read or changed': e.kind, What: e.action,
    Of: e.subjectKind, Id: e.subjectId, Before: json(e.before), After: json(e.after), 'From address': e.address ?? '',
  }));
  const columns = ['Number', 'When', 'Who', 'For whom', 'Read or changed', 'What', 'Of', 'Id', 'Before', 'After', 'From address'];
  return stringify(rows, { bom: true, header: true, columns, escape_formulas: true, record_delimiter: 'windows' });
}
