import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { AddedPersonSchema, type SentInvitation } from '@fairshare/contract/identity.js';
import { CollaborationListSchema, CollaborationSchema, type Collaboration } from '@fairshare/contract/schools.js';
import { Attempt } from '../ui/attempt';
import { ApiClient, read } from '../ui/api-client';
import { CurrentCollaboration } from '../ui/current-collaboration';
import { CurrentSession } from '../ui/current-session';
import { Empty } from '../ui/empty';
import { Field, FieldControl } from '../ui/field';
import { InvitationSent } from '../ui/invitation-sent';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { SchoolsTabs } from '../ui/schools-tabs';
import { Skeleton } from '../ui/skeleton';

const nations = [['england', 'England'], ['wales', 'Wales'], ['scotland', 'Scotland'], ['northern-ireland', 'Northern Ireland']] as const;

/** Every collaboration that the person may see; an administrator makes new ones with their first coordinator. */
@Component({
  selector: 'fs-collaborations',
  imports: [Empty, Field, FieldControl, InvitationSent, Page, ProblemNotice, RouterLink, SchoolsTabs, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './collaborations.html',
})
export class Collaborations {
  readonly #api = inject(ApiClient);
  readonly #router = inject(Router);
  readonly #current = inject(CurrentCollaboration);
  readonly #session = inject(CurrentSession);
  protected readonly nations = nations;
  protected readonly list = read(() => '/api/collaborations?size=200', CollaborationListSchema);
  protected readonly isAdministrator = computed(() => this.#session.grants().some((grant) => grant.role === 'administrator'));
  protected readonly name = signal('');
  protected readonly nation = signal<Collaboration['nation']>('england');
  protected readonly coordinatorName = signal('');
  protected readonly coordinatorEmail = signal('');
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;
  /** What is handed over once. */
  protected readonly made = signal<{ collaboration: Collaboration; email: string; invitation: SentInvitation | null } | undefined>(undefined);
  /** Made already, while its coordinator could not be added: a second press goes on from there. */
  readonly #unfinished = signal<Collaboration | undefined>(undefined);

  protected async create(): Promise<void> {
    await this.#attempt.run(async () => {
      const collaboration = this.#unfinished() ?? (await this.#api.post('/api/collaborations', { name: this.name(), nation: this.nation() }, CollaborationSchema));
      this.#unfinished.set(collaboration);
      const person = { name: this.coordinatorName(), email: this.coordinatorEmail(), role: 'coordinator' };
      const { invitation } = await this.#api.post(`/api/collaborations/${collaboration.id}/people`, person, AddedPersonSchema);
      this.made.set({ collaboration, email: person.email, invitation });
      this.#unfinished.set(undefined);
      this.list.reload();
      this.#current.list.reload();
    });
  }

  protected open(id: string): void {
    void this.#router.navigateByUrl(`/c/${id}/schools`);
  }
}
