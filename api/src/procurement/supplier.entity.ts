import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Supplier, SupplierKind } from '@fairshare/domain/procurement';
import { CollaborationEntity } from '../schools/collaboration.entity.js';
import { SchoolEntity } from '../schools/school.entity.js';

/** Who is paid for a service. How to reach and to pay them is encrypted with a key of their own. */
@Entity('supplier')
@Unique('supplier_of_collaboration', ['collaborationId', 'id'])
@Unique('supplier_name_once', ['collaborationId', 'name'])
@ForeignKey(() => CollaborationEntity, ['collaborationId'], ['id'], { name: 'supplier_collaboration_fk' })
@ForeignKey(() => SchoolEntity, ['schoolUrn'], ['urn'], { name: 'supplier_school_fk' })
@Check('supplier_has_name', `btrim(name) <> ''`)
@Check('supplier_known_kind', `kind in ('company', 'local-authority', 'self-employed', 'member-school')`)
@Check('supplier_school_when_member', `(kind = 'member-school') = (school_urn is not null)`)
@Check('supplier_bank_details_whole', `num_nulls(account_name, sort_code, account_number) in (0, 3)`)
@Check('supplier_encrypted', `email like '{sealed:%' and account_name like '{sealed:%' and sort_code like '{sealed:%' and account_number like '{sealed:%'`)
export class SupplierEntity implements Supplier {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'supplier_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('text')
  name: string;

  @Column('text')
  kind: SupplierKind;

  /** The member whose employee delivers. */
  @Column('text', { nullable: true })
  schoolUrn: string | null;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('text', { nullable: true })
  vatNumber: string | null;

  @Column('text', { nullable: true })
  accountName: string | null;

  /** Six digits without dashes. */
  @Column('text', { nullable: true })
  sortCode: string | null;

  @Column('text', { nullable: true })
  accountNumber: string | null;
}
