import { declarePermissions } from './allow.js';
import { declareProblems } from './problem.js';

/** Whoever keeps the collaboration's money or runs it is the second person; the auditor sees what waits. */
export const approvalsPermissions = declarePermissions({
  'approvals.see': ['coordinator', 'finance-officer', 'auditor'],
  'approvals.decide': ['coordinator', 'finance-officer'],
});

declareProblems({
  'approvals.own': [409, 'This takes two people: somebody else than who asked for it, and than who acts for them, has to approve it.'],
  'approvals.decided-already': [409, 'This was approved or refused already.'],
  'approvals.no-longer-readable': [409, 'Whoever asked for this was erased, so that nobody knows any more what it was. Refuse it and ask anew.'],
});
