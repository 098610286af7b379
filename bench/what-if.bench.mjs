// Moving the rule of the what-if page: 40 schools and a year of charges, shared anew at each move by the function that
// shares in earnest. The page has to follow the hand: 100 ms a move, of which drawing
// 40 rows takes its part.

const schools = 40;
const moves = 12;
const aimMs = 100;

/** A year of an agreement: twelve monthly instalments, a session on most school days, some expenses; three schools join or leave. */
function yearOf() {
  const participants = Array.from({ length: schools }, (_, index) => ({
    school: String(125_500 + 7 * index),
    from: index === 5 ? '2026-01-12' : '2025-09-01',
    to: index === 11 ? '2026-03-31' : index === 23 ? '2026-07-17' : null,
    weights: { pupils: `${80 + ((index * 7919) % 900)}.5`, 'pupil-premium': String(5 + ((index * 31) % 200)), use: 60 * ((index * 13) % 9) + 30 },
    basisPoints: 250,
  }));
  const day = (number) => new Date(Date.UTC(2025, 8, 1 + number)).toISOString().slice(0, 10);
  const sessions = Array.from({ length: 190 }, (_, index) => ({ amountPence: 18_000 + (index % 7) * 333, period: { from: day(index * 2 - (index % 2)), to: day(index * 2 - (index % 2)) }, participants }));
  const months = Array.from({ length: 12 }, (_, index) => ({ amountPence: 412_345, period: { from: day(index * 30), to: day(index * 30 + 29) }, participants }));
  return [...sessions, ...months];
}

const rules = [
  ['equally', () => ({ basis: 'equal' })],
  ['by pupils', () => ({ basis: 'weight', measure: 'pupils' })],
  ['30/70 equally and by pupils', (move) => ({ parts: [{ name: 'equally', basisPoints: 3000 + move, rule: { basis: 'equal' } }, { name: 'by pupils', basisPoints: 7000 - move, rule: { basis: 'weight', measure: 'pupils' } }] })],
  ['by pupils with a cap and a floor', (move) => ({ basis: 'weight', measure: 'pupils', capBasisPoints: 900 + move, floorPence: 20 })],
  ['60/40 between two groups', (move) => ({
    groups: [
      { name: 'north', basisPoints: 6000 + move, schools: Array.from({ length: 20 }, (_, index) => String(125_500 + 14 * index)), rule: { basis: 'weight', measure: 'pupils' } },
      { name: 'south', basisPoints: 4000 - move, schools: Array.from({ length: 20 }, (_, index) => String(125_507 + 14 * index)), rule: { basis: 'equal' } },
    ],
  })],
];

export async function run() {
  const { totalsUnder } = await import('../dist/libs/domain/src/sharing/index.js');
  const charges = yearOf();
  const whole = charges.reduce((sum, { amountPence }) => sum + amountPence, 0);
  const rows = [];
  let worst = 0;
  for (const [name, ruleOf] of rules) {
    const times = [];
    for (let move = 0; move < moves; move++) {
      // Processor time of this process, so that other programs do not count.
      const before = process.cpuUsage();
      const totals = totalsUnder(ruleOf(move), charges);
      const { user, system } = process.cpuUsage(before);
      times.push((user + system) / 1000);
      const sum = [...totals.values()].reduce((total, pence) => total + pence, 0);
      if (sum !== whole) throw new Error(`${name} came to ${sum} of ${whole}`);
    }
    const settled = times.slice(2).sort((a, b) => a - b);
    const slowest = settled.at(-1);
    worst = Math.max(worst, slowest);
    rows.push({ label: `${name}: median of ${settled.length} moves, ${charges.length} charges`, value: Math.round(10 * settled[Math.floor(settled.length / 2)]) / 10, unit: 'ms' });
  }
  worst = Math.round(10 * worst) / 10;
  return {
    name: `What-if: ${schools} schools, a year of ${charges.length} charges`,
    rows,
    ratios: [{ label: 'the slowest move of any rule, in milliseconds', value: worst, aim: `≤ ${aimMs}`, ok: worst <= aimMs }],
  };
}
