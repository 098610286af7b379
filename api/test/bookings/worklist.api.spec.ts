import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../harness.js';
import { benchOf, engage, morning, type Bench } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set(morning);
});

/** Two sessions of a Monday that the specialist cannot keep; a colleague could take them. */
async function overtaken(options: Parameters<typeof benchOf>[1] = {}): Promise<Bench & { at: string; first: string; second: string; colleague: string }> {
  const bench = await benchOf(app, options);
  const { c, path, body, specialistId, agreementId } = bench;
  const at = `/api/collaborations/${c.id}`;
  const colleague = await engage(app, c.id);
  await app.sql('insert into agreement_specialist (collaboration_id, agreement_id, specialist_id) values ($1, $2, $3)', [c.id, agreementId, colleague]);
  const first = (await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'))).body.id;
  const second = (await c.businessManager.post(path, body('2026-09-21T11:00', '2026-09-21T12:00'))).body.id;
  const outcome = await c.coordinator.post(`${at}/specialists/${specialistId}/absences`, { startsAt: '2026-09-21T00:00', endsAt: '2026-09-22T00:00', reason: 'illness' });
  expect(outcome.body.hits).toHaveLength(2);
  return { ...bench, at, first, second, colleague };
}

describe('the worklist of re-planning', () => {
  it('When one has a deadline, then it stands first, and each says why and since when', async () => {
    const { c, at, path, first, second } = await overtaken();
    expect((await c.businessManager.put(`${path}/${second}/deadline`, { dueOn: '2026-10-02', why: 'Six weeks after the request' })).status).toBe(200);
    const list = await c.businessManager.get(`${at}/replanning`);
    expect(list.body.items.map((b: { id: string }) => b.id)).toEqual([second, first]);
    expect(list.body.items[0]).toMatchObject({ dueOn: '2026-10-02', dueWhy: 'Six weeks after the request', why: expect.stringContaining('away'), since: '2026-09-14T07:00:00.000Z' });
    await c.businessManager.put(`${path}/${second}/deadline`, { dueOn: null });
    expect((await c.businessManager.get(`${at}/replanning`)).body.items[0].id).toBe(first);
    expect((await c.sister.put(`${path}/${second}/deadline`, { dueOn: '2026-10-02' })).body.code).toBe('bookings.not-your-school');
  });

  it('When a proposal is accepted, then the session stands there; taken back, it needs re-planning where it was', async () => {
    const { c, at, path, first, colleague } = await overtaken({ unit: 'session', entitlementMilliunits: 2000 });
    const [proposal] = (await c.businessManager.get(`${path}/${first}/proposals`)).body.items;
    expect(proposal).toMatchObject({ specialistId: colleague, startsAt: '2026-09-21T08:00:00.000Z' });
    const { startsAt, endsAt, specialistId } = proposal;
    expect((await c.businessManager.post(`${path}/${first}/proposals/accept`, { startsAt, endsAt, specialistId })).body).toMatchObject({ state: 'confirmed', specialistId: colleague });
    const answered = (await c.businessManager.get(`${at}/replanning`)).body;
    expect(answered.items).toHaveLength(1);
    expect(answered.answered).toMatchObject([{ answer: 'accepted', wasStartsAt: '2026-09-21T08:00:00.000Z' }]);
    expect((await c.businessManager.post(`${path}/${first}/proposals/accept`, { startsAt: '2026-09-22T08:00:00Z', endsAt: '2026-09-22T09:00:00Z', specialistId })).body.code).toBe('bookings.nothing-to-plan');
    const back = await c.businessManager.post(`${path}/${first}/proposals/undo`, {});
    expect(back.body).toMatchObject({ state: 'needs-replanning', startsAt: '2026-09-21T08:00:00.000Z', replanReason: 'availability.absent' });
    expect((await c.businessManager.get(`${at}/replanning`)).body).toMatchObject({ items: [{ id: first }, {}], answered: [] });
    const left = await c.coordinator.get(`${at}/entitlements?agreementId=${back.body.agreementId}`);
    expect(left.body.items.find((i: { schoolUrn: string }) => i.schoolUrn === c.urns[0]).leftMilliunits).toBe(0);
    expect((await c.businessManager.post(`${path}/${first}/proposals/undo`, {})).body.code).toBe('bookings.nothing-to-plan');
  });

  it('When a session is given up, then its units are free; taken back it holds them again, unless something came in between', async () => {
    const { c, at, path, body, first, second, colleague } = await overtaken({ unit: 'session', entitlementMilliunits: 2000 });
    expect((await c.businessManager.post(`${path}/${first}/proposals/decline`, {})).body.state).toBe('cancelled');
    expect((await c.businessManager.post(`${path}/${first}/proposals/undo`, {})).body.state).toBe('needs-replanning');
    await c.businessManager.post(`${path}/${first}/proposals/decline`, { reason: 'We managed without' });
    expect((await c.businessManager.post(path, body('2026-09-23T09:00', '2026-09-23T10:00', { specialistId: colleague }))).status).toBe(201);
    expect((await c.businessManager.post(`${path}/${first}/proposals/undo`, {})).body.code).toBe('availability.no-entitlement');
    await c.businessManager.post(`${path}/${second}/proposals/accept`, { startsAt: '2026-09-22T08:00:00Z', endsAt: '2026-09-22T09:00:00Z', specialistId: colleague });
    await c.businessManager.post(`${path}/${second}/move`, { startsAt: '2026-09-24T09:00', endsAt: '2026-09-24T10:00' });
    expect((await c.businessManager.post(`${path}/${second}/proposals/undo`, {})).body.code).toBe('bookings.changed-since');
    expect((await c.businessManager.get(`${at}/replanning`)).body.answered.map((a: { answer: string }) => a.answer)).toEqual(['given-up']);
  });

  it('When a school is about to close, then it is told which sessions that hits before it saves, and they need re-planning afterwards', async () => {
    const { c, path, body } = await benchOf(app);
    const at = `/api/collaborations/${c.id}`;
    const hit = await c.businessManager.post(path, body('2026-09-25T09:00', '2026-09-25T10:00'));
    await c.coordinator.post(path, body('2026-09-25T11:00', '2026-09-25T12:00', { schoolUrns: [c.urns[1]] }));
    const day = { from: '2026-09-25', to: '2026-09-25' };
    const look = await c.businessManager.post(`${at}/replanning/closing`, { kind: 'inset', ...day, schoolUrns: [c.urns[0]] });
    expect(look.body.items.map((b: { id: string }) => b.id)).toEqual([hit.body.id]);
    expect((await c.businessManager.post(`${at}/replanning/closing`, { kind: 'closure', ...day })).body.items).toHaveLength(2);
    const line = await c.businessManager.post(`${at}/school-year/lines`, { target: { level: 'school', urn: c.urns[0] }, kind: 'inset', name: 'INSET day', ...day });
    expect((await c.businessManager.post(`${at}/replanning`, day)).body.hits).toMatchObject([{ id: hit.body.id, code: 'availability.school-inset' }]);
    await c.businessManager.delete(`${at}/school-year/lines/${line.body.id}`);
    expect((await c.businessManager.post(`${at}/replanning`, day)).body.restored).toHaveLength(1);
  });
});
