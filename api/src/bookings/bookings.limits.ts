import type { Limit } from '../platform/limits.js';

/**
 * Everything that asks for time: bookings, holds, seats, the waitlist and what is proposed. Far more than a person clicks,
 * far less than would fill a calendar before anybody looks.
 */
export const bookingLimit: Limit = { name: 'booking', points: 120, seconds: 60 };
/** Looking for free time: the calendar asks anew with each step, a program that copies diaries asks without end. */
export const slotsLimit: Limit = { name: 'slots', points: 600, seconds: 60 };
/** Shared events are worked out over a whole school year, and each is told to everybody. */
export const eventLimit: Limit = { name: 'event', points: 120, seconds: 60 };
/** Re-planning looks at every session to come. */
export const replanningLimit: Limit = { name: 'replanning', points: 60, seconds: 60 };
