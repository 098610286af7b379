/** Minutes from one site to another. The way back is a pair of its own. */
export interface TravelPair {
  readonly fromUrn: string;
  readonly toUrn: string;
  readonly minutes: number;
}

/** Where a school is on the national grid, in metres, as the register of schools gives it. */
export interface SitePosition {
  readonly schoolUrn: string;
  readonly eastingMetres: number;
  readonly northingMetres: number;
}

export interface TravelTable {
  readonly pairs: readonly TravelPair[];
  readonly positions: readonly SitePosition[];
  /** What stands in for an unknown pair: fixed minutes (parking, signing in) plus minutes for each straight-line kilometre, rounded up. */
  readonly fixedMinutes: number;
  readonly minutesPerKilometre: number;
  /** When a position is missing too, and for time taken whose place is not ours to know. */
  readonly defaultMinutes: number;
}

/** How long a journey is, and whether that is known or assumed. People are shown which. */
export interface Journey {
  readonly minutes: number;
  readonly basis: 'same-site' | 'known' | 'straight-line' | 'default';
}

/** A travel table that can be asked many times. A null site is one that is not ours to know. */
export interface Journeys {
  between(fromUrn: string | null, toUrn: string | null): Journey;
}

function straightLine(travel: TravelTable, from: SitePosition, to: SitePosition): Journey {
  const metres = Math.hypot(to.eastingMetres - from.eastingMetres, to.northingMetres - from.northingMetres);
  return { minutes: Math.ceil(travel.fixedMinutes + (metres / 1000) * travel.minutesPerKilometre), basis: 'straight-line' };
}

/** Indexes the table, and remembers each journey it was asked for. */
export function journeysOf(travel: TravelTable): Journeys {
  const positions = new Map(travel.positions.map((position) => [position.schoolUrn, position]));
  const known = new Map<string, Map<string, Journey>>();
  const remember = (fromUrn: string, toUrn: string, journey: Journey): Journey => {
    const row = known.get(fromUrn) ?? new Map<string, Journey>();
    known.set(fromUrn, row.set(toUrn, journey));
    return journey;
  };
  for (const { fromUrn, toUrn, minutes } of travel.pairs) remember(fromUrn, toUrn, { minutes, basis: 'known' });
  const byDefault: Journey = { minutes: travel.defaultMinutes, basis: 'default' };
  const sameSite: Journey = { minutes: 0, basis: 'same-site' };
  return {
    between(fromUrn, toUrn) {
      if (fromUrn === null || toUrn === null) return byDefault;
      if (fromUrn === toUrn) return sameSite;
      const found = known.get(fromUrn)?.get(toUrn);
      if (found) return found;
      const from = positions.get(fromUrn);
      const to = positions.get(toUrn);
      return remember(fromUrn, toUrn, from && to ? straightLine(travel, from, to) : byDefault);
    },
  };
}

/** Whole minutes from one school to another. A pair that was entered wins over distance, distance over the default. */
export function journeyBetween(travel: TravelTable, fromUrn: string, toUrn: string): Journey {
  return journeysOf(travel).between(fromUrn, toUrn);
}
