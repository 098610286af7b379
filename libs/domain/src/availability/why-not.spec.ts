import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../kernel/domain-error.js';
import { isoOf } from '../kernel/zone.js';
import { aCalendar, ada, aPattern, anInput, at, bea, binswood, busy, campion, period, wanted } from './availability.builder.js';
import type { AgreementTerms, AvailabilityInput, WantedPeriod } from './input.js';
import { resolveCalendar } from './school-calendar.js';
import { ensureSlot, lengthIsOnOffer, whyNot } from './why-not.js';

interface Case {
  readonly says: string;
  readonly input?: Partial<Omit<AvailabilityInput, 'agreement'>>;
  readonly terms?: Partial<AgreementTerms>;
  readonly asks: WantedPeriod;
  readonly code: string | null;
  readonly facts?: Record<string, unknown>;
}

const tuesday = period('2026-10-06', '09:00', '10:00');
const half = (leftMilliunits: number, schoolUrn = binswood) => ({
  schoolUrn,
  period: { from: '2026-09-01', to: '2027-08-31' },
  leftMilliunits,
});

/** An academy with terms of its own: open in the local authority’s half-term and until Christmas Eve. */
const academy = resolveCalendar(binswood, [{ level: 'school', entries: [{ kind: 'term', name: 'Michaelmas', from: '2026-09-01', to: '2026-12-24' }] }]);

const sundayWork = {
  now: at('2026-10-24', '09:00'),
  extraTime: [{ specialistId: ada, ...period('2026-10-25', '06:00', '12:00') }],
};

