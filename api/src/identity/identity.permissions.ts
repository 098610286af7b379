import { declarePermissions } from '../platform/allow.js';

export const identityPermissions = declarePermissions({
  'identity.see-people': ['administrator', 'coordinator', 'auditor'],
  'identity.change-people': ['administrator', 'coordinator'],
  'identity.take-lost-factors': ['administrator'],
  'identity.read-personal-data': ['administrator'],
});
