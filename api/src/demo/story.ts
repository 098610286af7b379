import type { DateOnly } from '@fairshare/domain/kernel/period';
import type { Door } from './door.js';

/** What the chapters of the demonstration share. */
export interface Story {
  /** `/api/collaborations/…`, where everything of the cluster is. */
  readonly at: string;
  readonly today: DateOnly;
  readonly coordinator: Door;
  readonly businessManager: Door;
  readonly financeOfficer: Door;
  open(role: string): Promise<Door>;
}

/** The morning of a day, as an instant: early enough for any notice. */
export function morningOf(date: DateOnly): Date {
  return new Date(`${date}T07:30:00Z`);
}
