import { HttpClient, HttpHeaders, httpResource, type HttpResourceRef, type HttpResourceRequest } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import type { ZodType } from 'zod';
import { Problem } from './problem';

/** A page of a list, as every list of the API answers. */
export interface ListOf<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly page: number;
  readonly size: number;
}

/**
 * A read that follows its signals: `read(() => `/api/collaborations/${this.collaborationId()}/invoices`, InvoiceListSchema)`.
 * Answering `undefined` waits. What does not fit the schema is an error, never half-drawn data.
 * Call it where injection works: in a field of a component or service.
 */
export function read<T>(request: () => string | HttpResourceRequest | undefined, schema: ZodType<T>): HttpResourceRef<T | undefined> {
  const toRequest = (): HttpResourceRequest | undefined => {
    const wanted = request();
    return typeof wanted === 'string' ? { url: wanted } : wanted;
  };
  return httpResource<T>(toRequest, { parse: (raw) => schema.parse(raw) });
}

type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Waits between attempts of a write whose answer was lost, in milliseconds. */
const retryDelays = [400, 1500];

/**
 * Writes as promises. Each user action carries one `Idempotency-Key` for as long as its answer is unknown:
 * automatic retries and a second press of the button after a lost connection are the same action to the API.
 */
@Injectable({ providedIn: 'root' })
export class ApiClient {
  readonly #http = inject(HttpClient);
  readonly #unanswered = new Map<string, string>();

  /** Resolves to the parsed answer; without a schema, to nothing. Rejects with a {@link Problem}. */
  post<T = void>(url: string, body?: unknown, schema?: ZodType<T>): Promise<T> {
    return this.#write('POST', url, body, schema);
  }

  put<T = void>(url: string, body?: unknown, schema?: ZodType<T>): Promise<T> {
    return this.#write('PUT', url, body, schema);
  }

  patch<T = void>(url: string, body?: unknown, schema?: ZodType<T>): Promise<T> {
    return this.#write('PATCH', url, body, schema);
  }

  delete<T = void>(url: string, schema?: ZodType<T>): Promise<T> {
    return this.#write('DELETE', url, undefined, schema);
  }

  /** A read on demand, for searches and dialogs; pages use {@link read}. */
  async get<T>(url: string, schema: ZodType<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    try {
      return schema.parse(await firstValueFrom(this.#http.get<unknown>(url)));
    } catch (error) {
      throw Problem.of(error);
    }
  }

  /** Sends one file as the multipart field `file`. */
  upload<T = void>(url: string, file: File, schema?: ZodType<T>): Promise<T> {
    const form = new FormData();
    form.append('file', file, file.name);
    return this.#write('POST', url, form, schema, `${file.name} ${file.size} ${file.lastModified}`);
  }

  async #write<T>(method: Method, url: string, body: unknown, schema?: ZodType<T>, fingerprint = JSON.stringify(body) ?? ''): Promise<T> {
    const action = `${method} ${url} ${fingerprint}`;
    const key = this.#unanswered.get(action) ?? crypto.randomUUID();
    this.#unanswered.set(action, key);
    try {
      const answer = await this.#sendUntilAnswered(method, url, body, key);
      this.#unanswered.delete(action);
      return schema ? schema.parse(answer) : (undefined as T);
    } catch (error) {
      const problem = Problem.of(error);
      if (!problem.unanswered) this.#unanswered.delete(action);
      throw problem;
    }
  }

  async #sendUntilAnswered(method: Method, url: string, body: unknown, key: string): Promise<unknown> {
    const headers = new HttpHeaders({ 'Idempotency-Key': key });
    for (const delay of [...retryDelays, undefined]) {
      try {
        return await firstValueFrom(this.#http.request<unknown>(method, url, { body, headers }));
      } catch (error) {
        const problem = Problem.of(error);
        if (!problem.unanswered || delay === undefined) throw problem;
        await new Promise((resolve) => setTimeout(resolve, delay));
      }
    }
    throw new Problem(0, 'Fairshare cannot be reached');
  }
}
