import type { Facts } from '@fairshare/domain/kernel/domain-error';
import { declaredProblems } from '../platform/problem.js';

/** The sentence that goes with a refusal's code, where a refusal is told and not thrown. */
export function sentenceOf(code: string | undefined, facts: Facts = {}): string | undefined {
  const [, sentence] = (code && declaredProblems().get(code)) || [0, undefined];
  return typeof sentence === 'function' ? sentence(facts) : sentence;
}
