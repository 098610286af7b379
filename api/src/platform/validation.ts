import { StandardSchemaValidationPipe } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { FieldFault } from './problem.js';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly code?: string;
}

const keyOf = (part: PropertyKey | { readonly key: PropertyKey }) => String(typeof part === 'object' ? part.key : part);

/** A fault for each field, so that the page can put the sentence beside it. */
export function faultsOf(issues: readonly Issue[]): FieldFault[] {
  return issues.slice(0, 100).map((issue) => ({
    path: (issue.path ?? []).map(keyOf).join('.'),
    code: issue.code ?? 'invalid',
    message: issue.message,
  }));
}

/** Checks each body, query and path by the contract's schema before a controller sees it. */
export const validation = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) => new DomainError('platform.not-valid', { errors: faultsOf(issues as readonly Issue[]) }),
});
