import { declareProblems } from '../platform/problem.js';

export type LedgerProblem =
  | 'ledger.does-not-balance'
  | 'ledger.no-postings'
  | 'ledger.corrected-already'
  | 'ledger.closed-already'
  | 'ledger.not-over-yet';

declareProblems<LedgerProblem>({
  'ledger.does-not-balance': [422, 'The lines of an entry have to add up to nothing.'],
  'ledger.no-postings': [422, 'An entry needs at least one line.'],
  'ledger.corrected-already': [409, 'This entry was taken back already; nothing is taken back twice.'],
  'ledger.closed-already': [409, 'That period is closed already.'],
  'ledger.not-over-yet': [422, 'A period can be closed only when its last day is over.'],
});
