import type { FastifyRequest } from 'fastify';
import type { Config } from '../platform/config.js';

/** Where browsers see this installation: passkeys are bound to it, and providers send people back to it. */
export interface Site {
  readonly origin: string;
  /** The name that passkeys are made for: the host without a port. */
  readonly id: string;
}

/** The public address where one is set; on one's own machine the address that was asked. */
export function siteOf(config: Config, request: FastifyRequest): Site {
  const set = new URL(config.publicUrl);
  const url = set.hostname === 'localhost' ? new URL(`${request.protocol}://${request.host}`) : set;
  return { origin: url.origin, id: url.hostname };
}
