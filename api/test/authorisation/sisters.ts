/**
 * What a role held at one school, or a specialist's own diary, meets at a sister's record in the same collaboration:
 * `whole` the same as at its own; `hidden` 404, as if it were missing; `refused` 403, since the record itself is no
 * secret; `closed` 403 even at its own, since the thing belongs to all schools together.
 */
export type Nearness = 'whole' | 'hidden' | 'refused' | 'closed';

export interface Sisters {
  /** For business manager, finance officer, head and governor of one school. */
  readonly school: Nearness;
  /** For a specialist. */
  readonly diary: Nearness;
  /** For a supplier, at what another delivers: the same unless said. */
  readonly supplier?: Nearness;
  /** A list that shows only own records of this kind: the sister's is not in it. */
  readonly lists?: string;
  /** Whom such a list shows everything. */
  readonly listsAllTo?: 'school';
}

/** What the collaboration shares: its calendar, its agreements, its charges and everybody's shares of them. */
const whole: Sisters = { school: 'whole', diary: 'whole' };
/** Schools see what all of them agreed; whoever delivers, what they are named in. */
const agreed: Sisters = { school: 'whole', diary: 'hidden', supplier: 'hidden' };
/** Money and books of one school: nobody else's. */
const ownSchool: Sisters = { school: 'hidden', diary: 'hidden' };
/** Bookings are seen by all and changed by whose they are; a specialist sees their own only. */
const ownBookings: Sisters = { school: 'refused', diary: 'hidden' };
/** Everybody plans by it; of the specialists only the one whose diary it is. */
const ownDiary: Sisters = { school: 'whole', diary: 'refused' };
const diarySeenByAll: Sisters = { school: 'whole', diary: 'hidden' };
/** Closed to a role at one school, whatever the record. */
const allSchools: Sisters = { school: 'closed', diary: 'closed' };
const own = (record: string): Sisters => ({ school: 'whole', diary: 'whole', lists: record });

const at = '/api/collaborations/:collaborationId';