const cases: readonly Case[] = [
  { says: 'a free Tuesday is a slot', asks: wanted(tuesday), code: null },

  { says: 'work begins at nine', asks: wanted(period('2026-10-06', '08:59', '09:59')), code: 'outside-pattern', facts: { earliest: '2026-10-06T08:00:00.000Z' } },
  { says: 'work ends at four', asks: wanted(period('2026-10-06', '15:30', '16:01')), code: 'outside-pattern', facts: { earliest: '2026-10-07T08:00:00.000Z' } },
  { says: 'up to four fits', asks: wanted(period('2026-10-06', '15:00', '16:00')), code: null },
  { says: 'nobody works on Saturday', asks: wanted(period('2026-10-10', '09:00', '10:00')), code: 'outside-pattern' },
  { says: 'a pattern that has ended', input: { patterns: [aPattern(ada, { validTo: '2026-10-05' })] }, asks: wanted(tuesday), code: 'outside-pattern' },
  { says: 'a pattern on its last day', input: { patterns: [aPattern(ada, { validTo: '2026-10-06' })] }, asks: wanted(tuesday), code: null },
  { says: 'a pattern that has not begun', input: { patterns: [aPattern(ada, { validFrom: '2026-10-07' })] }, asks: wanted(tuesday), code: 'outside-pattern' },
  { says: 'two periods a day leave lunch free', input: { patterns: [aPattern(ada, { periods: [{ weekday: 2, startMinute: 540, endMinute: 720 }, { weekday: 2, startMinute: 780, endMinute: 960 }] })] }, asks: wanted(period('2026-10-06', '11:30', '12:30')), code: 'outside-pattern' },
  { says: 'an alternate week that is not worked', input: { patterns: [aPattern(ada, { everyWeeks: 2, anchorOn: '2026-09-28' })] }, asks: wanted(tuesday), code: 'outside-pattern', facts: { earliest: '2026-10-12T08:00:00.000Z' } },
  { says: 'an alternate week two weeks after the Sunday that anchors it', input: { patterns: [aPattern(ada, { everyWeeks: 2, anchorOn: '2026-09-27' })] }, asks: wanted(tuesday), code: null },
  { says: 'term-time only: the local authority’s half-term, though the school is open', input: { patterns: [aPattern(ada, { termTimeOnly: true })], termCalendar: aCalendar('la'), calendars: [academy] }, asks: wanted(period('2026-10-27', '09:00', '10:00')), code: 'outside-pattern', facts: { earliest: '2026-11-02T09:00:00.000Z' } },
  { says: 'term-time only: between the local authority’s terms, though the school is open', input: { patterns: [aPattern(ada, { termTimeOnly: true })], termCalendar: aCalendar('la'), calendars: [academy] }, asks: wanted(period('2026-12-21', '09:00', '10:00')), code: 'outside-pattern' },
  { says: 'all year round: the same days are worked', input: { termCalendar: aCalendar('la'), calendars: [academy] }, asks: wanted(period('2026-10-27', '09:00', '10:00')), code: null },
  { says: 'term-time only without a calendar of its own goes by the host school’s', input: { patterns: [aPattern(ada, { termTimeOnly: true })], calendars: [academy] }, asks: wanted(period('2026-10-27', '09:00', '10:00')), code: null },
  { says: 'term-time only, held at a school that does not come and of which no calendar is at hand', input: { patterns: [aPattern(ada, { termTimeOnly: true })], calendars: [academy] }, asks: wanted(tuesday, { place: { schoolUrn: campion } }), code: null },
  { says: 'extra time adds to the pattern', input: { extraTime: [{ specialistId: ada, ...period('2026-10-06', '16:00', '18:00') }] }, asks: wanted(period('2026-10-06', '15:30', '17:00')), code: null },
  { says: 'absence wins over extra time', input: { extraTime: [{ specialistId: ada, ...period('2026-10-10', '09:00', '12:00') }], absences: [{ specialistId: ada, ...period('2026-10-10', '09:00', '10:00') }] }, asks: wanted(period('2026-10-10', '09:30', '10:30')), code: 'absent', facts: { earliest: '2026-10-10T09:00:00.000Z' } },
  { says: 'ill in the morning', input: { absences: [{ specialistId: ada, ...period('2026-10-06', '08:00', '12:00') }] }, asks: wanted(tuesday), code: 'absent', facts: { specialistId: ada, earliest: '2026-10-06T11:00:00.000Z' } },
  { says: 'somebody else’s illness', input: { absences: [{ specialistId: bea, ...period('2026-10-06', '08:00', '12:00') }] }, asks: wanted(tuesday), code: null },

  { says: 'half-term', asks: wanted(period('2026-10-27', '09:00', '10:00')), code: 'school-holiday', facts: { schoolUrn: binswood, name: 'October half-term', earliest: '2026-10-31T00:00:00.000Z' } },
  { says: 'half-term of a term-time-only specialist says what the wall planner says', input: { patterns: [aPattern(ada, { termTimeOnly: true })] }, asks: wanted(period('2026-10-27', '09:00', '10:00')), code: 'school-holiday' },
  { says: 'between terms', asks: wanted(period('2026-12-21', '09:00', '10:00')), code: 'school-holiday', facts: { name: 'between terms' } },
  { says: 'INSET', asks: wanted(period('2026-11-23', '09:00', '10:00')), code: 'school-inset', facts: { schoolUrn: binswood, earliest: '2026-11-24T00:00:00.000Z' } },
  { says: 'INSET is open to services for staff', terms: { forStaff: true }, asks: wanted(period('2026-11-23', '09:00', '10:00')), code: null },
  { says: 'bank holiday in term', asks: wanted(period('2027-05-03', '09:00', '10:00')), code: 'bank-holiday', facts: { name: 'Early May bank holiday' } },
  { says: 'bank holiday closes services for staff too', terms: { forStaff: true }, asks: wanted(period('2027-05-03', '09:00', '10:00')), code: 'bank-holiday' },
  { says: 'a school year not known yet', terms: { term: { from: '2026-09-01', to: '2029-08-31' }, horizonDays: 900 }, asks: wanted(period('2027-09-14', '09:00', '10:00')), code: 'calendar-not-known', facts: { schoolUrn: binswood } },
  { says: 'a school without any calendar', input: { calendars: [] }, asks: wanted(tuesday), code: 'calendar-not-known' },

  { says: 'overlapping what is booked', input: { taken: [busy(ada, period('2026-10-06', '09:30', '10:30'), { schoolUrn: binswood })] }, asks: wanted(tuesday), code: 'slot-taken', facts: { busy: true, earliest: '2026-10-06T09:30:00.000Z' } },
  { says: 'in the middle of something that takes days', input: { taken: [busy(ada, { startsAt: at('2026-10-01', '09:00'), endsAt: at('2026-10-08', '12:00') }, null)] }, asks: wanted(tuesday), code: 'slot-taken' },
  { says: 'another collaboration’s booking tells nothing of itself', input: { taken: [busy(ada, tuesday, { schoolUrn: binswood })] }, asks: wanted(tuesday), code: 'slot-taken', facts: { bookingId: undefined, busyFrom: undefined } },
  { says: 'our own booking is named', input: { taken: [busy(ada, tuesday, { schoolUrn: binswood }, { bookingId: 'b-1' })] }, asks: wanted(tuesday), code: 'slot-taken', facts: { bookingId: 'b-1', busyFrom: '2026-10-06T08:00:00.000Z' } },
  { says: 'meeting end to start', input: { taken: [busy(ada, period('2026-10-06', '10:00', '11:00'), { schoolUrn: binswood })] }, asks: wanted(tuesday), code: null },
  { says: 'the booking that is moved does not stand in its own way', input: { taken: [busy(ada, period('2026-10-06', '09:30', '10:30'), { schoolUrn: binswood }, { bookingId: 'b-1' })] }, asks: wanted(tuesday, { ignoringBookingId: 'b-1' }), code: null },
  { says: 'minutes after a session are kept free', input: { taken: [busy(ada, period('2026-10-06', '09:00', '10:00'), { schoolUrn: binswood }, { afterMinutes: 15 })] }, asks: wanted(period('2026-10-06', '10:10', '11:00')), code: 'slot-taken', facts: { earliest: '2026-10-06T09:15:00.000Z' } },
  { says: 'minutes the new session needs before itself', input: { taken: [busy(ada, period('2026-10-06', '09:00', '10:00'), { schoolUrn: binswood })] }, terms: { beforeMinutes: 15 }, asks: wanted(period('2026-10-06', '10:10', '11:00')), code: 'slot-taken' },
  { says: 'the other dates of a series occupy time', asks: wanted(tuesday, { alongside: [period('2026-10-06', '09:30', '10:30')] }), code: 'slot-taken' },
  { says: 'the room is taken', input: { taken: [busy('room-1', tuesday, { schoolUrn: binswood })] }, asks: wanted(tuesday, { roomId: 'room-1' }), code: 'room-taken', facts: { roomId: 'room-1' } },
  { says: 'another room is not', input: { taken: [busy('room-1', tuesday, { schoolUrn: binswood })] }, asks: wanted(tuesday, { roomId: 'room-2' }), code: null },

  { says: 'before the agreement', terms: { term: { from: '2026-10-07', to: '2027-08-31' } }, asks: wanted(tuesday), code: 'no-agreement', facts: { earliest: '2026-10-06T23:00:00.000Z' } },
  { says: 'after the agreement', terms: { term: { from: '2026-09-01', to: '2026-10-05' } }, asks: wanted(tuesday), code: 'no-agreement', facts: { earliest: undefined } },
  { says: 'the agreement’s last day', terms: { term: { from: '2026-09-01', to: '2026-10-06' } }, asks: wanted(tuesday), code: null },
  { says: 'a school that does not subscribe', terms: { subscriptions: [{ schoolUrn: campion, from: '2026-09-01', until: null }] }, asks: wanted(tuesday), code: 'not-subscribed', facts: { schoolUrn: binswood } },
  { says: 'a school that has left', terms: { subscriptions: [{ schoolUrn: binswood, from: '2026-09-01', until: '2026-10-05' }] }, asks: wanted(tuesday), code: 'not-subscribed' },
  { says: 'a school’s last day', terms: { subscriptions: [{ schoolUrn: binswood, from: '2026-09-01', until: '2026-10-06' }] }, asks: wanted(tuesday), code: null },

  { says: 'no entitlement and no pay-as-you-go', terms: { payAsYouGo: false }, asks: wanted(tuesday), code: 'no-entitlement', facts: { schoolUrn: binswood, neededMilliunits: 1000, leftMilliunits: 0 } },
  { says: 'just enough', input: { entitlements: [half(1000)] }, terms: { payAsYouGo: false }, asks: wanted(tuesday), code: null },
  { says: 'a thousandth too little', input: { entitlements: [half(999)] }, terms: { payAsYouGo: false }, asks: wanted(tuesday), code: 'no-entitlement', facts: { leftMilliunits: 999 } },
  { says: 'the other school’s entitlement', input: { entitlements: [half(9000, campion)] }, terms: { payAsYouGo: false }, asks: wanted(tuesday), code: 'no-entitlement' },
  { says: 'both halves need two', input: { entitlements: [half(1999)] }, terms: { payAsYouGo: false }, asks: wanted(period('2026-10-06', '11:30', '13:30')), code: 'no-entitlement', facts: { neededMilliunits: 2000, leftMilliunits: 1999 } },
  { says: 'both halves with two left', input: { entitlements: [half(2000)] }, terms: { payAsYouGo: false }, asks: wanted(period('2026-10-06', '11:30', '13:30')), code: null },
  { says: 'over midday’s break but in the morning only', input: { entitlements: [half(1000)] }, terms: { payAsYouGo: false }, asks: wanted(period('2026-10-06', '11:30', '13:00')), code: null },
  { says: 'a joint booking takes a part from each', input: { entitlements: [half(500), half(500, campion)] }, terms: { payAsYouGo: false }, asks: wanted(tuesday, { schoolUrns: [campion, binswood] }), code: null },
  { says: 'a joint booking names the school that has too little', input: { entitlements: [half(500), half(499, campion)] }, terms: { payAsYouGo: false }, asks: wanted(tuesday, { schoolUrns: [binswood, campion] }), code: 'no-entitlement', facts: { schoolUrn: campion } },
  { says: 'the rest of the series takes its part', input: { entitlements: [half(1500)] }, terms: { payAsYouGo: false }, asks: wanted(tuesday, { alongside: [period('2026-10-13', '09:00', '10:00')] }), code: 'no-entitlement', facts: { leftMilliunits: 500 } },

  { says: 'two days’ notice on Monday: not Tuesday', asks: wanted(period('2026-09-22', '15:00', '16:00')), code: 'notice-too-short', facts: { earliest: '2026-09-22T23:00:00.000Z' } },
  { says: 'two days’ notice on Monday: all of Wednesday', asks: wanted(period('2026-09-23', '09:00', '10:00')), code: null },
  { says: 'the past, with no notice at all', terms: { minimumNotice: { days: 0 } }, asks: wanted(period('2026-09-21', '08:59', '09:59'), { specialistId: ada }), input: { now: at('2026-09-21', '09:00'), extraTime: [{ specialistId: ada, ...period('2026-09-21', '08:00', '09:00') }] }, code: 'notice-too-short' },
  { says: '24 hours are elapsed hours', terms: { minimumNotice: { hours: 24 } }, asks: wanted(period('2026-09-22', '09:00', '10:00')), code: null },
  { says: 'a minute less than 24 hours', terms: { minimumNotice: { hours: 24 } }, input: { now: at('2026-09-21', '09:01') }, asks: wanted(period('2026-09-22', '09:00', '10:00')), code: 'notice-too-short', facts: { earliest: '2026-09-22T08:01:00.000Z' } },
  { says: '24 hours over the autumn clock change end an hour earlier on the wall', terms: { minimumNotice: { hours: 24 } }, input: sundayWork, asks: wanted(period('2026-10-25', '08:00', '09:00')), code: null },
  { says: 'and not a minute before', terms: { minimumNotice: { hours: 24 } }, input: sundayWork, asks: wanted(period('2026-10-25', '07:59', '09:00')), code: 'notice-too-short' },
  { says: 'the horizon’s last day', terms: { horizonDays: 15 }, asks: wanted(tuesday), code: null },
  { says: 'the day after the horizon', terms: { horizonDays: 14 }, asks: wanted(tuesday), code: 'too-far-ahead', facts: { latest: '2026-10-05T23:00:00.000Z', lastDay: '2026-10-05' } },

  { says: 'a credential on its last day', input: { credentials: [{ specialistId: ada, type: 'hcpc-registration', expiresOn: '2026-10-06' }] }, asks: wanted(tuesday), code: null },
  { says: 'a credential the day after', input: { credentials: [{ specialistId: ada, type: 'hcpc-registration', expiresOn: '2026-10-05' }] }, asks: wanted(tuesday), code: 'credential-expired', facts: { credential: 'hcpc-registration', expiredAt: '2026-10-05T23:00:00.000Z' } },
  { says: 'a credential that was renewed', input: { credentials: [{ specialistId: ada, type: 'insurance', expiresOn: '2026-10-05' }, { specialistId: ada, type: 'insurance', validFrom: '2026-10-06', expiresOn: null }] }, asks: wanted(tuesday), code: null },
  { says: 'a credential that is not valid yet', input: { credentials: [{ specialistId: ada, type: 'insurance', validFrom: '2026-10-07', expiresOn: null }] }, asks: wanted(tuesday), code: 'credential-expired', facts: { credential: 'insurance', earliest: '2026-10-06T23:00:00.000Z' } },
  { says: 'a required credential that was never shown', terms: { requiredCredentials: ['dbs-letter-of-assurance'] }, asks: wanted(tuesday), code: 'credential-expired', facts: { credential: 'dbs-letter-of-assurance', expiredAt: undefined } },
  { says: 'an expired credential this agreement does not ask for', terms: { requiredCredentials: [] }, input: { credentials: [{ specialistId: ada, type: 'first-aid', expiresOn: '2026-01-01' }] }, asks: wanted(tuesday), code: null },
];

