import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { freshOf, permissionOf } from '../src/platform/allow.js';
import { limitOf } from '../src/platform/limited.js';

export interface Route {
  /** `POST /api/collaborations/:collaborationId/bookings` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Undefined for a route that forgot to say who may; the guard refuses everybody there. */
  readonly permission: string | undefined;
  /** The name of the limit that it spends from. */
  readonly limit: string | undefined;
  /** Whether it asks for a recent sign-in: always, or when the body holds this field. */
  readonly fresh: true | string | undefined;
}

type Paths = string | string[] | undefined;

/** Every route of the app with the permission it asks for, read from what Nest itself routes by. */
export function routesOf(app: NestFastifyApplication): Route[] {
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype));
  const routes = controllers.flatMap((controller) => (controller ? routesOfController(controller) : []));
  return routes.sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
}

function routesOfController(controller: object): Route[] {
  const prefixes = [Reflect.getMetadata('path', controller) as Paths].flat();
  const prototype = (controller as { prototype: Record<string, object> }).prototype;
  return Object.getOwnPropertyNames(prototype)
    .filter((key) => key !== 'constructor')
    .map((key) => prototype[key] as object)
    .filter((handler) => typeof handler === 'function' && Reflect.hasMetadata('path', handler))
    .flatMap((handler) => prefixes.flatMap((prefix) => routesOfHandler(handler, prefix ?? '')));
}

function routesOfHandler(handler: object, prefix: string): Route[] {
  const method = RequestMethod[Reflect.getMetadata('method', handler) as number] as string;
  return [Reflect.getMetadata('path', handler) as Paths].flat().map((path) => {
    const full = `/api/${prefix}/${path}`.replace(/\/+/g, '/').replace(/\/$/, '');
    return { name: `${method} ${full}`, method, path: full, permission: permissionOf(handler), limit: limitOf(handler)?.name, fresh: freshOf(handler) };
  });
}
