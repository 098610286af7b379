import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Asked } from '@fairshare/contract/approvals';
import type { PageQuery } from '@fairshare/contract/list';
import type { BankDetails, SupplierBody, SupplierEntry } from '@fairshare/contract/procurement';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { maskedBankDetails, type ProcurementProblem } from '@fairshare/domain/procurement';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Approvals } from '../platform/approvals.js';
import { Database, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { oneAtATime, pageOf } from './one-at-a-time.js';
import type { SupplierEntity } from './supplier.entity.js';
import { SupplierStore } from './supplier-store.js';

/** Those whose work includes paying suppliers; the others see that there are bank details, not which. */
const seesBankDetails = (who: Scope) => who.userId === null || who.roles.some((role) => role === 'coordinator' || role === 'finance-officer' || role === 'auditor');

/** Who is paid for a service. */
@Injectable()
export class SuppliersService implements OnModuleInit {
  readonly #approvals: Approvals;
  readonly #database: Database;
  readonly #schools: SchoolsQueries;
  readonly #store: SupplierStore;
  readonly #trail: Trail;

  constructor(approvals: Approvals, database: Database, schools: SchoolsQueries, store: SupplierStore, trail: Trail) {
    this.#approvals = approvals;
    this.#database = database;
    this.#schools = schools;
    this.#store = store;
    this.#trail = trail;
  }

  list(who: Scope, collaborationId: string, query: PageQuery) {
    return this.#database.read(who, async (tx) => {
      const part = pageOf(await this.#store.all(tx, collaborationId), query);
      return { ...part, items: await this.#shown(tx, who, part.items) };
    });
  }

  add(who: Scope, collaborationId: string, body: SupplierBody): Promise<SupplierEntry> {
    return this.#database.write(who, async (tx) => {
      await oneAtATime(tx, collaborationId);
      refuseSameName(await this.#store.all(tx, collaborationId), body.name);
      await this.#store.assertMember(tx, collaborationId, body.schoolUrn ?? null);
      const supplier = { ...rowOf(body, null), id: newId(), collaborationId };
      await this.#store.insert(tx, supplier);
      const [shown] = await this.#shown(tx, who, [supplier]);
      await this.#trail.record(tx, who, { action: 'procurement.supplier-added', collaborationId, subjectKind: 'supplier', subjectId: supplier.id, after: shown });
      return shown as SupplierEntry;
    });
  }

  onModuleInit(): void {
    this.#approvals.carriesOut('procurement.bank-details', (tx, who, id, { supplierId, body }: { supplierId: string; body: SupplierBody }) => this.#change(tx, who, id, supplierId, body));
  }

  /** Where a supplier is paid is changed by two people wherever the collaboration has a limit: that is how suppliers' money is stolen. */
  change(who: Scope, collaborationId: string, supplierId: string, body: SupplierBody): Promise<SupplierEntry | Asked> {
    return this.#database.write(who, async (tx) => {
      const { before, after } = await this.#changed(tx, collaborationId, supplierId, body);
      const account = after.accountNumber ? `account ending in ${after.accountNumber.slice(-4)}` : 'no account any more';
      const wish = { kind: 'procurement.bank-details', collaborationId, subjectId: supplierId, pence: null, summary: `${before.name} is paid to: ${account}`, wanted: { supplierId, body } } as const;
      const asked = accountOf(before) === accountOf(after) ? undefined : await this.#approvals.ask(tx, who, wish);
      return asked ?? this.#change(tx, who, collaborationId, supplierId, body);
    });
  }

  /** The whole account, for paying or checking it; looking at it stands on the trail. @throws `procurement.no-bank-details`. */
  bankDetails(who: Scope, collaborationId: string, supplierId: string): Promise<BankDetails> {
    assertAllSchools(who);
    return this.#database.read(who, async (tx) => {
      const supplier = (await this.#store.all(tx, collaborationId)).find(({ id }) => id === supplierId);
      if (!supplier) throw new DomainError('platform.not-found');
      const { accountName, sortCode, accountNumber } = supplier;
      if (accountName === null || sortCode === null || accountNumber === null) throw new DomainError<ProcurementProblem>('procurement.no-bank-details');
      await this.#trail.record(tx, who, { action: 'procurement.bank-details-read', collaborationId, subjectKind: 'supplier', subjectId: supplierId, kind: 'reading' });
      return { accountName, sortCode, accountNumber };
    });
  }

  async #changed(tx: Tx, collaborationId: string, supplierId: string, body: SupplierBody): Promise<{ before: SupplierEntity; after: SupplierEntity }> {
    await oneAtATime(tx, collaborationId);
    const all = await this.#store.all(tx, collaborationId);
    const before = all.find((supplier) => supplier.id === supplierId);
    if (!before) throw new DomainError('platform.not-found');
    refuseSameName(all.filter((supplier) => supplier !== before), body.name);
    if (body.schoolUrn !== before.schoolUrn) await this.#store.assertMember(tx, collaborationId, body.schoolUrn ?? null);
    return { before, after: { ...before, ...rowOf(body, before) } };
  }

  async #change(tx: Tx, who: Scope, collaborationId: string, supplierId: string, body: SupplierBody): Promise<SupplierEntry> {
    const { before, after } = await this.#changed(tx, collaborationId, supplierId, body);
    await this.#store.update(tx, after);
    const [was, is] = await this.#shown(tx, who, [before, after]);
    await this.#trail.record(tx, who, {
      action: 'procurement.supplier-changed', collaborationId, subjectKind: 'supplier', subjectId: supplierId, before: was,
      // The trail says so even where the last digits are alike.
      after: { ...is, bankDetailsChanged: accountOf(before) !== accountOf(after) },
    });
    return is as SupplierEntry;
  }

  async #shown(tx: Tx, who: Scope, suppliers: readonly SupplierEntity[]): Promise<SupplierEntry[]> {
    const urns = suppliers.flatMap((supplier) => (supplier.schoolUrn ? [supplier.schoolUrn] : []));
    const names = urns.length > 0 ? await this.#schools.names(tx, urns) : new Map<string, string>();
    const entries = suppliers.map((supplier) => ({
      id: supplier.id,
      name: supplier.name,
      kind: supplier.kind,
      schoolUrn: supplier.schoolUrn,
      schoolName: supplier.schoolUrn ? (names.get(supplier.schoolUrn) ?? null) : null,
      email: supplier.email,
      vatNumber: supplier.vatNumber,
      bankDetails: seesBankDetails(who) ? maskedBankDetails(supplier) : null,
    }));
    return this.#store.sealedAgain(tx, entries);
  }
}

const accountOf = ({ sortCode, accountNumber }: SupplierEntity) => `${sortCode} ${accountNumber}`;

function refuseSameName(others: readonly { name: string }[], name: string): void {
  if (others.some((other) => other.name === name)) throw new DomainError<ProcurementProblem>('procurement.name-taken', { name });
}

/** Bank details that were left out stay as they are; null takes them away. */
function rowOf(body: SupplierBody, before: SupplierEntity | null): Omit<SupplierEntity, 'id' | 'collaborationId'> {
  const bank = body.bankDetails === undefined ? before : body.bankDetails;
  return {
    name: body.name,
    kind: body.kind,
    schoolUrn: body.schoolUrn ?? null,
    email: body.email ?? null,
    vatNumber: body.vatNumber ?? null,
    accountName: bank?.accountName ?? null,
    sortCode: bank?.sortCode ?? null,
    accountNumber: bank?.accountNumber ?? null,
  };
}
