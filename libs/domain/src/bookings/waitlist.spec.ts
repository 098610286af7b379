import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { whyNot } from '../availability/index.js';
import { ada, anInput, at, bea, binswood, busy, campion, period, telford, wanted } from '../availability/availability.builder.js';
import { proposals } from './proposals.js';
import { offerKeptUntil, periodToOffer, type WaitlistEntry } from './waitlist.js';

const freed = { specialistId: ada, ...period('2026-10-06', '11:00', '12:00') };
const october = { startsAt: at('2026-10-01', '00:00'), endsAt: at('2026-10-31', '00:00') };

const waiting = (schoolUrn: string, askedAt: number, changes: Partial<WaitlistEntry> = {}): WaitlistEntry => ({
  id: `entry-${schoolUrn}`,
  schoolUrns: [schoolUrn],
  askedAt,
  specialistId: null,
  within: october,
  minutes: 60,
  ...changes,
});

describe('what is offered of time that became free', () => {
  const input = anInput({ taken: [busy(ada, period('2026-10-06', '09:00', '10:45'), { schoolUrn: binswood })] }, {
    subscriptions: [binswood, campion].map((schoolUrn) => ({ schoolUrn, from: '2026-09-01', until: null })),
  });
  const offered = (entry: WaitlistEntry, passed: number[] = []) => periodToOffer(input, entry, freed, passed);

  it('is the time itself, in the length that was asked for', () => {
    expect(offered(waiting(binswood, 1))).toEqual(wanted(period('2026-10-06', '11:00', '12:00')));
    expect(offered(waiting(binswood, 1, { minutes: 30 }))).toEqual(wanted(period('2026-10-06', '11:00', '11:30')));
  });

  it('is nothing for who is not subscribed', () => {
    expect(offered(waiting(telford, 1))).toBeNull();
  });

  it('is later where the specialist comes from another school, at once when it is remote', () => {
    expect(offered(waiting(campion, 1))?.startsAt).toBe(at('2026-10-06', '11:30'));
    expect(offered(waiting(campion, 1, { place: { remote: true } }))?.startsAt).toBe(at('2026-10-06', '11:00'));
  });

  it('is some of it for who waits from its middle on, or needs more than it alone', () => {
    expect(offered(waiting(binswood, 1, { minutes: 30, within: { startsAt: at('2026-10-06', '11:20'), endsAt: october.endsAt } }))?.startsAt).toBe(at('2026-10-06', '11:30'));
    expect(offered(waiting(binswood, 1, { minutes: 30, within: { startsAt: october.startsAt, endsAt: at('2026-10-06', '11:30') } }))?.startsAt).toBe(at('2026-10-06', '11:00'));
    const longer = offered(waiting(binswood, 1, { minutes: 90 }));
    expect(longer && { from: longer.startsAt, to: longer.endsAt }).toEqual({ from: at('2026-10-06', '11:00'), to: at('2026-10-06', '12:30') });
  });

  it('is not what they were offered before, nor a part of it', () => {
    expect(offered(waiting(binswood, 1), [at('2026-10-06', '11:00')])).toBeNull();
    expect(offered(waiting(binswood, 1, { minutes: 30 }), [at('2026-10-06', '11:00')])?.startsAt).toBe(at('2026-10-06', '11:30'));
  });

  it.each([
    ['waits for another specialist', { specialistId: bea }],
    ['waits for a later week', { within: { startsAt: at('2026-10-07', '00:00'), endsAt: october.endsAt } }],
    ['waited for an earlier hour', { within: { startsAt: october.startsAt, endsAt: at('2026-10-06', '11:00') } }],
  ])('is nothing for who %s', (_, changes) => {
    expect(offered(waiting(binswood, 1, changes))).toBeNull();
  });

  it('never lies outside what they wait for, always shares time with what became free, and is always a slot', () => {
    fc.assert(
      fc.property(fc.integer({ min: 15, max: 240 }), fc.integer({ min: -300, max: 300 }), fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 300 }), (minutes, start, length, freedMinutes) => {
        const within = { startsAt: freed.startsAt + start * 60_000, endsAt: freed.startsAt + (start + length) * 60_000 };
        const open = { ...freed, endsAt: freed.startsAt + freedMinutes * 60_000 };
        const found = periodToOffer(input, waiting(binswood, 1, { minutes, within }), open);
        if (!found) return;
        expect(found.startsAt).toBeGreaterThanOrEqual(within.startsAt);
        expect(found.endsAt).toBeLessThanOrEqual(within.endsAt);
        expect(found.startsAt < open.endsAt && found.endsAt > open.startsAt).toBe(true);
        expect(whyNot(input, found)).toBeNull();
      }),
    );
  });
});

describe('how long an offer is kept', () => {
  const startsAt = at('2026-10-08', '09:00');

  it.each([
    ['a day, when there is time', { hours: 0 }, at('2026-10-05', '12:00'), at('2026-10-06', '12:00')],
    ['until it begins', { hours: 0 }, at('2026-10-07', '12:00'), startsAt],
    ['as long as notice in hours is kept', { hours: 24 }, at('2026-10-06', '12:00'), at('2026-10-07', '09:00')],
    ['to the end of the last day on which it may be booked', { days: 2 }, at('2026-10-06', '12:00'), at('2026-10-07', '00:00')],
    ['not at all, when that is over', { days: 2 }, at('2026-10-07', '12:00'), at('2026-10-07', '00:00')],
  ])('is kept %s', (_, notice, now, until) => {
    expect(offerKeptUntil(now, startsAt, notice, 'Europe/London')).toBe(until);
  });
});

describe('proposals', () => {
  const visit = wanted(period('2026-10-06', '09:10', '10:10'));
  const ill = { specialistId: ada, startsAt: at('2026-10-06', '00:00'), endsAt: at('2026-10-08', '00:00') };

  it('another specialist at the same time comes first, also off the step', () => {
    expect(proposals(anInput({ absences: [ill] }), visit, 2)).toEqual([
      { specialistId: bea, startsAt: visit.startsAt, endsAt: visit.endsAt },
      { specialistId: ada, ...period('2026-10-05', '15:00', '16:00') },
    ]);
  });

  it('but only one who can be there in time', () => {
    const far = busy(bea, period('2026-10-06', '10:20', '12:00'), { schoolUrn: campion });
    expect(proposals(anInput({ absences: [ill], taken: [far] }), visit).filter((slot) => slot.startsAt === visit.startsAt)).toEqual([]);
  });
});
