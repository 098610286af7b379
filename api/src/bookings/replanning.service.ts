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

/** A specialist is away: other collaborations that booked them find out by a job, since nobody sees into another's rows. */
const absenceRecorded = jobKind<{ specialistId: string; startsAt: Instant; endsAt: Instant; recordedAt: Instant }>('bookings.absence-recorded');

const standing = `b.state in ('requested', 'confirmed')`;

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
    this.#jobs.work(absenceRecorded, async ({ specialistId, recordedAt, ...period }) => this.#elsewhere(specialistId, period, recordedAt));
  }

  /** The bookings of a specialist that lie in a period and still stand. */
  hitBy(tx: Tx, collaborationId: string, specialistId: string, period: InstantPeriod): Promise<StoredBooking[]> {
    return this.#store.where(tx, `b.specialist_id = $2 and b.starts_at < $4 and b.ends_at > $3 and ${standing} order by b.starts_at`, [
      collaborationId, specialistId, isoOf(period.startsAt), isoOf(period.endsAt),
    ]);
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

  /** Those of a period that need re-planning and could happen after all: they stand again, in time order. */
  async restoreAll(tx: Tx, who: Scope, collaborationId: string, specialistId: string | null, period: InstantPeriod, now: Instant): Promise<StoredBooking[]> {
    const waiting = await this.#store.where(tx, `b.state = 'needs-replanning' and b.starts_at < $3 and b.ends_at > $2 and ($4::uuid is null or b.specialist_id = $4) order by b.starts_at`, [
      collaborationId, isoOf(period.startsAt), isoOf(period.endsAt), specialistId,
    ]);
    for (const { booking } of waiting) await this.#desk.lock(tx, booking.agreementId, { specialistIds: [booking.specialistId], schoolUrns: [], roomIds: [booking.roomId] });
    const restored: StoredBooking[] = [];
    for (const before of waiting) {
      if (await this.refusalOf(tx, before, now)) continue;
      const booking = restore(before.booking);
      const { agreement } = await this.#desk.agreed(tx, collaborationId, booking.agreementId);
      await this.#desk.take(tx, [booking], agreement.terms);
      restored.push(await this.#recorder.changed(tx, who, { action: 'bookings.restored' }, before, { ...before, booking }, now));
    }
    return restored;
  }

  /** Why a booking cannot happen as it stands, or null. The resources are locked. */
  async refusalOf(tx: Tx, { booking }: StoredBooking, now: Instant): Promise<Refusal | null> {
    const agreed = await this.#desk.agreed(tx, booking.collaborationId, booking.agreementId);
    const rules = await this.#desk.rules(tx, agreed, { schoolUrns: booking.schoolUrns, ...daysAround(booking, now, agreed.collaboration.zone), specialistIds: [booking.specialistId], now });
    const { input } = await this.#desk.open(tx, rules, booking.schoolUrns, booking.roomId);
    return whyNotStand(whyNot(input, wantedOf(booking)));
  }

  async tellOthers(tx: Tx, specialistId: string, period: InstantPeriod, recordedAt: Instant): Promise<void> {
    await this.#jobs.send(tx, absenceRecorded, { specialistId, startsAt: period.startsAt, endsAt: period.endsAt, recordedAt });
  }

  async #elsewhere(specialistId: string, period: InstantPeriod, recordedAt: Instant): Promise<void> {
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
        const hits = await this.hitBy(tx, collaborationId, specialistId, period);
        await this.replanAll(tx, house, hits, 'availability.absent', 'specialist', recordedAt);
      });
    }
  }
}
