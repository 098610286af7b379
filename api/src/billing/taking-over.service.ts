import { Injectable } from '@nestjs/common';
import type { Successions as SuccessionList, TakenItem, TakenOver, TakeOver } from '@fairshare/contract/taking-over';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Trail } from '../platform/trail.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { successorOf } from '../schools/successors.js';
import type { MoneySuccession } from '../sharing/money-succession.js';
import { Successions } from '../sharing/successions.js';
import { DebtsTakenOver } from './debts-taken-over.js';

/** Thrown at the end of a dry run, so that everything that was tried is undone. */
class OnlyTried extends Error {
  constructor(readonly taken: TakenOver) {
    super('This was a dry run.');
  }
}

/** A school became an academy: its successor takes over what stands on its accounts, by new entries only. */
@Injectable()
export class TakingOver {
  readonly #database: Database;
  readonly #schools: SchoolsQueries;
  readonly #shares: Successions;
  readonly #debts: DebtsTakenOver;
  readonly #trail: Trail;

  constructor(database: Database, schools: SchoolsQueries, shares: Successions, debts: DebtsTakenOver, trail: Trail) {
    this.#database = database;
    this.#schools = schools;
    this.#shares = shares;
    this.#debts = debts;
    this.#trail = trail;
  }

  /** Members, past ones too, that the register gave a successor. */
  list(who: Scope, collaborationId: string): Promise<SuccessionList> {
    assertAllSchools(who);
    return this.#database.read(who, async (tx) => {
      const rows = await sql<{ fromUrn: string; toUrn: string; isMember: boolean; on: DateOnly; takenOn: DateOnly | null }>(
        tx,
        `select m.urn as "fromUrn", s.successor_urn as "toUrn", n.from_on is not null as "isMember", coalesce(t.first_on, n.from_on, max(m.until_on) + 1, current_date) as "on", t.first_on as "takenOn"
           from membership m
           join school s on s.urn = m.urn
           left join lateral (select max(from_on) as from_on from membership n where n.collaboration_id = $1 and n.urn = s.successor_urn) n on true
           left join money_succession t on t.collaboration_id = $1 and t.from_urn = m.urn
          where m.collaboration_id = $1 and s.successor_urn is not null
          group by 1, 2, n.from_on, t.first_on order by 1`,
        [collaborationId],
      );
      const names = await this.#schools.names(tx, rows.flatMap(({ fromUrn, toUrn }) => [fromUrn, toUrn]));
      const stands = await standing(tx, collaborationId);
      const items = rows.map((row) => ({ ...row, fromName: names.get(row.fromUrn) ?? row.fromUrn, toName: names.get(row.toUrn) ?? row.toUrn, standsPence: stands.get(row.fromUrn) ?? 0 }));
      return { items, total: items.length };
    });
  }

  /** @throws `billing.no-successor`, `billing.successor-is-no-member` */
  async takeOver(who: Scope, collaborationId: string, wanted: TakeOver, dryRun: boolean): Promise<TakenOver> {
    assertAllSchools(who);
    if (!dryRun) return this.#database.write(who, (tx) => this.#move(tx, who, collaborationId, wanted));
    try {
      return await this.#database.read(who, async (tx) => {
        throw new OnlyTried(await this.#move(tx, who, collaborationId, wanted));
      });
    } catch (error) {
      if (error instanceof OnlyTried) return error.taken;
      throw error;
    }
  }

  async #move(tx: Tx, who: Scope, collaborationId: string, { fromUrn, on, debts }: TakeOver): Promise<TakenOver> {
    const succession = await this.#successionOf(tx, collaborationId, fromUrn, on);
    const disputed = await disputedShares(tx, collaborationId, fromUrn);
    const before = await standing(tx, collaborationId);
    const items: TakenItem[] = [
      ...(await this.#shares.follow(tx, who, succession, disputed.map(({ shareId }) => shareId))),
      ...(await this.#debts.follow(tx, who, succession, debts)),
      ...disputed.filter(({ isInvoiced }) => !isInvoiced).map(staysDisputed),
      ...(await drafted(tx, collaborationId, fromUrn)),
    ];
    const after = await standing(tx, collaborationId);
    const { toUrn, fromName, toName } = succession;
    const movedPence = (after.get(toUrn) ?? 0) - (before.get(toUrn) ?? 0);
    const taken: TakenOver = { fromUrn, fromName, toUrn, toName, on, debts, items, movedPence, leftPence: after.get(fromUrn) ?? 0 };
    for (const subjectId of [fromUrn, toUrn]) {
      await this.#trail.record(tx, who, { action: 'billing.money-taken-over', collaborationId, subjectKind: 'school', subjectId, after: taken });
    }
    return taken;
  }

  async #successionOf(tx: Tx, collaborationId: string, fromUrn: string, on: DateOnly): Promise<MoneySuccession> {
    const members = await this.#schools.members(tx, collaborationId, '1900-01-01', '9999-12-31');
    const from = members.find(({ urn }) => urn === fromUrn);
    if (!from) throw new DomainError('platform.not-found');
    const toUrn = await successorOf(tx, fromUrn);
    if (!toUrn) throw new DomainError('billing.no-successor');
    const to = members.find(({ urn }) => urn === toUrn);
    if (!to) throw new DomainError('billing.successor-is-no-member', { toUrn });
    return { collaborationId, fromUrn, fromName: from.name, toUrn, toName: to.name, toKind: to.kind, on };
  }
}

