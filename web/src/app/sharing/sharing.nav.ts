import type { NavEntry, SearchSource } from '../ui/nav-entry';

export const nav: readonly NavEntry[] = [];
export const search: readonly SearchSource[] = [];
