import { declarePermissions } from '../platform/allow.js';

export const availabilityPermissions = declarePermissions({
  'availability.see-working-time': ['coordinator', 'business-manager', 'head', 'specialist', 'auditor'],
  'availability.change-working-time': ['coordinator', 'specialist'],
  'availability.see-places': ['coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'specialist', 'auditor'],
  'availability.change-places': ['coordinator'],
});
