/** A proof of who one is counts for sensitive deeds this long: roles, bank details, exports of personal data. */
export const freshMinutes = 15;

/** Whether somebody proved recently who they are. An instant to come counts: clocks of two machines differ. */
export function provedRecently(provedAt: Date, now: Date): boolean {
  return now.getTime() - provedAt.getTime() <= freshMinutes * 60_000;
}
