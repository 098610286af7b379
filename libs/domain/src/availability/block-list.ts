import type { InstantPeriod } from '../kernel/zone.js';

/** Blocks as two columns of numbers, sorted by start: quicker to merge and to walk than objects. */
export interface BlockList {
  readonly size: number;
  readonly startsAt: Float64Array;
  readonly endsAt: Float64Array;
}

const none: BlockList = { size: 0, startsAt: new Float64Array(0), endsAt: new Float64Array(0) };

export function blockListOf(blocks: readonly InstantPeriod[]): BlockList {
  const size = blocks.length;
  if (size === 0) return none;
  const startsAt = new Float64Array(size);
  const endsAt = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    const block = blocks[i] as InstantPeriod;
    startsAt[i] = block.startsAt;
    endsAt[i] = block.endsAt;
  }
  return { size, startsAt, endsAt };
}

function mergedPair(a: BlockList, b: BlockList): BlockList {
  const size = a.size + b.size;
  const startsAt = new Float64Array(size);
  const endsAt = new Float64Array(size);
  let i = 0;
  let j = 0;
  for (let k = 0; k < size; k += 1) {
    const fromA = j >= b.size || (i < a.size && (a.startsAt[i] as number) <= (b.startsAt[j] as number));
    const list = fromA ? a : b;
    const at = fromA ? i : j;
    startsAt[k] = list.startsAt[at] as number;
    endsAt[k] = list.endsAt[at] as number;
    if (fromA) i += 1;
    else j += 1;
  }
  return { size, startsAt, endsAt };
}

/** All blocks of all lists in one, sorted by start. The shortest are merged first. */
export function merged(lists: readonly BlockList[]): BlockList {
  const waiting = lists.filter((list) => list.size > 0).sort((a, b) => b.size - a.size);
  let whole = waiting.pop() ?? none;
  for (let next = waiting.pop(); next; next = waiting.pop()) whole = mergedPair(whole, next);
  return whole;
}
