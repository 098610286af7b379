import { instantOf, startOfDate, type Instant, type InstantPeriod } from '../kernel/zone.js';
import type { AgreementTerms, AvailabilityInput, Place, TakenTime, WantedPeriod, WorkingPattern } from './input.js';
import { resolveCalendar, type CalendarEntry, type CalendarLayer, type SchoolCalendar } from './school-calendar.js';

/** Complete defaults for specs: three schools around Leamington, two specialists, the school year 2026/27. */
export const binswood = '125501';
export const campion = '125502';
export const telford = '125503';
export const ada = 'specialist-ada';
export const bea = 'specialist-bea';

const entry = (kind: CalendarEntry['kind'], name: string, from: string, to = from): CalendarEntry => ({ kind, name, from, to });

export const england: CalendarLayer = {
  level: 'nation',
  entries: [
    entry('bank-holiday', 'Christmas Day', '2026-12-25'),
    entry('bank-holiday', 'Boxing Day (in lieu)', '2026-12-28'),
    entry('bank-holiday', 'New Year’s Day', '2027-01-01'),
    entry('bank-holiday', 'Good Friday', '2027-03-26'),
    entry('bank-holiday', 'Easter Monday', '2027-03-29'),
    entry('bank-holiday', 'Early May bank holiday', '2027-05-03'),
    entry('bank-holiday', 'Spring bank holiday', '2027-05-31'),
  ],
};

export const warwickshire: CalendarLayer = {
  level: 'local-authority',
  entries: [
    entry('term', 'Autumn term', '2026-09-02', '2026-12-18'),
    entry('half-term', 'October half-term', '2026-10-26', '2026-10-30'),
    entry('term', 'Spring term', '2027-01-04', '2027-03-25'),
    entry('half-term', 'February half-term', '2027-02-15', '2027-02-19'),
    entry('term', 'Summer term', '2027-04-12', '2027-07-21'),
    entry('half-term', 'May half-term', '2027-05-31', '2027-06-04'),
  ],
};

export const staffTraining: CalendarLayer = {
  level: 'school',
  entries: [entry('inset', 'INSET day', '2026-09-02'), entry('inset', 'INSET day', '2026-11-23')],
};

export function aCalendar(schoolUrn: string, ...own: CalendarLayer[]): SchoolCalendar {
  return resolveCalendar(schoolUrn, [england, warwickshire, ...(own.length > 0 ? own : [staffTraining])]);
}

/** `at('2026-10-06', '09:00')`: wall time in London. */
export function at(date: string, time: string): Instant {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return instantOf({ date, minute: hours * 60 + minutes });
}

export function period(date: string, from: string, to: string): InstantPeriod {
  return { startsAt: at(date, from), endsAt: at(date, to) };
}

export const officeHours = { startMinute: 9 * 60, endMinute: 16 * 60 };

export function aPattern(specialistId: string, changes: Partial<WorkingPattern> = {}): WorkingPattern {
  return {
    specialistId,
    validFrom: '2026-09-01',
    validTo: null,
    everyWeeks: 1,
    anchorOn: null,
    termTimeOnly: false,
    periods: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, ...officeHours })),
    ...changes,
  };
}

export function anAgreement(changes: Partial<AgreementTerms> = {}): AgreementTerms {
  return {
    agreementId: 'agreement-sen',
    term: { from: '2026-09-01', to: '2027-08-31' },
    subscriptions: [binswood, campion, telford].map((schoolUrn) => ({ schoolUrn, from: '2026-09-01', until: null })),
    minimumNotice: { days: 2 },
    horizonDays: 365,
    lengthsMinutes: [60, 180, 420],
    stepMinutes: 30,
    morning: { startMinute: 9 * 60, endMinute: 12 * 60 },
    afternoon: { startMinute: 13 * 60, endMinute: 16 * 60 },
    forStaff: false,
    payAsYouGo: true,
    unit: 'half-day',
    requiredCredentials: null,
    ...changes,
  };
}

export function busy(resourceId: string, when: InstantPeriod, place: Place | null, more: Partial<TakenTime> = {}): TakenTime {
  return { resourceId, ...when, place, ...more };
}

/** Changes to the agreement are given apart, so that a case names only what it is about. */
export function anInput(changes: Partial<Omit<AvailabilityInput, 'agreement'>> = {}, terms: Partial<AgreementTerms> = {}): AvailabilityInput {
  return {
    zone: 'Europe/London',
    now: at('2026-09-21', '09:00'),
    loaded: { startsAt: startOfDate('2026-09-01'), endsAt: startOfDate('2028-09-01') },
    agreement: anAgreement(terms),
    specialistIds: [ada, bea],
    patterns: [aPattern(ada), aPattern(bea)],
    absences: [],
    extraTime: [],
    credentials: [],
    taken: [],
    calendars: [aCalendar(binswood), aCalendar(campion), aCalendar(telford)],
    travel: {
      pairs: [
        { fromUrn: binswood, toUrn: campion, minutes: 25 },
        { fromUrn: campion, toUrn: binswood, minutes: 40 },
      ],
      positions: [
        { schoolUrn: binswood, eastingMetres: 431_500, northingMetres: 266_300 },
        { schoolUrn: telford, eastingMetres: 434_500, northingMetres: 270_300 },
      ],
      fixedMinutes: 5,
      minutesPerKilometre: 2,
      defaultMinutes: 30,
    },
    entitlements: [],
    ...changes,
  };
}

export function wanted(when: InstantPeriod, changes: Partial<WantedPeriod> = {}): WantedPeriod {
  return { specialistId: ada, schoolUrns: [binswood], ...when, ...changes };
}
