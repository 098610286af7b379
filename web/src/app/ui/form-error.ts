import type { FieldTree } from '@angular/forms/signals';

/** The first thing wrong with a field of a signal form, once somebody has been there: `[error]="errorOf(form.email)"`. */
export function errorOf(field: FieldTree<unknown>): string | undefined {
  const state = field();
  return state.touched() ? (state.errors()[0]?.message ?? undefined) : undefined;
}
