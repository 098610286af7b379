import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { SpecialistEntity } from './specialist.entity.js';
import { SupplierEntity } from './supplier.entity.js';

/** A specialist's place in one collaboration: through which supplier, from when and until when. */
@Entity('engagement')
@Unique('engagement_once', ['collaborationId', 'specialistId'])
@ForeignKey(() => SpecialistEntity, ['specialistId'], ['id'], { name: 'engagement_specialist_fk' })
@ForeignKey(() => SupplierEntity, ['collaborationId', 'supplierId'], ['collaborationId', 'id'], { name: 'engagement_supplier_fk' })
@Check('engagement_ends_after_start', 'until_on >= from_on')
@Index('engagement_by_specialist', ['specialistId'])
@Index('engagement_by_supplier', ['collaborationId', 'supplierId'])
export class EngagementEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'engagement_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('uuid')
  specialistId: string;

  @Column('uuid')
  supplierId: string;

  @Column('date')
  fromOn: string;

  /** The last day; null while no end is known. */
  @Column('date', { nullable: true })
  untilOn: string | null;
}
