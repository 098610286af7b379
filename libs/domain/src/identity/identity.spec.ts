import { describe, expect, it } from '@jest/globals';
import { meantOneTimeCode, meantRecoveryCode, passwordFault, provedRecently, writtenRecoveryCode } from './index.js';

const common = new Set(['password', 'letmein', 'qwertyuiop', 'correcthorse']);
const owner = { name: 'Philippa Brown', email: 'p.brown@brookhurst.example' };
const faultOf = (password: string) => passwordFault(password, owner, (word) => common.has(word));

describe('a password', () => {
  it.each([
    ['a sentence nobody would guess', undefined],
    ['three-green-lamps-42', undefined],
    ['CorrectHorse', 'identity.password-common'],
    ['Password12345!', 'identity.password-common'],
    ['1234letmein1234', 'identity.password-common'],
    ['passwordpassword', 'identity.password-common'],
    ['!!!password!!!', 'identity.password-common'],
    ['abababababab', 'identity.password-common'],
    ['aaaabbbbcccc', 'identity.password-common'],
    ['123456789012', 'identity.password-common'],
    ['abcdefghijkl', 'identity.password-common'],
    ['lkjihgfedcba', 'identity.password-common'],
    ['philippabrown2026', 'identity.password-own-name'],
    ['Brookhurst-Brown', 'identity.password-own-name'],
    ['Fairshare!Brookhurst', 'identity.password-own-name'],
    ['brookhurst has a red door', undefined],
  ])('When it is %j, then the fault is %s', (password, fault) => {
    expect(faultOf(password)).toBe(fault);
  });
});

describe('a recent sign-in', () => {
  const now = new Date('2026-11-25T10:00:00Z');
  it.each([
    ['2026-11-25T09:45:00Z', true],
    ['2026-11-25T09:44:59Z', false],
    ['2026-11-25T10:00:30Z', true],
  ])('When it was at %s, then fresh is %s', (at, fresh) => {
    expect(provedRecently(new Date(at), now)).toBe(fresh);
  });
});

describe('a code typed in', () => {
  it('When a recovery code was read from paper, then what was meant is understood', () => {
    expect(writtenRecoveryCode('0123456789abcdef')).toBe('0123-4567-89ab-cdef');
    expect(meantRecoveryCode(' O1l3 4567-89AB-cdef ')).toBe('0113456789abcdef');
  });

  it('When six digits come in two groups, then they are one code; anything else is none', () => {
    expect(meantOneTimeCode('123 456')).toBe('123456');
    expect(meantOneTimeCode('12345')).toBeUndefined();
    expect(meantOneTimeCode('12345a')).toBeUndefined();
  });
});
