import type { ChargeKind } from '@fairshare/contract/sharing';
import type { DateOnly, DatePeriod } from '@fairshare/domain/kernel/period';
import type { AgreementRecord } from '../procurement/agreement-record.js';

/** A booking as the figures look at it. */
export interface SessionFacts {
  readonly id: string;
  readonly agreementId: string;
  readonly state: string;
  /** Milliseconds since 1970, and the wall day it is on. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly on: DateOnly;
  readonly orderedOn: DateOnly;
  readonly requestedOn: DateOnly;
  /** With the minutes that each was there; the whole length until it was delivered. */
  readonly schools: readonly { readonly urn: string; readonly minutes: number }[];
  readonly coveredUrns: readonly string[];
  readonly cancelledBy: 'school' | 'specialist' | 'common' | null;
  readonly chargedBasisPoints: number;
}

/** One school's share of one charge. */
export interface ShareFacts {
  readonly chargeId: string;
  readonly agreementId: string | null;
  readonly description: string;
  readonly kind: ChargeKind;
  readonly belongsOn: DateOnly;
  readonly urn: string;
  readonly pence: number;
}

export interface UnitsFacts {
  readonly agreementId: string;
  readonly urn: string;
  /** What was taken and not given back. */
  readonly usedMilliunits: number;
  /** Everything that changed the balance after it was granted. */
  readonly changedMilliunits: number;
}

export interface DueFacts {
  readonly id: string;
  readonly agreementId: string;
  readonly description: string;
  readonly dueOn: DateOnly;
  readonly from: DateOnly;
  readonly to: DateOnly;
  readonly pence: number;
}

export interface RetainerShares {
  readonly agreementId: string;
  readonly ownPence: number;
  readonly allPence: number;
}

export interface SchoolFacts {
  readonly urn: string;
  readonly name: string;
  readonly kind: 'maintained' | 'academy';
}

/** Everything the figures are worked out from, read once. */
export interface ValueFacts {
  readonly period: DatePeriod;
  readonly today: DateOnly;
  readonly nowAt: number;
  readonly zone: string;
  /** The one school that is looked at; null for all. */
  readonly school: SchoolFacts | null;
  /** The schools that the figures are about. */
  readonly schools: readonly SchoolFacts[];
  readonly agreements: readonly AgreementRecord[];
  /** Of the period and of the rest of the financial years. */
  readonly sessions: readonly SessionFacts[];
  readonly shares: readonly ShareFacts[];
  readonly units: readonly UnitsFacts[];
  /** Instalments that are no charge yet, and charges that are not shared yet. */
  readonly due: readonly DueFacts[];
  readonly retainers: readonly RetainerShares[];
  readonly pupilThousandths: ReadonlyMap<string, number>;
  readonly trend: readonly { readonly term: string; readonly from: DateOnly; readonly to: DateOnly; readonly sessions: number; readonly pence: number }[];
}

export const isOn = (on: DateOnly, { from, to }: DatePeriod) => from <= on && on <= to;
export const isLive = ({ state }: SessionFacts) => state === 'confirmed' || state === 'delivered';

/** The minutes of a session that count: those of the schools looked at, or its length for the whole collaboration. */
export function minutesOf(session: SessionFacts, school: SchoolFacts | null): number {
  if (!school) return Math.round((session.endsAt - session.startsAt) / 60_000);
  return session.schools.find(({ urn }) => urn === school.urn)?.minutes ?? 0;
}

/** The school's minutes of all minutes of a session; the whole for the whole collaboration. */
export function partOf(session: SessionFacts, school: SchoolFacts | null): { minutes: number; ofMinutes: number } {
  const ofMinutes = session.schools.reduce((sum, { minutes }) => sum + minutes, 0);
  return { minutes: school ? minutesOf(session, school) : ofMinutes, ofMinutes };
}