describe('whyNot', () => {
  it.each(cases.map((one) => [one.says, one] as const))('%s', (_, { input, terms, asks, code, facts }) => {
    const refusal = whyNot(anInput(input, terms), asks);
    expect(refusal?.code ?? null).toBe(code === null ? null : `availability.${code}`);
    for (const [name, value] of Object.entries(facts ?? {})) expect([name, refusal?.facts[name]]).toEqual([name, value]);
  });

  it('answers for each school, specialist and question anew, though it remembers rows', () => {
    const closed = { kind: 'inset' as const, name: 'INSET day', from: '2026-10-06', to: '2026-10-06' };
    const calendars = anInput().calendars.map((calendar) => (calendar.schoolUrn === campion ? { ...calendar, closures: [closed] } : calendar));
    const input = anInput({ calendars, credentials: [{ specialistId: bea, type: 'insurance', expiresOn: '2026-01-01' }] });
    const codes = (specialistId: string) => [[binswood], [campion], [binswood, campion]].map((schoolUrns) => whyNot(input, wanted(tuesday, { specialistId, schoolUrns }))?.code);
    expect(codes(ada)).toEqual([undefined, 'availability.school-inset', 'availability.school-inset']);
    expect(codes(bea)).toEqual(['availability.credential-expired', 'availability.school-inset', 'availability.school-inset']);
  });

  it('promises nothing about time that was not loaded', () => {
    const input = anInput({ loaded: period('2026-10-05', '00:00', '23:00') });
    expect(() => whyNot(input, wanted(tuesday))).toThrow(RangeError);
    expect(whyNot(input, wanted(period('2026-10-27', '09:00', '10:00')))?.code).toBe('availability.school-holiday');
  });

  it('does not answer about a period that ends before it starts', () => {
    expect(() => whyNot(anInput(), wanted({ startsAt: 1, endsAt: 1 }))).toThrow(RangeError);
  });
});

