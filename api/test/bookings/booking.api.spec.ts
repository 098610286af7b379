import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../harness.js';
import { benchOf, morning, type Bench } from './arrange.js';

let app: TestApp;
let bench: Bench;

beforeAll(async () => {
  app = await startApp();
  app.clock.set(morning);
  bench = await benchOf(app);
});

describe('booking one session', () => {
  it('When a business manager books a free hour, then it is confirmed with the names that people know', async () => {
    const { c, path, body } = bench;
    const answer = await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'));
    expect(answer.body).toMatchObject({ state: 'confirmed', startsAt: '2026-09-21T08:00:00.000Z', endsAt: '2026-09-21T09:00:00.000Z', onBehalfOf: null });
    expect(answer.status).toBe(201);
    expect(answer.body.schools[0].name).toContain('Test School');
    expect(answer.body.actions).toEqual(['move', 'cancel']);
    const list = await c.businessManager.get(`${path}?from=2026-09-21&to=2026-09-21`);
    expect(list.body).toMatchObject({ total: 1, page: 1 });
    expect(list.body.items[0]).toMatchObject({ id: answer.body.id, actions: ['move', 'cancel'] });
  });

  it('When the hour is taken, then it is refused with three others and with who is there', async () => {
    const { c, path, body } = bench;
    const answer = await c.businessManager.post(path, body('2026-09-21T09:30', '2026-09-21T10:30'));
    expect(answer.status).toBe(409);
    expect(answer.body.code).toBe('availability.slot-taken');
    expect(answer.body.facts.alternatives).toHaveLength(3);
    expect(answer.body.facts.bookedBy[0]).toContain('Test School');
  });
});
