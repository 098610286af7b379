import { parseFraction, type Fraction } from '../kernel/fraction.js';
import { compareKeys } from '../kernel/money.js';
import type { Participant } from './cost-sharing-rule.js';

/** The schools of a charge, each once, lowest URN first, and where each participant's school stands among them. */
export interface Roll {
  readonly schools: readonly string[];
  /** Null for the usual list, in which every school stands once and in order. */
  readonly places: readonly number[] | null;
}

export function rollOf(participants: readonly Participant[]): Roll {
  const named: string[] = new Array(participants.length);
  let ascending = true;
  for (let index = 0; index < named.length; index++) {
    const { school } = participants[index]!;
    named[index] = school;
    if (index > 0 && ascending) ascending = compareKeys(named[index - 1]!, school) < 0;
  }
  if (ascending) return { schools: named, places: null };
  const schools = [...new Set(named)].sort(compareKeys);
  const places = new Map(schools.map((school, place) => [school, place]));
  return { schools, places: named.map((school) => places.get(school)!) };
}

/** Where the school of a participant stands. */
export function placeOf({ places }: Roll, participant: number): number {
  return places ? places[participant]! : participant;
}

/** The carries of the roll's schools, or undefined when nobody carries anything; the first that a school comes with counts. */
export function carriesOf(roll: Roll, participants: readonly Participant[]): (Fraction | undefined)[] | undefined {
  let carried: (Fraction | undefined)[] | undefined;
  for (let index = 0; index < participants.length; index++) {
    const { carriedPence } = participants[index]!;
    if (carriedPence === undefined || carriedPence === '0') continue;
    carried ??= new Array(roll.schools.length).fill(undefined);
    carried[placeOf(roll, index)] ??= parseFraction(carriedPence);
  }
  return carried;
}
