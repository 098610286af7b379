import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { catchError, throwError } from 'rxjs';
import { z } from 'zod';

/** One thing wrong with one field; `path` is where it stands in what was sent, as `place.schoolUrn`. */
export interface FieldProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

// The filter in the API writes these; a proxy in between may not, so everything but the status can be missing.
const pathSchema = z.union([z.string(), z.array(z.union([z.string(), z.number()])).transform((parts) => parts.join('.'))]);
const bodySchema = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  code: z.string().optional(),
  traceId: z.string().optional(),
  facts: z.record(z.string(), z.unknown()).optional(),
  errors: z.array(z.object({ path: pathSchema, code: z.string().default(''), message: z.string() })).optional(),
});

const titles: Record<number, string> = {
  0: 'Fairshare cannot be reached',
  401: 'Please sign in again',
  403: 'You may not do this',
  404: 'This does not exist, or is not yours to see',
  409: 'Something else has changed in the meantime',
  413: 'This file is too large',
  422: 'Something needs correcting',
  429: 'Too many requests at once',
  503: 'Fairshare is busy',
};

/** What a problem may say beyond its status and title. */
export interface ProblemDetails {
  readonly detail?: string | undefined;
  /** `room.reason-in-words`, stable: what a page may decide by. */
  readonly code?: string | undefined;
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
  readonly errors?: readonly FieldProblem[] | undefined;
  readonly traceId?: string | undefined;
}

/** What went wrong, as the API says it (RFC 9457), in words that can be shown. */
export class Problem extends Error {
  override readonly name = 'Problem';

  readonly detail: string | undefined;
  readonly code: string | undefined;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldProblem[];
  readonly traceId: string | undefined;

  constructor(
    readonly status: number,
    readonly title: string,
    more: ProblemDetails = {},
  ) {
    super(more.detail ?? title);
    this.detail = more.detail;
    this.code = more.code;
    this.facts = more.facts ?? {};
    this.errors = more.errors ?? [];
    this.traceId = more.traceId;
  }

  /** True when the answer never came: what was sent may or may not have happened. */
  get unanswered(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  /** What is wrong with the field at this path, for the line under it. */
  messageFor(path: string): string | undefined {
    return this.errors.find((error) => error.path === path)?.message;
  }

  /** Any thrown thing as a problem, so that every failure can be shown the same way. */
  static of(error: unknown): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof HttpErrorResponse) return Problem.fromResponse(error);
    if (error instanceof Error && error.cause) return Problem.of(error.cause);
    if (error instanceof z.ZodError) {
      return new Problem(200, 'The answer could not be understood', { detail: 'Reload the page: it may be older than the server.', code: 'web.answer-not-understood' });
    }
    return new Problem(500, 'Something went wrong', { detail: error instanceof Error ? error.message : undefined });
  }

  private static fromResponse(response: HttpErrorResponse): Problem {
    const parsed = bodySchema.safeParse(response.error);
    const body = parsed.success ? parsed.data : {};
    const title = body.title ?? titles[response.status] ?? 'Something went wrong';
    const detail = body.detail ?? (response.status === 0 ? 'Check your connection; nothing you typed is lost.' : undefined);
    return new Problem(response.status, title, { ...body, detail });
  }
}

/** Every failed request reaches pages as a Problem, whether read as a resource or written as a promise. */
export const problemInterceptor: HttpInterceptorFn = (request, next) =>
  next(request).pipe(catchError((error: unknown) => throwError(() => Problem.of(error))));
