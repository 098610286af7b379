import { Injectable } from '@nestjs/common';
import type { ChangeTravelTimes, NewRoom, TravelTimes } from '@fairshare/contract/availability';
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
      await tx.query(
        `insert into travel_time (collaboration_id, from_urn, to_urn, minutes)
         select $1, * from unnest($2::text[], $3::text[], $4::smallint[])
         on conflict (collaboration_id, from_urn, to_urn) do update set minutes = excluded.minutes`,
        [collaborationId, last.map((pair) => pair.fromUrn), last.map((pair) => pair.toUrn), last.map((pair) => pair.minutes)],
      );
      await this.#trail.record(tx, who, { action: 'availability.travel-changed', collaborationId, subjectKind: 'collaboration', subjectId: collaborationId, after: last });
      return this.#travel(tx, collaborationId);
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
