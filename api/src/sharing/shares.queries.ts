import { Injectable } from '@nestjs/common';
import type { ChargeKind } from '@fairshare/contract/sharing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { sql, type Tx } from '../platform/database.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { suppliersVatOf } from './suppliers-vat.js';

/** A share that no document has claimed yet, with what decides how it is billed. */
export interface UninvoicedShare {
  readonly shareId: string;
  readonly chargeId: string;
  readonly urn: string;
  readonly pence: number;
  readonly description: string;
  readonly kind: ChargeKind;
  readonly serviceFrom: DateOnly;
  readonly serviceTo: DateOnly;
  readonly belongsOn: DateOnly;
  /** The charge that it puts right. */
  readonly correctsChargeId: string | null;
  /** On which the charge counts that it puts right; else its own day. */
  readonly suppliedOn: DateOnly;
  /** A balance of earlier books, or what puts one right. */
  readonly isBroughtForward: boolean;
  readonly agreementId: string | null;
  readonly agreementName: string | null;
  /** The part of `pence` that is VAT which the supplier charged. */
  readonly suppliersVatPence: number;
  readonly serviceId: string | null;
  readonly supplierKind: string | null;
  readonly supplierSchoolUrn: string | null;
  readonly serviceName: string | null;
  readonly serviceKind: string | null;
}

/** Sums of a period in pence, for the reconciliation. `charged` − `shared` is what waits to be divided. */
export interface ShareTotals {
  readonly chargedPence: number;
  readonly sharedPence: number;
  readonly unsharedPence: number;
  readonly claimedPence: number;
  readonly unclaimedPence: number;
  readonly charges: number;
  readonly unsharedCharges: readonly { readonly chargeId: string; readonly description: string; readonly pence: number; readonly problemCode: string }[];
}

type Row = Omit<UninvoicedShare, 'agreementName' | 'suppliersVatPence' | 'serviceId' | 'supplierKind' | 'supplierSchoolUrn' | 'serviceName' | 'serviceKind'>;

/** Whose contributions stand, for which agreement and days. */
const onAccount = `
  with on_account as (
    select p.agreement_id, p.starts_on, p.ends_on, a.urn
      from charge_plan p
      join charge x on x.collaboration_id = p.collaboration_id and x.plan_id = p.id
      join charge c on c.collaboration_id = x.collaboration_id and (c.id = x.id or c.corrects_charge_id = x.id)
      join share a on a.collaboration_id = c.collaboration_id and a.charge_id = c.id
     where p.collaboration_id = $1 and p.kind = 'on-account'
     group by p.id, a.urn having sum(a.pence) <> 0)`;

/** Of `charge c`: it waits to be shared. What was taken back before it was, and the credit that did it, wait for nothing. */
export const isUnshared = `
  (c.kind <> 'credit' and not exists (select from share_set s where s.collaboration_id = c.collaboration_id and s.charge_id = c.id)
   and not exists (select from charge t where t.collaboration_id = c.collaboration_id and t.corrects_charge_id = c.id and t.kind = 'credit'))`;

/** Shares as the rooms above see them. */
@Injectable()
export class SharesQueries {
  readonly #procurement: ProcurementQueries;

  constructor(procurement: ProcurementQueries) {
    this.#procurement = procurement;
  }

