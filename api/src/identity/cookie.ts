import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Browser } from './sessions.js';

const cookie = { httpOnly: true, sameSite: 'lax', path: '/' } as const;

export function giveCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  void reply.setCookie('fairshare_session', token, { ...cookie, secure: request.protocol === 'https' });
}

export function takeCookie(reply: FastifyReply): void {
  void reply.clearCookie('fairshare_session', cookie);
}

/** Where a request comes from, for the list of sessions and the limits. */
export function browserOf(request: FastifyRequest): Browser {
  return { address: request.ip, device: request.headers['user-agent']?.slice(0, 300) ?? null };
}
