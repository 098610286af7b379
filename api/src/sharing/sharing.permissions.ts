import { declarePermissions } from '../platform/allow.js';

export const sharingPermissions = declarePermissions({
  'sharing.see-charges': ['coordinator', 'finance-officer', 'business-manager', 'head', 'governor', 'auditor'],
  'sharing.see-what-if': ['coordinator', 'finance-officer', 'business-manager', 'head', 'governor', 'auditor'],
  'sharing.see-plans': ['coordinator', 'finance-officer', 'auditor'],
  'sharing.see-funding': ['business-manager', 'finance-officer', 'head', 'governor', 'auditor'],
  'sharing.keep-funding': ['business-manager', 'finance-officer'],
  'sharing.record-hours': ['coordinator', 'finance-officer'],
  'sharing.make-charges': ['finance-officer'],
});
