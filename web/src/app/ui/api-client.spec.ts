import { jest } from '@jest/globals';
import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationRef, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { z } from 'zod';
import { ApiClient, read } from './api-client';
import { Problem, problemInterceptor } from './problem';

const Thing = z.strictObject({ id: z.string() });

function setUp(): { api: ApiClient; http: HttpTestingController } {
  TestBed.configureTestingModule({ providers: [provideHttpClient(withInterceptors([problemInterceptor])), provideHttpClientTesting()] });
  return { api: TestBed.inject(ApiClient), http: TestBed.inject(HttpTestingController) };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('ApiClient', () => {
  it('When something is written, then it carries a key and the answer is parsed', async () => {
    const { api, http } = setUp();
    const answer = api.post('/api/things', { a: 1 }, Thing);
    const request = http.expectOne('/api/things');
    expect(request.request.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
    request.flush({ id: '1' });
    expect(await answer).toEqual({ id: '1' });
  });

  it('When the answer is lost, then the same action keeps its key, and a new one after an answer does not', async () => {
    jest.useFakeTimers();
    try {
      const { api, http } = setUp();
      const keys: (string | null)[] = [];
      const lose = (): void => {
        const request = http.expectOne('/api/things');
        keys.push(request.request.headers.get('Idempotency-Key'));
        request.error(new ProgressEvent('error'));
      };
      const first = api.post('/api/things', { a: 1 }).catch((error: unknown) => error);
      lose();
      await jest.advanceTimersByTimeAsync(400);
      lose();
      await jest.advanceTimersByTimeAsync(1500);
      lose();
      expect(((await first) as Problem).unanswered).toBe(true);

      const again = api.post('/api/things', { a: 1 });
      const request = http.expectOne('/api/things');
      keys.push(request.request.headers.get('Idempotency-Key'));
      request.flush(null);
      await again;
      expect(new Set(keys).size).toBe(1);

      const another = api.post('/api/things', { a: 1 });
      const fresh = http.expectOne('/api/things');
      expect(fresh.request.headers.get('Idempotency-Key')).not.toBe(keys[0]);
      fresh.flush(null);
      await another;
    } finally {
      jest.useRealTimers();
    }
  });

  it('When the API refuses, then it rejects with the problem at once', async () => {
    const { api, http } = setUp();
    const failed = api.post('/api/things', {}).catch((error: unknown) => error);
    http.expectOne('/api/things').flush({ title: 'Taken', code: 'availability.slot-taken' }, { status: 409, statusText: 'Conflict' });
    expect(await failed).toMatchObject({ status: 409, code: 'availability.slot-taken', title: 'Taken' });
  });
});

describe('read', () => {
  it('When its signals change, then it reads again; undefined waits', async () => {
    const { http } = setUp();
    const id = signal<string | undefined>(undefined);
    const resource = TestBed.runInInjectionContext(() => read(() => (id() ? `/api/things/${id()}` : undefined), Thing));
    await settled();
    expect(resource.hasValue()).toBe(false);
    id.set('7');
    await settled();
    http.expectOne('/api/things/7').flush({ id: '7' });
    await TestBed.inject(ApplicationRef).whenStable();
    expect(resource.value()).toEqual({ id: '7' });
  });

  it('When the answer does not fit the schema, then it is an error that can be shown, never half-drawn data', async () => {
    const { http } = setUp();
    const resource = TestBed.runInInjectionContext(() => read(() => '/api/things/1', Thing));
    await settled();
    http.expectOne('/api/things/1').flush({ name: 'x' });
    await TestBed.inject(ApplicationRef).whenStable();
    expect(resource.hasValue()).toBe(false);
    expect(Problem.of(resource.error()).code).toBe('web.answer-not-understood');
  });

  it('When the API refuses a read, then the resource holds the problem', async () => {
    const { http } = setUp();
    const resource = TestBed.runInInjectionContext(() => read(() => '/api/things/2', Thing));
    await settled();
    http.expectOne('/api/things/2').flush({ title: 'Not found', code: 'x.y' }, { status: 404, statusText: 'Not Found' });
    await TestBed.inject(ApplicationRef).whenStable();
    expect(Problem.of(resource.error())).toMatchObject({ status: 404, code: 'x.y' });
  });
});
