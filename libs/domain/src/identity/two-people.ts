/** Somebody who acts, alone or for a person who is away. */
export interface ActingPerson {
  readonly userId: string;
  /** For whom a delegate acts. */
  readonly forUserId: string | null;
}

/**
 * Whether something takes two different people: a sum above the collaboration's limit, whichever way the money goes.
 * What has no sum, such as where money goes, takes two wherever there is a limit at all.
 */
export function takesTwoPeople(pence: number | null, limitPence: number | null): boolean {
  if (limitPence === null) return false;
  return pence === null || Math.abs(pence) > limitPence;
}

/** Neither may be the other, nor act for the other: a delegate is no second person beside who sent them. */
export function isSecondPerson(first: ActingPerson, second: ActingPerson): boolean {
  const those = [first.userId, first.forUserId];
  return !those.includes(second.userId) && (second.forUserId === null || !those.includes(second.forUserId));
}

/** The limit of a new collaboration, in pence: five thousand pounds; its coordinator chooses another. */
export const usualApprovalLimitPence = 500_000;
