import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { ChargeEntity } from '../sharing/charge.entity.js';
import { ShareEntity } from '../sharing/share.entity.js';
import { InvoiceEntity } from './invoice.entity.js';

/** One share on an invoice, with the words and codes it had when it was drafted. */
@Entity('invoice_line')
@Unique('invoice_line_of_collaboration', ['collaborationId', 'id'])
@Unique('invoice_line_in_order', ['collaborationId', 'invoiceId', 'position'])
@Unique('invoice_line_share_once', ['collaborationId', 'shareId'])
@ForeignKey(() => InvoiceEntity, ['collaborationId', 'invoiceId'], ['collaborationId', 'id'], { name: 'invoice_line_invoice_fk' })
@ForeignKey(() => ShareEntity, ['collaborationId', 'shareId'], ['collaborationId', 'id'], { name: 'invoice_line_share_fk' })
@ForeignKey(() => ChargeEntity, ['collaborationId', 'chargeId'], ['collaborationId', 'id'], { name: 'invoice_line_charge_fk' })
@Check('invoice_line_says_what', `btrim(description) <> ''`)
@Check('invoice_line_vat_rate', `vat_basis_points between 0 and 10000`)
@Check('invoice_line_known_system', `cost_system in ('CFR', 'AAR')`)
@Index('invoice_line_by_charge', ['collaborationId', 'chargeId'])
@Index('invoice_line_by_day', ['collaborationId', 'belongsOn'])
export class InvoiceLineEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'invoice_line_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  invoiceId: string;

  /** 1 is the first line. */
  @Column('integer')
  position: number;

  @Column('uuid')
  shareId: string;

  @Column('uuid')
  chargeId: string;

  @Column('text')
  description: string;

  @Column('text', { nullable: true })
  serviceName: string | null;

  @Column('text', { nullable: true })
  agreementName: string | null;

  @Column('date')
  serviceFrom: DateOnly;

  @Column('date')
  serviceTo: DateOnly;

  /** The day that decides the period of its charge. */
  @Column('date')
  belongsOn: DateOnly;

  @Column('bigint')
  netPence: number;

  @Column('bigint')
  vatPence: number;

  /** The part of the net that is VAT which the supplier charged; for the school's own claim. */
  @Column('bigint', { default: 0 })
  suppliersVatPence: number;

  /** 2,000 is 20 %. */
  @Column('integer')
  vatBasisPoints: number;

  @Column('text')
  vatTreatment: string;

  @Column('text')
  vatReason: string;

  /** Why this VAT, as a sentence. */
  @Column('text')
  vatWords: string;

  /** Consistent Financial Reporting of maintained schools, or the Academies Accounts Return. */
  @Column('text')
  costSystem: 'CFR' | 'AAR';

  @Column('text')
  costCode: string;

  @Column('text')
  costName: string;
}
