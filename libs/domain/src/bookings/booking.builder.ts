import { ada, binswood, period } from '../availability/availability.builder.js';
import type { Booking, NewBooking } from './booking.js';
import { request } from './booking-moves.js';

/** Complete defaults for specs: Tuesday 6 October 2026, nine to ten, asked for by the business manager. */
export const manager = 'user-business-manager';
export const head = 'user-head';

export function aWish(changes: Partial<NewBooking> = {}): NewBooking {
  return {
    id: 'booking-1',
    collaborationId: 'collaboration-1',
    agreementId: 'agreement-sen',
    specialistId: ada,
    schoolUrns: [binswood],
    requestedBy: manager,
    ...period('2026-10-06', '09:00', '10:00'),
    ...changes,
  };
}

export function aBooking(changes: Partial<Booking> = {}): Booking {
  return { ...request(aWish(), { needsApproval: false }), ...changes };
}
