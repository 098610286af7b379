import { AsyncLocalStorage } from 'node:async_hooks';

/** What one HTTP request carries along unseen: needed for idempotency and the trail, never for decisions. */
export interface RequestContext {
  readonly traceId: string;
  readonly address: string;
  /** Method and path as called; the scope of an idempotency key. */
  readonly route: string;
  readonly idempotencyKey: string | undefined;
  body: unknown;
  /** An idempotency key covers the first writing transaction of its request. */
  idempotencyUsed: boolean;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function runInRequest(context: RequestContext, next: () => void): void {
  storage.run(context, next);
}

/** Undefined in jobs and at start. */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}
