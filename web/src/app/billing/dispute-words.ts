import type { Dispute } from '@fairshare/contract/books.js';
import type { Tone } from '../ui/state';

/** Where a dispute stands, as a word and its tone. */
export const disputeWords: Readonly<Record<Dispute['state'], readonly [word: string, tone: Tone]>> = {
  open: ['Open', 'warn'],
  upheld: ['Upheld', 'good'],
  rejected: ['Rejected', 'neutral'],
  withdrawn: ['Withdrawn', 'neutral'],
};
