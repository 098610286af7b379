// Looking for slots against slot-calculator from npm: 30 specialists, 5 and 47 weeks, 60-minute slots every 30 minutes,
// 10 bookings a week each. Both give the same slots, which is checked before anything is timed. Fairshare also asks all
// its other rules (calendar, agreement, travel, credentials, entitlement) in the time that is measured.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = (path) => import(join(root, 'dist/libs/domain/src', path));

const zone = 'Europe/London';
const firstDay = Date.UTC(2026, 8, 7); // a Monday; 47 weeks from it cross both clock changes
const msPerDay = 86_400_000;
const msPerMinute = 60_000;
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const urn = '125501';
const otherUrn = '125502';

const dateOf = (day) => new Date(firstDay + day * msPerDay).toISOString().slice(0, 10);

/** Two hours of bookings on every weekday, on the half hour, at other times for each specialist and week. */
function bookingsOf(instantOf, specialist, weeks) {
  const taken = [];
  for (let week = 0; week < weeks; week += 1) {
    for (let booking = 0; booking < 10; booking += 1) {
      const date = dateOf(week * 7 + (booking >> 1));
      const minute = 540 + (booking % 2) * 210 + ((specialist * 7 + week * 3 + booking) % 5) * 30;
      const startsAt = instantOf({ date, minute }, zone);
      taken.push({ resourceId: `specialist-${specialist}`, startsAt, endsAt: startsAt + 60 * msPerMinute, place: { schoolUrn: urn } });
    }
  }
  return taken;
}

/** The world both are asked about. `input` makes a new object each time, so that nothing is remembered between runs. */
function worldOf({ instantOf, wholeDays }, specialists, weeks) {
  const ids = Array.from({ length: specialists }, (_, i) => `specialist-${i}`);
  const year = { from: '2026-09-01', to: '2027-08-31' };
  const span = wholeDays(dateOf(0), dateOf(weeks * 7 - 1), zone);
  const whole = {
    zone,
    now: Date.UTC(2026, 8, 1),
    loaded: { startsAt: span.startsAt - msPerDay, endsAt: span.endsAt + msPerDay },
    agreement: {
      agreementId: 'agreement',
      term: year,
      subscriptions: [urn, otherUrn].map((schoolUrn) => ({ schoolUrn, from: year.from, until: null })),
      minimumNotice: { days: 1 },
      horizonDays: 400,
      lengthsMinutes: [60],
      stepMinutes: 30,
      morning: { startMinute: 540, endMinute: 720 },
      afternoon: { startMinute: 780, endMinute: 960 },
      forStaff: false,
      payAsYouGo: false,
      unit: 'hour',
      requiredCredentials: ['registration'],
    },
    specialistIds: ids,
    patterns: ids.map((specialistId) => ({
      specialistId,
      validFrom: year.from,
      validTo: null,
      everyWeeks: 1,
      anchorOn: null,
      termTimeOnly: true,
      periods: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startMinute: 540, endMinute: 960 })),
    })),
    absences: [],
    extraTime: [],
    credentials: ids.map((specialistId) => ({ specialistId, type: 'registration', expiresOn: year.to })),
    taken: ids.flatMap((_, specialist) => bookingsOf(instantOf, specialist, weeks)),
    calendars: [urn, otherUrn].map((schoolUrn) => ({ schoolUrn, terms: [{ kind: 'term', name: 'all year', ...year }], halfTerms: [year], known: [year], closures: [] })),
    travel: { pairs: [], positions: [], fixedMinutes: 5, minutesPerKilometre: 2, defaultMinutes: 25 },
    entitlements: [urn, otherUrn].map((schoolUrn) => ({ schoolUrn, period: year, leftMilliunits: 1_000_000 })),
  };
  return { span, whole, input: () => ({ ...whole }) };
}

const request = ({ span }, schoolUrn) => ({ from: span.startsAt, to: span.endsAt, minutes: 60, schoolUrns: [schoolUrn] });

/**
 * slot-calculator has no step between starts: it is asked for half hours, and two that follow each other make a slot.
 * Its time is that of its quickest specialist, taken for each, so that a busy machine does not flatter us.
 */
