import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { FastifyInstance } from 'fastify';
import { answerTo, sendProblem } from './problem.js';

/**
 * An address that exists answers a method it does not take with 405 and the methods that it does. Call it before the
 * routes are registered: it learns them as they come.
 */
export function refuseWrongMethods(fastify: FastifyInstance): void {
  const known: { methods: readonly string[]; path: RegExp }[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    if (!url.startsWith('/api/')) return;
    const pattern = url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+');
    known.push({ methods: [method].flat(), path: new RegExp(`^${pattern}/?$`) });
  });
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const path = request.url.split('?')[0] as string;
    const methods = [...new Set(known.filter((route) => route.path.test(path)).flatMap((route) => route.methods))];
    if (methods.length === 0) return;
    void reply.header('Allow', methods.join(', '));
    sendProblem(reply, answerTo(new DomainError('platform.method-not-allowed')));
    return reply;
  });
}
