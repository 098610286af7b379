import { describe, expect, it } from '@jest/globals';
import { anInput, binswood, campion, telford } from './availability.builder.js';
import { journeyBetween } from './travel.js';

describe('journeyBetween', () => {
  const { travel } = anInput();
  it.each([
    [binswood, binswood, 0, 'same-site'],
    [binswood, campion, 25, 'known'],
    [campion, binswood, 40, 'known'],
    [binswood, telford, 15, 'straight-line'],
    [telford, binswood, 15, 'straight-line'],
    [campion, telford, 30, 'default'],
  ])('%s to %s: %i minutes (%s)', (from, to, minutes, basis) => {
    expect(journeyBetween(travel, from, to)).toEqual({ minutes, basis });
  });

  it('rounds an assumed journey up to a whole minute', () => {
    const positions = [
      { schoolUrn: 'a', eastingMetres: 0, northingMetres: 0 },
      { schoolUrn: 'b', eastingMetres: 1, northingMetres: 0 },
    ];
    expect(journeyBetween({ ...travel, positions }, 'a', 'b').minutes).toBe(6);
  });
});
