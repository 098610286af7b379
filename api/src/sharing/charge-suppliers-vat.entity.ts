import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ChargeEntity } from './charge.entity.js';

/** The part of a charge that is VAT which the supplier charged; it is passed on as a disbursement and divided like the charge. */
@Entity('charge_suppliers_vat')
@ForeignKey(() => ChargeEntity, ['collaborationId', 'chargeId'], ['collaborationId', 'id'], { name: 'charge_suppliers_vat_charge_fk' })
export class ChargeSuppliersVatEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'charge_suppliers_vat_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'charge_suppliers_vat_pk' })
  chargeId: string;

  @Column('bigint')
  pence: number;
}
