import { declarePermissions } from '../platform/allow.js';

export const insightPermissions = declarePermissions({
  'insight.see-value': ['coordinator', 'finance-officer', 'business-manager', 'head', 'governor', 'auditor'],
  'insight.see-invariants': ['administrator', 'coordinator'],
});
