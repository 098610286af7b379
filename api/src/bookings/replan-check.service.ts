import { Injectable } from '@nestjs/common';
import type { Proposals, ReplanCheck, ReplanOutcome } from '@fairshare/contract/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { wholeDays, type Instant } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import type { StoredBooking } from './booking-store.js';
import { ProposalLook } from './proposal-look.js';
import { ReplanDesk } from './replan-desk.js';
import { Replanning } from './replanning.service.js';
import { shownSlot } from './slot-desk.js';

const stands = ({ state }: StoredBooking['booking']) => state === 'requested' || state === 'confirmed';

/** After term dates or working time changed: which coming bookings no longer fit, and what would do instead. */
@Injectable()
export class ReplanCheckService {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #replanDesk: ReplanDesk;
  readonly #replanning: Replanning;
  readonly #look: ProposalLook;

  constructor(clock: Clock, database: Database, replanDesk: ReplanDesk, replanning: Replanning, look: ProposalLook) {
    this.#clock = clock;
    this.#database = database;
    this.#replanDesk = replanDesk;
    this.#replanning = replanning;
    this.#look = look;
  }

  check(who: Scope, collaborationId: string, days: ReplanCheck, dryRun: boolean): Promise<ReplanOutcome> {
    const work = async (tx: Tx): Promise<ReplanOutcome> => {
      if (days.to < days.from) throw new DomainError('availability.ends-before-it-starts');
      const now = this.#clock.now().getTime();
      const period = wholeDays(days.from, days.to, await this.#replanDesk.zone(tx, collaborationId));
      const coming = await this.#look.standing(tx, collaborationId, { ...period, startsAt: Math.max(period.startsAt, now) });
      if (dryRun) return { hits: await this.#hits(tx, who, coming, true, now), restored: [] };
      const waiting = await this.#replanning.waiting(tx, collaborationId, null, period);
      const all = await this.#replanning.locked(tx, [...coming, ...waiting]);
      const hits = await this.#hits(tx, who, all.filter(({ booking }) => stands(booking)), false, now);
      const restored = await this.#replanning.restoreAll(tx, who, all.filter(({ booking }) => !stands(booking)), now);
      return { hits, restored: await this.#replanDesk.show(tx, who, collaborationId, restored) };
    };
    return dryRun ? this.#database.read(who, work) : this.#database.write(who, work);
  }

  async #hits(tx: Tx, who: Scope, coming: readonly StoredBooking[], dryRun: boolean, now: Instant): Promise<ReplanOutcome['hits']> {
    const hits: ReplanOutcome['hits'] = [];
    for (const one of coming) {
      const refusal = await this.#replanning.refusalOf(tx, one, now);
      if (!refusal) continue;
      const changed = dryRun ? [one] : await this.#replanning.replanAll(tx, who, [one], refusal.code, 'common', now);
      const [shown] = await this.#replanDesk.show(tx, who, one.booking.collaborationId, changed);
      if (shown) hits.push({ ...shown, code: refusal.code });
    }
    return hits;
  }

  /** Somebody else at the same time first, then the nearest times. */
  proposals(who: Scope, collaborationId: string, bookingId: string): Promise<Proposals> {
    return this.#database.read(who, async (tx) => {
      const slots = await this.#look.proposals(tx, who, collaborationId, bookingId, this.#clock.now().getTime());
      const names = await this.#replanDesk.specialistNames(tx, slots.map((slot) => slot.specialistId));
      return { items: slots.map((slot) => ({ ...shownSlot(slot), specialistName: names.get(slot.specialistId) ?? '' })) };
    });
  }
}
