import { declareProblems } from '../platform/problem.js';

export type IdentityProblem =
  | 'identity.not-signed-in'
  | 'identity.not-allowed'
  | 'identity.wrong-credentials'
  | 'identity.administrator-exists'
  | 'identity.already-has-role'
  | 'identity.no-such-school'
  | 'identity.last-coordinator'
  | 'identity.password-common'
  | 'identity.password-own-name'
  | 'identity.wrong-current-password'
  | 'identity.sign-in-again';

declareProblems<IdentityProblem>({
  'identity.not-signed-in': [401, 'Please sign in first.'],
  'identity.not-allowed': [403, 'Your role does not include this. Ask the coordinator if you think it should.'],
  'identity.wrong-credentials': [401, 'The e-mail address or the password is not right.'],
  'identity.administrator-exists': [409, 'There is an administrator already.'],
  'identity.already-has-role': [409, 'This person already has this role here.'],
  'identity.no-such-school': [422, 'That school is not a member of this collaboration.'],
  'identity.last-coordinator': [409, 'Somebody has to coordinate: give the role to another person first.'],
  'identity.password-common': [422, 'This password is among the first that are tried. Take a short sentence of your own.'],
  'identity.password-own-name': [422, 'This password is made of your name or address. Take words that have nothing to do with you.'],
  'identity.wrong-current-password': [422, 'The password so far is not right.'],
  'identity.sign-in-again': [403, 'Please show once more that it is you: this changes who may do what, or where money goes.'],
});
