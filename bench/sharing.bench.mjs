// Sharing one charge, against `allocate` of dinero.js, which divides by whole ratios and does less: no dates, no exact
// fractions, no carry, no checks. Both are measured in turn, a short block each, so that a busy machine slows both.
import { allocate, dinero } from 'dinero.js';
import { GBP } from 'dinero.js/currencies';

const amountPence = 90_000_001;
const schools = 436;
const rounds = 60;
const blockMs = 10;

/** Schools with pupil numbers that have nothing in common. */
function participantsOf(count) {
  return Array.from({ length: count }, (_, index) => ({ school: String(100_000 + 3 * index), weight: 50 + ((index * 7919) % 1400) }));
}

/** Calls for about `blockMs`; answers microseconds of processor time a call, so that other programs do not count. */
function timeBlock(call) {
  const start = performance.now();
  const used = process.cpuUsage();
  let calls = 0;
  do {
    for (let index = 0; index < 5; index++) call();
    calls += 5;
  } while (performance.now() - start < blockMs);
  const { user, system } = process.cpuUsage(used);
  return (user + system) / calls;
}

const medianOf = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** All calls in turn, round after round; the first rounds only warm up. Answers the times of each, round by round. */
function sideBySide(calls) {
  const times = Object.fromEntries(Object.keys(calls).map((name) => [name, []]));
  for (let round = -20; round < rounds; round++) {
    for (const [name, call] of Object.entries(calls)) {
      const time = timeBlock(call);
      if (round >= 0) times[name].push(time);
    }
  }
  return times;
}

/** The median over the rounds of one call's time by another's in the same round. */
const ratioOf = (times, slow, quick) => medianOf(times[slow].map((time, round) => time / times[quick][round]));

const tidy = (value) => Math.round(value * 100) / 100;

export async function run() {
  const { sharePence, shareCharge } = await import('../dist/libs/domain/src/sharing/index.js');
  const { dividePence, exactByWeight } = await import('../dist/libs/domain/src/kernel/money.js');

  const participants = participantsOf(schools);
  const many = participantsOf(10 * schools);
  const weights = participants.map(({ weight }) => weight);
  const keys = participants.map(({ school }) => school);
  const money = dinero({ amount: amountPence, currency: GBP });
  const byWeight = { amountPence, rule: { basis: 'weight' }, participants };
  const calls = {
    allocate: () => allocate(money, weights),
    share: () => sharePence(byWeight),
    divide: () => dividePence({ amountPence, exact: exactByWeight(amountPence, weights), keys }),
    explain: () => shareCharge(byWeight),
    equal: () => sharePence({ ...byWeight, rule: { basis: 'equal' } }),
    carry: () => sharePence(carrying),
    dated: () => sharePence(dated),
    bounded: () => sharePence({ ...byWeight, rule: { basis: 'weight', capPence: 300_000, floorPence: 10_000 } }),
    shareMany: () => sharePence({ ...byWeight, participants: many }),
  };
  const carrying = { ...byWeight, participants: participants.map((one, index) => ({ ...one, carriedPence: `${(index % 7) - 3}/7` })) };
  const joiners = participants.map((one, index) => (index % 10 === 0 ? { ...one, from: '2026-01-12' } : one));
  const dated = { ...byWeight, period: { from: '2025-09-01', to: '2026-08-31' }, participants: joiners };

  for (const name of ['share', 'equal', 'carry', 'dated', 'bounded']) {
    const sum = calls[name]().reduce((total, { pence }) => total + pence, 0);
    if (sum !== amountPence) throw new Error(`${name} came to ${sum}`);
  }
  const times = sideBySide(calls);
  const labels = {
    allocate: 'dinero.js allocate',
    share: 'sharePence: by pupils, every check',
    divide: 'dividePence alone, the divider',
    explain: 'shareCharge: with every explanation',
    equal: 'sharePence: equally, where all tie',
    carry: 'sharePence: with a carry for every school',
    dated: 'sharePence: a year with joiners, exact over 365 days',
    bounded: 'sharePence: with a cap and a floor',
    shareMany: 'sharePence: ten times the schools',
  };
  const rows = Object.entries(labels).map(([name, label]) => ({ label: `${label}, ${name === 'shareMany' ? 10 * schools : schools} schools`, value: tidy(medianOf(times[name])), unit: 'µs' }));
  const faster = ratioOf(times, 'allocate', 'share');
  const fasterAlone = ratioOf(times, 'allocate', 'divide');
  const growth = ratioOf(times, 'shareMany', 'share');
  return {
    name: `Sharing a charge over ${schools} schools`,
    rows,
    ratios: [
      { label: 'sharing a charge against dinero.js allocate: times as fast', value: tidy(faster), aim: '≥ 5', ok: faster >= 5 },
      { label: 'the divider alone against dinero.js allocate: times as fast', value: tidy(fasterAlone), aim: '≥ 5', ok: fasterAlone >= 5 },
      { label: 'ten times the schools: times the time (10 is linear)', value: tidy(growth), aim: '≤ 15', ok: growth <= 15 },
    ],
  };
}
