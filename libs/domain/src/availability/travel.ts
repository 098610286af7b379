/** Minutes from one site to another by road. The way back is a pair of its own. */
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
  /** When a position is missing too. */
  readonly defaultMinutes: number;
}

/** How long a journey is, and whether that is known or assumed. */
export interface Journey {
  readonly minutes: number;
  readonly basis: 'same-site' | 'known' | 'straight-line' | 'default';
}

export declare function journeyBetween(travel: TravelTable, fromUrn: string, toUrn: string): Journey;
