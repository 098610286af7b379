import { msPerDay } from '@fairshare/domain/kernel/zone';
import type { FastifyInstance } from 'fastify';
import type { Clock } from './clock.js';
import type { Config } from './config.js';

/** RFC 9116 asks for less than a year; whoever reads it later asks again. */
const validDays = 180;

/** Tells people who find a weakness whom to tell. Without a contact there is nothing to say, and nothing is there. */
export function publishSecurityText(fastify: FastifyInstance, { securityContact, publicUrl }: Config, clock: Clock): void {
  if (!securityContact) return;
  fastify.get('/.well-known/security.txt', (_, reply) => {
    const expires = new Date(clock.now().getTime() + validDays * msPerDay).toISOString();
    const lines = [`Contact: ${securityContact}`, `Expires: ${expires}`, 'Preferred-Languages: en', `Canonical: ${publicUrl.replace(/\/$/, '')}/.well-known/security.txt`];
    void reply.type('text/plain; charset=utf-8').send(`${lines.join('\n')}\n`);
  });
}
