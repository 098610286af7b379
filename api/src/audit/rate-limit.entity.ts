import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How often something was tried lately. Kept by the platform through the rate limiter's library. */
@Entity('rate_limit')
export class RateLimitEntity {
  @PrimaryColumn('character varying', { length: 255, primaryKeyConstraintName: 'rate_limit_pk' })
  key: string;

  @Column('integer', { default: 0 })
  points: number;

  /** Milliseconds since 1970. */
  @Column('bigint', { nullable: true })
  expire: number | null;
}
