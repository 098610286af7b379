import { inject, Injectable } from '@angular/core';
import { WorkingPatternsSchema, type NewWorkingPattern, type WorkingPattern } from '@fairshare/contract/availability.js';
import { ApiClient } from '../ui/api-client';
import { addDays } from '../ui/london';
import { bare } from './hours-model';

/** Whose hours they are. */
export interface Whose {
  readonly collaborationId: string;
  readonly specialistId: string;
  readonly name: string;
}

/** Takes back what was done. */
export type TakeBack = () => Promise<void>;

@Injectable({ providedIn: 'root' })
export class HoursClient {
  readonly #api = inject(ApiClient);

  at({ collaborationId, specialistId }: Omit<Whose, 'name'>): string {
    return `/api/collaborations/${collaborationId}/specialists/${specialistId}`;
  }

  /** Some hours go and others come, at once. Answers what takes it back. */
  async change(whose: Whose, remove: readonly WorkingPattern[], add: readonly NewWorkingPattern[]): Promise<TakeBack> {
    const before = new Set((await this.#api.get(`${this.at(whose)}/working-patterns`, WorkingPatternsSchema)).items.map(({ id }) => id));
    const send = (gone: readonly string[], come: readonly NewWorkingPattern[]) =>
      this.#api.post(`${this.at(whose)}/working-patterns/changes`, { remove: gone, add: come }, WorkingPatternsSchema);
    const after = await send(remove.map(({ id }) => id), add);
    const added = after.items.map(({ id }) => id).filter((id) => !before.has(id));
    return async () => {
      await send(added, remove.map(bare));
    };
  }
}

/** Hours that run on a day end the day before; what they were until then stays. */
export function endedBefore(patterns: readonly WorkingPattern[], day: string): { remove: readonly WorkingPattern[]; add: readonly NewWorkingPattern[] } {
  const remove = patterns.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || validTo >= day));
  const add = remove.filter(({ validFrom }) => validFrom < day).map((pattern) => ({ ...bare(pattern), validTo: addDays(day, -1) }));
  return { remove, add };
}
