import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { SchoolEntity } from '../schools/school.entity.js';

/** A school that took over the money of another: an academy after its predecessor. Written once. */
@Entity('money_succession')
@ForeignKey(() => SchoolEntity, ['fromUrn'], ['urn'], { name: 'money_succession_from_fk' })
@ForeignKey(() => SchoolEntity, ['toUrn'], ['urn'], { name: 'money_succession_to_fk' })
@Check('money_succession_to_another', `from_urn <> to_urn`)
export class MoneySuccessionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'money_succession_pk' })
  collaborationId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'money_succession_pk' })
  fromUrn: string;

  @Column('text')
  toUrn: string;

  /** The new school's first day. */
  @Column('date')
  firstOn: DateOnly;

  @Column('text')
  recordedBy: string;

  @Column('timestamptz')
  recordedAt: Date;
}
