import { Injectable } from '@nestjs/common';
import type { Cover, NewSupplierBill, SupplierBill } from '@fairshare/contract/billing';
import type { PageQuery } from '@fairshare/contract/list';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { MoneyOut } from './money-out.js';

interface BillRow extends Omit<SupplierBill, 'supplierName' | 'lines'> {
  readonly lines: SupplierBill['lines'];
}

/** A supplier's role that names no supplier opens no bill. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** Suppliers' bills, and which charge passes each line on to the schools. */
@Injectable()
export class SupplierBills {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #moneyOut: MoneyOut;
  readonly #procurement: ProcurementQueries;
  readonly #trail: Trail;

  constructor(database: Database, clock: Clock, moneyOut: MoneyOut, procurement: ProcurementQueries, trail: Trail) {
    this.#database = database;
    this.#clock = clock;
    this.#moneyOut = moneyOut;
    this.#procurement = procurement;
    this.#trail = trail;
  }

  async list(who: Scope, collaborationId: string, query: PageQuery) {
    const own = who.roles.every((role) => role === 'supplier') ? (who.supplierId ?? nobody) : null;
    if (!own) assertAllSchools(who);
    return this.#database.read(who, async (tx) => {
      const items = await this.#bills(tx, collaborationId, null, query.size, (query.page - 1) * query.size, own);
      const [count] = await sql<{ total: number }>(tx, 'select count(*) as total from supplier_bill where collaboration_id = $1 and ($2::uuid is null or supplier_id = $2)', [collaborationId, own]);
      return { items, total: count?.total ?? 0, page: query.page, size: query.size };
    });
  }

  /** @throws `billing.bill-exists` for a number that this supplier billed before, `platform.not-found` for a supplier or charge of elsewhere. */
  async addIn(tx: Tx, who: Scope, collaborationId: string, wanted: NewSupplierBill): Promise<SupplierBill> {
    const name = await this.supplierName(tx, collaborationId, wanted.supplierId);
    const id = newId();
    const [made] = await sql(
      tx,
      `insert into supplier_bill (id, collaboration_id, supplier_id, number, billed_on, due_on, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (collaboration_id, supplier_id, number) do nothing returning id`,
      [id, collaborationId, wanted.supplierId, wanted.number, wanted.billedOn, wanted.dueOn ?? null, who.name, this.#clock.now()],
    );
    if (!made) throw new DomainError('billing.bill-exists');
    const lines = wanted.lines.map((line, i) => ({ ...line, id: newId(), position: i + 1 }));
    await sql(
      tx,
      `insert into supplier_bill_line (id, collaboration_id, supplier_bill_id, position, description, pence)
       select l.id, $1, $2, l.position, l.description, l.pence from unnest($3::uuid[], $4::integer[], $5::text[], $6::bigint[]) as l (id, position, description, pence)`,
      [collaborationId, id, lines.map((l) => l.id), lines.map((l) => l.position), lines.map((l) => l.description), lines.map((l) => l.pence)],
    );
    await this.#moneyOut.bill(tx, who, { collaborationId, id, billedOn: wanted.billedOn, pence: lines.reduce((sum, l) => sum + l.pence, 0), description: `Bill ${wanted.number} of ${name}` });
    for (const line of lines) if (line.chargeId || line.carriedBecause) await this.#cover(tx, who, collaborationId, line, { chargeId: line.chargeId, carriedBecause: line.carriedBecause, pence: line.pence });
    await this.#trail.record(tx, who, { action: 'billing.bill-recorded', collaborationId, subjectKind: 'supplier-bill', subjectId: id, after: wanted });
    return this.#one(tx, collaborationId, id);
  }

  async supplierName(tx: Tx, collaborationId: string, supplierId: string): Promise<string> {
    const name = (await this.#procurement.supplierNames(tx, collaborationId, [supplierId])).get(supplierId);
    if (!name) throw new DomainError('platform.not-found');
    return name;
  }

  /**
   * Says what becomes of a line: a charge passes it on, or the collaboration carries it; what is left of it when no sum is given.
   * A sum of the other sign takes back what the charge passes on of it.
   */
  async cover(who: Scope, collaborationId: string, billId: string, lineId: string, wanted: Cover): Promise<SupplierBill> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      await sql(tx, 'select 1 from supplier_bill_line where collaboration_id = $1 and id = $2 for update', [collaborationId, lineId]);
      const [line] = await sql<{ id: string; pence: number; covered: number }>(
        tx,
        `select l.id, l.pence, (select coalesce(sum(c.pence), 0)::bigint from bill_cover c where c.collaboration_id = l.collaboration_id and c.supplier_bill_line_id = l.id) as covered
           from supplier_bill_line l where l.collaboration_id = $1 and l.supplier_bill_id = $2 and l.id = $3`,
        [collaborationId, billId, lineId],
      );
      if (!line) throw new DomainError('platform.not-found');
      const leftPence = line.pence - line.covered;
      const pence = wanted.pence ?? leftPence;
      const most = wanted.chargeId && pence * line.pence < 0 ? 0 - (await passedOnBy(tx, collaborationId, lineId, wanted.chargeId)) : leftPence;
      if (pence * most <= 0 || Math.abs(pence) > Math.abs(most)) throw new DomainError('billing.cover-too-large', { leftPence: most });
      await this.#cover(tx, who, collaborationId, line, { ...wanted, pence });
      await this.#trail.record(tx, who, { action: 'billing.bill-covered', collaborationId, subjectKind: 'supplier-bill', subjectId: billId, after: { lineId, ...wanted, pence } });
      return this.#one(tx, collaborationId, billId);
    });
  }

  async #cover(tx: Tx, who: Scope, collaborationId: string, line: { id: string }, cover: { chargeId?: string | undefined; carriedBecause?: string | undefined; pence: number }): Promise<void> {
    if (cover.chargeId) {
      const leftPence = await leftOfCharge(tx, collaborationId, cover.chargeId);
      if (cover.pence > 0 && cover.pence > leftPence) throw new DomainError('billing.charge-covers-less', { leftPence: Math.max(0, leftPence) });
    }
    const id = newId();
    await sql(
      tx,
      'insert into bill_cover (id, collaboration_id, supplier_bill_line_id, charge_id, carried_because, pence) values ($1, $2, $3, $4, $5, $6)',
      [id, collaborationId, line.id, cover.chargeId ?? null, cover.carriedBecause ?? null, cover.pence],
    );
    if (cover.carriedBecause) await this.#moneyOut.carry(tx, who, { collaborationId, id, pence: cover.pence, description: `Carried: ${cover.carriedBecause}` });
  }

  async #one(tx: Tx, collaborationId: string, id: string): Promise<SupplierBill> {
    const [bill] = await this.#bills(tx, collaborationId, id, 1, 0);
    if (!bill) throw new DomainError('platform.not-found');
    return bill;
  }

  async #bills(tx: Tx, collaborationId: string, id: string | null, limit: number, offset: number, supplierId: string | null = null): Promise<SupplierBill[]> {
    const rows = await sql<BillRow>(
      tx,
      `select b.id, b.supplier_id as "supplierId", b.number, b.billed_on as "billedOn", b.due_on as "dueOn", l.pence, l.covered as "coveredPence", l.lines,
              (select coalesce(0 - sum(p.pence), 0)::bigint from payment p where p.collaboration_id = b.collaboration_id and p.supplier_bill_id = b.id) as "paidPence"
         from (select * from supplier_bill where collaboration_id = $1 and ($2::uuid is null or id = $2) and ($5::uuid is null or supplier_id = $5) order by billed_on desc, id limit $3 offset $4) b
         left join lateral (
           select sum(l.pence)::bigint as pence, coalesce(sum(c.pence), 0)::bigint as covered,
                  json_agg(json_build_object('id', l.id, 'description', l.description, 'pence', l.pence, 'covers', coalesce(c.covers, '[]')) order by l.position) as lines
             from supplier_bill_line l
             left join lateral (
               select sum(c.pence) as pence, json_agg(json_build_object('chargeId', c.charge_id, 'carriedBecause', c.carried_because, 'pence', c.pence) order by c.first) filter (where c.pence <> 0) as covers
                 from (select c.charge_id, c.carried_because, sum(c.pence)::bigint as pence, min(c.id::text) as first from bill_cover c
                        where c.collaboration_id = l.collaboration_id and c.supplier_bill_line_id = l.id group by 1, 2) c) c on true
            where l.collaboration_id = b.collaboration_id and l.supplier_bill_id = b.id) l on true
        order by b.billed_on desc, b.id`,
      [collaborationId, id, limit, offset, supplierId],
    );
    const names = await this.#procurement.supplierNames(tx, collaborationId, rows.map((row) => row.supplierId));
    return rows.map((row) => ({ ...row, supplierName: names.get(row.supplierId) ?? '' }));
  }
}

/** What a charge passes on of a line of a bill. */
async function passedOnBy(tx: Tx, collaborationId: string, lineId: string, chargeId: string): Promise<number> {
  const [cover] = await sql<{ pence: number }>(
    tx, 'select coalesce(sum(pence), 0)::bigint as pence from bill_cover where collaboration_id = $1 and supplier_bill_line_id = $2 and charge_id = $3', [collaborationId, lineId, chargeId],
  );
  return cover?.pence ?? 0;
}

/** What a charge, with everything that puts it right, can still pass on: a charge of £100.00 passes on bills of £100.00 and no more. */
async function leftOfCharge(tx: Tx, collaborationId: string, chargeId: string): Promise<number> {
  await sql(tx, 'select billing_lock_charge_covers($1::uuid, $2::uuid)', [collaborationId, chargeId]);
  const [charge] = await sql<{ leftPence: number }>(
    tx,
    `select (f.charged - f.covered)::bigint as "leftPence" from charge c, lateral billing_charge_covered(c.collaboration_id, c.id) f
      where c.collaboration_id = $1 and c.id = $2`,
    [collaborationId, chargeId],
  );
  if (!charge) throw new DomainError('platform.not-found');
  return charge.leftPence;
}
