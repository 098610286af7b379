import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { PupilMeasure, PupilNumber, PupilNumberSource } from '@fairshare/domain/schools';

/** How many pupils a school had at a census, in thousandths because half pupils are counted. */
@Entity('pupil_number')
@Check('pupil_number_known_measure', `measure in ('pupils', 'pupil-premium')`)
@Check('pupil_number_known_source', `source in ('entered', 'gias', 'pupil-premium')`)
@Check('pupil_number_sane', 'thousandths between 0 and 100000000')
export class PupilNumberEntity implements PupilNumber {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pupil_number_pk' })
  urn: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pupil_number_pk' })
  measure: PupilMeasure;

  @PrimaryColumn('date', { primaryKeyConstraintName: 'pupil_number_pk' })
  censusOn: string;

  /** Which file said so: the register rounds what the pupil-premium file gives in halves. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pupil_number_pk', default: 'entered' })
  source: PupilNumberSource;

  @Column('bigint')
  thousandths: number;
}
