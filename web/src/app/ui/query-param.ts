import { computed, inject, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';

/** A signal that lives in the address; `set` replaces the parameter without adding to the back button's history. */
export interface QueryParamSignal extends Signal<string> {
  /** An empty or default value leaves the address, so that addresses stay short. */
  set(value: string | null | undefined): void;
}

// Several set in one turn become one navigation: each alone would be cancelled by the next.
const waiting = new WeakMap<Router, Record<string, string | null>>();

function write(router: Router, route: ActivatedRoute, name: string, value: string | null): void {
  const changes = waiting.get(router);
  if (changes) {
    changes[name] = value;
    return;
  }
  const queryParams: Record<string, string | null> = { [name]: value };
  waiting.set(router, queryParams);
  queueMicrotask(() => {
    waiting.delete(router);
    void router.navigate([], { relativeTo: route, queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  });
}

/** What the address can hold, the address holds: `readonly from = queryParamSignal('from', '2026-09-01')`. */
export function queryParamSignal(name: string, otherwise = ''): QueryParamSignal {
  const route = inject(ActivatedRoute);
  const router = inject(Router);
  const params = toSignal(route.queryParamMap, { initialValue: route.snapshot.queryParamMap });
  const value = computed(() => params().get(name) ?? otherwise);
  return Object.assign(value, {
    set: (next: string | null | undefined) => write(router, route, name, !next || next === otherwise ? null : next),
  });
}
