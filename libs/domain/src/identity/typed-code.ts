/** Crockford's alphabet: no letter that is mistaken for a digit. */
export const recoveryAlphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Sixteen of 32 signs are 80 bits: a plain hash of them cannot be turned back. */
export const recoverySigns = 16;

/** `abcd-efgh-jkmn-pqrs`, as it is shown and printed. */
export function writtenRecoveryCode(signs: string): string {
  return (signs.match(/.{1,4}/g) ?? []).join('-');
}

/** What was meant by a code that was typed from paper: gaps and case do not matter, and `o`, `i`, `l` are digits. */
export function meantRecoveryCode(typed: string): string {
  return typed.toLowerCase().replaceAll(/[^a-z0-9]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');
}

/** Six digits of an authenticator, however they are spaced; undefined for anything else. */
export function meantOneTimeCode(typed: string): string | undefined {
  const digits = typed.replaceAll(/\s/g, '');
  return /^\d{6}$/.test(digits) ? digits : undefined;
}
