import { declarePermissions } from '../platform/allow.js';

/** A role held at a school opens that school's own invoices; what belongs to all of them needs the whole collaboration. */
export const billingPermissions = declarePermissions({
  'billing.see-invoices': ['coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'auditor'],
  'billing.see-books': ['coordinator', 'finance-officer', 'auditor'],
  'billing.see-supplier-bills': ['coordinator', 'finance-officer', 'auditor', 'supplier'],
  'billing.invoice': ['finance-officer'],
  'billing.dispute': ['business-manager', 'finance-officer'],
  'billing.decide-disputes': ['coordinator', 'finance-officer'],
  'billing.reconcile': ['finance-officer'],
});
