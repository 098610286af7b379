import fastifyHelmet from '@fastify/helmet';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config.js';
import { answerTo, sendProblem } from './problem.js';
import { looksSealed } from './vault.js';

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const secondsOfAYear = 365 * 86_400;
/** Deeper than any form of this program, far shallower than what would trouble a reader of it. */
const deepestBody = 24;
/** A request has to arrive whole within this time: a large file over a slow line, but not a trickle without end. */
const wholeRequestMs = 120_000;

/** Limits of the server itself, before any of our code runs: 431 for headers beyond 16 KiB, 408 for a request that trickles. */
export const serverLimits = { headersTimeout: 20_000, requestTimeout: wholeRequestMs, connectionsCheckingInterval: 1_000, maxHeaderSize: 16 * 1024 };

/** What every answer carries and what no request may be. Call it before the routes are registered. */
export async function guardEdges(fastify: FastifyInstance, config: Config): Promise<void> {
  const overHttps = config.publicUrl.startsWith('https:');
  await fastify.register(fastifyHelmet, {
    contentSecurityPolicy: { directives: contentPolicy },
    // Once seen over HTTPS, a browser never speaks to this address without it.
    strictTransportSecurity: overHttps ? { maxAge: secondsOfAYear, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  sayNothingToCaches(fastify);
  refuseOtherSites(fastify);
  refuseForms(fastify);
  refuseSealedLooks(fastify);
  refuseUnusableBodies(fastify);
}

/** Nothing is loaded from anywhere else; styles may be inline because Angular and the calendar write them so (decision 0100). */
const contentPolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  scriptSrcAttr: ["'none'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  upgradeInsecureRequests: null,
};

/** Nothing here needs a camera, a place or a payment handler; answers with data in them are for the asker alone. */
const featurePolicy = ['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer', 'microphone', 'midi', 'payment', 'usb'].map((feature) => `${feature}=()`).join(', ');

function sayNothingToCaches(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('Permissions-Policy', featurePolicy);
    if (request.url.startsWith('/api/')) void reply.header('Cache-Control', 'no-store');
    done();
  });
}

/** A browser says where an unsafe request comes from; programs without a browser say nothing and carry no cookie by accident. */
function refuseOtherSites(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (!unsafe.has(request.method)) return;
    const site = request.headers['sec-fetch-site'];
    const { origin, host } = request.headers;
    if (site === 'cross-site' || site === 'same-site' || (origin !== undefined && hostOf(origin) !== host)) {
      sendProblem(reply, answerTo(new DomainError('platform.other-site')));
      return reply;
    }
  });
}

/** Undefined for what is no address, such as the word null that a sandboxed page sends. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** A plain form is what any page on any site can send without asking; nothing here reads one. */
function refuseForms(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded')) return;
    sendProblem(reply, answerTo(new DomainError('platform.media-type')));
    return reply;
  });
}

/**
 * A text that looks like one the house has sealed would be opened for whoever reads it back: nobody sends one, in whatever
 * part of a request. Headers and addresses are looked at here, bodies below, files where they are read.
 */
function refuseSealedLooks(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request, reply) => {
    const { raw, params, query } = request;
    if (!raw.rawHeaders.some(looksSealed) && !looksSealed(JSON.stringify([params, query]))) return;
    sendProblem(reply, answerTo(new DomainError('platform.reserved-words')));
    return reply;
  });
}

function refuseUnusableBodies(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', async (request, reply) => {
    const fault = faultIn(request.body);
    if (!fault) return;
    sendProblem(reply, answerTo(new DomainError(fault)));
    return reply;
  });
}

/** A lone surrogate: half of a character that is written in two. */
const halfCharacter = /\p{Surrogate}/u;

/**
 * Goes level by level, so that the depth of what was sent is never the depth of our own stack. Half a character is
 * text that nothing can store.
 */
function faultIn(body: unknown): 'platform.too-deep' | 'platform.not-valid' | 'platform.reserved-words' | undefined {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepestBody) return 'platform.too-deep';
    if (level.some((part) => typeof part === 'string' && halfCharacter.test(part))) return 'platform.not-valid';
    if (level.some((part) => typeof part === 'string' && looksSealed(part))) return 'platform.reserved-words';
    level = level.flatMap((part) => (part !== null && typeof part === 'object' && !Buffer.isBuffer(part) ? [...Object.values(part), ...Object.keys(part)] : []));
  }
  return undefined;
}
