import type { SecondFactorAsked, Session } from '@fairshare/contract/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionOf, type Browser } from './sessions.js';
import type { Outcome } from './sign-in.service.js';

/** Over HTTPS the name itself forbids that the cookie is set for other hosts, paths or without TLS. */
export const cookieName = (request: Pick<FastifyRequest, 'protocol'>) => (request.protocol === 'https' ? '__Host-fairshare_session' : 'fairshare_session');

const cookie = { httpOnly: true, sameSite: 'lax', path: '/' } as const;

/** Who is signed in now, with the cookie; or 202 and what is asked for as the second step. */
export function answerOf(outcome: Outcome, request: FastifyRequest, reply: FastifyReply): Session | SecondFactorAsked {
  if ('asked' in outcome) {
    void reply.status(202);
    return outcome.asked;
  }
  void reply.setCookie(cookieName(request), outcome.token, { ...cookie, secure: request.protocol === 'https' });
  return sessionOf(outcome.actor);
}

/** Says for whom the signed-in person acts; whether they may is looked up with each request. */
export const actingForCookie = 'fairshare_acting_for';

export function rememberActingFor(userId: string | null, reply: FastifyReply): void {
  const options = { ...cookie, secure: reply.request.protocol === 'https' };
  void (userId ? reply.setCookie(actingForCookie, userId, options) : reply.clearCookie(actingForCookie, options));
}

/** At the end of a session no cookie of it stays in the browser. */
export function takeCookie(reply: FastifyReply): void {
  void reply.clearCookie(cookieName(reply.request), { ...cookie, secure: reply.request.protocol === 'https' });
  rememberActingFor(null, reply);
}

/** Where a request comes from, for the list of sessions and the limits. */
export function browserOf(request: FastifyRequest): Browser {
  return { address: request.ip, device: request.headers['user-agent']?.slice(0, 300) ?? null };
}

/** The secret of a way to a provider and back: only the browser that went comes back with it. */
const flowCookie = { ...cookie, path: '/api/session' } as const;

export function giveFlow({ url, secret }: { url: string; secret: string }, request: FastifyRequest, reply: FastifyReply): { url: string } {
  void reply.setCookie('fairshare_flow', secret, { ...flowCookie, maxAge: 900, secure: request.protocol === 'https' });
  return { url };
}

export function flowOf(request: FastifyRequest, reply: FastifyReply): string | undefined {
  void reply.clearCookie('fairshare_flow', flowCookie);
  return request.cookies['fairshare_flow'];
}
