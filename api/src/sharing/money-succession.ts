import type { DateOnly } from '@fairshare/domain/kernel/period';

/** One school takes over the money of another from a day on. */
export interface MoneySuccession {
  readonly collaborationId: string;
  readonly fromUrn: string;
  readonly fromName: string;
  readonly toUrn: string;
  readonly toName: string;
  readonly toKind: 'maintained' | 'academy';
  readonly on: DateOnly;
}
