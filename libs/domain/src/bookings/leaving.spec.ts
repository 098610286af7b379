import { describe, expect, it } from '@jest/globals';
import type { DomainError } from '../kernel/domain-error.js';
import type { Booking } from './booking.js';
import { aBooking } from './booking.builder.js';
import { leave, schoolsThatMayLeave } from './leaving.js';

const joint = aBooking({ schoolUrns: ['host', 'a', 'b'], place: { schoolUrn: 'host' }, onBehalfOf: 'a' });
const early = joint.startsAt - 1;
const inTime = { now: early, workingDays: 6, chargeBasisPoints: 0 };

describe('one of several schools leaves', () => {
  it('When it is in time, then the others stay and the change has a number of its own', () => {
    expect(leave(joint, 'a', inTime)).toEqual({ ...joint, schoolUrns: ['host', 'b'], onBehalfOf: null, lastDeed: null, sequence: joint.sequence + 1 });
    expect(leave(joint, 'b', inTime).onBehalfOf).toBe('a');
    expect(leave({ ...joint, place: { remote: true } }, 'host', inTime).schoolUrns).toEqual(['a', 'b']);
  });

  it.each<[string, Partial<Booking>, string, object]>([
    ['bookings.leave-by-seats', { capacity: 8 }, 'a', {}],
    ['bookings.wrong-state', { state: 'delivered' }, 'a', {}],
    ['bookings.already-begun', {}, 'a', { now: joint.startsAt }],
    ['bookings.school-not-part', {}, 'stranger', {}],
    ['bookings.last-school', { schoolUrns: ['a'] }, 'a', {}],
    ['bookings.host-stays', {}, 'host', {}],
    ['bookings.too-late-to-leave', {}, 'a', { workingDays: 2, chargeBasisPoints: 5000 }],
  ])('%s', (code, changes, urn, notice) => {
    expect(() => leave({ ...joint, ...changes }, urn, { ...inTime, ...notice })).toThrow(expect.objectContaining<Partial<DomainError>>({ code }));
    if (code !== 'bookings.too-late-to-leave') expect(schoolsThatMayLeave({ ...joint, ...changes }, { ...inTime, ...notice }.now)).not.toContain(urn);
  });

  it('When it is asked who may, then all but the host', () => {
    expect(schoolsThatMayLeave(joint, early)).toEqual(['a', 'b']);
    expect(schoolsThatMayLeave({ ...joint, place: { remote: true } }, early)).toEqual(['host', 'a', 'b']);
  });
});
