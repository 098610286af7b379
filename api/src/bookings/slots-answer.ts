import type { RefusedRun } from '@fairshare/contract/availability';
import type { Slot } from '@fairshare/domain/availability';
import { isoOf, type Instant } from '@fairshare/domain/kernel/zone';

/**
 * The contract's `Slots` as the JSON that is sent. Thirty specialists begin at the same hours, thousands of times in five
 * weeks: each period is put into words once, and the text of one specialist is short enough to be joined quickly.
 */
export function slotsAnswer(slots: readonly Slot[], refusals?: readonly RefusedRun[]): Buffer {
  const periods = new Map<Instant, { endsAt: Instant; text: string }>();
  const parts: Buffer[] = [];
  let [of, head, text, between] = ['', '', '{"slots":[', ''];
  for (const { specialistId, startsAt, endsAt } of slots) {
    if (specialistId !== of) {
      parts.push(Buffer.from(text));
      [of, head, text] = [specialistId, `{"specialistId":${JSON.stringify(specialistId)},`, ''];
    }
    let period = periods.get(startsAt);
    if (period?.endsAt !== endsAt) periods.set(startsAt, (period = { endsAt, text: `"startsAt":"${isoOf(startsAt)}","endsAt":"${isoOf(endsAt)}"}` }));
    text += between + head + period.text;
    between = ',';
  }
  return Buffer.concat([...parts, Buffer.from(`${text}]${refusals ? `,"refusals":${JSON.stringify(refusals)}` : ''}}`)]);
}
