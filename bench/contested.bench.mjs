// A hundred parallel requests at two API processes for each of fifty contested periods, in five shapes: how long the worst
// round takes until everybody has an answer. Stops with an error when a period has not exactly one winner.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { clientOf, makeCollaboration, signIn, withProgram } from './place.mjs';

const many = 100;
const periods = 50;

/** @param {{pgUrl: string}} options a server on which databases may be made; they are dropped afterwards. */
export async function run({ pgUrl }) {
  const shapes = await withProgram(pgUrl, 'contested', measure);
  const worst = Math.max(...shapes.slice(1).map(({ ms }) => Math.max(...ms)));
  return {
    name: 'Contested periods',
    rows: shapes.flatMap(({ shape, ms }) => [
      { label: `${shape}, worst of ${ms.length} rounds`, value: Math.round(Math.max(...ms)), unit: 'ms' },
      { label: `${shape}, median`, value: Math.round(ms.toSorted((a, b) => a - b)[ms.length >> 1]), unit: 'ms' },
    ]),
    ratios: [{ label: 'worst round of all', value: Math.round(worst), aim: '≤ 1500 ms', ok: worst <= 1500 }],
  };
}

async function measure({ people, owner, databaseUrl }) {
  const place = await makeCollaboration(owner, 0, 4, people);
  const children = [1, 2].map(() => fork(fileURLToPath(new URL('contested-process.mjs', import.meta.url)), [databaseUrl]));
  try {
    const bases = [];
    for (const child of children) bases.push((await once(child, 'message'))[0]);
    const cookie = await signIn(bases[0], place.email);
    const clients = bases.map((base) => clientOf(base, cookie));
    const ask = (turn, path, body) => clients[turn % 2](`/api/collaborations/${place.id}/${path}`, body);
    const shapes = [];
    // One round that does not count: programs that have just started compile themselves and open their connections.
    const first = { agreementId: place.agreementId, specialistId: place.specialistIds[0], schoolUrns: [place.urns[0]], startsAt: '2027-01-08T10:00', endsAt: '2027-01-08T11:00' };
    const startMs = await contest((turn) => ask(turn, 'bookings', first), [201]);
    shapes.push({ shape: 'the first round after the start, not counted', ms: [startMs] });
    for (const [shape, rounds] of shapesOf(place, ask, owner)) shapes.push({ shape, ms: await rounds() });
    await ensureNoOverlap(owner);
    return shapes;
  } finally {
    for (const child of children) {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    }
  }
}

/** Each shape has a specialist or hours of its own; answers how long each round took, in milliseconds. */
function shapesOf(place, ask, owner) {
  const [same, overlapping, requested, moved] = place.specialistIds;
  const body = (specialistId, date, from, to, more = {}) => ({ agreementId: place.agreementId, specialistId, schoolUrns: [place.urns[0]], startsAt: `${date}T${clock(from)}`, endsAt: `${date}T${clock(to)}`, ...more });
  const approvals = async (needed) => owner.query('update agreement set needs_approval = $2 where id = $1', [place.agreementId, needed]);
  const each = (work) => async () => {
    const ms = [];
    for (let n = 0; n < periods; n++) ms.push(await work(weekday(n)));
    return ms;
  };
  return [
    ['the same period', each((date) => contest((turn) => ask(turn, 'bookings', body(same, date, 600, 660)), [201]))],
    ['periods that overlap', each((date) => contest((turn) => ask(turn, 'bookings', body(overlapping, date, 600 + ((turn * 7) % 50), 660 + ((turn * 7) % 50))), [201]))],
    ['one period approved and asked for', async () => {
      await approvals(true);
      const rounds = each(async (date) => {
        const asked = await (await ask(0, 'bookings', body(requested, date, 600, 660))).json();
        return contest((turn) => (turn % 2 ? ask(turn >> 1, `bookings/${asked.id}/approve`, {}) : ask(turn >> 1, 'bookings', body(requested, date, 630, 690))), Array(many / 2).fill(200));
      });
      const ms = await rounds();
      await approvals(false);
      return ms;
    }],
    ['moves to one period', async () => {
      const made = [];
      for (let n = 0; n < many; n++) made.push(await (await ask(n, 'bookings', body(moved, weekday(n % 10), 480 + Math.floor(n / 10) * 15, 495 + Math.floor(n / 10) * 15))).json());
      const rounds = each((date) => contest((turn) => ask(turn, `bookings/${made[turn].id}/move`, { startsAt: `${date}T${clock(780 + ((turn * 7) % 30))}`, endsAt: `${date}T14:00` }), [200]));
      return rounds();
    }],
    ['series in shuffled order, five dates each', async () => {
      const ms = [];
      for (let n = 0; n < periods / 5; n++) ms.push(await contestSeries(n, (turn, from, dates) => ask(turn, 'bookings', body(same, dates[(turn * 3) % 5], from, 900 + n * 15 + 14, { repeat: { recurrence: { kind: 'weekly' }, end: { until: dates[4] } } }))));
      return ms;
    }],
  ];
}

/** The answers' statuses must be those of the winners, and 409 for everybody else. */
async function contest(request, winners) {
  const began = performance.now();
  const answers = await Promise.all(Array.from({ length: many }, (_, turn) => request(turn)));
  const ms = performance.now() - began;
  const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
  const expected = [...winners, ...Array(many - winners.length).fill(409)];
  if (String(statuses) !== String(expected)) throw new Error(`The answers were ${countOf(statuses)}.`);
  return ms;
}

/** A series may lose some of its dates to others, so that only 201 and 409 are told apart; the database is asked for overlaps afterwards. */
async function contestSeries(n, request) {
  const dates = [0, 1, 2, 3, 4].map((week) => new Date(Date.parse('2027-04-12') + week * 7 * 86_400_000).toISOString().slice(0, 10));
  const began = performance.now();
  const answers = await Promise.all(Array.from({ length: many }, (_, turn) => request(turn, 900 + n * 15 + (turn % 4), dates)));
  const ms = performance.now() - began;
  if (answers.some(({ status }) => status !== 201 && status !== 409)) throw new Error(`The answers were ${countOf(answers.map(({ status }) => status))}.`);
  return ms;
}

async function ensureNoOverlap(owner) {
  const { rows } = await owner.query(
    `select count(*)::int as overlaps from time_taken a join time_taken b on a.resource_id = b.resource_id and a.id < b.id and a.holder_id <> b.holder_id and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)`,
  );
  if (rows[0].overlaps !== 0) throw new Error(`${rows[0].overlaps} periods were booked twice.`);
}

const countOf = (statuses) => JSON.stringify(Object.groupBy(statuses, (status) => status), (_, value) => (Array.isArray(value) ? value.length : value));

const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** The nth weekday from 11 January 2027: in term until July. */
function weekday(n) {
  return new Date(Date.parse('2027-01-11') + (n + Math.floor(n / 5) * 2) * 86_400_000).toISOString().slice(0, 10);
}
