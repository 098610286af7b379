/** What a refusal knows: figures, dates and names that explain it. Never personal data of pupils. */
export type Facts = Readonly<Record<string, unknown>>;

/**
 * The business says no. `code` is `room.reason-in-words` and never changes once published;
 * the API turns it into problem+json by one table, so nothing else in the house throws HTTP errors.
 */
export class DomainError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly facts: Facts;

  constructor(code: Code, facts: Facts = {}) {
    super(code);
    this.name = 'DomainError';
    this.code = code;
    this.facts = facts;
  }
}
