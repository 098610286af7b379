import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { DocumentKind } from '@fairshare/domain/billing';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { SchoolEntity } from '../schools/school.entity.js';
import { InvoiceRunEntity } from './invoice-run.entity.js';
import type { Parties } from './parties.js';

/** What bills the shares of one school: a demand, a credit note, or the journal of an own share. A draft until it is issued; never changed after. */
@Entity('invoice')
@Unique('invoice_of_collaboration', ['collaborationId', 'id'])
@Unique('invoice_numbered_once', ['issuerUrn', 'kind', 'seriesNumber'])
@ForeignKey(() => InvoiceRunEntity, ['collaborationId', 'runId'], ['collaborationId', 'id'], { name: 'invoice_run_fk' })
@ForeignKey(() => SchoolEntity, ['issuerUrn'], ['urn'], { name: 'invoice_issuer_fk' })
@ForeignKey(() => SchoolEntity, ['urn'], ['urn'], { name: 'invoice_school_fk' })
@Check('invoice_known_kind', `kind in ('invoice', 'credit-note', 'journal')`)
@Check('invoice_not_to_oneself', `kind = 'journal' or urn <> issuer_urn`)
@Check('invoice_period_in_order', `service_from <= service_to`)
@Check('invoice_number_at_issue', `(series_number is not null) = (issued_on is not null and kind <> 'journal')`)
@Check('invoice_due_at_issue', `(due_on is not null) = (issued_on is not null and kind = 'invoice')`)
@Check('invoice_parties_at_issue', `(parties is not null) = (issued_on is not null)`)
@Index('invoice_by_run', ['collaborationId', 'runId'])
@Index('invoice_by_school', ['collaborationId', 'urn', 'issuedOn'])
@Index('invoice_by_issue', ['collaborationId', 'issuedOn'])
export class InvoiceEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'invoice_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  runId: string;

  @Column('text')
  kind: DocumentKind;

  @Column('text')
  issuerUrn: string;

  /** Who pays. */
  @Column('text')
  urn: string;

  @Column('date')
  serviceFrom: DateOnly;

  @Column('date')
  serviceTo: DateOnly;

  /** Given at issue, without a gap for its issuer. */
  @Column('bigint', { nullable: true })
  seriesNumber: number | null;

  @Column('date', { nullable: true })
  issuedOn: DateOnly | null;

  @Column('date', { nullable: true })
  dueOn: DateOnly | null;

  /** Both parties as they were at issue: names, addresses, VAT number, where to pay. */
  @Column('jsonb', { nullable: true })
  parties: Parties | null;
}
