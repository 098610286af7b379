import { Dialog } from '@angular/cdk/dialog';
import type { ComponentType } from '@angular/cdk/portal';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { SpecialistListSchema, type CredentialEntry, type SpecialistEntry } from '@fairshare/contract/procurement.js';
import { firstValueFrom } from 'rxjs';
import { ApiClient, read } from '../ui/api-client';
import { Confirm } from '../ui/confirm';
import { CurrentCollaboration } from '../ui/current-collaboration';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { formatDay } from '../ui/london';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { AgreementTabs } from './agreement-tabs';
import { CredentialDialog } from './credential-dialog';
import { credentialNames, standings } from './procurement-words';
import { ServiceLabel } from './service-label';
import { SpecialistDialog, type SpecialistChoice } from './specialist-dialog';

const tones = { valid: 'good', 'expires-soon': 'warn', expired: 'bad' } as const;

/** Who delivers, through which supplier, and the evidence that they may. */
@Component({
  selector: 'fs-specialists',
  imports: [AgreementTabs, DayPipe, Empty, Icon, Page, ProblemNotice, RouterLink, ServiceLabel, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './specialists.html',
})
export class Specialists {
  readonly collaborationId = input.required<string>();
  readonly #api = inject(ApiClient);
  readonly #confirm = inject(Confirm);
  readonly #dialog = inject(Dialog);
  readonly #toast = inject(Toast);
  readonly #here = inject(CurrentCollaboration);
  readonly #router = inject(Router);
  protected readonly mayChange = computed(() => this.#here.roles().has('coordinator'));
  protected readonly specialists = read(() => `/api/collaborations/${this.collaborationId()}/specialists?size=200`, SpecialistListSchema);
  protected readonly attention = computed(() => (this.specialists.hasValue() ? this.specialists.value().items.filter((one) => one.standing !== 'valid') : []));
  protected readonly standings = standings;
  protected readonly credentialNames = credentialNames;

  protected state(credential: CredentialEntry): { word: string; tone: 'good' | 'warn' | 'bad' } {
    const tone = tones[credential.state];
    if (credential.expiresOn === null) return { word: 'Does not expire', tone };
    return { word: `${credential.state === 'expired' ? 'Expired' : 'Until'} ${formatDay(credential.expiresOn)}`, tone };
  }

  /** Somebody new cannot be booked before somebody has said when they work: that is the next page. */
  protected async engage(specialist: SpecialistEntry | null): Promise<void> {
    const engaged = await this.#open(SpecialistDialog, specialist, 'fs-specialist-title', specialist ? 'Engagement changed' : 'Specialist engaged: now say when they work');
    if (engaged && !specialist) await this.#router.navigate(['/c', this.collaborationId(), 'working-hours', engaged.id]);
  }

  protected async record(specialist: SpecialistEntry): Promise<void> {
    await this.#open(CredentialDialog, specialist, 'fs-credential-title', 'Credential recorded');
  }

  protected async remove(specialist: SpecialistEntry, credential: CredentialEntry): Promise<void> {
    const what = credentialNames[credential.type];
    const sure = await this.#confirm.ask({
      title: `Remove “${what}”?`, text: `${specialist.name} can no longer be booked where it is required. The history keeps that it was here.`,
      action: 'Remove it', otherwise: 'Keep it', danger: true,
    });
    if (!sure) return;
    try {
      await this.#api.delete(`/api/collaborations/${this.collaborationId()}/specialists/${specialist.id}/credentials/${credential.id}`);
      this.#toast.show(`${what} removed`);
    } catch (error) {
      this.#toast.show(Problem.of(error).message, { tone: 'bad' });
    }
    this.specialists.reload();
  }

  async #open(dialog: ComponentType<unknown>, specialist: SpecialistEntry | null, ariaLabelledBy: string, done: string): Promise<SpecialistEntry | undefined> {
    const data: SpecialistChoice = { collaborationId: this.collaborationId(), specialist };
    const ref = this.#dialog.open<SpecialistEntry, SpecialistChoice>(dialog, { data, panelClass: 'fs-dialog', ariaLabelledBy });
    const saved = await firstValueFrom(ref.closed);
    if (!saved) return undefined;
    this.specialists.reload();
    this.#toast.show(done);
    return saved;
  }
}
