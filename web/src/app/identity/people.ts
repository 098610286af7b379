import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { PeopleSchema, RolePlacesSchema, type AddedPerson, type Person } from '@fairshare/contract/identity.js';
import { ErasureSchema } from '@fairshare/contract/personal-data.js';
import { MemberListSchema } from '@fairshare/contract/schools.js';
import { firstValueFrom } from 'rxjs';
import { SchoolsTabs } from '../ui/schools-tabs';
import { ApiClient, read } from '../ui/api-client';
import { Confirm } from '../ui/confirm';
import { CurrentSession } from '../ui/current-session';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { AddPersonDialog, type PersonChoice } from './add-person-dialog';
import { InvitationSent } from '../ui/invitation-sent';
import { roleName } from './role-words';
import { SecondFactorRule } from './second-factor-rule';
import { TextDialog, type TextQuestion } from './text-dialog';

const pageSize = 50;

/** Who may sign in here, and as what. */
@Component({
  selector: 'fs-people',
  imports: [Empty, Icon, InvitationSent, Page, ProblemNotice, SchoolsTabs, SecondFactorRule, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './people.html',
  styles: `
    .roles { display: flex; flex-direction: column; gap: 4px; padding: 0; margin: 0; list-style: none; }
    .roles li { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; }
    code { font-size: 1.125rem; user-select: all; overflow-wrap: anywhere; }
  `,
})
export class People {
  readonly #api = inject(ApiClient);
  readonly #dialog = inject(Dialog);
  readonly #confirm = inject(Confirm);
  readonly #toast = inject(Toast);
  readonly #session = inject(CurrentSession);

  readonly collaborationId = input.required<string>();
  protected readonly page = queryParamSignal('page', '1');
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  protected readonly people = read(() => `${this.#at()}/people?size=${pageSize}&page=${this.page()}`, PeopleSchema);
  readonly #members = read(() => `${this.#at()}/members?size=200`, MemberListSchema);
  readonly #places = read(() => `${this.#at()}/people/places`, RolePlacesSchema);
  protected readonly schools = computed(() => {
    const names = new Map((this.#members.hasValue() ? this.#members.value().items : []).map((member) => [member.urn, member.name]));
    return [...names].map(([urn, name]) => ({ urn, name }));
  });
  protected readonly added = signal<AddedPerson | undefined>(undefined);
  protected readonly mayTakeFactors = computed(() => this.#session.rolesIn(this.collaborationId()).has('administrator'));
  protected readonly mayChange = computed(() => {
    const roles = this.#session.rolesIn(this.collaborationId());
    return roles.has('coordinator') || roles.has('administrator');
  });
  protected readonly hasNext = computed(() => this.people.hasValue() && this.people.value().page * pageSize < this.people.value().total);

  protected readonly roleName = roleName;
  protected readonly me = computed(() => this.#session.user()?.id);

  protected where(grant: Person['grants'][number]): string {
    const places = this.#places.hasValue() ? this.#places.value() : undefined;
    if (grant.trustCode) return `all academies of ${places?.trusts.find(({ code }) => code === grant.trustCode)?.name ?? `trust ${grant.trustCode}`}`;
    if (grant.supplierId) return places?.suppliers.find(({ id }) => id === grant.supplierId)?.name ?? '';
    if (grant.specialistId) return places?.specialists.find(({ id }) => id === grant.specialistId)?.name ?? '';
    if (!grant.schoolUrn) return grant.role === 'supplier' ? '' : 'whole collaboration';
    return this.schools().find(({ urn }) => urn === grant.schoolUrn)?.name ?? `URN ${grant.schoolUrn}`;
  }

  protected turn(step: number): void {
    this.page.set(String(Math.max(1, Number(this.page()) + step)));
  }

  protected async add(): Promise<void> {
    const places = this.#places.hasValue() ? this.#places.value() : { trusts: [], suppliers: [], specialists: [] };
    const data: PersonChoice = { collaborationId: this.collaborationId(), schools: this.schools(), places };
    const ref = this.#dialog.open<AddedPerson>(AddPersonDialog, { data, panelClass: ['fs-dialog'], ariaLabelledBy: 'fs-add-person' });
    const added = await firstValueFrom(ref.closed);
    if (!added) return;
    this.added.set(added);
    this.people.reload();
  }

  protected async take(person: Person, grant: Person['grants'][number]): Promise<void> {
    const what = `${roleName(grant.role)}${this.where(grant) ? `, ${this.where(grant)}` : ''}`;
    const text = `${person.name} will no longer be: ${what}. They are signed out everywhere and can sign in again with the roles they keep.`;
    if (!(await this.#confirm.ask({ title: 'Take this role away?', text, action: 'Take it away', danger: true }))) return;
    try {
      await this.#api.delete(`${this.#at()}/people/roles/${grant.id}`);
      this.people.reload();
      this.#toast.show('The role is taken away');
    } catch (error) {
      this.#toast.show(Problem.of(error).detail ?? 'The role could not be taken away', { tone: 'bad' });
    }
  }

  /** Somebody who lost their app or passkey and the recovery codes too cannot help themselves. */
  protected async takeFactors(person: Person): Promise<void> {
    const data: TextQuestion = {
      title: `${person.name} lost their second factor?`, text: 'It is taken off their account, every browser of theirs is signed out, and a mail tells them. They sign in with their password and set up a new one.',
      label: 'How did you make sure that it is them?', value: '', action: 'Take it away',
    };
    const reason = await firstValueFrom(this.#dialog.open<string>(TextDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-text-title' }).closed);
    if (!reason) return;
    try {
      await this.#api.post(`/api/people/${person.userId}/lost-second-factor`, { reason });
      this.people.reload();
      this.#toast.show(`The second factor of ${person.name} is taken away`);
    } catch (error) {
      this.#toast.show(Problem.of(error).detail ?? 'The second factor could not be taken away', { tone: 'bad' });
    }
  }

  /** A dry run says first what would go and what stays without a name. */
  protected async erase(person: Person): Promise<void> {
    const url = `/api/people/${person.userId}/erasure`;
    try {
      const found = await this.#api.post(url, { dryRun: true }, ErasureSchema);
      const stays = found.records.reduce((sum, { count }) => sum + count, 0);
      const text = `${found.roles} roles, ${found.sessions} sessions and ${found.mails} mails go. ${stays} records of bookings, money and the trail stay and will say “somebody who has left”. This cannot be undone.`;
      if (!(await this.#confirm.ask({ title: `Erase ${found.name} for good?`, text, action: `Erase ${found.name}`, danger: true }))) return;
      await this.#api.post(url, { dryRun: false }, ErasureSchema);
      this.people.reload();
      this.#toast.show(`${found.name} is erased`);
    } catch (error) {
      this.#toast.show(Problem.of(error).detail ?? 'The person could not be erased', { tone: 'bad' });
    }
  }
}
