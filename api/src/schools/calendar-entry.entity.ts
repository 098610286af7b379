import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { CalendarEntryKind, CalendarLevel } from '@fairshare/domain/availability';
import { CollaborationEntity } from './collaboration.entity.js';
import { SchoolEntity } from './school.entity.js';

/** A line of the school year: for all members, for those of a local authority, or for one school. */
@Entity('calendar_entry')
@Unique('calendar_entry_in_collaboration', ['collaborationId', 'id'])
@ForeignKey(() => CollaborationEntity, ['collaborationId'], ['id'], { name: 'calendar_entry_collaboration_fk' })
@ForeignKey(() => SchoolEntity, ['urn'], ['urn'], { name: 'calendar_entry_school_fk' })
@Check('calendar_entry_level', `(level = 'nation' and la_code is null and urn is null) or (level = 'local-authority' and la_code is not null and urn is null) or (level = 'school' and la_code is null and urn is not null)`)
@Check('calendar_entry_known_kind', `kind in ('term', 'half-term', 'holiday', 'inset', 'bank-holiday', 'closure', 'open')`)
@Check('calendar_entry_has_name', `btrim(name) <> ''`)
@Check('calendar_entry_ends_after_start', 'to_on >= from_on')
@Index('calendar_entry_by_date', ['collaborationId', 'fromOn'])
@Index('calendar_entry_once', { synchronize: false })
export class CalendarEntryEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'calendar_entry_pk' })
  id: string;

  @Column('uuid')
  collaborationId: string;

  @Column('text')
  level: CalendarLevel;

  @Column('text', { nullable: true })
  laCode: string | null;

  @Column('text', { nullable: true })
  urn: string | null;

  @Column('text')
  kind: CalendarEntryKind;

  @Column('text')
  name: string;

  @Column('date')
  fromOn: string;

  /** The last day; it belongs to the line. */
  @Column('date')
  toOn: string;
}
