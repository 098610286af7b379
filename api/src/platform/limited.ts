import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Limits, type Limit } from './limits.js';

const LIMITED = 'fairshare:limited';

/** Lets one person (or, where nobody is signed in, one address) call the route so many times, over all processes together. */
export const Limited = (limit: Limit) => SetMetadata(LIMITED, limit);

/** For what makes files: a page of them can be taken, a whole installation not. */
export const exportLimit: Limit = { name: 'export', points: 120, seconds: 60 };
/** For what takes files in. */
export const importLimit: Limit = { name: 'import', points: 40, seconds: 600 };

export function limitOf(target: object): Limit | undefined {
  return Reflect.getMetadata(LIMITED, target) as Limit | undefined;
}

/** Spends before the work begins. @throws `platform.too-many` with the seconds to wait. */
@Injectable()
export class LimitGuard implements CanActivate {
  readonly #reflector: Reflector;
  readonly #limits: Limits;

  constructor(reflector: Reflector, limits: Limits) {
    this.#reflector = reflector;
    this.#limits = limits;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const limit = this.#reflector.get<Limit | undefined>(LIMITED, context.getHandler());
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (limit) await this.#limits.spend(limit, request.actor?.userId ?? request.ip);
    return true;
  }
}
