import type { Role } from '@fairshare/contract/identity.js';

const words: Record<Role, string> = {
  administrator: 'Administrator',
  coordinator: 'Coordinator',
  'business-manager': 'Business manager',
  'finance-officer': 'Finance officer',
  head: 'Head',
  governor: 'Governor',
  specialist: 'Specialist',
  supplier: 'Supplier',
  auditor: 'Auditor',
};

/** A role as people say it. */
export const roleName = (role: Role): string => words[role];
