import { declarePermissions } from '../platform/allow.js';

export const ledgerPermissions = declarePermissions({
  'ledger.see': ['coordinator', 'finance-officer', 'auditor'],
  'ledger.check': ['coordinator', 'finance-officer', 'auditor'],
  'ledger.close-period': ['finance-officer'],
});
