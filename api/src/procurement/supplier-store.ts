import { Injectable } from '@nestjs/common';
import type { SupplierEntry } from '@fairshare/contract/procurement';
import { assertMember } from '@fairshare/domain/procurement';
import { personErased } from '../identity/identity.news.js';
import { systemScope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Events } from '../platform/events.js';
import { Personal } from '../platform/personal.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { SupplierEntity } from './supplier.entity.js';

const kept = ['email', 'accountName', 'sortCode', 'accountNumber'] as const;

/** Suppliers as they are stored: how to reach and to pay them is encrypted with a key of each supplier's own. */
@Injectable()
export class SupplierStore {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #personal: Personal;
  readonly #schools: SchoolsQueries;

  constructor(clock: Clock, database: Database, events: Events, personal: Personal, schools: SchoolsQueries) {
    this.#clock = clock;
    this.#database = database;
    this.#personal = personal;
    this.#schools = schools;
    events.on(personErased, (tx, _who, { specialistIds }) => this.#forget(tx, specialistIds));
  }

  /** Suppliers from before this was encrypted are, at the first start that can. */
  async onApplicationBootstrap(): Promise<void> {
    await this.#database.write(systemScope(), async (tx) => {
      const plain = `(email not like '{sealed:%' or account_name not like '{sealed:%')`;
      const rows = await tx.getRepository(SupplierEntity).createQueryBuilder('supplier').where(plain).getMany();
      for (const row of rows) await this.update(tx, row);
    });
  }

  /** Opened, in the order of their names. */
  async all(tx: Tx, collaborationId: string): Promise<SupplierEntity[]> {
    return this.#personal.reveal(await tx.getRepository(SupplierEntity).find({ where: { collaborationId }, order: { name: 'asc', id: 'asc' } }), tx);
  }

  async insert(tx: Tx, supplier: SupplierEntity): Promise<void> {
    await tx.getRepository(SupplierEntity).insert(await this.#sealed(tx, supplier));
  }

  async update(tx: Tx, supplier: SupplierEntity): Promise<void> {
    const { collaborationId, id } = supplier;
    await tx.getRepository(SupplierEntity).update({ collaborationId, id }, await this.#sealed(tx, supplier));
  }

  /** @throws `procurement.no-member` for a school that is no member today. */
  async assertMember(tx: Tx, collaborationId: string, urn: string | null): Promise<void> {
    if (urn === null) return;
    const today = this.#clock.today();
    assertMember(urn, today, await this.#schools.members(tx, collaborationId, today));
  }

  /** What is kept beyond this transaction, on the trail or as an answer, is encrypted there too. */
  async sealedAgain(tx: Tx, entries: readonly SupplierEntry[]): Promise<SupplierEntry[]> {
    const sealed: SupplierEntry[] = [];
    for (const entry of entries) {
      const { id, email, bankDetails } = entry;
      const bank = bankDetails && { ...bankDetails, accountName: await this.#personal.seal(tx, id, bankDetails.accountName) };
      sealed.push({ ...entry, email: await this.#personal.sealOrNull(tx, id, email), bankDetails: bank });
    }
    return sealed;
  }

  async #sealed(tx: Tx, supplier: SupplierEntity): Promise<SupplierEntity> {
    const sealed = { ...supplier };
    for (const field of kept) sealed[field] = await this.#personal.sealOrNull(tx, supplier.id, supplier[field]);
    return sealed;
  }

  /** Who works for themselves alone takes their supplier along; its name stays where it stands in the books. */
  async #forget(tx: Tx, specialistIds: readonly string[]): Promise<void> {
    const own = await sql<{ id: string }>(
      tx,
      `select s.id from supplier s where s.kind = 'self-employed'
          and exists (select from engagement e where e.collaboration_id = s.collaboration_id and e.supplier_id = s.id and e.specialist_id = any ($1::uuid[]))
          and not exists (select from engagement e where e.collaboration_id = s.collaboration_id and e.supplier_id = s.id and e.specialist_id <> all ($1::uuid[]))`,
      [specialistIds],
    );
    const ids = own.map(({ id }) => id);
    await this.#personal.destroy(tx, ids, this.#clock.now());
    await sql(tx, `update supplier set name = 'Somebody who has left, ' || id, vat_number = null, email = null, account_name = null, sort_code = null, account_number = null where id = any ($1::uuid[])`, [ids]);
  }
}
