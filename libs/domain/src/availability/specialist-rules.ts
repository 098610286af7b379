import type { Facts } from '../kernel/domain-error.js';
import { isoOf } from '../kernel/zone.js';
import type { Absence, CredentialHeld } from './input.js';
import { asInstants, endOfTime, type Question } from './question.js';
import { earliestFact, remembered, uncovered, type Block, type Rule } from './rule.js';
import { occupiedOf, ownMargins, type Occupied } from './taken-time.js';
import { workingTimeOf } from './working-time.js';

/** The specialist's working pattern, or extra time, covers the period. */
export const specialistWorks: Rule<Block> = {
  code: 'availability.outside-pattern',
  sameForAll: false,
  blocks: (question, specialistId) => uncovered(workingTimeOf(question, specialistId)),
  facts: (block, _question, specialistId) => ({ specialistId, ...earliestFact(block.endsAt) }),
};

/** The specialist is not away. */
export const specialistIsThere: Rule<Absence> = {
  code: 'availability.absent',
  sameForAll: false,
  blocks: ({ index }, specialistId) => index.absences.get(specialistId) ?? [],
  facts: (block, _question, specialistId) => ({ specialistId, ...earliestFact(block.endsAt) }),
};

interface CredentialBlock extends Block {
  readonly type: string;
}

function typesToCheck(question: Question, held: readonly CredentialHeld[]): readonly string[] {
  return question.input.agreement.requiredCredentials ?? [...new Set(held.map((credential) => credential.type))];
}

/** Each credential the agreement asks for is valid on that day; one that was renewed is valid while either is. */
export const credentialsAreValid: Rule<CredentialBlock> = remembered({
  code: 'availability.credential-expired',
  sameForAll: false,
  blocks(question, specialistId) {
    const held = question.index.credentials.get(specialistId) ?? [];
    return typesToCheck(question, held)
      .flatMap((type) => {
        const spans = held
          .filter((credential) => credential.type === type)
          .map(({ validFrom, expiresOn }) => ({ from: validFrom ?? '1970-01-01', to: expiresOn ?? endOfTime }));
        return uncovered(asInstants(spans, question.input.zone)).map((gap) => ({ ...gap, type }));
      })
      .sort((a, b) => a.startsAt - b.startsAt);
  },
  facts: (block, _question, specialistId) => ({
    specialistId,
    credential: block.type,
    ...(Number.isFinite(block.startsAt) ? { expiredAt: isoOf(block.startsAt) } : {}),
    ...earliestFact(block.endsAt),
  }),
});

/** Who and when only where it is our own booking; of another collaboration's nothing but that it is busy. */
function busyFacts(block: Occupied): Facts {
  const own = block.bookingId ? { bookingId: block.bookingId, busyFrom: isoOf(block.startsAt), busyTo: isoOf(block.endsAt) } : {};
  return { busy: true, ...own, ...earliestFact(block.endsAt) };
}

/** Nothing else is booked or held for the specialist. */
export const specialistIsFree: Rule<Occupied> = {
  code: 'availability.slot-taken',
  sameForAll: false,
  blocks(question, specialistId) {
    const occupied = occupiedOf(question, specialistId);
    const { beforeMs, afterMs } = ownMargins(question);
    if (beforeMs === 0 && afterMs === 0) return occupied;
    return occupied.map((one) => ({ ...one, startsAt: one.startsAt - afterMs, endsAt: one.endsAt + beforeMs }));
  },
  facts: (block, _question, specialistId) => ({ specialistId, ...busyFacts(block) }),
};

/** Nothing else is booked or held in the room. */
export const roomIsFree: Rule<Occupied> = {
  code: 'availability.room-taken',
  sameForAll: true,
  blocks: (question) => (question.roomId === null ? [] : occupiedOf(question, question.roomId)),
  facts: (block, { roomId }) => ({ roomId, ...busyFacts(block) }),
};
