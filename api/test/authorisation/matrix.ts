import type { Role } from '@fairshare/contract/identity';

/**
 * Who may do what: every route of the API and the roles that hold its permission, written down apart from the code that
 * enforces it. A route that is not here fails the specification. What a role at one school or a specialist meets at a
 * sister's record stands in `sisters.ts`; what is foreign answers as if it were missing.
 */
type Row = 'public' | 'signed-in' | readonly Role[];

/** Everybody with a role in the collaboration. */
const everybody: Row = ['coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'specialist', 'supplier', 'auditor'];
/** The same, and the administrator, who sets collaborations up. */
const everybodyAndAdministrator: Row = ['administrator', 'coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'specialist', 'supplier', 'auditor'];
/** Everybody who plans by the calendar. */
const calendarReaders: Row = ['coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'specialist', 'auditor'];
/** Whoever bears costs or answers for them; schools see their own invoices. */
const costReaders: Row = ['coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'auditor'];
/** The books of the whole collaboration. */
const bookReaders: Row = ['coordinator', 'finance-officer', 'auditor'];
/** Who sees what a school pays its shares from. */
const purseReaders: Row = ['business-manager', 'finance-officer', 'head', 'governor', 'auditor'];
/** Who disputes a share of their school, and keeps its funding. */
const disputers: Row = ['business-manager', 'finance-officer'];
/** Who decides about it. */
const deciders: Row = ['coordinator', 'finance-officer'];
/** Money is moved by the finance officer of the collaboration alone. */
const office: Row = ['finance-officer'];
/** Only who runs the collaboration. */
const coordinator: Row = ['coordinator'];
/** Only who runs the installation. */
const administrator: Row = ['administrator'];
/** Who sets up members and people. */
const setUp: Row = ['administrator', 'coordinator'];
/** Who books, and keeps the school year. */
const bookers: Row = ['coordinator', 'business-manager'];
/** Who approves what was asked for. */
const approvers: Row = ['coordinator', 'head'];
/** Who keeps a diary; a specialist only their own. */
const deliverers: Row = ['coordinator', 'specialist'];
/** Who may give a session up. */
const cancellers: Row = ['coordinator', 'business-manager', 'specialist'];
/** Who may say that a session did not happen as was said. */
const objectors: Row = ['coordinator', 'business-manager', 'head'];
/** Who keeps calendar feeds of their own. */
const feedKeepers: Row = ['coordinator', 'business-manager', 'head', 'specialist'];
/** Why a specialist is away is not for everybody. */
const absenceReaders: Row = ['coordinator', 'specialist', 'auditor'];
/** Who plans by a specialist’s hours. */
const hoursReaders: Row = ['coordinator', 'business-manager', 'head', 'specialist', 'auditor'];
/** Who sees people and their roles. */
const peopleReaders: Row = ['administrator', 'coordinator', 'auditor'];
/** Who reads the trail. */
const trailReaders: Row = ['coordinator', 'auditor'];

export const matrix: Readonly<Record<string, Row>> = {
  'GET /api/outbox': administrator,
  'GET /api/outbox/:mailId': administrator,
  'POST /api/outbox/:mailId/send-again': administrator,
  'GET /api/collaborations': 'signed-in',
  'POST /api/collaborations': administrator,
  'GET /api/collaborations/:collaborationId': everybodyAndAdministrator,
  'PUT /api/collaborations/:collaborationId': setUp,
  'GET /api/collaborations/:collaborationId/aged-debt': bookReaders,
  'GET /api/collaborations/:collaborationId/agreements': everybody,
  'POST /api/collaborations/:collaborationId/agreements': coordinator,
  'GET /api/collaborations/:collaborationId/agreements/:agreementId': everybody,
  'PUT /api/collaborations/:collaborationId/agreements/:agreementId': coordinator,
  'GET /api/collaborations/:collaborationId/agreements/:agreementId/instalments': everybody,
  'POST /api/collaborations/:collaborationId/agreements/:agreementId/prices': coordinator,
  'GET /api/collaborations/:collaborationId/agreements/:agreementId/rules': everybody,
  'POST /api/collaborations/:collaborationId/agreements/:agreementId/rules': coordinator,
  'PUT /api/collaborations/:collaborationId/agreements/:agreementId/rules/:ruleId': coordinator,
  'GET /api/collaborations/:collaborationId/agreements/:agreementId/subscriptions': everybody,
  'POST /api/collaborations/:collaborationId/agreements/:agreementId/subscriptions': coordinator,
  'PUT /api/collaborations/:collaborationId/agreements/:agreementId/subscriptions/:subscriptionId': coordinator,
  'GET /api/collaborations/:collaborationId/agreements/:agreementId/what-if-basis': costReaders,
  'GET /api/collaborations/:collaborationId/bank-lines': bookReaders,
  'POST /api/collaborations/:collaborationId/bank-statements': office,
  'GET /api/collaborations/:collaborationId/board': calendarReaders,
  'GET /api/collaborations/:collaborationId/bookings': calendarReaders,
  'POST /api/collaborations/:collaborationId/bookings': bookers,
  'GET /api/collaborations/:collaborationId/bookings/:bookingId': calendarReaders,
  'POST /api/collaborations/:collaborationId/bookings/:bookingId/approve': approvers,
  'POST /api/collaborations/:collaborationId/bookings/:bookingId/cancel': cancellers,
  'POST /api/collaborations/:collaborationId/bookings/:bookingId/decline': approvers,
  'POST /api/collaborations/:collaborationId/bookings/:bookingId/deliver': deliverers,
  'POST /api/collaborations/:collaborationId/bookings/:bookingId/move': bookers,
  'PUT /api/collaborations/:collaborationId/bookings/:bookingId/deadline': bookers,
  'POST /api/collaborations/:collaborationId/bookings/:bookingId/object': objectors,
  'GET /api/collaborations/:collaborationId/bookings/:bookingId/objections': calendarReaders,
  'POST /api/collaborations/:collaborationId/bookings/:bookingId/objections/:urn/decide': coordinator,
  'GET /api/collaborations/:collaborationId/bookings/:bookingId/proposals': calendarReaders,
  'POST /api/collaborations/:collaborationId/bookings/:bookingId/proposals/accept': bookers,
  'POST /api/collaborations/:collaborationId/bookings/:bookingId/proposals/decline': bookers,
  'POST /api/collaborations/:collaborationId/bookings/:bookingId/proposals/undo': bookers,
  'POST /api/collaborations/:collaborationId/bookings/series-preview': bookers,
  'GET /api/collaborations/:collaborationId/charge-plans': bookReaders,
  'POST /api/collaborations/:collaborationId/charge-plans': office,
  'POST /api/collaborations/:collaborationId/charge-plans/:planId/stop': office,
  'GET /api/collaborations/:collaborationId/charges': costReaders,
  'POST /api/collaborations/:collaborationId/charges': office,
  'GET /api/collaborations/:collaborationId/charges/:chargeId': costReaders,
  'POST /api/collaborations/:collaborationId/charges/:chargeId/corrections': office,
  'POST /api/collaborations/:collaborationId/charges/:chargeId/share': office,
  'GET /api/collaborations/:collaborationId/charges/:chargeId/shares': costReaders,
  'POST /api/collaborations/:collaborationId/charges/instalments': office,
  'GET /api/collaborations/:collaborationId/charges-due': bookReaders,
  'POST /api/collaborations/:collaborationId/charges-due': office,
  'GET /api/collaborations/:collaborationId/commitments': costReaders,
  'GET /api/collaborations/:collaborationId/cost-codes': bookReaders,
  'PUT /api/collaborations/:collaborationId/cost-codes': office,
  'GET /api/collaborations/:collaborationId/disputes': costReaders,
  'POST /api/collaborations/:collaborationId/disputes': disputers,
  'POST /api/collaborations/:collaborationId/disputes/:disputeId/decide': deciders,
  'POST /api/collaborations/:collaborationId/disputes/:disputeId/withdraw': disputers,
  'POST /api/collaborations/:collaborationId/conversions': coordinator,
  'POST /api/collaborations/:collaborationId/entitlements/ended-periods': coordinator,
  'POST /api/collaborations/:collaborationId/entitlements/loans': bookers,
  'GET /api/collaborations/:collaborationId/entitlements': calendarReaders,
  'GET /api/collaborations/:collaborationId/entitlements/accounts': calendarReaders,
  'GET /api/collaborations/:collaborationId/entitlements/lines': calendarReaders,
  'GET /api/collaborations/:collaborationId/events': calendarReaders,
  'POST /api/collaborations/:collaborationId/events': bookers,
  'PUT /api/collaborations/:collaborationId/events/:eventId': bookers,
  'DELETE /api/collaborations/:collaborationId/events/:eventId': bookers,
  'POST /api/collaborations/:collaborationId/events/:eventId/restore': bookers,
  'POST /api/collaborations/:collaborationId/events/preview': bookers,
  'GET /api/collaborations/:collaborationId/feeds': feedKeepers,
  'POST /api/collaborations/:collaborationId/feeds': feedKeepers,
  'DELETE /api/collaborations/:collaborationId/feeds/:feedId': feedKeepers,
  'GET /api/collaborations/:collaborationId/funding/:urn': purseReaders,
  'PUT /api/collaborations/:collaborationId/funding/:urn/budgets': disputers,
  'PUT /api/collaborations/:collaborationId/funding/:urn/rules': disputers,
  'PUT /api/collaborations/:collaborationId/funding/:urn/shares/:shareId': disputers,
  'GET /api/collaborations/:collaborationId/invoice-issuer': costReaders,
  'PUT /api/collaborations/:collaborationId/invoice-issuer': office,
  'GET /api/collaborations/:collaborationId/invoice-runs': bookReaders,
  'POST /api/collaborations/:collaborationId/invoice-runs': office,
  'GET /api/collaborations/:collaborationId/invoice-runs/:runId': bookReaders,
  'POST /api/collaborations/:collaborationId/invoice-runs/:runId/issue': office,
  'GET /api/collaborations/:collaborationId/invoices': costReaders,
  'DELETE /api/collaborations/:collaborationId/invoices/:invoiceId': office,
  'GET /api/collaborations/:collaborationId/invoices/:invoiceId': costReaders,
  'GET /api/collaborations/:collaborationId/invoices/:invoiceId.csv': costReaders,
  'GET /api/collaborations/:collaborationId/invoices/:invoiceId.pdf': costReaders,
  'GET /api/collaborations/:collaborationId/invoices/:invoiceId.ubl.xml': costReaders,
  'POST /api/collaborations/:collaborationId/invoices/:invoiceId/credit-notes': office,
  'POST /api/collaborations/:collaborationId/invoices/:invoiceId/issue': office,
  'POST /api/collaborations/:collaborationId/invoices/:invoiceId/payments': office,
  'POST /api/collaborations/:collaborationId/invoices/:invoiceId/use-credit': office,
  'GET /api/collaborations/:collaborationId/ledger/balances': bookReaders,
  'GET /api/collaborations/:collaborationId/ledger/chain': bookReaders,
  'GET /api/collaborations/:collaborationId/ledger/check': bookReaders,
  'POST /api/collaborations/:collaborationId/ledger/check': bookReaders,
  'GET /api/collaborations/:collaborationId/ledger/entries': bookReaders,
  'GET /api/collaborations/:collaborationId/ledger/period-closes': bookReaders,
  'POST /api/collaborations/:collaborationId/ledger/period-closes': office,
  'POST /api/collaborations/:collaborationId/matches': office,
  'DELETE /api/collaborations/:collaborationId/matches/:matchId': office,
  'POST /api/collaborations/:collaborationId/matches/accept': office,
  'GET /api/collaborations/:collaborationId/outside-calendars': hoursReaders,
  'POST /api/collaborations/:collaborationId/specialists/:specialistId/outside-calendars': deliverers,
  'POST /api/collaborations/:collaborationId/specialists/:specialistId/outside-calendars/file': deliverers,
  'POST /api/collaborations/:collaborationId/specialists/:specialistId/outside-calendars/:calendarId/refresh': deliverers,
  'DELETE /api/collaborations/:collaborationId/specialists/:specialistId/outside-calendars/:calendarId': deliverers,
  'POST /api/collaborations/:collaborationId/holds': bookers,
  'POST /api/collaborations/:collaborationId/holds/:bookingId/confirm': bookers,
  'POST /api/collaborations/:collaborationId/holds/:bookingId/release': bookers,
  'GET /api/collaborations/:collaborationId/waitlist': bookers,
  'POST /api/collaborations/:collaborationId/waitlist': bookers,
  'DELETE /api/collaborations/:collaborationId/waitlist/:entryId': bookers,
  'POST /api/collaborations/:collaborationId/waitlist-offers/:offerId/accept': bookers,
  'POST /api/collaborations/:collaborationId/waitlist-offers/:offerId/decline': bookers,
  'GET /api/collaborations/:collaborationId/mail-wish': calendarReaders,
  'PUT /api/collaborations/:collaborationId/mail-wish': calendarReaders,
  'GET /api/collaborations/:collaborationId/members': everybodyAndAdministrator,
  'POST /api/collaborations/:collaborationId/members': setUp,
  'DELETE /api/collaborations/:collaborationId/members/:membershipId': setUp,
  'PUT /api/collaborations/:collaborationId/members/:membershipId': setUp,
  'GET /api/collaborations/:collaborationId/people': peopleReaders,
  'POST /api/collaborations/:collaborationId/people': setUp,
  'DELETE /api/collaborations/:collaborationId/people/roles/:grantId': setUp,
  'GET /api/collaborations/:collaborationId/reconciliation': bookReaders,
  'GET /api/collaborations/:collaborationId/replanning': calendarReaders,
  'GET /api/collaborations/:collaborationId/second-factor': peopleReaders,
  'PUT /api/collaborations/:collaborationId/second-factor': setUp,
  'POST /api/collaborations/:collaborationId/replanning': bookers,
  'POST /api/collaborations/:collaborationId/replanning/closing': bookers,
  'GET /api/collaborations/:collaborationId/rooms': calendarReaders,
  'POST /api/collaborations/:collaborationId/rooms': coordinator,
  'GET /api/collaborations/:collaborationId/school-year': everybodyAndAdministrator,
  'POST /api/collaborations/:collaborationId/school-year/copy': bookers,
  'GET /api/collaborations/:collaborationId/school-year/lines': everybodyAndAdministrator,
  'POST /api/collaborations/:collaborationId/school-year/lines': bookers,
  'DELETE /api/collaborations/:collaborationId/school-year/lines/:lineId': bookers,
  'PUT /api/collaborations/:collaborationId/school-year/lines/:lineId': bookers,
  'POST /api/collaborations/:collaborationId/school-year/paste': bookers,
  'GET /api/collaborations/:collaborationId/school-years/:urn': costReaders,
  'GET /api/collaborations/:collaborationId/services': everybody,
  'POST /api/collaborations/:collaborationId/services': coordinator,
  'PUT /api/collaborations/:collaborationId/services/:serviceId': coordinator,
  'GET /api/collaborations/:collaborationId/shared-costs': costReaders,
  'GET /api/collaborations/:collaborationId/slots': calendarReaders,
  'GET /api/collaborations/:collaborationId/specialists': everybody,
  'POST /api/collaborations/:collaborationId/specialists': coordinator,
  'GET /api/collaborations/:collaborationId/specialists/:specialistId': everybody,
  'PUT /api/collaborations/:collaborationId/specialists/:specialistId': coordinator,
  'GET /api/collaborations/:collaborationId/specialists/:specialistId/absences': absenceReaders,
  'POST /api/collaborations/:collaborationId/specialists/:specialistId/absences': deliverers,
  'POST /api/collaborations/:collaborationId/specialists/:specialistId/absences/:absenceId/withdraw': deliverers,
  'POST /api/collaborations/:collaborationId/specialists/:specialistId/credentials': coordinator,
  'DELETE /api/collaborations/:collaborationId/specialists/:specialistId/credentials/:credentialId': coordinator,
  'GET /api/collaborations/:collaborationId/specialists/:specialistId/extra-time': hoursReaders,
  'POST /api/collaborations/:collaborationId/specialists/:specialistId/extra-time': deliverers,
  'DELETE /api/collaborations/:collaborationId/specialists/:specialistId/extra-time/:extraTimeId': deliverers,
  'GET /api/collaborations/:collaborationId/specialists/:specialistId/working-patterns': hoursReaders,
  'POST /api/collaborations/:collaborationId/specialists/:specialistId/working-patterns': deliverers,
  'DELETE /api/collaborations/:collaborationId/specialists/:specialistId/working-patterns/:patternId': deliverers,
  'GET /api/collaborations/:collaborationId/statements/:urn': costReaders,
  'GET /api/collaborations/:collaborationId/supplier-bills': bookReaders,
  'POST /api/collaborations/:collaborationId/supplier-bills': office,
  'POST /api/collaborations/:collaborationId/supplier-bills/:billId/lines/:lineId/covers': office,
  'GET /api/collaborations/:collaborationId/suppliers': costReaders,
  'POST /api/collaborations/:collaborationId/suppliers': coordinator,
  'PUT /api/collaborations/:collaborationId/suppliers/:supplierId': coordinator,
  'GET /api/collaborations/:collaborationId/trail': trailReaders,
  'GET /api/collaborations/:collaborationId/trail.csv': trailReaders,
  'GET /api/collaborations/:collaborationId/trail.json': trailReaders,
  'GET /api/collaborations/:collaborationId/trail/chain': trailReaders,
  'GET /api/collaborations/:collaborationId/travel-times': calendarReaders,
  'PUT /api/collaborations/:collaborationId/travel-times': coordinator,
  'GET /api/collaborations/:collaborationId/vat-treatments': bookReaders,
  'POST /api/collaborations/:collaborationId/vat-treatments': office,
  'GET /api/collaborations/:collaborationId/value-for-money': costReaders,
  'POST /api/cost-sharing/preview': 'signed-in',
  'GET /api/feeds/:file': 'public',
  'GET /api/health/live': 'public',
  'GET /api/health/ready': 'public',
  'GET /api/imports': administrator,
  'GET /api/imports/:importId': administrator,
  'GET /api/imports/:importId/errors.csv': administrator,
  'GET /api/invariants': setUp,
  'POST /api/people/:userId/erasure': setUp,
  'GET /api/people/:userId/personal-data': administrator,
  'GET /api/retention': administrator,
  'PUT /api/retention/:kind': administrator,
  'POST /api/retention/run': administrator,
  'GET /api/schools': 'signed-in',
  'GET /api/schools/:urn': 'signed-in',
  'POST /api/schools/import': administrator,
  'DELETE /api/session': 'signed-in',
  'GET /api/account': 'signed-in',
  'POST /api/account/authenticator': 'signed-in',
  'DELETE /api/account/authenticator': 'signed-in',
  'POST /api/account/authenticator/confirm': 'signed-in',
  'PUT /api/account/name': 'signed-in',
  'POST /api/account/passkeys': 'signed-in',
  'PUT /api/account/passkeys/:passkeyId': 'signed-in',
  'DELETE /api/account/passkeys/:passkeyId': 'signed-in',
  'POST /api/account/passkeys/options': 'signed-in',
  'POST /api/account/recovery-codes': 'signed-in',
  'PUT /api/account/password': 'signed-in',
  'GET /api/account/personal-data': 'signed-in',
  'GET /api/account/sessions': 'signed-in',
  'DELETE /api/account/sessions': 'signed-in',
  'DELETE /api/account/sessions/:sessionId': 'signed-in',
  'GET /api/session': 'public',
  'POST /api/session/again': 'signed-in',
  'POST /api/session/again/passkey-options': 'signed-in',
  'POST /api/session/passkey': 'public',
  'POST /api/session/passkey-options': 'public',
  'POST /api/session/second-factor': 'public',
  'POST /api/session': 'public',
  'GET /api/session/demonstration': 'public',
  'GET /api/session/first-administrator': 'public',
  'POST /api/session/first-administrator': 'public',
  'GET /api/trail': administrator,
  'GET /api/trail.csv': administrator,
  'GET /api/trail.json': administrator,
  'GET /api/trail/chain': administrator,
};
