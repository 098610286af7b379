import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SlotsSchema } from '@fairshare/contract/availability';
import { isoOf } from '@fairshare/domain/kernel/zone';
import { slotsAnswer } from './slots-answer.js';

const specialists = ['0198c0de-0000-7000-8000-000000000001', '0198c0de-0000-7000-8000-000000000002'];
const at = Date.parse('2026-10-25T00:00:00Z');
const slot = fc.record({
  specialistId: fc.constantFrom(...specialists),
  startsAt: fc.integer({ min: 0, max: 40 }).map((quarter) => at + quarter * 900_000),
  lasts: fc.constantFrom(30, 60),
}).map(({ specialistId, startsAt, lasts }) => ({ specialistId, startsAt, endsAt: startsAt + lasts * 60_000 }));

describe('the answer of slots', () => {
  it('When it is written at once, then it says what writing each slot would say', () => {
    fc.assert(
      fc.property(fc.array(slot), fc.boolean(), (slots, explain) => {
        const shown = slots.map(({ specialistId, startsAt, endsAt }) => ({ specialistId, startsAt: isoOf(startsAt), endsAt: isoOf(endsAt) }));
        const refusals = explain ? shown.map((one) => ({ ...one, code: 'availability.slot-taken', facts: { bookedBy: 'St Mary’s “lower” school' } })) : undefined;
        const read: unknown = JSON.parse(slotsAnswer(slots, refusals).toString());
        expect(SlotsSchema.parse(read)).toEqual({ slots: shown, ...(refusals ? { refusals } : {}) });
      }),
    );
  });
});
