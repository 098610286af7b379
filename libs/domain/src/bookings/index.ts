// Bookings owns a booking's life from hold to delivery, series, cancellation terms, attendance and the entitlement ledger.
// It decides what may happen to a booking next and hands back the next booking; it stores nothing.
// It refuses to know who pays, what a session is priced at, and how invoices are made.
export { attendanceOf } from './attendance.js';
export type {
  Attendance,
  Booking,
  BookingAction,
  BookingsCode,
  BookingState,
  CancellingParty,
  Cancellation,
  EarlierPeriod,
  LastDeed,
  NewBooking,
  Replanning,
} from './booking.js';
export type { MoveTo } from './booking-moves.js';
export {
  approve,
  bookingMoves,
  cancel,
  decline,
  deliver,
  expire,
  letGo,
  hold,
  move,
  occupiesTime,
  possibleActions,
  replan,
  request,
  requestHeld,
  restore,
  statesThatOccupyTime,
  undo,
  undoMinutes,
} from './booking-moves.js';
export type { CancellationBand, CancellationOutcome, CancellationTerms, GivenUp } from './cancellation.js';
export { bandFor, cancellationOutcome, objectionIsInTime, workingDaysNotice } from './cancellation.js';
export type { EntitlementAccount, EntitlementEntry, EntitlementEntryKind, UnitsWanted } from './entitlement.js';
export { balanceOf, carryOver, endOfPeriod, entitlementLeft, giveBack, grant, lapse, lend, take } from './entitlement.js';
export type { Recurrence } from './recurrence.js';
export { datesOf } from './recurrence.js';
export type { SeriesDate, SeriesEnd, SeriesPreview, SeriesWanted } from './series.js';
export { mostDatesOfSeries, periodsToBook, previewSeries } from './series.js';
export type { PlannedMove, SessionMove } from './series-move.js';
export { periodOnDate, planMoves, shiftedLike, wantedAfter } from './series-move.js';
export type { Draw, SubscribedUnits } from './coverage.js';
export { draw, entitlementToShow, whyNotStand } from './coverage.js';
export { proposals } from './proposals.js';
export type { MailWish, Reader, Tidings } from './telling.js';
export { isTold, tidingsOfChange, tidingsOfNew } from './telling.js';
export type { BeforeAnswer } from './replan-answer.js';
export { beforeAnswer, reopen } from './replan-answer.js';
export type { EventDate, SharedEventKind } from './shared-event.js';
export { eventDates, sharedEventKinds } from './shared-event.js';
export type { OpenTime, WaitlistEntry } from './waitlist.js';
export { holdMinutes, offerHours, offerKeptUntil, periodToOffer, spanToOffer } from './waitlist.js';
export type { UnitsFollowed } from './succession.js';
export { unitsFollow, unitsHandedOver } from './succession.js';
export { leave, schoolsThatMayLeave } from './leaving.js';
export type { SeatsTaken } from './seats.js';
export { takeSeats } from './seats.js';
