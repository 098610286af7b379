import { ChangeDetectionStrategy, Component, computed, input, model } from '@angular/core';
import type { CalendarTarget } from '@fairshare/contract/schools.js';
import { Field, FieldControl } from '../ui/field';

/** Whom a line of the school year is for. */
@Component({
  selector: 'fs-target',
  imports: [Field, FieldControl],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-field label="For">
      <select fsControl class="fs-select" (change)="take($any($event.target).value)">
        @for (option of options(); track option.value) {
          <option [value]="option.value" [selected]="option.value === value()">{{ option.label }}</option>
        }
      </select>
    </fs-field>
  `,
})
export class TargetField {
  readonly choice = input.required<{
    readonly schools: readonly { readonly urn: string; readonly name: string }[];
    readonly authorities: readonly { readonly code: string; readonly name: string }[];
    readonly isCoordinator: boolean;
  }>();
  readonly target = model.required<CalendarTarget>();

  protected readonly options = computed(() => {
    const { schools, authorities, isCoordinator } = this.choice();
    return [
      ...(isCoordinator ? [{ value: 'nation', label: 'All schools' }] : []),
      ...(isCoordinator ? authorities.map(({ code, name }) => ({ value: `la ${code}`, label: `Schools in ${name}` })) : []),
      ...schools.map((school) => ({ value: `school ${school.urn}`, label: school.name })),
    ];
  });
  protected readonly value = computed(() => {
    const target = this.target();
    if (target.level === 'nation') return 'nation';
    return target.level === 'school' ? `school ${target.urn}` : `la ${target.laCode}`;
  });

  protected take(value: string): void {
    const [level, code = ''] = value.split(' ');
    if (level === 'school') this.target.set({ level, urn: code });
    else this.target.set(level === 'la' ? { level: 'local-authority', laCode: code } : { level: 'nation' });
  }
}
