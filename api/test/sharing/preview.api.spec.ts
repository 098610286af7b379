import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type Client, type TestApp } from '../harness.js';

interface Case {
  name: string;
  request: object;
  expectedPence?: Record<string, number>;
  expectedProblem?: { status: number; code: string };
}

const { cases } = JSON.parse(readFileSync(new URL('../../../libs/domain/src/sharing/cost-sharing.cases.json', import.meta.url), 'utf8')) as { cases: Case[] };
const path = '/api/cost-sharing/preview';

let app: TestApp;
let client: Client;

beforeAll(async () => {
  app = await startApp();
  client = await app.person('specialist', { collaborationId: (await app.collaboration({ schools: 1 })).id, specialistId: '018f0000-0000-7000-8000-000000000001' });
}, 60_000);

describe('cost-sharing preview', () => {
  it.each(cases.map((c) => [c.name, c] as const))('When asked for “%s”, then the pence are exact', async (_, { request, expectedPence, expectedProblem }) => {
    const { status, body, headers } = await client.post(path, request);
    if (expectedProblem) {
      expect({ status, code: body.code }).toEqual(expectedProblem);
      expect(headers.get('content-type')).toContain('application/problem+json');
      return;
    }
    expect(status).toBe(200);
    const shares = body.shares as { school: string; pence: number }[];
    expect(Object.fromEntries(shares.map((s) => [s.school, s.pence]))).toEqual(expectedPence);
    expect(shares.reduce((sum, s) => sum + s.pence, 0)).toBe((request as { amountPence: number }).amountPence);
  });

  it('When the design’s example is asked for, then the explanation is the design’s', async () => {
    const { body } = await client.post(path, {
      amountPence: 900_000,
      rule: { basis: 'equal' },
      period: { from: '2025-09-01', to: '2026-08-31' },
      participants: [{ school: '125556' }, { school: '125562', from: '2026-01-12' }],
    });
    expect(body).toEqual({
      totalPence: 900_000,
      shares: [
        {
          school: '125556', pence: 613_973,
          explanation: {
            slices: [
              { from: '2025-09-01', to: '2026-01-11', days: 133, weight: '1', ofWeight: '1', exactPence: '23940000/73' },
              { from: '2026-01-12', to: '2026-08-31', days: 232, weight: '1', ofWeight: '2', exactPence: '20880000/73' },
            ],
            bound: null, exactPence: '44820000/73', carriedPence: '0', tookOddPenny: true,
          },
        },
        expect.objectContaining({ school: '125562', pence: 286_027 }),
      ],
    });
  });

  it('When weights are text or numbers, then both are taken exactly', async () => {
    const participants = [{ school: '125556', weight: '723.5' }, { school: '125562', weight: 276.5 }];
    const { body } = await client.post(path, { amountPence: 100_000, rule: { basis: 'weight' }, participants });
    expect(body.shares.map((s: { pence: number }) => s.pence)).toEqual([72_350, 27_650]);
  });

  const good = { amountPence: 10_000, rule: { basis: 'equal' }, participants: [{ school: '125556' }] };
  it.each([
    ['pence that are not whole', { ...good, amountPence: 100.5 }, 'amountPence'],
    ['an amount as text', { ...good, amountPence: '100' }, 'amountPence'],
    ['an amount beyond exact numbers', { ...good, amountPence: 1e16 }, 'amountPence'],
    ['an unknown basis', { ...good, rule: { basis: 'fair' } }, 'rule.basis'],
    ['an unknown field', { ...good, rule: { basis: 'equal', capPercent: 40 } }, 'rule'],
    ['a date that does not exist', { ...good, period: { from: '2026-02-30', to: '2026-03-01' } }, 'period.from'],
    ['a period that ends before it starts', { ...good, period: { from: '2026-03-02', to: '2026-03-01' } }, 'period.to'],
    ['a participant that ends before it starts', { ...good, participants: [{ school: '1', from: '2026-03-02', to: '2026-03-01' }] }, 'participants.0.to'],
    ['a weight with four decimals', { ...good, participants: [{ school: '1', weight: '1.2345' }] }, 'participants.0.weight'],
    ['a weight that is no number', { ...good, participants: [{ school: '1', weight: 'many' }] }, 'participants.0.weight'],
    ['basis points that are not whole', { ...good, participants: [{ school: '1', basisPoints: 33.3 }] }, 'participants.0.basisPoints'],
    ['a carry that is no fraction', { ...good, participants: [{ school: '1', carriedPence: '2/0' }] }, 'participants.0.carriedPence'],
    ['a school without a number', { ...good, participants: [{ school: '' }] }, 'participants.0.school'],
    ['more than 2,000 participants', { ...good, participants: Array.from({ length: 2001 }, (_, i) => ({ school: String(i) })) }, 'participants'],
    ['no participants at all', { amountPence: 1, rule: { basis: 'equal' } }, 'participants'],
  ])('When sent %s, then the field is named', async (_, request, field) => {
    const { status, body } = await client.post(path, request);
    expect(status).toBe(422);
    expect(body.code).toBe('platform.not-valid');
    expect(body.errors.map((e: { path: string }) => e.path)).toContain(field);
  });

  it('When 2,000 schools share, then the answer adds up', async () => {
    const participants = Array.from({ length: 2000 }, (_, i) => ({ school: String(100_000 + i), weight: `${50 + (i % 400)}.5` }));
    const { body } = await client.post(path, { amountPence: 123_456_789, rule: { basis: 'weight' }, period: { from: '2025-09-01', to: '2026-08-31' }, participants });
    expect(body.shares.reduce((sum: number, s: { pence: number }) => sum + s.pence, 0)).toBe(123_456_789);
  });

  it('When somebody is not signed in, then nothing is answered', async () => {
    expect((await app.anonymous().post(path, good)).status).toBe(401);
  });

  it('When it is sent as text or broken, then the type and the form are refused', async () => {
    const send = (type: string, body: string) => fetch(app.url + path, { method: 'POST', body, headers: { 'content-type': type, cookie: client.cookie ?? '' } });
    expect((await send('application/xml', '<x/>')).status).toBe(415);
    expect((await send('application/json', '{')).status).toBe(400);
  });
});
