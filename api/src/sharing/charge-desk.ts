import { Injectable } from '@nestjs/common';
import type { Charge, CorrectCharge, MakeCharge } from '@fairshare/contract/sharing';
import { formatPounds } from '@fairshare/domain/kernel/money';
import { assertSuppliersVat } from '@fairshare/domain/sharing';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Database, sql } from '../platform/database.js';
import { Bases } from './bases.js';
import { ChargesQueries } from './charges.queries.js';
import { ChargesService } from './charges.service.js';

/** What a finance officer does with charges by hand. */
@Injectable()
export class ChargeDesk {
  readonly #bases: Bases;
  readonly #charges: ChargesService;
  readonly #database: Database;
  readonly #queries: ChargesQueries;

  constructor(bases: Bases, charges: ChargesService, database: Database, queries: ChargesQueries) {
    this.#bases = bases;
    this.#charges = charges;
    this.#database = database;
    this.#queries = queries;
  }

  /** An expense or adjustment; divided by the agreement's rule, among the members, or among the schools that are named. */
  enter(who: Scope, collaborationId: string, wanted: MakeCharge): Promise<Charge> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const { schoolUrns, agreementId = null, suppliersVatPence = 0, mileage, ...rest } = wanted;
      assertSuppliersVat(suppliersVatPence, wanted.pence);
      if (agreementId) await this.#bases.assertAgreement(tx, collaborationId, agreementId);
      if (schoolUrns) await this.#bases.assertMembers(tx, collaborationId, schoolUrns, wanted.serviceFrom, wanted.serviceTo);
      const only = schoolUrns ? { rule: { basis: 'equal' } as const, participants: schoolUrns.map((school) => ({ school })) } : {};
      const { chargeId } = await this.#charges.makeCharge(tx, who, { collaborationId, agreementId, ...rest, ...only, workings: workingsOf(wanted) });
      if (suppliersVatPence !== 0) await sql(tx, 'insert into charge_suppliers_vat (collaboration_id, charge_id, pence) values ($1, $2, $3)', [collaborationId, chargeId, suppliersVatPence]);
      return this.#queries.read(tx, who, collaborationId, chargeId);
    });
  }

  /** Tries once more to divide a charge that could not be divided. */
  shareAgain(who: Scope, collaborationId: string, chargeId: string): Promise<Charge> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      await this.#charges.tryAgain(tx, who, collaborationId, chargeId);
      return this.#queries.read(tx, who, collaborationId, chargeId);
    });
  }

  /** Puts a charge right by new ones that name it. */
  correct(who: Scope, collaborationId: string, chargeId: string, wanted: CorrectCharge): Promise<{ items: Charge[] }> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const ids = await this.#charges.correct(tx, who, collaborationId, chargeId, wanted);
      const items: Charge[] = [];
      for (const id of ids) items.push(await this.#queries.read(tx, who, collaborationId, id));
      return { items };
    });
  }
}

function workingsOf({ mileage, estimated, pence }: MakeCharge): string[] | null {
  const sentences = [
    ...(mileage ? [`${mileage.miles} miles at ${mileage.pencePerMile} p: ${formatPounds(pence)}.`] : []),
    ...(estimated ? ['It is an estimate; the actual sum takes its place by a correction along these shares.'] : []),
  ];
  return sentences.length > 0 ? sentences : null;
}
