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
  | 'identity.sign-in-again'
  | 'identity.not-proved'
  | 'identity.second-factor-needed'
  | 'identity.second-factor-required'
  | 'identity.no-second-factor'
  | 'identity.has-authenticator'
  | 'identity.wrong-code'
  | 'identity.step-too-late'
  | 'identity.passkey-refused'
  | 'identity.passkey-not-added'
  | 'identity.not-oneself'
  | 'identity.not-for-others'
  | 'identity.no-such-member'
  | 'identity.delegation-over'
  | 'identity.no-such-colleague'
  | 'identity.no-such-trust'
  | 'identity.last-administrator'
  | 'identity.belongs-elsewhere'
  | 'identity.link-over'
  | 'identity.already-accepted'
  | 'identity.provider-other-way'
  | 'identity.provider-cancelled'
  | 'identity.provider-refused'
  | 'identity.provider-away'
  | 'identity.outside-account-unknown'
  | 'identity.outside-account-taken'
  | 'identity.last-way-in';

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
  'identity.not-proved': [422, 'That did not show that it is you. Please try another way.'],
  'identity.second-factor-needed': [403, 'Your school asks for a second factor. Please set one up first.'],
  'identity.second-factor-required': [409, 'Your school asks for a second factor: set up another one before this is taken away.'],
  'identity.no-second-factor': [409, 'There is no second factor: recovery codes stand in for one, so that it is set up first.'],
  'identity.has-authenticator': [409, 'There is an authenticator app already: take it away first.'],
  'identity.wrong-code': [422, 'This code is not right, or was used before. Please wait for the next one.'],
  'identity.step-too-late': [401, 'This took too long. Please begin again.'],
  'identity.passkey-refused': [401, 'This passkey was not accepted. Please try again, or sign in another way.'],
  'identity.no-such-member': [422, 'That school is not a member of this collaboration.'],
  'identity.not-for-others': [409, 'Whoever acts for somebody else cannot pass it on: act for yourself again first.'],
  'identity.delegation-over': [422, 'The last day has to be today or later, and not before the first.'],
  'identity.no-such-colleague': [422, 'Nobody with this address has a role in a collaboration of yours.'],
  'identity.no-such-trust': [422, 'No school of this collaboration belongs to that trust.'],
  'identity.not-oneself': [409, 'Nobody can do that to their own account: ask another administrator.'],
  'identity.last-administrator': [409, 'Somebody has to run this Fairshare: make another administrator first.'],
  'identity.belongs-elsewhere': [409, 'This person is a specialist, or has a role in another collaboration too: only an administrator can erase them.'],
  'identity.link-over': [404, 'This link was used before, or its time is over. Ask for a new one.'],
  'identity.already-accepted': [409, 'This person has signed in already and needs no invitation.'],
  'identity.provider-other-way': [400, 'This did not begin in this browser, or took too long. Please begin again.'],
  'identity.provider-cancelled': [400, 'Signing in there was not finished.'],
  'identity.provider-refused': [401, 'What came back was not right, so that nobody was signed in. Please try again.'],
  'identity.provider-away': [503, 'The other side cannot be reached at the moment. Please sign in another way, or try again later.'],
  'identity.outside-account-unknown': [401, 'No account here belongs to that one. Sign in another way first and tie it under My account, or open your invitation.'],
  'identity.outside-account-taken': [409, 'That account is tied already: to somebody else, or you have another one there.'],
  'identity.last-way-in': [409, 'Nothing else would sign you in: set a password or add a passkey first.'],
  'identity.passkey-not-added': [422, 'The passkey could not be added. Please try again.'],
});
