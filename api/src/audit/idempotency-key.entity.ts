import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A request that was answered once; a repetition gets the same answer. Kept by the platform. */
@Entity('idempotency_key')
export class IdempotencyKeyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'idempotency_key_pk' })
  userId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_key_pk' })
  route: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_key_pk' })
  key: string;

  @Column('text')
  bodyHash: string;

  @Column('jsonb', { nullable: true })
  answer: unknown;

  @Index('idempotency_key_by_age')
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
