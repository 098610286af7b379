import { Injectable } from '@nestjs/common';
import type { PageQuery } from '@fairshare/contract/list';
import type { ServiceBody, ServiceEntry } from '@fairshare/contract/procurement';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { freeColour, type ProcurementProblem } from '@fairshare/domain/procurement';
import type { Scope } from '../platform/actor.js';
import { Database, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { oneAtATime, pageOf } from './one-at-a-time.js';
import { ServiceEntity } from './service.entity.js';

/** The catalogue: what the collaboration can buy. */
@Injectable()
export class ServicesService {
  readonly #database: Database;
  readonly #trail: Trail;

  constructor(database: Database, trail: Trail) {
    this.#database = database;
    this.#trail = trail;
  }

  list(who: Scope, collaborationId: string, query: PageQuery) {
    return this.#database.read(who, async (tx) => pageOf(await this.#all(tx, collaborationId), query));
  }

  add(who: Scope, collaborationId: string, body: ServiceBody): Promise<ServiceEntry> {
    return this.#database.write(who, async (tx) => {
      await oneAtATime(tx, collaborationId);
      const others = await this.#all(tx, collaborationId);
      refuseSameName(others, body.name);
      const service = { ...body, id: newId(), collaborationId, colour: body.colour ?? freeColour(others.map((other) => other.colour)) };
      await tx.getRepository(ServiceEntity).insert(service);
      await this.#trail.record(tx, who, { action: 'procurement.service-added', collaborationId, subjectKind: 'service', subjectId: service.id, after: body });
      return service;
    });
  }

  change(who: Scope, collaborationId: string, serviceId: string, body: ServiceBody): Promise<ServiceEntry> {
    return this.#database.write(who, async (tx) => {
      await oneAtATime(tx, collaborationId);
      const all = await this.#all(tx, collaborationId);
      const before = all.find((service) => service.id === serviceId);
      if (!before) throw new DomainError('platform.not-found');
      refuseSameName(all.filter((service) => service !== before), body.name);
      const after = { ...before, ...body, colour: body.colour ?? before.colour };
      await tx.getRepository(ServiceEntity).update({ collaborationId, id: serviceId }, after);
      await this.#trail.record(tx, who, { action: 'procurement.service-changed', collaborationId, subjectKind: 'service', subjectId: serviceId, before, after });
      return after;
    });
  }

  #all(tx: Tx, collaborationId: string): Promise<ServiceEntity[]> {
    return tx.getRepository(ServiceEntity).find({ where: { collaborationId }, order: { name: 'asc', id: 'asc' } });
  }
}

function refuseSameName(others: readonly { name: string }[], name: string): void {
  if (others.some((other) => other.name === name)) throw new DomainError<ProcurementProblem>('procurement.name-taken', { name });
}
