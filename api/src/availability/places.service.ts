import { Injectable } from '@nestjs/common';
import type { ChangeTravelTimes, Journeys, NewRoom, RenameRoom, TravelTimes } from '@fairshare/contract/availability';
import { journeysOf } from '@fairshare/domain/availability';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { assumedTravel, AvailabilityService } from './availability.service.js';

interface RoomShown {
  readonly id: string;
  readonly schoolUrn: string;
  readonly name: string;
}

/** Rooms, and the minutes of road between schools. */
@Injectable()
export class PlacesService {
  readonly #availability: AvailabilityService;
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #schools: SchoolsQueries;
  readonly #trail: Trail;

  constructor(availability: AvailabilityService, clock: Clock, database: Database, schools: SchoolsQueries, trail: Trail) {
    this.#availability = availability;
    this.#clock = clock;
    this.#database = database;
    this.#schools = schools;
    this.#trail = trail;
  }

  async travelTimes(who: Scope, collaborationId: string): Promise<TravelTimes> {
    return this.#database.read(who, (tx) => this.#travel(tx, collaborationId));
  }

  /** Each pair that is named replaces what was known of it; the others stay. */
  async changeTravelTimes(who: Scope, collaborationId: string, { items }: ChangeTravelTimes): Promise<TravelTimes> {
    return this.#database.write(who, async (tx) => {
      await this.#assertMembers(tx, collaborationId, items.flatMap((pair) => [pair.fromUrn, pair.toUrn]));
      const last = [...new Map(items.map((pair) => [`${pair.fromUrn} ${pair.toUrn}`, pair])).values()];
      const values = [collaborationId, last.map((pair) => pair.fromUrn), last.map((pair) => pair.toUrn), last.map((pair) => pair.minutes)];
      await tx.query(
        `insert into travel_time (collaboration_id, from_urn, to_urn, minutes)
         select $1, * from unnest($2::text[], $3::text[], $4::smallint[]) as pair (from_urn, to_urn, minutes) where minutes is not null
         on conflict (collaboration_id, from_urn, to_urn) do update set minutes = excluded.minutes`,
        values,
      );
      await tx.query(
        `delete from travel_time t using unnest($2::text[], $3::text[], $4::smallint[]) as pair (from_urn, to_urn, minutes)
          where t.collaboration_id = $1 and t.from_urn = pair.from_urn and t.to_urn = pair.to_urn and pair.minutes is null`,
        values,
      );
      await this.#trail.record(tx, who, { action: 'availability.travel-changed', collaborationId, subjectKind: 'collaboration', subjectId: collaborationId, after: last });
      return this.#travel(tx, collaborationId);
    });
  }

  /** Every journey that begins or ends at a school, each with whether it was entered or is assumed. @throws `platform.not-found` for a school that is no member */
  async journeys(who: Scope, collaborationId: string, urn: string): Promise<Journeys> {
    return this.#database.read(who, async (tx) => {
      const members = await this.#schools.members(tx, collaborationId, this.#clock.today());
      if (!members.some((member) => member.urn === urn)) throw new DomainError('platform.not-found');
      const others = [...new Set(members.map((member) => member.urn))].filter((other) => other !== urn);
      const names = await this.#schools.names(tx, others);
      const journeys = journeysOf(await this.#availability.travelTable(tx, collaborationId));
      const items = others.map((other) => ({ urn: other, name: names.get(other) ?? other, there: journeys.between(urn, other), back: journeys.between(other, urn) }));
      return { items: items.sort((a, b) => a.name.localeCompare(b.name)) };
    });
  }

  async rooms(who: Scope, collaborationId: string): Promise<{ items: RoomShown[] }> {
    return this.#database.read(who, async (tx) => ({
      items: await sql<RoomShown>(tx, 'select id, school_urn as "schoolUrn", name from room where collaboration_id = $1 order by name, id', [collaborationId]),
    }));
  }

  async addRoom(who: Scope, collaborationId: string, wanted: NewRoom): Promise<RoomShown> {
    return this.#database.write(who, async (tx) => {
      await this.#assertMembers(tx, collaborationId, [wanted.schoolUrn]);
      const [room] = await sql<RoomShown>(
        tx,
        `insert into room (id, collaboration_id, school_urn, name) values ($1, $2, $3, $4)
         on conflict do nothing returning id, school_urn as "schoolUrn", name`,
        [newId(), collaborationId, wanted.schoolUrn, wanted.name],
      );
      if (!room) throw new DomainError('availability.room-exists');
      await this.#trail.record(tx, who, { action: 'availability.room-added', collaborationId, subjectKind: 'room', subjectId: room.id, after: wanted });
      return room;
    });
  }

  /** @throws `availability.room-exists` when the school has another room of that name */
  async renameRoom(who: Scope, collaborationId: string, roomId: string, { name }: RenameRoom): Promise<RoomShown> {
    return this.#database.write(who, async (tx) => {
      const before = await this.#room(tx, collaborationId, roomId);
      const twins = await sql(tx, 'select from room where collaboration_id = $1 and school_urn = $2 and name = $3 and id <> $4', [collaborationId, before.schoolUrn, name, roomId]);
      if (twins.length > 0) throw new DomainError('availability.room-exists');
      await sql(tx, 'update room set name = $3 where collaboration_id = $1 and id = $2', [collaborationId, roomId, name]);
      await this.#trail.record(tx, who, { action: 'availability.room-renamed', collaborationId, subjectKind: 'room', subjectId: roomId, before: { name: before.name }, after: { name } });
      return { ...before, name };
    });
  }

  /** A room that was ever booked stays: the database knows. @throws `availability.room-in-use` */
  async removeRoom(who: Scope, collaborationId: string, roomId: string): Promise<void> {
    await this.#database.write(who, async (tx) => {
      const before = await this.#room(tx, collaborationId, roomId);
      try {
        await sql(tx, 'delete from room where collaboration_id = $1 and id = $2', [collaborationId, roomId]);
      } catch (error) {
        if (isStillNamed(error)) throw new DomainError('availability.room-in-use');
        throw error;
      }
      await this.#trail.record(tx, who, { action: 'availability.room-removed', collaborationId, subjectKind: 'room', subjectId: roomId, before });
    });
  }

  async #room(tx: Tx, collaborationId: string, roomId: string): Promise<RoomShown> {
    const [room] = await sql<RoomShown>(tx, 'select id, school_urn as "schoolUrn", name from room where collaboration_id = $1 and id = $2', [collaborationId, roomId]);
    if (!room) throw new DomainError('platform.not-found');
    return room;
  }

  async #travel(tx: Tx, collaborationId: string): Promise<TravelTimes> {
    const { pairs } = await this.#availability.travelTable(tx, collaborationId);
    return { items: [...pairs], assumedMinutes: assumedTravel.defaultMinutes };
  }

  /** @throws `identity.no-such-school` when one of them is no member today. */
  async #assertMembers(tx: Tx, collaborationId: string, urns: readonly string[]): Promise<void> {
    const members = new Set((await this.#schools.members(tx, collaborationId, this.#clock.today())).map((member) => member.urn));
    const stranger = urns.find((urn) => !members.has(urn));
    if (stranger) throw new DomainError('identity.no-such-school', { schoolUrn: stranger });
  }
}

/** Another table still names the row (PostgreSQL's foreign_key_violation). */
function isStillNamed(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '23503';
}
