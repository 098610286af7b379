import { Dialog } from '@angular/cdk/dialog';
import type { ComponentType } from '@angular/cdk/portal';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { CollaborationSchema, MemberListSchema, type Member } from '@fairshare/contract/schools.js';
import { firstValueFrom } from 'rxjs';
import { Approvals } from '../ui/approvals';
import { ApiClient, read } from '../ui/api-client';
import { Confirm } from '../ui/confirm';
import { CsvButton, type CsvCell } from '../ui/csv-button';
import { CurrentSession } from '../ui/current-session';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { today } from '../ui/london';
import { MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { AddMemberDialog } from './add-member-dialog';
import { CollaborationDialog, type CollaborationChoice } from './collaboration-dialog';
import { MemberDatesDialog, type MemberDates } from './member-dates-dialog';
import { SchoolDialog } from './school-dialog';
import { count, kindWords } from './school-words';
import { SchoolsTabs } from '../ui/schools-tabs';

type Shown = 'now' | 'all';

/** Who belongs to the collaboration, from when until when, and with how many pupils. */
@Component({
  selector: 'fs-members',
  imports: [Approvals, CsvButton, DayPipe, Empty, Icon, MoneyPipe, Page, ProblemNotice, RouterLink, SchoolsTabs, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './members.html',
})
export class Members {
  readonly #api = inject(ApiClient);
  readonly #dialog = inject(Dialog);
  readonly #toast = inject(Toast);
  readonly #confirm = inject(Confirm);
  readonly #session = inject(CurrentSession);

  readonly collaborationId = input.required<string>();
  protected readonly shown = queryParamSignal('show', 'now');
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  protected readonly collaboration = read(() => this.#at(), CollaborationSchema);
  protected readonly members = read(() => `${this.#at()}/members?size=200${this.shown() === 'now' ? `&on=${today()}` : ''}`, MemberListSchema);
  protected readonly mayChange = computed(() => {
    const roles = this.#session.rolesIn(this.collaborationId());
    return roles.has('coordinator') || roles.has('administrator');
  });

  /** Where the register closed a school, its successor and the money that follows it are on one page. */
  protected readonly mayConvert = computed(() => this.#session.rolesIn(this.collaborationId()).has('coordinator'));

  /** A membership that has begun may have costs already: it gets an end instead. */
  protected readonly todayIs = today();
  protected readonly kindWords = kindWords;
  protected readonly count = count;
  protected readonly csvHeader = ['URN', 'School', 'Kind', 'Local authority', 'Member from', 'Until', 'Pupils', 'Pupil premium', 'Census'];
  protected readonly csvRows = (): CsvCell[][] =>
    (this.members.hasValue() ? this.members.value().items : []).map((m) => [
      m.urn, m.name, kindWords[m.kind], m.laName, m.from, m.until, m.pupils?.number, m.pupilPremium?.number, m.pupils?.censusOn,
    ]);

  protected show(which: Shown): void {
    this.shown.set(which);
  }

  protected look(member: Member): void {
    this.#dialog.open(SchoolDialog, { data: member.urn, panelClass: ['fs-dialog'], ariaLabelledBy: 'fs-school-title', autoFocus: 'dialog' });
  }

  protected async add(): Promise<void> {
    const added = await this.#ask<Member>(AddMemberDialog, this.collaborationId(), 'fs-add-member');
    if (!added) return;
    this.#reload();
    this.#toast.show(`${added.name} is a member`, { undo: () => this.#undoAdding(added) });
  }

  protected async changeDates(member: Member): Promise<void> {
    const data: MemberDates = { collaborationId: this.collaborationId(), member };
    const changed = await this.#ask<Member>(MemberDatesDialog, data, 'fs-member-dates');
    if (!changed) return;
    this.#reload();
    this.#toast.show('Dates changed', {
      undo: async () => {
        await this.#api.put(`${this.#at()}/members/${member.id}`, { from: member.from, until: member.until });
        this.#reload();
      },
    });
  }

  protected async takeBack(member: Member): Promise<void> {
    const question = { title: `Take ${member.name} out again?`, text: 'It was entered today, so it can be taken back as if it had never been there.', action: 'Take out' };
    if (!(await this.#confirm.ask(question))) return;
    try {
      await this.#undoAdding(member);
      this.#toast.show(`${member.name} is out again`);
    } catch (error) {
      this.#toast.show(Problem.of(error).detail ?? 'It could not be taken back', { tone: 'bad' });
    }
  }

  protected async changeCollaboration(): Promise<void> {
    if (!this.collaboration.hasValue() || !this.members.hasValue()) return;
    const data: CollaborationChoice = { collaboration: this.collaboration.value(), members: this.members.value().items.filter((member) => member.isMember) };
    if (!(await this.#ask(CollaborationDialog, data, 'fs-collaboration'))) return;
    this.#reload();
    this.#toast.show('Saved');
  }

  async #undoAdding(member: Member): Promise<void> {
    await this.#api.delete(`${this.#at()}/members/${member.id}`);
    this.#reload();
  }

  #reload(): void {
    this.members.reload();
    this.collaboration.reload();
  }

  #ask<R>(component: ComponentType<unknown>, data: unknown, labelledBy: string): Promise<R | undefined> {
    const ref = this.#dialog.open<R>(component, { data, panelClass: ['fs-dialog'], ariaLabelledBy: labelledBy });
    return firstValueFrom(ref.closed);
  }
}
