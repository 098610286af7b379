const at = '/api/collaborations/:collaborationId';

/**
 * The column of the matrix that says what a session opens only soon after its sign-in: who may do what, where money goes,
 * ways to sign in, and what takes data out of the house. True, or the field of the body with which it is asked.
 */
export const fresh: Readonly<Record<string, true | string>> = {
  // Who may do what.
  [`POST ${at}/people`]: true,
  [`POST ${at}/people/:userId/invitation`]: true,
  [`POST ${at}/people/:userId/roles`]: true,
  [`DELETE ${at}/people/roles/:grantId`]: true,
  [`PUT ${at}/second-factor`]: true,
  'POST /api/account/delegations': true,
  'PUT /api/account/acting-for': 'userId',
  'POST /api/people/:userId/erasure': true,
  'POST /api/people/:userId/lost-second-factor': true,
  // Where money goes.
  [`POST ${at}/approvals/:approvalId/approve`]: true,
  [`POST ${at}/suppliers`]: 'bankDetails',
  [`PUT ${at}/suppliers/:supplierId`]: 'bankDetails',
  [`GET ${at}/suppliers/:supplierId/bank-details`]: true,
  [`PUT ${at}/invoice-issuer`]: true,
  // Ways to sign in.
  'PUT /api/account/password': true,
  'POST /api/account/authenticator': true,
  'POST /api/account/authenticator/confirm': true,
  'DELETE /api/account/authenticator': true,
  'POST /api/account/recovery-codes': true,
  'POST /api/account/passkeys/options': true,
  'POST /api/account/passkeys': true,
  'DELETE /api/account/passkeys/:passkeyId': true,
  'POST /api/account/providers/:provider': true,
  'DELETE /api/account/providers/:provider': true,
  // What takes data out of the house, or lets it go.
  'GET /api/account/personal-data': true,
  'GET /api/people/:userId/personal-data': true,
  'GET /api/outbox/:mailId': true,
  'POST /api/outbox/:mailId/send-again': true,
  'POST /api/retention/run': true,
  'PUT /api/retention/:kind': true,
};