describe('ensureSlot', () => {
  it('lets a slot pass', () => {
    expect(() => ensureSlot(anInput(), wanted(tuesday))).not.toThrow();
  });

  it('refuses with the code, the facts and three alternatives', () => {
    const input = anInput({ taken: [busy(ada, tuesday, { schoolUrn: binswood })] });
    let refusal: unknown;
    try {
      ensureSlot(input, wanted(tuesday));
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(DomainError);
    expect(refusal).toMatchObject({
      code: 'availability.slot-taken',
      facts: {
        busy: true,
        alternatives: [
          { specialistId: ada, startsAt: isoOf(at('2026-10-06', '10:00')), endsAt: isoOf(at('2026-10-06', '11:00')) },
          { specialistId: ada, startsAt: isoOf(at('2026-10-06', '10:30')) },
          { specialistId: ada, startsAt: isoOf(at('2026-10-06', '11:00')) },
        ],
      },
    });
  });
});

describe('lengthIsOnOffer', () => {
  it('knows the lengths of the agreement, and takes any when none is named', () => {
    const { agreement } = anInput();
    expect([60, 61].map((minutes) => lengthIsOnOffer(agreement, minutes))).toEqual([true, false]);
    expect(lengthIsOnOffer({ ...agreement, lengthsMinutes: [] }, 61)).toBe(true);
  });
});