  /**
   * Shares that count in the period and that no document has claimed, by school and day; shares of nothing
   * are left out. While a school's contributions on account stand, its actual shares are held back until they are set
   * against one another, unless `held` asks for them too.
   */
  async uninvoiced(tx: Tx, collaborationId: string, from: DateOnly, to: DateOnly, { held = false } = {}): Promise<UninvoicedShare[]> {
    const rows = await sql<Row>(
      tx,
      `${onAccount}
       select s.id as "shareId", s.charge_id as "chargeId", s.urn, s.pence, c.description, c.kind, c.service_from as "serviceFrom",
              c.service_to as "serviceTo", t.counts_on as "belongsOn", c.agreement_id as "agreementId", c.corrects_charge_id as "correctsChargeId",
              coalesce((select x.counts_on from share_set x where x.collaboration_id = $1 and x.charge_id = f.id), t.counts_on) as "suppliedOn",
              coalesce(f.kind, c.kind) = 'opening-balance' as "isBroughtForward"
         from share_set t
         join charge c on c.collaboration_id = t.collaboration_id and c.id = t.charge_id
         join share s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
         left join charge f on f.collaboration_id = c.collaboration_id and f.id = c.corrects_charge_id
         left join share_invoiced i on i.collaboration_id = s.collaboration_id and i.share_id = s.id
        where t.collaboration_id = $1 and t.counts_on between $2 and $3 and s.pence <> 0 and i.share_id is null
          and ($4 or not exists (
            select from on_account o
             where o.urn = s.urn and (o.agreement_id is null or o.agreement_id = c.agreement_id) and c.belongs_on between o.starts_on and o.ends_on
               and coalesce(f.kind, c.kind) not in ('on-account', 'true-up', 'opening-balance')))
        order by s.urn, t.counts_on, s.sequence`,
      [collaborationId, from, to, held],
    );
    const agreements = new Map((await this.#procurement.agreements(tx, collaborationId)).map((a) => [a.id, a]));
    const vat = await suppliersVatOf(tx, collaborationId, [...new Set(rows.map(({ chargeId }) => chargeId))]);
    return rows.map((row) => {
      const agreement = row.agreementId ? agreements.get(row.agreementId) : undefined;
      return {
        ...row,
        suppliersVatPence: vat.get(row.shareId) ?? 0,
        agreementName: agreement?.name ?? null,
        serviceId: agreement?.service.id ?? null,
        supplierKind: agreement?.supplier.kind ?? null,
        supplierSchoolUrn: agreement?.supplier.schoolUrn ?? null,
        serviceName: agreement?.service.name ?? null,
        serviceKind: agreement?.service.kind ?? null,
      };
    });
  }

  /**
   * Claims shares for the lines of documents, pair by pair.
   * @throws `sharing.already-invoiced` when another document has one of them.
   */
  async markInvoiced(tx: Tx, collaborationId: string, shareIds: readonly string[], documentLineIds: readonly string[]): Promise<void> {
    if (shareIds.length === 0) return;
    const claimed = await sql(
      tx,
      `insert into share_invoiced (share_id, collaboration_id, document_line_id)
       select share_id, $1, line_id from unnest($2::uuid[], $3::uuid[]) as pairs (share_id, line_id)
       on conflict do nothing returning share_id`,
      [collaborationId, shareIds, documentLineIds],
    );
    if (claimed.length !== shareIds.length) throw new DomainError('sharing.already-invoiced');
  }

  /** Sets shares free again when the draft that claimed them is thrown away. */
  async unmarkInvoiced(tx: Tx, collaborationId: string, shareIds: readonly string[]): Promise<void> {
    await sql(tx, 'delete from share_invoiced where collaboration_id = $1 and share_id = any ($2)', [collaborationId, shareIds]);
  }

  totals(tx: Tx, collaborationId: string, from: DateOnly, to: DateOnly): Promise<ShareTotals> {
    return shareTotals(tx, collaborationId, from, to);
  }
}

/** What a period was charged, shared and claimed: what came when the period was closed already counts in a later one. */
export async function shareTotals(tx: Tx, collaborationId: string, from: DateOnly, to: DateOnly): Promise<ShareTotals> {
  const [sums] = await sql<{ charged: number; charges: number; shared: number; claimed: number }>(
    tx,
    `select x.charged, x.charges, s.shared, s.claimed
       from (select coalesce(sum(c.pence), 0)::bigint as charged, count(*) as charges from charge c where c.collaboration_id = $1 and c.counts_on between $2 and $3) x
      cross join (
         select coalesce(sum(s.pence), 0)::bigint as shared, coalesce(sum(s.pence) filter (where i.share_id is not null), 0)::bigint as claimed
           from share_set t join share s on s.collaboration_id = t.collaboration_id and s.charge_id = t.charge_id
           left join share_invoiced i on i.collaboration_id = s.collaboration_id and i.share_id = s.id
          where t.collaboration_id = $1 and t.counts_on between $2 and $3) s`,
    [collaborationId, from, to],
  );
  const { charged = 0, charges = 0, shared = 0, claimed = 0 } = sums ?? {};
  const unsharedCharges = await unsharedWithin(tx, collaborationId, from, to);
  return { chargedPence: charged, sharedPence: shared, unsharedPence: charged - shared, claimedPence: claimed, unclaimedPence: shared - claimed, charges, unsharedCharges };
}

/**
 * Charges of the period that were not shared in it, and, with the sign turned, those of an earlier one that were shared in
 * this one since theirs was closed. A charge that was taken back before it was shared is left out with its credit.
 */
function unsharedWithin(tx: Tx, collaborationId: string, from: DateOnly, to: DateOnly): Promise<ShareTotals['unsharedCharges'][number][]> {
  return sql(
    tx,
    `select c.id as "chargeId", c.description, case when c.counts_on between $2 and $3 then c.pence else 0 - c.pence end::bigint as pence,
            coalesce((select p.code from charge_problem p where p.collaboration_id = c.collaboration_id and p.charge_id = c.id order by p.tried_at desc, p.id desc limit 1), '') as "problemCode"
       from charge c
       left join share_set t on t.collaboration_id = c.collaboration_id and t.charge_id = c.id
      where c.collaboration_id = $1 and (c.counts_on between $2 and $3) <> coalesce(t.counts_on between $2 and $3, false)
        and not (t.charge_id is null and exists (
          select from charge o where o.collaboration_id = c.collaboration_id and o.counts_on between $2 and $3
             and (o.corrects_charge_id = c.id and o.kind = 'credit' or c.kind = 'credit' and o.id = c.corrects_charge_id)))
      order by c.counts_on, c.id`,
    [collaborationId, from, to],
  );
}
