import type { BookingsCode } from '@fairshare/domain/bookings';
import { declareProblems } from '../platform/problem.js';

type BookingsProblem =
  | BookingsCode
  | 'bookings.not-your-school'
  | 'bookings.specialist-not-offered'
  | 'bookings.place-not-known'
  | 'bookings.room-elsewhere'
  | 'bookings.period-too-long'
  | 'bookings.series-across-midnight'
  | 'bookings.not-your-event'
  | 'bookings.event-too-long'
  | 'bookings.changed-since'
  | 'bookings.changed-meanwhile'
  | 'bookings.was-charged'
  | 'bookings.waitlist-full'
  | 'bookings.objection-decided'
  | 'bookings.no-objection'
  | 'bookings.seats-not-in-series'
  | 'bookings.not-the-successor'
  | 'bookings.units-in-use'
  | 'bookings.nothing-to-plan';

declareProblems<BookingsProblem>({
  'bookings.wrong-state': [409, (f) => `That cannot be done with a booking that is ${String(f['state'] ?? 'as it is').replace('-', ' ')}.`],
  'bookings.already-delivered': [409, 'This booking has been delivered; from then on it never changes.'],
  'bookings.own-request': [409, 'This is above the limit for approving what one asked for oneself: somebody else has to approve it.'],
  'bookings.hold-expired': [409, 'The time for deciding has run out; please book again.'],
  'bookings.not-begun': [409, 'This booking has not begun yet, so that it cannot have been delivered.'],
  'bookings.ends-before-it-starts': [422, 'The end has to be after the start.'],
  'bookings.no-schools': [422, 'Please name a school.'],
  'bookings.same-school-twice': [422, 'The same school is named twice.'],
  'bookings.school-not-part': [422, 'That school is no part of this booking.'],
  'bookings.attendance-not-possible': [422, 'Attendance is whole minutes of one day.'],
  'bookings.length-not-on-offer': [422, (f) => `The agreement does not offer sessions of that length${Array.isArray(f['lengthsMinutes']) ? `: choose ${f['lengthsMinutes'].join(', ')} minutes` : ''}.`],
  'bookings.objection-too-late': [409, 'The time for objecting is over.'],
  'bookings.series-too-long': [422, (f) => `A series has at most ${String(f['most'] ?? 200)} dates.`],
  'bookings.series-empty': [409, 'None of the dates of this series can be booked.'],
  'bookings.nothing-to-return': [409, 'There is nothing to give back.'],
  'bookings.units-in-use': [409, 'Sessions that are booked hold more units than that; cancel some of them first, or leave more.'],
  'bookings.units-not-whole': [422, 'Units are whole thousandths above nothing.'],
  'bookings.not-your-school': [403, 'You can do this for your own school only; the coordinator can do it for others.'],
  'bookings.specialist-not-offered': [422, 'This specialist does not work under that agreement.'],
  'bookings.room-elsewhere': [422, 'That room is not where the session takes place. Choose a room of that school, or none.'],
  'bookings.place-not-known': [422, 'That place is no school of this collaboration.'],
  'bookings.period-too-long': [422, 'A booking lasts at most a day.'],
  'bookings.series-across-midnight': [422, 'The sessions of a series begin and end on the same day.'],
  'bookings.not-your-event': [403, 'This event is another school’s; that school or the coordinator can change it.'],
  'bookings.changed-since': [409, 'Something else happened to this booking since then, so that it cannot be taken back.'],
  'bookings.changed-meanwhile': [409, 'Somebody else has just changed this booking; please look at it again.'],
  'bookings.nothing-to-undo': [409, 'There is nothing of yours here that could be taken back: something else has happened to this booking since.'],
  'bookings.too-late-to-undo': [409, (f) => `A slip can be taken back for ${String(f['undoMinutes'] ?? 10)} minutes; after that, move or cancel it.`],
  'bookings.was-charged': [409, 'Giving it up was charged; book it again instead.'],
  'bookings.event-too-long': [422, (f) => `An event lasts at most ${String(f['most'] ?? 60)} days.`],
  'bookings.waitlist-full': [409, 'So many wait for this already that another would wait in vain.'],
  'bookings.no-seats': [409, 'This session has no seats to take: it is for the schools that booked it.'],
  'bookings.session-full': [409, (f) => `There are not so many seats left: ${String(f['left'] ?? 0)} of ${String(f['capacity'] ?? 0)} are free.`],
  'bookings.already-begun': [409, 'This session has begun.'],
  'bookings.last-school': [409, 'Nobody else comes to this session: cancel it instead.'],
  'bookings.leave-by-seats': [409, 'This session has seats: give yours back instead.'],
  'bookings.host-stays': [409, 'The session takes place at this school; move it to another site before the school leaves.'],
  'bookings.too-late-to-leave': [409, (f) => `With ${String(f['workingDays'] ?? 0)} working days’ notice giving it up costs ${Number(f['chargeBasisPoints'] ?? 0) / 100} % of the price: the school stays in it, and the others do not pay for its place.`],
  'bookings.seats-not-in-series': [422, 'Sessions with seats are booked one by one.'],
  'bookings.no-objection': [409, 'This school has not objected.'],
  'bookings.objection-decided': [409, (f) => `This objection was decided already: it was ${String(f['outcome'] ?? 'decided')}.`],
  'bookings.not-the-successor': [409, 'The national register does not say that the one school follows the other.'],
  'bookings.nothing-to-plan': [409, 'This booking does not need re-planning.'],
});
