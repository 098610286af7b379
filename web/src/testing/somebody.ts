import type { Role, Session } from '@fairshare/contract/identity.js';

export const collaborationId = '0199a000-0000-7000-8000-000000000002';
export const otherCollaborationId = '0199a000-0000-7000-8000-000000000003';

/** Somebody signed in, with these roles in the first of two collaborations. */
export function somebody(...roles: Role[]): Session {
  return {
    user: { id: '0199a000-0000-7000-8000-000000000001', email: 'cora@leamington.example', name: 'Cora Patel' },
    grants: roles.map((role) => ({ role, collaborationId })),
  };
}

export const collaborations = {
  items: [
    { id: collaborationId, name: 'Leamington Schools Partnership' },
    { id: otherCollaborationId, name: 'Warwick Primary Cluster' },
  ],
  total: 2,
  page: 1,
  size: 200,
};
