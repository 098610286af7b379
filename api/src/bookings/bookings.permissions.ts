import { declarePermissions } from '../platform/allow.js';

export const bookingsPermissions = declarePermissions({
  'bookings.find-slots': ['coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'specialist', 'auditor'],
  'bookings.see': ['coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'specialist', 'auditor'],
  'bookings.book': ['coordinator', 'business-manager'],
  'bookings.approve': ['coordinator', 'head'],
  'bookings.decline': ['coordinator', 'head'],
  'bookings.move': ['coordinator', 'business-manager'],
  'bookings.cancel': ['coordinator', 'business-manager', 'specialist'],
  'bookings.deliver': ['coordinator', 'specialist'],
  'bookings.replan': ['coordinator', 'specialist'],
  'bookings.check-plans': ['coordinator', 'business-manager'],
  'bookings.keep-feeds': ['coordinator', 'business-manager', 'head', 'specialist'],
  'bookings.choose-mail': ['coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'specialist', 'auditor'],
  'bookings.keep-events': ['coordinator', 'business-manager'],
  'bookings.object': ['coordinator', 'business-manager', 'head'],
  'bookings.decide-objections': ['coordinator'],
  'bookings.lend-units': ['coordinator', 'business-manager'],
  'bookings.end-periods': ['coordinator'],
  'bookings.convert-schools': ['coordinator'],
  'bookings.see-absences': ['coordinator', 'specialist', 'auditor'],
});