/** Every operation of a collaboration that a role at one school or a specialist may call. One that is not here fails. */
export const sisters: Readonly<Record<string, Sisters>> = {
  [`GET ${at}`]: whole,
  [`GET ${at}/aged-debt`]: allSchools,
  [`GET ${at}/approvals`]: allSchools,
  [`POST ${at}/approvals/:approvalId/approve`]: allSchools,
  [`POST ${at}/approvals/:approvalId/refuse`]: allSchools,
  [`GET ${at}/agreements`]: { ...own('agreementId'), listsAllTo: 'school' },
  [`GET ${at}/agreements/:agreementId`]: agreed,
  [`GET ${at}/agreements/:agreementId/instalments`]: agreed,
  [`GET ${at}/agreements/:agreementId/rules`]: agreed,
  [`GET ${at}/agreements/:agreementId/subscriptions`]: agreed,
  [`GET ${at}/agreements/:agreementId/what-if-basis`]: whole,
  [`GET ${at}/booking-shares`]: whole,
  [`GET ${at}/bank-lines`]: allSchools,
  [`POST ${at}/bank-statements`]: allSchools,
  [`GET ${at}/board`]: whole,
  [`GET ${at}/bookings`]: whole,
  [`POST ${at}/bookings`]: ownBookings,
  [`GET ${at}/bookings/:bookingId`]: diarySeenByAll,
  [`POST ${at}/bookings/:bookingId/approve`]: ownBookings,
  [`POST ${at}/bookings/:bookingId/cancel`]: ownBookings,
  [`PUT ${at}/bookings/:bookingId/deadline`]: ownBookings,
  [`POST ${at}/bookings/:bookingId/decline`]: ownBookings,
  [`POST ${at}/bookings/:bookingId/deliver`]: ownBookings,
  [`POST ${at}/bookings/:bookingId/move`]: ownBookings,
  [`POST ${at}/bookings/:bookingId/undo`]: ownBookings,
  [`POST ${at}/bookings/:bookingId/object`]: ownBookings,
  [`GET ${at}/bookings/:bookingId/objections`]: diarySeenByAll,
  [`GET ${at}/bookings/:bookingId/proposals`]: diarySeenByAll,
  [`POST ${at}/bookings/:bookingId/proposals/accept`]: ownBookings,
  [`POST ${at}/bookings/:bookingId/proposals/decline`]: ownBookings,
  [`POST ${at}/bookings/:bookingId/proposals/undo`]: ownBookings,
  [`POST ${at}/bookings/:bookingId/leave`]: ownBookings,
  [`GET ${at}/bookings/:bookingId/seats`]: diarySeenByAll,
  [`POST ${at}/bookings/:bookingId/seats`]: whole,
  [`POST ${at}/bookings/series-preview`]: ownBookings,
  [`GET ${at}/charge-plans`]: allSchools,
  [`POST ${at}/charge-plans`]: allSchools,
  [`POST ${at}/charge-plans/:planId/stop`]: allSchools,
  [`POST ${at}/charges/:chargeId/actual`]: allSchools,
  [`GET ${at}/charges-due`]: allSchools,
  [`POST ${at}/charges-due`]: allSchools,
  [`GET ${at}/hours-given`]: whole,
  [`POST ${at}/hours-given`]: allSchools,
  [`GET ${at}/money-successions`]: allSchools,
  [`POST ${at}/money-successions`]: allSchools,
  [`GET ${at}/on-account`]: allSchools,
  [`POST ${at}/opening-balances`]: allSchools,
  [`GET ${at}/charges`]: whole,
  [`POST ${at}/charges`]: allSchools,
  [`GET ${at}/charges/:chargeId`]: whole,
  [`POST ${at}/charges/:chargeId/corrections`]: allSchools,
  [`POST ${at}/charges/:chargeId/share`]: allSchools,
  [`POST ${at}/charges/:chargeId/share-among`]: allSchools,
  [`GET ${at}/charges/:chargeId/shares`]: whole,
  [`POST ${at}/charges/instalments`]: allSchools,
  [`GET ${at}/commitments`]: ownSchool,
  [`GET ${at}/cost-codes`]: allSchools,
  [`PUT ${at}/cost-codes`]: allSchools,
  [`GET ${at}/disputes`]: own('disputeId'),
  [`POST ${at}/disputes`]: ownSchool,
  [`POST ${at}/disputes/:disputeId/decide`]: allSchools,
  [`POST ${at}/disputes/:disputeId/withdraw`]: ownSchool,
  [`GET ${at}/entitlements`]: diarySeenByAll,
  [`POST ${at}/entitlements/loans`]: ownBookings,
  [`GET ${at}/entitlements/accounts`]: whole,
  [`GET ${at}/entitlements/lines`]: diarySeenByAll,
  [`GET ${at}/events`]: whole,
  [`POST ${at}/events`]: whole,
  [`DELETE ${at}/events/:eventId`]: ownBookings,
  [`PUT ${at}/events/:eventId`]: ownBookings,
  [`POST ${at}/events/:eventId/restore`]: ownBookings,
  [`POST ${at}/events/preview`]: whole,
  [`GET ${at}/feeds`]: own('feedId'),
  [`POST ${at}/feeds`]: ownDiary,
  [`DELETE ${at}/feeds/:feedId`]: ownSchool,
  [`GET ${at}/funding/:urn`]: ownSchool,
  [`PUT ${at}/funding/:urn/budgets`]: ownSchool,
  [`PUT ${at}/funding/:urn/rules`]: ownSchool,
  [`PUT ${at}/funding/:urn/shares/:shareId`]: ownSchool,
  [`GET ${at}/invoice-issuer`]: whole,
  [`PUT ${at}/invoice-issuer`]: allSchools,
  [`GET ${at}/invoice-runs`]: allSchools,
  [`POST ${at}/invoice-runs`]: allSchools,
  [`GET ${at}/invoice-runs/:runId`]: allSchools,
  [`POST ${at}/invoice-runs/:runId/issue`]: allSchools,
  [`GET ${at}/invoices`]: own('invoiceId'),
  [`DELETE ${at}/invoices/:invoiceId`]: allSchools,
  [`GET ${at}/invoices/:invoiceId`]: ownSchool,
  [`GET ${at}/invoices/:invoiceId.csv`]: ownSchool,
  [`GET ${at}/invoices/:invoiceId.pdf`]: ownSchool,
  [`GET ${at}/invoices/:invoiceId/credit-notes/:creditNoteId.pdf`]: ownSchool,
  [`GET ${at}/invoices/:invoiceId.ubl.xml`]: ownSchool,
  [`POST ${at}/invoices/:invoiceId/credit-notes`]: allSchools,
  [`POST ${at}/invoices/:invoiceId/issue`]: allSchools,
  [`POST ${at}/invoices/:invoiceId/payments`]: allSchools,
  [`DELETE ${at}/invoices/:invoiceId/payments/:paymentId`]: allSchools,
  [`POST ${at}/invoices/:invoiceId/use-credit`]: allSchools,
  [`GET ${at}/ledger/balances`]: allSchools,
  [`GET ${at}/ledger/chain`]: allSchools,
  [`GET ${at}/ledger/check`]: allSchools,
  [`POST ${at}/ledger/check`]: allSchools,
  [`GET ${at}/ledger/entries`]: allSchools,
  [`GET ${at}/ledger/period-closes`]: allSchools,
  [`POST ${at}/ledger/period-closes`]: allSchools,
  [`GET ${at}/mail-wish`]: whole,
  [`PUT ${at}/mail-wish`]: whole,
  [`POST ${at}/matches`]: allSchools,
  [`DELETE ${at}/matches/:matchId`]: allSchools,
  [`POST ${at}/matches/accept`]: allSchools,
  [`GET ${at}/members`]: whole,
  [`POST ${at}/holds`]: ownBookings,
  [`POST ${at}/holds/:bookingId/confirm`]: ownBookings,
  [`POST ${at}/holds/:bookingId/release`]: ownBookings,
  [`GET ${at}/waitlist`]: own('entryId'),
  [`POST ${at}/waitlist`]: ownBookings,
  [`DELETE ${at}/waitlist/:entryId`]: ownBookings,
  [`POST ${at}/waitlist-offers/:offerId/accept`]: ownBookings,
  [`POST ${at}/waitlist-offers/:offerId/decline`]: ownBookings,
  [`GET ${at}/replanning`]: whole,
  [`POST ${at}/replanning`]: whole,
  [`POST ${at}/replanning/closing`]: whole,
  [`GET ${at}/outside-calendars`]: whole,
  [`GET ${at}/reconciliation`]: allSchools,
  [`GET ${at}/rooms`]: whole,
  [`GET ${at}/school-year`]: whole,
  [`POST ${at}/school-year/copy`]: allSchools,
  [`GET ${at}/school-year/lines`]: whole,
  [`POST ${at}/school-year/lines`]: { school: 'refused', diary: 'closed' },
  [`DELETE ${at}/school-year/lines/:lineId`]: { school: 'refused', diary: 'closed' },
  [`PUT ${at}/school-year/lines/:lineId`]: { school: 'refused', diary: 'closed' },
  [`POST ${at}/school-year/paste`]: { school: 'refused', diary: 'closed' },
  [`GET ${at}/school-years/:urn`]: ownSchool,
  [`GET ${at}/services`]: whole,
  [`GET ${at}/shared-costs`]: whole,
  [`GET ${at}/slots`]: diarySeenByAll,
  [`GET ${at}/specialists`]: whole,
  [`GET ${at}/specialists/:specialistId`]: { ...whole, supplier: 'hidden' },
  [`GET ${at}/specialists/:specialistId/absences`]: ownDiary,
  [`POST ${at}/specialists/:specialistId/absences`]: ownDiary,
  [`POST ${at}/specialists/:specialistId/absences/:absenceId/withdraw`]: ownDiary,
  [`GET ${at}/specialists/:specialistId/extra-time`]: whole,
  [`POST ${at}/specialists/:specialistId/extra-time`]: ownDiary,
  [`DELETE ${at}/specialists/:specialistId/extra-time/:extraTimeId`]: ownDiary,
  [`POST ${at}/specialists/:specialistId/outside-calendars`]: ownDiary,
  [`DELETE ${at}/specialists/:specialistId/outside-calendars/:calendarId`]: ownDiary,
  [`POST ${at}/specialists/:specialistId/outside-calendars/:calendarId/refresh`]: ownDiary,
  [`POST ${at}/specialists/:specialistId/outside-calendars/file`]: ownDiary,
  [`GET ${at}/specialists/:specialistId/working-patterns`]: whole,
  [`POST ${at}/specialists/:specialistId/working-patterns`]: ownDiary,
  [`DELETE ${at}/specialists/:specialistId/working-patterns/:patternId`]: ownDiary,
  [`POST ${at}/specialists/:specialistId/working-patterns/changes`]: ownDiary,
  [`GET ${at}/working-patterns`]: whole,
  [`GET ${at}/statements/:urn`]: ownSchool,
  [`GET ${at}/supplier-bills`]: allSchools,
  [`POST ${at}/supplier-bills`]: allSchools,
  [`POST ${at}/supplier-bills/:billId/lines/:lineId/covers`]: allSchools,
  [`GET ${at}/suppliers`]: whole,
  [`GET ${at}/suppliers/:supplierId/bank-details`]: allSchools,
  [`GET ${at}/travel-times`]: whole,
  [`GET ${at}/travel-times/:urn`]: whole,
  [`GET ${at}/vat-treatments`]: allSchools,
  [`POST ${at}/vat-treatments`]: allSchools,
  [`GET ${at}/value-for-money`]: ownSchool,
};
