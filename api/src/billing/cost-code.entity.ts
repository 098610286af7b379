import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ServiceEntity } from '../procurement/service.entity.js';

/** Where schools of a kind book a service, when it is not the proposal. */
@Entity('cost_code')
@ForeignKey(() => ServiceEntity, ['collaborationId', 'serviceId'], ['collaborationId', 'id'], { name: 'cost_code_service_fk' })
@Check('cost_code_known_kind', `school_kind in ('maintained', 'academy')`)
@Check('cost_code_is_named', `btrim(code) <> '' and btrim(name) <> ''`)
export class CostCodeEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'cost_code_pk' })
  collaborationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'cost_code_pk' })
  serviceId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'cost_code_pk' })
  schoolKind: 'maintained' | 'academy';

  @Column('text')
  code: string;

  @Column('text')
  name: string;

  @Column('text')
  chosenBy: string;

  @Column('timestamptz')
  chosenAt: Date;
}
