import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** The seal of one line of the trail: its number in its chain and a hash over its text and the seal before it. Made by the database. */
@Entity('trail_seal')
@Unique('trail_seal_once', ['trailId'])
@Check('trail_seal_chain', `chain = coalesce(collaboration_id, '00000000-0000-0000-0000-000000000000')`)
export class TrailSealEntity {
  /** The collaboration, or nothing but zeros for what stands above all of them. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'trail_seal_pk' })
  chain: string;

  /** 1, 2, 3 … within the chain, without gaps. */
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'trail_seal_pk' })
  sequence: number;

  @Column('uuid', { nullable: true })
  collaborationId: string | null;

  @Column('uuid')
  trailId: string;

  @Column('text')
  previousHash: string;

  @Column('text')
  hash: string;
}
