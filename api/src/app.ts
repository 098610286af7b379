import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fastifyCookie from '@fastify/cookie';
import fastifyMultipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { v7 } from 'uuid';
import { AppModule } from './app.module.js';
import { cookieName } from './identity/cookie.js';
import { Delegations } from './identity/delegations.js';
import { actingForCookie } from './identity/cookie.js';
import { Sessions } from './identity/sessions.js';
import { Clock } from './platform/clock.js';
import type { Config } from './platform/config.js';
import type { Connection } from './platform/data-source.js';
import { guardEdges, serverLimits } from './platform/edges.js';
import { publishOpenApi } from './platform/openapi.js';
import { answerTo, sendProblem } from './platform/problem.js';
import { publishSecurityText } from './platform/security-text.js';
import { refuseWrongMethods } from './platform/wrong-method.js';
import { runInRequest } from './platform/request-context.js';

const largestUpload = 32 * 1024 * 1024;

/** Builds the whole program: API, documentation and, when it was built, the web app on one port. */
export async function createApp(config: Config, connection: Connection, webRoot?: string): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: 1024 * 1024, trustProxy: config.trustedProxies, http: serverLimits, requestTimeout: serverLimits.requestTimeout, routerOptions: { ignoreTrailingSlash: true, maxParamLength: 4_000 } });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, connection), adapter, {
    logger: ['error', 'warn'],
    rawBody: true,
    abortOnError: false,
  });
  app.setGlobalPrefix('api');
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  await fastify.register(fastifyCookie);
  await fastify.register(fastifyMultipart, { limits: { fileSize: largestUpload, files: 1, fields: 20 } });
  // Only JSON and forms with files are read; anything else answers 415.
  fastify.removeContentTypeParser('text/plain');
  carryContext(fastify);
  refuseWrongMethods(fastify);
  await guardEdges(fastify, config);
  knowTheActor(fastify, app);
  if (webRoot && existsSync(webRoot)) await serveWeb(fastify, resolve(webRoot));
  publishSecurityText(fastify, config, app.get(Clock));
  publishOpenApi(app);
  app.enableShutdownHooks([]);
  await app.init();
  return app;
}

function carryContext(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const traceId = v7();
    void reply.header('X-Trace-Id', traceId);
    const key = request.headers['idempotency-key'];
    const context = {
      traceId,
      address: request.ip,
      route: `${request.method} ${request.url}`,
      idempotencyKey: typeof key === 'string' && key.length > 0 && key.length <= 200 ? key : undefined,
      get body() {
        return request.body;
      },
      idempotencyUsed: false,
    };
    runInRequest(context, done);
  });
}

const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

function knowTheActor(fastify: FastifyInstance, app: NestFastifyApplication): void {
  const sessions = app.get(Sessions);
  const delegations = app.get(Delegations);
  fastify.addHook('onRequest', async (request: FastifyRequest, reply) => {
    const token = request.url.startsWith('/api/') ? request.cookies[cookieName(request)] : undefined;
    if (!token) return;
    try {
      const actor = await sessions.actorOf(token);
      const actingFor = request.cookies[actingForCookie];
      const acting = actor && actingFor && isId(actingFor) ? await delegations.actFor(actor, actingFor) : undefined;
      if (actor) request.actor = acting ?? actor;
    } catch (error) {
      sendProblem(reply, answerTo(error));
      return reply;
    }
  });
}

/** Files with a hash in their name never change; every other address is a page of the single-page app. */
async function serveWeb(fastify: FastifyInstance, root: string): Promise<void> {
  await fastify.register(fastifyStatic, {
    root,
    prefix: '/',
    preCompressed: true,
    wildcard: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      void reply.header('Cache-Control', /-[A-Z0-9]{8}\./.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  fastify.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    if (request.method !== 'GET' || path.startsWith('/api/') || path === '/api' || /\.[a-z0-9]+$/i.test(path)) return;
    return reply.sendFile('index.html');
  });
}
