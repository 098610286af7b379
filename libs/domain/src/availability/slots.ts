import { msPerMinute, type Instant } from '../kernel/zone.js';
import { blockListOf, merged, type BlockList } from './block-list.js';
import { refusedRuns } from './explain.js';
import type { AvailabilityInput, Slot, SlotRequest } from './input.js';
import { instantOn, questionOfRequest, type Question } from './question.js';
import type { RefusedRun } from './refusal.js';
import type { Block, Rule } from './rule.js';
import { availabilityRules } from './rules.js';
import { specialistWorks } from './specialist-rules.js';

export interface FoundSlots {
  readonly slots: readonly Slot[];
  /** Only when they were asked for. */
  readonly refusals?: readonly RefusedRun[];
}

/** Where slots may begin: on a step, and at half days that are starts of their own, in order. */
interface Starts {
  readonly stepMs: number | null;
  readonly halfDays: readonly Instant[];
}

/** A session of half a day or a day begins where a half begins, whatever the step; with no step every session does. */
function halfDayMinutes({ agreement }: AvailabilityInput, lengthMs: number): number[] {
  const { morning, afternoon, stepMinutes } = agreement;
  const minutes = lengthMs / msPerMinute;
  const startsMorning = [morning.endMinute - morning.startMinute, afternoon.endMinute - morning.startMinute];
  const startsAfternoon = [afternoon.endMinute - afternoon.startMinute];
  return [
    ...(stepMinutes === null || startsMorning.includes(minutes) ? [morning.startMinute] : []),
    ...(stepMinutes === null || startsAfternoon.includes(minutes) ? [afternoon.startMinute] : []),
  ];
}

function halfDayStarts({ input, days, lengthMs }: Question): Instant[] {
  const minutes = halfDayMinutes(input, lengthMs);
  const starts: Instant[] = [];
  if (minutes.length === 0) return starts;
  for (let day = days.firstDay; day <= days.lastDay; day += 1) {
    for (const minute of minutes) starts.push(instantOn(days, day, minute));
  }
  return starts;
}

/** Collects a specialist's slots: the grid of starts is counted from where the working period begins. */
class SlotCollector {
  #nextHalfDay = 0;

  constructor(
    private readonly slots: Slot[],
    private readonly specialistId: string,
    private readonly lengthMs: number,
    private readonly starts: Starts,
  ) {}

  /** All starts from `from` to `to`, both included, within one working period that began at `workFrom`. */
  add(workFrom: Instant, from: Instant, to: Instant): void {
    const { stepMs } = this.starts;
    if (stepMs !== null) {
      const first = workFrom + Math.ceil((from - workFrom) / stepMs) * stepMs;
      for (let startsAt = first; startsAt <= to; startsAt += stepMs) {
        this.#halfDaysBefore(startsAt, from, workFrom);
        this.#push(startsAt);
      }
    }
    this.#halfDaysBefore(to + 1, from, workFrom);
  }

  /** Half days that begin before an instant and are not on the grid themselves. */
  #halfDaysBefore(instant: Instant, from: Instant, workFrom: Instant): void {
    const { halfDays, stepMs } = this.starts;
    while (this.#nextHalfDay < halfDays.length) {
      const startsAt = halfDays[this.#nextHalfDay] as Instant;
      if (startsAt >= instant) return;
      this.#nextHalfDay += 1;
      if (startsAt >= from && (stepMs === null || (startsAt - workFrom) % stepMs !== 0)) this.#push(startsAt);
    }
  }

  #push(startsAt: Instant): void {
    this.slots.push({ specialistId: this.specialistId, startsAt, endsAt: startsAt + this.lengthMs });
  }
}

/**
 * Walks the blocks in order of their start; the last of them has no end. A block refuses the starts between
 * `its start − length` and its end, both excluded; what the cursor passes over between two of those can be booked.
 */
function sweep(blocks: BlockList, work: readonly Block[], lengthMs: number, first: Instant, slots: SlotCollector): void {
  let cursor = first;
  let gap = 0;
  for (let i = 0; i < blocks.size; i += 1) {
    const refusedFrom = (blocks.startsAt[i] as number) - lengthMs;
    const refusedTo = blocks.endsAt[i] as number;
    // A block that ends before it starts refuses nothing so short.
    if (refusedFrom >= refusedTo) continue;
    if (refusedFrom >= cursor) {
      // Work begins where the last gap in the pattern before the cursor ends.
      while (gap + 1 < work.length && (work[gap + 1] as Block).endsAt <= cursor) gap += 1;
      slots.add((work[gap] as Block).endsAt, cursor, refusedFrom);
    }
    if (refusedTo > cursor) cursor = refusedTo;
  }
}

const listsOf = (question: Question, specialistId: string, rules: readonly Rule<Block>[]): BlockList[] =>
  rules.map((rule) => blockListOf(rule.blocks(question, specialistId)));

/**
 * All periods of `minutes` that begin on the step, for every specialist asked for, sorted by specialist (in the
 * order given) and start. Instants are epoch milliseconds. With `explain`, also the stretches of time that are
 * refused and why: each is given to the first rule, in the order of `availabilityRules`, that refuses it. A period is
 * a slot exactly when `whyNot` has nothing against it and it begins on the step or where a half day begins.
 * Nothing outside `input.loaded` is offered. Source of the rules: booking.md, "What makes a slot".
 * Throws RangeError for a length or a step that is not positive.
 */
export function findSlots(input: AvailabilityInput, request: SlotRequest): FoundSlots {
  const { stepMinutes } = input.agreement;
  if (!(request.minutes > 0) || (stepMinutes !== null && !(stepMinutes > 0))) {
    throw new RangeError(`slots of ${request.minutes} minutes every ${stepMinutes} cannot be found`);
  }
  const question = questionOfRequest(input, request);
  const specialistIds = request.specialistIds ?? input.specialistIds;
  const first = Math.max(request.from, input.loaded.startsAt);
  const end = Math.min(request.to, input.loaded.endsAt);
  const afterwards = blockListOf([{ startsAt: end, endsAt: Infinity }]);
  const stepMs = stepMinutes === null ? null : stepMinutes * msPerMinute;
  const starts: Starts = { stepMs, halfDays: halfDayStarts(question) };
  const common = merged([afterwards, ...listsOf(question, '', availabilityRules.filter((rule) => rule.sameForAll))]);
  const own = availabilityRules.filter((rule) => !rule.sameForAll && rule.code !== specialistWorks.code);
  const slots: Slot[] = [];
  for (const specialistId of specialistIds) {
    const work = specialistWorks.blocks(question, specialistId);
    const blocks = merged([common, blockListOf(work), ...listsOf(question, specialistId, own)]);
    sweep(blocks, work, question.lengthMs, first, new SlotCollector(slots, specialistId, question.lengthMs, starts));
  }
  if (!request.explain) return { slots };
  return { slots, refusals: refusedRuns(question, specialistIds, { startsAt: first, endsAt: end }) };
}
