import { describe, expect, it } from '@jest/globals';
import { ada, anInput, at, bea, binswood, busy, campion, period, telford, wanted } from '../availability/availability.builder.js';
import { proposals } from './proposals.js';
import { nextInLine, offerKeptUntil, type WaitlistEntry } from './waitlist.js';

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

describe('nextInLine', () => {
  const input = anInput({ taken: [busy(ada, period('2026-10-06', '09:00', '10:45'), { schoolUrn: binswood })] }, {
    subscriptions: [binswood, campion].map((schoolUrn) => ({ schoolUrn, from: '2026-09-01', until: null })),
  });
  const offered = (entries: WaitlistEntry[], already: string[] = []) => nextInLine(entries, freed, () => input, already)?.entryId ?? null;

  it('passes over who is not subscribed and who cannot be reached in time', () => {
    expect(offered([waiting(binswood, 3), waiting(campion, 2), waiting(telford, 1)])).toBe(`entry-${binswood}`);
  });

  it('is first come, first offered, then the next', () => {
    const remote = { place: { remote: true } } as const;
    const entries = [waiting(binswood, 2), waiting(campion, 1, remote)];
    expect(offered(entries)).toBe(`entry-${campion}`);
    expect(offered(entries, [`entry-${campion}`])).toBe(`entry-${binswood}`);
    expect(offered(entries, [`entry-${campion}`, `entry-${binswood}`])).toBeNull();
  });

  it.each([
    ['waits for another specialist', { specialistId: bea }],
    ['needs longer', { minutes: 61 }],
    ['waits for a later week', { within: { startsAt: at('2026-10-07', '00:00'), endsAt: october.endsAt } }],
    ['waited for an earlier one', { within: { startsAt: october.startsAt, endsAt: at('2026-10-06', '11:30') } }],
  ])('does not offer it to who %s', (_, changes) => {
    expect(offered([waiting(binswood, 1, changes)])).toBeNull();
    expect(offered([waiting(binswood, 1)])).toBe(`entry-${binswood}`);
  });

  it('offers the period in the length that was asked for', () => {
    expect(nextInLine([waiting(binswood, 1, { minutes: 30 })], freed, () => input)?.period).toEqual(wanted(period('2026-10-06', '11:00', '11:30')));
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
