import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Asked } from '@fairshare/contract/approvals';
import type { Charge, CorrectCharge, MakeCharge, ShareAmong } from '@fairshare/contract/sharing';
import { formatPounds } from '@fairshare/domain/kernel/money';
import { assertSuppliersVat } from '@fairshare/domain/sharing';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Approvals } from '../platform/approvals.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Bases } from './bases.js';
import { ChargesQueries } from './charges.queries.js';
import { ChargesService } from './charges.service.js';

/** What a finance officer does with charges by hand. */
@Injectable()
export class ChargeDesk implements OnModuleInit {
  readonly #approvals: Approvals;
  readonly #bases: Bases;
  readonly #charges: ChargesService;
  readonly #database: Database;
  readonly #queries: ChargesQueries;

  constructor(approvals: Approvals, bases: Bases, charges: ChargesService, database: Database, queries: ChargesQueries) {
    this.#approvals = approvals;
    this.#bases = bases;
    this.#charges = charges;
    this.#database = database;
    this.#queries = queries;
  }

  onModuleInit(): void {
    this.#approvals.carriesOut('sharing.charge', (tx, who, collaborationId, wanted) => this.#enter(tx, who, collaborationId, wanted));
    this.#approvals.carriesOut('sharing.among', (tx, who, collaborationId, { chargeId, ...wanted }: ShareAmong & { chargeId: string }) => this.#shareAmong(tx, who, collaborationId, chargeId, wanted));
    this.#approvals.carriesOut('sharing.correction', (tx, who, collaborationId, { chargeId, ...wanted }: CorrectCharge & { chargeId: string }) => this.#correct(tx, who, collaborationId, chargeId, wanted));
  }

  /** An expense or adjustment; divided by the agreement's rule, among the members, or among the schools that are named. Above the limit it takes two people. */
  enter(who: Scope, collaborationId: string, wanted: MakeCharge): Promise<Charge | Asked> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      await this.#assertCanBeMade(tx, collaborationId, wanted);
      const wish = { kind: 'sharing.charge', collaborationId, subjectId: wanted.agreementId ?? null, pence: wanted.pence, summary: wanted.description, wanted } as const;
      return (await this.#approvals.ask(tx, who, wish)) ?? this.#enter(tx, who, collaborationId, wanted);
    });
  }

  async #assertCanBeMade(tx: Tx, collaborationId: string, { schoolUrns, agreementId, suppliersVatPence = 0, pence, serviceFrom, serviceTo }: MakeCharge): Promise<void> {
    assertSuppliersVat(suppliersVatPence, pence);
    if (agreementId) await this.#bases.assertAgreement(tx, collaborationId, agreementId);
    if (schoolUrns) await this.#bases.assertMembers(tx, collaborationId, schoolUrns, serviceFrom, serviceTo);
  }

  async #enter(tx: Tx, who: Scope, collaborationId: string, wanted: MakeCharge): Promise<Charge> {
    await this.#assertCanBeMade(tx, collaborationId, wanted);
    const { schoolUrns, agreementId = null, suppliersVatPence = 0, mileage, ...rest } = wanted;
    const only = schoolUrns ? { rule: { basis: 'equal' } as const, participants: schoolUrns.map((school) => ({ school })) } : {};
    const { chargeId } = await this.#charges.makeCharge(tx, who, { collaborationId, agreementId, ...rest, ...only, workings: workingsOf(wanted) });
    if (suppliersVatPence !== 0) await sql(tx, 'insert into charge_suppliers_vat (collaboration_id, charge_id, pence) values ($1, $2, $3)', [collaborationId, chargeId, suppliersVatPence]);
    return this.#queries.read(tx, who, collaborationId, chargeId);
  }

  /** Tries once more to divide a charge that could not be divided. */
  shareAgain(who: Scope, collaborationId: string, chargeId: string): Promise<Charge> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      await this.#charges.tryAgain(tx, who, collaborationId, chargeId);
      return this.#queries.read(tx, who, collaborationId, chargeId);
    });
  }

  /** Divides what its rule cannot divide, equally among the schools that a person names; they have to be members on its days. Above the limit it takes two people. */
  shareAmong(who: Scope, collaborationId: string, chargeId: string, wanted: ShareAmong): Promise<Charge | Asked> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const { shared, pence, description, serviceFrom, serviceTo } = await this.#queries.read(tx, who, collaborationId, chargeId);
      await this.#bases.assertMembers(tx, collaborationId, wanted.schoolUrns, serviceFrom, serviceTo);
      const summary = `${description}: to be borne by ${wanted.schoolUrns.length === 1 ? 'one school' : `${wanted.schoolUrns.length} schools`}`;
      const asked = shared ? undefined : await this.#approvals.ask(tx, who, { kind: 'sharing.among', collaborationId, subjectId: chargeId, pence, summary, wanted: { chargeId, ...wanted } });
      return asked ?? this.#shareAmong(tx, who, collaborationId, chargeId, wanted);
    });
  }

  async #shareAmong(tx: Tx, who: Scope, collaborationId: string, chargeId: string, { schoolUrns }: ShareAmong): Promise<Charge> {
    const { serviceFrom, serviceTo } = await this.#queries.read(tx, who, collaborationId, chargeId);
    await this.#bases.assertMembers(tx, collaborationId, schoolUrns, serviceFrom, serviceTo);
    await this.#charges.tryAgain(tx, who, collaborationId, chargeId, { rule: { basis: 'equal' }, participants: schoolUrns.map((school) => ({ school })) });
    return this.#queries.read(tx, who, collaborationId, chargeId);
  }

  /** Puts a charge right by new ones that name it. It takes two people where the charge was above the limit, or is to be. */
  correct(who: Scope, collaborationId: string, chargeId: string, wanted: CorrectCharge): Promise<{ items: Charge[] } | Asked> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const { pence, description } = await this.#queries.read(tx, who, collaborationId, chargeId);
      const most = Math.max(Math.abs(pence), Math.abs(wanted.shouldBePence));
      const summary = `${wanted.reason}: ${description} should be ${formatPounds(wanted.shouldBePence)}`;
      const asked = await this.#approvals.ask(tx, who, { kind: 'sharing.correction', collaborationId, subjectId: chargeId, pence: most, summary, wanted: { chargeId, ...wanted } });
      return asked ?? this.#correct(tx, who, collaborationId, chargeId, wanted);
    });
  }

  async #correct(tx: Tx, who: Scope, collaborationId: string, chargeId: string, wanted: CorrectCharge): Promise<{ items: Charge[] }> {
    const ids = await this.#charges.correct(tx, who, collaborationId, chargeId, wanted);
    const items: Charge[] = [];
    for (const id of ids) items.push(await this.#queries.read(tx, who, collaborationId, id));
    return { items };
  }
}

function workingsOf({ mileage, estimated, pence }: MakeCharge): string[] | null {
  const sentences = [
    ...(mileage ? [`${mileage.miles} miles at ${mileage.pencePerMile} p: ${formatPounds(pence)}.`] : []),
    ...(estimated ? ['It is an estimate; the actual sum takes its place by a correction along these shares.'] : []),
  ];
  return sentences.length > 0 ? sentences : null;
}
