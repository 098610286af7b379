import { applyDecorators, Injectable, SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiResponse } from '@nestjs/swagger';
import { AskedSchema, doneOrAsked, isAsked } from '@fairshare/contract/approvals';
import type { FastifyReply } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import type { z } from 'zod';
import { Personal } from './personal.js';

const ANSWER = 'fairshare:answer';

/** Names the schema of a route's answer: it strips what the contract does not name and documents the route. */
export function Answers(schema: z.ZodType, status = 200, description = 'What was asked for.') {
  return applyDecorators(SetMetadata(ANSWER, schema), ApiResponse({ status, description, standardSchema: schema }));
}

/**
 * The same for an answer of thousands of lines whose service puts each of them together from the contract's fields and
 * nothing else: it is documented, and sent as it is, since checking it would cost more than finding it. It names nobody:
 * names would not be opened.
 */
export function AnswersAsBuilt(schema: z.ZodType, status = 200, description = 'What was asked for.') {
  return applyDecorators(ApiResponse({ status, description, standardSchema: schema }));
}

/** The same where it may take two people: 202 and what was asked for, and nothing has happened yet. */
export function AnswersOrAsks(schema: z.ZodType, status = 200) {
  return applyDecorators(
    SetMetadata(ANSWER, doneOrAsked(schema)),
    ApiResponse({ status, description: 'Done.', standardSchema: schema }),
    ApiResponse({ status: 202, description: 'Above the collaboration’s limit: somebody else has to approve it.', standardSchema: AskedSchema }),
  );
}

/** Says by the status which of the two it is. */
export function doneOrAskedAs<T extends object>(reply: FastifyReply, answer: T): T {
  if (isAsked(answer)) void reply.status(202);
  return answer;
}

/** Sends only what the contract names: an unknown column never leaves the house. Names are opened here, at the edge, and nowhere before. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  readonly #reflector: Reflector;
  readonly #personal: Personal;

  constructor(reflector: Reflector, personal: Personal) {
    this.#reflector = reflector;
    this.#personal = personal;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const schema = this.#reflector.get<z.ZodType | undefined>(ANSWER, context.getHandler());
    return schema ? next.handle().pipe(mergeMap(async (value: unknown) => schema.parse(await this.#personal.reveal(value)))) : next.handle();
  }
}
