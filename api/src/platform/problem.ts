import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { DomainError, type Facts } from '@fairshare/domain/kernel/domain-error';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { QueryFailedError } from 'typeorm';
import { Personal } from './personal.js';
import { currentRequest } from './request-context.js';

/** The status of a refusal and the sentence that a bursar understands. */
export type ProblemTable<Code extends string = string> = Readonly<
  Record<Code, readonly [status: number, sentence: string | ((facts: Facts) => string)]>
>;

const table = new Map<string, ProblemTable[string]>();

/** A room lists every code it can refuse with; the one filter answers by this table. */
export function declareProblems<Code extends string>(problems: ProblemTable<Code>): void {
  for (const [code, row] of Object.entries(problems) as [string, ProblemTable[string]][]) table.set(code, row);
}

/** Every declared code, for the tests and the documentation. */
export function declaredProblems(): ReadonlyMap<string, ProblemTable[string]> {
  return table;
}

declareProblems({
  'platform.not-found': [404, 'There is nothing here, or it is not yours to see.'],
  'platform.not-valid': [422, 'Something in what was sent is not right; each fault is listed.'],
  'platform.malformed': [400, 'What was sent could not be read as JSON.'],
  'platform.method-not-allowed': [405, 'This address does not take that method.'],
  'platform.media-type': [415, 'This address does not take that kind of content.'],
  'platform.reserved-words': [422, 'What was sent holds signs that only the program itself writes: leave out “{sealed:”.'],
  'platform.too-deep': [422, 'What was sent is nested more deeply than anything this address takes.'],
  'platform.too-large': [413, 'What was sent is larger than this address takes.'],
  'platform.too-many': [429, 'Too many tries in a short time; please wait a moment.'],
  'platform.busy': [503, 'The database is busy or restarting; nothing was changed, please try again in a moment.'],
  'platform.unexpected': [500, 'Something went wrong on our side; nothing was changed. Please quote the trace number.'],
  'platform.other-site': [403, 'Requests from other sites are refused.'],
  'idempotency.body-differs': [422, 'This Idempotency-Key was used before with other contents.'],
  'idempotency.in-flight': [409, 'The first request with this Idempotency-Key is still being worked on.'],
});

export interface FieldFault {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

interface Answer {
  status: number;
  code: string;
  detail: string;
  facts: Facts;
  errors?: readonly FieldFault[];
}

/** PostgreSQL's codes for "not now": the connection is gone, shutting down, a deadlock or a failed serialisation. */
const passing = new Set(['40001', '40P01', '57P01', '57P02', '57P03', '53300', '08000', '08003', '08006', '55P03']);
const lostConnection = /ECONNREFUSED|ECONNRESET|Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect/;

/** What passed every schema and still cannot be stored: a NUL in a text, a day in the year 0, a number beyond its column. */
const unstorable = new Set(['22021', '22P05', '22008', '22009', '22003']);

const sqlStateOf = (error: unknown) => (error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined);

/** True for failures of the database that pass by themselves. */
export function isPassing(error: unknown): boolean {
  const driver: unknown = error instanceof QueryFailedError ? error.driverError : error;
  const code = (driver as { code?: string } | null)?.code;
  return (code !== undefined && passing.has(code)) || (driver instanceof Error && lostConnection.test(`${code} ${driver.message}`));
}

const byStatus: Readonly<Record<number, string>> = {
  400: 'platform.malformed',
  404: 'platform.not-found',
  405: 'platform.method-not-allowed',
  413: 'platform.too-large',
  415: 'platform.media-type',
  429: 'platform.too-many',
};

/** Turns every error into problem+json (RFC 9457). Nothing internal leaves the house. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log = new Logger('Problem');
  readonly #personal: Personal;

  constructor(personal: Personal) {
    this.#personal = personal;
  }

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const answer = await this.#readable(answerTo(error));
    if (answer.status === 500) this.#log.error(`${request.method} ${request.url.split('?')[0]}`, (error as Error)?.stack);
    sendProblem(reply, answer);
  }

  /** Names in the facts are opened like those of any answer; while the database is away they stay closed. */
  #readable(answer: Answer): Promise<Answer> {
    return this.#personal.reveal(answer).catch(() => answer);
  }
}

export function sendProblem(reply: FastifyReply, answer: Answer): void {
  if (reply.raw.headersSent) return;
  if (answer.status === 503 || answer.code === 'idempotency.in-flight') void reply.header('Retry-After', '2');
  const retryAfter = answer.facts['retryAfterSeconds'];
  if (answer.status === 429 && typeof retryAfter === 'number') void reply.header('Retry-After', String(retryAfter));
  void reply
    .status(answer.status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:fairshare:problem:${answer.code}`,
        title: titleOf(answer.code),
        status: answer.status,
        detail: answer.detail,
        code: answer.code,
        facts: answer.facts,
        traceId: currentRequest()?.traceId ?? null,
        ...(answer.errors ? { errors: answer.errors } : {}),
      }),
    );
}

function titleOf(code: string): string {
  const words = (code.split('.')[1] ?? code).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function answerTo(error: unknown): Answer {
  if (error instanceof DomainError) return fromCode(error.code, error.facts);
  if (isPassing(error)) return fromCode('platform.busy', {});
  if (unstorable.has(sqlStateOf(error) ?? '')) return fromCode('platform.not-valid', {});
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number } | null)?.statusCode;
  const code = status ? byStatus[status] : undefined;
  return fromCode(code ?? 'platform.unexpected', {});
}

function fromCode(code: string, facts: Facts): Answer {
  const row = table.get(code);
  if (!row) return { status: 500, code: 'platform.unexpected', detail: `A refusal without a sentence: ${code}.`, facts: {} };
  const [status, sentence] = row;
  const { errors, ...rest } = facts as { errors?: readonly FieldFault[] };
  const detail = typeof sentence === 'string' ? sentence : sentence(facts);
  return { status, code, detail, facts: rest, ...(errors ? { errors } : {}) };
}
