import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { NumberedKind } from '@fairshare/domain/billing';

/** The last number of a legal issuer’s series; its row is locked while numbers are given. It tells nothing about any collaboration. */
@Entity('document_series')
@Check('document_series_known_kind', `kind in ('invoice', 'credit-note')`)
@Check('document_series_counts', `last_number >= 0`)
export class DocumentSeriesEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'document_series_pk' })
  issuerUrn: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'document_series_pk' })
  kind: NumberedKind;

  @Column('bigint')
  lastNumber: number;
}
