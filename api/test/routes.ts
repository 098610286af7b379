import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { permissionOf } from '../src/platform/allow.js';

export interface Route {
  /** `POST /api/collaborations/:collaborationId/bookings` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Undefined for a route that forgot to say who may; the guard refuses everybody there. */
  readonly permission: string | undefined;
}

/** Every route of the app with the permission it asks for, read from what Nest itself routes by. */
export function routesOf(app: NestFastifyApplication): Route[] {
  const routes: Route[] = [];
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (!metatype) continue;
      const prefixes = [Reflect.getMetadata('path', metatype) as string | string[]].flat();
      const prototype = (metatype as unknown as { prototype: Record<string, object> }).prototype;
      for (const key of Object.getOwnPropertyNames(prototype)) {
        const handler = prototype[key];
        if (key === 'constructor' || typeof handler !== 'function') continue;
        const paths = Reflect.getMetadata('path', handler) as string | string[] | undefined;
        if (paths === undefined) continue;
        const method = RequestMethod[Reflect.getMetadata('method', handler) as number] as string;
        for (const prefix of prefixes) for (const path of [paths].flat()) {
          const full = `/api/${prefix}/${path}`.replace(/\/+/g, '/').replace(/\/$/, '');
          routes.push({ name: `${method} ${full}`, method, path: full, permission: permissionOf(handler) });
        }
      }
    }
  }
  return routes.sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
}
