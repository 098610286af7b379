import type { LedgerProblem } from '@fairshare/domain/ledger';
import { declareProblems } from '../platform/problem.js';

declareProblems<LedgerProblem>({
  'ledger.does-not-balance': [422, 'The lines of an entry have to add up to nothing.'],
  'ledger.no-postings': [422, 'An entry needs at least one line.'],
  'ledger.wrong-account': [422, 'There is no such account, or it does not belong to a school.'],
  'ledger.corrected-already': [409, 'This entry was taken back already; nothing is taken back twice.'],
  'ledger.closed-already': [409, 'That period is closed already.'],
  'ledger.not-over-yet': [422, 'A period can be closed only when its last day is over.'],
});
