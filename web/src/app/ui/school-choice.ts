import { ChangeDetectionStrategy, Component, computed, inject, input, type Signal } from '@angular/core';
import { MemberListSchema } from '@fairshare/contract/schools.js';
import { read } from './api-client';
import { CurrentSession } from './current-session';
import { Field, FieldControl } from './field';
import { queryParamSignal } from './query-param';

interface SchoolOption {
  readonly urn: string;
  readonly name: string;
}

/** Whose money a page is about: the person's own school, or one of all for those who act for all. It lives in the address. */
export interface SchoolChoice {
  readonly schools: Signal<readonly SchoolOption[]>;
  /** Empty until the members are known. */
  readonly urn: Signal<string>;
  choose(urn: string): void;
}

/** To be called where a component's fields are made. */
export function schoolChoice(collaborationId: Signal<string>): SchoolChoice {
  const session = inject(CurrentSession);
  const wanted = queryParamSignal('school');
  const members = read(() => `/api/collaborations/${collaborationId()}/members?size=200`, MemberListSchema);
  const schools = computed(() => {
    const all = members.hasValue() ? members.value().items : [];
    const forAll = session.grants().some((grant) => grant.collaborationId === collaborationId() && !grant.schoolUrn);
    const own = session.schoolUrns();
    const open = all.filter(({ urn }) => forAll || own.includes(urn));
    return [...new Map(open.map(({ urn, name }) => [urn, { urn, name }])).values()];
  });
  const urn = computed(() => (schools().some((school) => school.urn === wanted()) ? wanted() : (schools()[0]?.urn ?? '')));
  return { schools, urn, choose: (next) => wanted.set(next) };
}

/** Shown where there is something to choose. */
@Component({
  selector: 'fs-school-choice',
  imports: [Field, FieldControl],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (choice().schools().length > 1) {
      <fs-field label="School">
        <select fsControl class="fs-select" (change)="choice().choose($any($event.target).value)">
          @for (school of choice().schools(); track school.urn) {
            <option [value]="school.urn" [selected]="school.urn === choice().urn()">{{ school.name }}</option>
          }
        </select>
      </fs-field>
    }
  `,
  host: { '[hidden]': 'choice().schools().length < 2' },
  styles: ':host { display: block; max-width: 420px; } :host([hidden]) { display: none; }',
})
export class SchoolSelect {
  readonly choice = input.required<SchoolChoice>();
}
