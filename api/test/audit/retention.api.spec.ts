import { beforeAll, describe, expect, it } from '@jest/globals';
import { benchOf, morning, type Bench } from '../bookings/arrange.js';
import { startApp, type Client, type TestApp } from '../harness.js';

let app: TestApp;
let administrator: Client;
let bench: Bench;
beforeAll(async () => {
  // The daily round would let go of what is due before it is looked at.
  app = await startApp({ worksJobs: false });
  app.clock.set(morning);
  administrator = await app.person('administrator');
  bench = await benchOf(app);
  await bench.c.businessManager.post(bench.path, bench.body('2026-10-20T09:00', '2026-10-20T10:00', { reference: 'K-17' }), { 'Idempotency-Key': 'one' });
}, 60_000);

const due = (body: { items: { kind: string; due?: number; count?: number }[] }, kind: string) => {
  const item = body.items.find((one) => one.kind === kind);
  return item?.due ?? item?.count;
};
const references = async () => (await app.sql('select 1 from booking_school where reference is not null')).length;

describe('retention', () => {
  it('When nothing is old, then nothing is due', async () => {
    const { body } = await administrator.get('/api/retention');
    expect(body.items.map((i: { kind: string }) => i.kind)).toEqual(expect.arrayContaining(['audit.answers', 'audit.mails', 'availability.absence-notes', 'bookings.references', 'identity.sessions']));
    expect(due(body, 'bookings.references')).toBe(0);
  });

  it('When it is only tried, then it counts and touches nothing; when it is run, then what is due goes and the rest stays', async () => {
    app.clock.set('2029-11-01T09:00:00Z');
    const then = await app.person('administrator');
    const tried = await then.post('/api/retention/run', { dryRun: true });
    expect([due(tried.body, 'bookings.references'), await references()]).toEqual([1, 1]);
    const run = await then.post('/api/retention/run', { dryRun: false });
    expect([due(run.body, 'bookings.references'), await references()]).toEqual([1, 0]);
    expect((await app.sql('select 1 from booking')).length).toBe(1);
    expect((await then.get('/api/trail?action=audit.retention-run')).body.items[0].after.gone).toContainEqual({ kind: 'bookings.references', count: 1 });
    expect(due((await then.post('/api/retention/run', { dryRun: true })).body, 'bookings.references')).toBe(0);
    app.clock.set(morning);
  });

  it('When the days are changed, then they hold, and the trail says what they were', async () => {
    // The run before let go of the sessions that were over by then.
    administrator = await app.person('administrator');
    const { body } = await administrator.put('/api/retention/identity.sessions', { days: 3 });
    expect(body.items.find((i: { kind: string }) => i.kind === 'identity.sessions')).toMatchObject({ days: 3, usualDays: 30 });
    expect((await administrator.get('/api/trail?action=audit.retention-changed')).body.items[0]).toMatchObject({ before: { days: 30 }, after: { days: 3 } });
    expect((await administrator.put('/api/retention/nothing.such', { days: 3 })).status).toBe(404);
    expect((await administrator.put('/api/retention/identity.sessions', { days: 0 })).status).toBe(422);
    expect((await (await app.person('coordinator', { collaborationId: bench.c.id })).get('/api/retention')).status).toBe(403);
  });
});
