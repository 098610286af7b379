import { declarePermissions } from '../platform/allow.js';

const everybodyInside = ['coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'specialist', 'supplier', 'auditor'] as const;

export const schoolsPermissions = declarePermissions({
  'schools.import': ['administrator'],
  'schools.create-collaboration': ['administrator'],
  'schools.see-collaboration': [...everybodyInside, 'administrator'],
  'schools.change-collaboration': ['coordinator', 'administrator'],
  'schools.change-members': ['coordinator', 'administrator'],
  'schools.see-school-year': [...everybodyInside, 'administrator'],
  'schools.change-school-year': ['coordinator', 'business-manager'],
});
