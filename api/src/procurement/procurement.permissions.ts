import { declarePermissions } from '../platform/allow.js';

/** Whoever belongs to a collaboration reads what it buys; only the coordinator changes it. */
export const procurementPermissions = declarePermissions({
  'procurement.see': ['coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'specialist', 'supplier', 'auditor'],
  'procurement.see-suppliers': ['coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'auditor'],
  'procurement.read-bank-details': ['coordinator', 'finance-officer', 'auditor'],
  'procurement.change': ['coordinator'],
});
