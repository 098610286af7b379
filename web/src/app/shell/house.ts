import { InjectionToken } from '@angular/core';
import type { Role } from '@fairshare/contract/identity.js';
import type { NavEntry, SearchSource } from '../ui/nav-entry';

/** The shell knows no room: what there is to show comes in through these. */
export const NAVIGATION = new InjectionToken<readonly NavEntry[]>('NAVIGATION');
export const SEARCH_SOURCES = new InjectionToken<readonly SearchSource[]>('SEARCH_SOURCES');

/** Whether somebody with these roles uses this. */
export function isFor(entry: { readonly roles: 'everyone' | readonly Role[] }, roles: ReadonlySet<Role>): boolean {
  return entry.roles === 'everyone' || entry.roles.some((role) => roles.has(role));
}