function askSlotCalculator(getSlots, { span, whole }) {
  const availability = weekdays.map((day) => ({ day, from: '09:00', to: '16:00', timezone: zone }));
  const [from, to] = [span.startsAt, span.endsAt].map((instant) => new Date(instant).toISOString());
  let quickestMs = Infinity;
  const starts = whole.specialistIds.flatMap((specialistId) => {
    const unavailability = whole.taken
      .filter((taken) => taken.resourceId === specialistId)
      .map((taken) => ({ from: new Date(taken.startsAt).toISOString(), to: new Date(taken.endsAt).toISOString() }));
    const began = performance.now();
    const { availableSlots } = getSlots({ from, to, duration: 30, availability, unavailability });
    quickestMs = Math.min(quickestMs, performance.now() - began);
    const half = new Set(availableSlots.map((slot) => Date.parse(slot.from)));
    return [...half].filter((start) => half.has(start + 30 * msPerMinute)).map((start) => `${specialistId} ${start}`);
  });
  return { starts: starts.sort(), ms: quickestMs * whole.specialistIds.length };
}

/** The quickest of several runs: what the work takes when nothing else on the machine gets in its way. */
function quickest(runs, work) {
  let best = Infinity;
  for (let i = 0; i < runs; i += 1) {
    const began = performance.now();
    work();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

const rounded = (value, digits = 2) => Number(value.toFixed(digits));

function against(findSlots, getSlots, world, weeks, rows, ratios) {
  const ask = () => findSlots(world.input(), request(world, urn));
  const { starts, ms: theirMs } = askSlotCalculator(getSlots, world);
  const answers = ask().slots.map((slot) => `${slot.specialistId} ${slot.startsAt}`).sort();
  if (starts.length !== answers.length || starts.some((one, i) => one !== answers[i])) {
    throw new Error(`over ${weeks} weeks slot-calculator finds ${starts.length} slots and Fairshare ${answers.length}, or others`);
  }
  const ourMs = quickest(40, ask);
  const ratio = theirMs / ourMs;
  rows.push(
    { label: `${weeks} weeks: the same slots from both`, value: answers.length, unit: 'slots' },
    { label: `${weeks} weeks: slot-calculator`, value: rounded(theirMs, 0), unit: 'ms' },
    { label: `${weeks} weeks: Fairshare, all rules`, value: rounded(ourMs), unit: 'ms' },
    { label: `${weeks} weeks: Fairshare, every session with two journeys`, value: rounded(quickest(40, () => findSlots(world.input(), request(world, otherUrn)))), unit: 'ms' },
  );
  ratios.push({ label: `${weeks} weeks: times as fast as slot-calculator`, value: rounded(ratio, 0), aim: '≥ 100', ok: ratio >= 100 });
}

/**
 * Four times the work should take four times the time: a large world asked once against a small one asked four times,
 * so that both make the same number of slots and cost the collector of garbage the same. The two go by turns, and the
 * middle of the turns counts, so that whatever else the machine does falls on both.
 */
function growth(findSlots, label, smaller, larger, ratios) {
  const ask = (world) => findSlots(world.input(), request(world, urn));
  const turns = Array.from({ length: 101 }, () => {
    const small = quickest(1, () => [1, 2, 3, 4].forEach(() => ask(smaller)));
    return quickest(1, () => ask(larger)) / small;
  });
  const value = turns.sort((a, b) => a - b)[50];
  ratios.push({ label, value: rounded(value), aim: '≤ 1.4', ok: value <= 1.4 });
}

export async function run() {
  const zoneOf = await dist('kernel/zone.js');
  const { findSlots, whyNot } = await dist('availability/index.js');
  const { getSlots } = (await import('slot-calculator')).default;
  const rows = [];
  const ratios = [];
  for (const weeks of [5, 47]) against(findSlots, getSlots, worldOf(zoneOf, 30, weeks), weeks, rows, ratios);
  const base = worldOf(zoneOf, 30, 12);
  growth(findSlots, '30 → 120 specialists over 12 weeks: growth of time ÷ of work', base, worldOf(zoneOf, 120, 12), ratios);
  growth(findSlots, '12 → 48 weeks of 30 specialists: growth of time ÷ of work', base, worldOf(zoneOf, 30, 48), ratios);
  const input = worldOf(zoneOf, 30, 47).input();
  const startsAt = zoneOf.instantOf({ date: '2027-03-09', minute: 540 }, zone);
  const wanted = { specialistId: 'specialist-3', schoolUrns: [urn], startsAt, endsAt: startsAt + 60 * msPerMinute };
  const thousand = quickest(10, () => {
    for (let i = 0; i < 1000; i += 1) whyNot(input, wanted);
  });
  rows.push({ label: 'one period checked against every rule (whyNot, 47 weeks loaded)', value: rounded(thousand, 1), unit: 'µs' });
  return { name: 'Availability: looking for slots', rows, ratios };
}
