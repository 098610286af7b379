import { declarePermissions } from '../platform/allow.js';

export const identityPermissions = declarePermissions({
  'identity.see-people': ['administrator', 'coordinator', 'auditor'],
  'identity.change-people': ['administrator', 'coordinator'],
  'identity.read-personal-data': ['administrator'],
});
