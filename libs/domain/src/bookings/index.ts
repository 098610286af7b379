// Bookings owns a booking's life from hold to delivery, series, cancellation terms, attendance and the entitlement ledger.
// It decides what may happen to a booking next and hands back the next booking; it stores nothing.
// It refuses to know who pays, what a session is priced at, and how invoices are made.
export type {
  Attendance,
  Booking,
  BookingAction,
  BookingsCode,
  BookingState,
  CancellingParty,
  Cancellation,
  EarlierPeriod,
  NewBooking,
} from './booking.js';
export { approve, cancel, decline, deliver, expire, hold, move, replan, request, requestHeld, restore } from './booking.js';
export type { CancellationBand, CancellationOutcome } from './cancellation.js';
export { cancellationOutcome } from './cancellation.js';
export type { Recurrence, SeriesDate, SeriesEnd, SeriesPreview, SeriesWanted } from './series.js';
export { previewSeries } from './series.js';
export type { EntitlementEntry, EntitlementEntryKind } from './entitlement.js';
export { balanceOf, entitlementLeft, giveBack, take } from './entitlement.js';