/** What each school owes, invoiced or not, less the credit that is held for it. */
async function standing(tx: Tx, collaborationId: string): Promise<Map<string, number>> {
  const rows = await sql<{ urn: string; pence: number }>(
    tx, `select school_urn as urn, sum(pence)::bigint as pence from ledger_posting where collaboration_id = $1 and account in ('shares-to-invoice', 'receivable', 'credit-held') group by school_urn`,
    [collaborationId],
  );
  return new Map(rows.map(({ urn, pence }) => [urn, pence]));
}

interface Disputed {
  readonly shareId: string;
  readonly chargeId: string;
  readonly description: string;
  readonly pence: number;
  readonly isInvoiced: boolean;
}

const staysDisputed = ({ description, pence, chargeId }: Disputed): TakenItem => ({ kind: 'shares', what: description, pence, chargeId, invoiceId: null, stays: 'It is disputed; decide that first.' });

function disputedShares(tx: Tx, collaborationId: string, urn: string): Promise<Disputed[]> {
  return sql<Disputed>(
    tx,
    `select d.share_id as "shareId", c.id as "chargeId", c.description, s.pence, i.share_id is not null as "isInvoiced"
       from dispute d
       join share s on s.collaboration_id = d.collaboration_id and s.id = d.share_id
       join charge c on c.collaboration_id = s.collaboration_id and c.id = s.charge_id
       left join share_invoiced i on i.collaboration_id = d.collaboration_id and i.share_id = d.share_id
      where d.collaboration_id = $1 and d.urn = $2 and d.state = 'open' order by d.opened_at, d.id`,
    [collaborationId, urn],
  );
}

/** Drafts hold their shares until they are issued or thrown away. */
async function drafted(tx: Tx, collaborationId: string, urn: string): Promise<TakenItem[]> {
  const rows = await sql<{ id: string; pence: number }>(
    tx,
    `select i.id, sum(l.net_pence)::bigint as pence from invoice i join invoice_line l on l.collaboration_id = i.collaboration_id and l.invoice_id = i.id
      where i.collaboration_id = $1 and i.urn = $2 and i.issued_on is null group by i.id order by i.id`,
    [collaborationId, urn],
  );
  return rows.map(({ id, pence }) => ({ kind: 'shares', what: 'Shares on a draft invoice', pence, chargeId: null, invoiceId: id, stays: 'Throw the draft away first, or issue it.' }));
}
