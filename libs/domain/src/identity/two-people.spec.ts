import { describe, expect, it } from '@jest/globals';
import { isSecondPerson, takesTwoPeople } from './index.js';

describe('two people', () => {
  it.each([
    [500_001, 500_000, true],
    [500_000, 500_000, false],
    [-500_001, 500_000, true],
    [1, 0, true],
    [null, 500_000, true],
    [null, null, false],
    [9_000_000, null, false],
  ])('When it is about %s pence and the limit is %s, then two are needed: %s', (pence, limit, two) => {
    expect(takesTwoPeople(pence, limit)).toBe(two);
  });

  it.each([
    ['a', null, 'b', null, true],
    ['a', null, 'a', null, false],
    ['a', null, 'b', 'a', false],
    ['a', 'b', 'b', null, false],
    ['a', 'c', 'b', 'c', false],
    ['a', 'c', 'b', 'd', true],
  ])('When %s asked for %s, and %s decides for %s, then that is another: %s', (userId, forUserId, second, secondFor, other) => {
    expect(isSecondPerson({ userId, forUserId }, { userId: second, forUserId: secondFor })).toBe(other);
  });
});
