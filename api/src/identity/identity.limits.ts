import type { Limit } from '../platform/limits.js';

const seconds = 900;

/** Beginning and ending a sign-in by passkey or provider: each leaves a ticket. A whole school may share one address. */
export const waysInLimit: Limit = { name: 'way-in', points: 300, seconds };
/** Setting this installation up happens once. */
export const firstAdministratorLimit: Limit = { name: 'first-administrator', points: 20, seconds };
/** New factors: each leaves a ticket or a secret that waits to be confirmed. */
export const newFactorLimit: Limit = { name: 'new-factor', points: 40, seconds };
/** All that is stored about somebody is gathered from every room. */
export const personalDataLimit: Limit = { name: 'personal-data', points: 20, seconds };
/** Whoever is added is written to, whether they know us or not. */
export const addPersonLimit: Limit = { name: 'add-person', points: 200, seconds };
