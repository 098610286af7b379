/** Why a password is not taken. */
export type PasswordFault = 'identity.password-common' | 'identity.password-own-name';

/** Whose password it is: what an acquaintance would try first. */
export interface PasswordOwner {
  readonly name: string;
  readonly email: string;
}

/** Characters that must be left when the owner's own words are taken out. */
const leftOver = 8;

/**
 * The first reason against a password that is long enough, or undefined.
 * @param isCommon answers whether a word, in lower case, stands on the list of common passwords.
 */
export function passwordFault(password: string, owner: PasswordOwner, isCommon: (word: string) => boolean): PasswordFault | undefined {
  const lower = password.trim().toLowerCase();
  if (isEasilyGuessed(lower, isCommon)) return 'identity.password-common';
  if (withoutWords(lower, ownWords(owner)).length < leftOver) return 'identity.password-own-name';
  return undefined;
}

/** Common itself, common with digits and signs around it, a common word said several times, or a keyboard's run. */
function isEasilyGuessed(lower: string, isCommon: (word: string) => boolean): boolean {
  const letters = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  if (letters === '' || isCommon(lower) || isCommon(letters)) return true;
  const unit = repeatedUnit(lower) ?? repeatedUnit(letters);
  if (unit !== undefined) return unit.length <= 4 || isCommon(unit);
  return new Set(lower).size <= 4 || isRun(lower);
}

/** `abc` for `abcabcabc`; undefined when nothing repeats. */
function repeatedUnit(text: string): string | undefined {
  const again = (text + text).indexOf(text, 1);
  return again > 0 && again < text.length ? text.slice(0, again) : undefined;
}

/** Letters or digits in their order, or backwards: `abcdefghijkl`. */
function isRun(text: string): boolean {
  const steps = new Set([...text].slice(1).map((sign, i) => sign.charCodeAt(0) - text.charCodeAt(i)));
  return steps.size === 1;
}

function ownWords({ name, email }: PasswordOwner): string[] {
  const words = [...name.toLowerCase().split(/[^\p{L}\p{N}]+/u), ...email.toLowerCase().split(/[^\p{L}\p{N}]+/u), 'fairshare'];
  return [...new Set(words)].filter((word) => word.length >= 4).sort((a, b) => b.length - a.length);
}

const withoutWords = (text: string, words: readonly string[]) => words.reduce((left, word) => left.replaceAll(word, ''), text);
