import { Injectable, type OnModuleInit } from '@nestjs/common';
import { whyNot, type Refusal } from '@fairshare/domain/availability';
import { replan, restore, whyNotStand } from '@fairshare/domain/bookings';
import { isoOf, type Instant, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import { systemScope, type Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { jobKind, Jobs } from '../platform/jobs.js';
import { BookingRecorder } from './booking-recorder.js';
import { BookingStore, type StoredBooking } from './booking-store.js';
import { daysAround, SlotDesk, wantedOf } from './slot-desk.js';

interface Away extends InstantPeriod {
  readonly specialistId: string;
  readonly at: Instant;
}

/** A specialist is away, or is not after all: other collaborations that booked them find out by a job, since nobody sees into another's rows. */
const absenceRecorded = jobKind<InstantPeriod & { absenceId: string; specialistId: string; recordedAt: Instant }>('bookings.absence-recorded');
const absenceWithdrawn = jobKind<Away>('bookings.absence-withdrawn');

const standing = `b.state in ('requested', 'confirmed')`;

const hitCondition = `b.specialist_id = $2 and b.starts_at < $4 and b.ends_at > $3 and ${standing} order by b.starts_at, b.id`;

/** What the world's changes do to bookings: they are never lost and never cancelled, they need re-planning. */
@Injectable()
export class Replanning implements OnModuleInit {
  readonly #database: Database;
  readonly #desk: SlotDesk;
  readonly #jobs: Jobs;
  readonly #recorder: BookingRecorder;
  readonly #store: BookingStore;

  constructor(database: Database, desk: SlotDesk, jobs: Jobs, recorder: BookingRecorder, store: BookingStore) {
    this.#database = database;
    this.#desk = desk;
    this.#jobs = jobs;
    this.#recorder = recorder;
    this.#store = store;
  }

  onModuleInit(): void {
    this.#jobs.work(absenceRecorded, ({ recordedAt, ...away }) => this.#awayElsewhere({ ...away, at: recordedAt }));
    this.#jobs.work(absenceWithdrawn, (away) => this.#backElsewhere(away));
  }

  /** The bookings of a specialist that lie in a period and still stand. */
  hitBy(tx: Tx, collaborationId: string, specialistId: string, period: InstantPeriod): Promise<StoredBooking[]> {
    return this.#store.where(tx, hitCondition, [collaborationId, specialistId, isoOf(period.startsAt), isoOf(period.endsAt)]);
  }

  /** The same behind the specialist's lock, and locked themselves: a session that is said to be delivered at this moment is not among them. */
  hitByLocked(tx: Tx, collaborationId: string, specialistId: string, period: InstantPeriod): Promise<StoredBooking[]> {
    return this.#store.where(tx, `${hitCondition} for update of b`, [collaborationId, specialistId, isoOf(period.startsAt), isoOf(period.endsAt)]);
  }

  /** Those of a period that need re-planning, of one specialist or of all. */
  waiting(tx: Tx, collaborationId: string, specialistId: string | null, period: InstantPeriod): Promise<StoredBooking[]> {
    return this.#store.where(tx, `b.state = 'needs-replanning' and b.starts_at < $3 and b.ends_at > $2 and ($4::uuid is null or b.specialist_id = $4) order by b.starts_at, b.id`, [
      collaborationId, isoOf(period.startsAt), isoOf(period.endsAt), specialistId,
    ]);
  }

  /** Locks everything these bookings occupy, all at once and in the one order, and reads them again as they stand behind the locks. */
  async locked(tx: Tx, seen: readonly StoredBooking[], alsoSpecialistIds: readonly string[] = []): Promise<StoredBooking[]> {
    const [first] = seen;
    if (!first && alsoSpecialistIds.length === 0) return [];
    await this.#desk.lock(tx, '', {
      specialistIds: [...alsoSpecialistIds, ...seen.map(({ booking }) => booking.specialistId)], schoolUrns: [], roomIds: seen.map(({ booking }) => booking.roomId),
    });
    if (!first) return [];
    const again = await this.#store.where(tx, 'b.id = any ($2::uuid[]) order by b.starts_at, b.id for update of b', [first.booking.collaborationId, seen.map(({ booking }) => booking.id)]);
    // What went to somebody else meanwhile was decided about by the rules as they are now, and is not behind our locks.
    const places = new Map(seen.map(({ booking }) => [booking.id, `${booking.specialistId} ${booking.roomId}`]));
    return again.filter(({ booking }) => places.get(booking.id) === `${booking.specialistId} ${booking.roomId}`);
  }

  /** They give their time up and keep their units; the specialist's absence costs the schools nothing. */
  async replanAll(tx: Tx, who: Scope, hits: readonly StoredBooking[], code: string, causedBy: 'specialist' | 'common', now: Instant): Promise<StoredBooking[]> {
    await this.#desk.release(tx, hits.map(({ booking }) => booking.id));
    const changed: StoredBooking[] = [];
    for (const before of hits) {
      const booking = replan(before.booking, { code, causedBy, at: now });
      changed.push(await this.#recorder.changed(tx, who, { action: 'bookings.needs-replanning' }, before, { ...before, booking }, now));
    }
    return changed;
  }

  /** Those that need re-planning and could happen after all: they stand again, in time order. They come from `locked`. */
  async restoreAll(tx: Tx, who: Scope, waiting: readonly StoredBooking[], now: Instant): Promise<StoredBooking[]> {
    const restored: StoredBooking[] = [];
    for (const before of waiting) {
      if (before.booking.state !== 'needs-replanning' || (await this.refusalOf(tx, before, now))) continue;
      const booking = restore(before.booking);
      const { agreement } = await this.#desk.agreed(tx, booking.collaborationId, booking.agreementId);
      await this.#desk.take(tx, [booking], agreement.terms);
      restored.push(await this.#recorder.changed(tx, who, { action: 'bookings.restored' }, before, { ...before, booking }, now));
    }
    return restored;
  }

  /** Why a booking cannot happen as it stands, or null. The resources are locked. */
  async refusalOf(tx: Tx, { booking }: StoredBooking, now: Instant): Promise<Refusal | null> {
    const agreed = await this.#desk.agreed(tx, booking.collaborationId, booking.agreementId);
    const rules = await this.#desk.rules(tx, agreed, { schoolUrns: booking.schoolUrns, ...daysAround(booking, now, agreed.collaboration.zone), specialistIds: [booking.specialistId], now });
    const { input } = await this.#desk.open(tx, rules, booking.schoolUrns, [booking.roomId]);
    return whyNotStand(whyNot(input, wantedOf(booking)));
  }

  async tellOthers(tx: Tx, absenceId: string, specialistId: string, { startsAt, endsAt }: InstantPeriod, recordedAt: Instant): Promise<void> {
    await this.#jobs.send(tx, absenceRecorded, { absenceId, specialistId, startsAt, endsAt, recordedAt });
  }

  async tellOthersOfReturn(tx: Tx, specialistId: string, { startsAt, endsAt }: InstantPeriod, at: Instant): Promise<void> {
    await this.#jobs.send(tx, absenceWithdrawn, { specialistId, startsAt, endsAt, at });
  }

  async #awayElsewhere({ absenceId, specialistId, at, ...period }: Away & { absenceId: string }): Promise<void> {
    const rows = await this.#database.read(systemScope(), (tx) =>
      sql<{ collaborationId: string }>(
        tx,
        `select distinct b.collaboration_id as "collaborationId" from time_taken t join booking b on b.id = t.holder_id
          where t.resource_id = $1 and t.resource_kind = 'specialist' and t.ends_at > $2 and t.starts_at < $3`,
        [specialistId, isoOf(period.startsAt), isoOf(period.endsAt)],
      ),
    );
    // Each collaboration is worked on with itself alone in sight; what a try has re-planned, the next finds done.
    for (const { collaborationId } of rows) {
      const house = systemScope([collaborationId]);
      await this.#database.write(house, async (tx) => {
        await this.#desk.lock(tx, '', { specialistIds: [specialistId], schoolUrns: [], roomIds: [] });
        // The job may come after the absence was taken back, and what it hit stands again: then nothing is hit.
        const [stands] = await sql(tx, 'select 1 from time_taken where holder_id = $1', [absenceId]);
        if (!stands) return;
        const hits = await this.hitByLocked(tx, collaborationId, specialistId, period);
        await this.replanAll(tx, house, hits, 'availability.absent', 'specialist', at);
      });
    }
  }

  /** What the absence hit has given its time up, so that it is looked for among the bookings themselves. */
  async #backElsewhere({ specialistId, at, ...period }: Away): Promise<void> {
    const rows = await this.#database.read(systemScope(), (tx) =>
      sql<{ collaborationId: string }>(
        tx,
        `select distinct b.collaboration_id as "collaborationId" from engagement e join booking b on b.collaboration_id = e.collaboration_id and b.specialist_id = e.specialist_id
          where e.specialist_id = $1 and b.state = 'needs-replanning' and b.ends_at > $2 and b.starts_at < $3`,
        [specialistId, isoOf(period.startsAt), isoOf(period.endsAt)],
      ),
    );
    for (const { collaborationId } of rows) {
      const house = systemScope([collaborationId]);
      await this.#database.write(house, async (tx) => {
        const waiting = await this.locked(tx, await this.waiting(tx, collaborationId, specialistId, period));
        await this.restoreAll(tx, house, waiting, at);
      });
    }
  }
}
