import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AgreementListSchema } from '@fairshare/contract/agreements.js';
import { ApprovalListSchema } from '@fairshare/contract/approvals.js';
import { WorkingPatternsSchema, type WorkingPatterns } from '@fairshare/contract/availability.js';
import { BankLinesSchema, InvoicesSchema, ReconciliationSchema } from '@fairshare/contract/billing.js';
import { WorklistSchema } from '@fairshare/contract/board.js';
import { BookingListSchema } from '@fairshare/contract/bookings.js';
import { DisputesSchema } from '@fairshare/contract/books.js';
import { ChargesDueSchema } from '@fairshare/contract/charges-due.js';
import type { Role } from '@fairshare/contract/identity.js';
import { SpecialistListSchema } from '@fairshare/contract/procurement.js';
import { BookingsClient } from '../bookings/bookings-client';
import { read } from '../ui/api-client';
import { Attempt } from '../ui/attempt';
import { keepsBooks, readsBooks } from '../ui/books-tabs';
import { CurrentSession } from '../ui/current-session';
import { Icon } from '../ui/icon';
import { addDays, today } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { Toast } from '../ui/toast';
import { approvals, bankLines, credentials, dueCharges, notYetInvoiced, overdue, secondPerson, toConfirm, toDecide, toReplace, toReplan, withoutHours, withoutOwnHours, type HomeTask } from './home-task-list';
import { schoolYearStart } from './value-words';

/** Everything that waits for this person in one list, what presses first, each with the one click that goes on with it. */
@Component({
  selector: 'fs-home-tasks',
  imports: [Icon, ProblemNotice, RouterLink, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './home-tasks.html',
  styleUrl: './home-tasks.scss',
})
export class HomeTasks {
  readonly collaborationId = input.required<string>();
  readonly #session = inject(CurrentSession);
  readonly #bookings = inject(BookingsClient);
  readonly #toast = inject(Toast);
  readonly #attempt = new Attempt();
  protected readonly error = this.#attempt.error;
  protected readonly busy = this.#attempt.busy;
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  readonly #roles = computed(() => this.#session.rolesIn(this.collaborationId()));
  readonly #keepsBooks = computed(() => keepsBooks(this.#session, this.collaborationId()));
  readonly #decides = computed(() => readsBooks(this.#session, this.collaborationId()) && this.#is('finance-officer', 'coordinator'));
  readonly #grant = computed(() => this.#session.grants().find((grant) => grant.collaborationId === this.collaborationId()));

  readonly #requests = read(() => (this.#is('head', 'coordinator') ? `${this.#at()}/bookings?from=${today()}&to=${addDays(today(), 365)}&state=requested&size=50` : undefined), BookingListSchema);
  readonly #replanning = read(() => (this.#is('business-manager', 'coordinator') ? `${this.#at()}/replanning` : undefined), WorklistSchema);
  readonly #past = read(() => {
    const specialistId = this.#grant()?.specialistId;
    return this.#is('specialist') && specialistId ? `${this.#at()}/bookings?from=${addDays(today(), -365)}&to=${today()}&state=confirmed&specialistId=${specialistId}&size=200` : undefined;
  }, BookingListSchema);
  readonly #disputes = read(() => (this.#decides() ? `${this.#at()}/disputes?state=open&size=5` : undefined), DisputesSchema);
  readonly #second = read(() => (this.#decides() ? `${this.#at()}/approvals?size=50` : undefined), ApprovalListSchema);
  readonly #due = read(() => (this.#keepsBooks() ? `${this.#at()}/charges-due?through=${today()}` : undefined), ChargesDueSchema);
  readonly #sums = read(() => (this.#keepsBooks() ? `${this.#at()}/reconciliation?from=${schoolYearStart(today())}&to=${today()}` : undefined), ReconciliationSchema);
  readonly #lines = read(() => (this.#keepsBooks() ? `${this.#at()}/bank-lines?state=open&size=1` : undefined), BankLinesSchema);
  readonly #overdue = read(() => (this.#keepsBooks() || this.#is('business-manager') ? `${this.#at()}/invoices?standing=overdue&size=1` : undefined), InvoicesSchema);
  readonly #agreements = read(() => (this.#is('business-manager', 'coordinator') ? `${this.#at()}/agreements?state=act-now&size=20` : undefined), AgreementListSchema);
  readonly #specialists = read(() => (this.#is('coordinator') ? `${this.#at()}/specialists?size=200` : undefined), SpecialistListSchema);
  readonly #hours = read(() => (this.#is('coordinator', 'specialist') ? `${this.#at()}/working-patterns` : undefined), WorkingPatternsSchema);
  readonly #all = [this.#requests, this.#replanning, this.#past, this.#second, this.#disputes, this.#due, this.#sums, this.#lines, this.#overdue, this.#agreements, this.#specialists, this.#hours];

  /** All at once, so that nothing jumps; what fails keeps its place on its own page and is not waited for. */
  protected readonly known = computed(() => this.#all.every((one) => one.status() !== 'loading'));
  protected readonly tasks = computed<readonly HomeTask[]>(() => {
    const tasks = [
      ...this.#of(this.#past, toConfirm),
      ...this.#of(this.#replanning, toReplan),
      ...this.#of(this.#requests, approvals),
      ...this.#of(this.#second, ({ items }) => secondPerson(items)),
      ...this.#of(this.#disputes, toDecide),
      ...this.#of(this.#overdue, (list) => overdue(list, !this.#keepsBooks())),
      ...this.#of(this.#lines, ({ total, certain }) => bankLines(total, certain)),
      ...this.#of(this.#due, dueCharges),
      ...this.#of(this.#sums, notYetInvoiced),
      ...this.#of(this.#agreements, ({ items }) => toReplace(items)),
      ...this.#of(this.#specialists, ({ items }) => credentials(items)),
      ...this.#of(this.#hours, (hours) => this.#withoutHours(hours)),
    ];
    return [...tasks.filter(({ pressing }) => pressing), ...tasks.filter(({ pressing }) => !pressing)];
  });

  /** The bookings that Home can say yes to. */
  protected async act({ booking, action }: HomeTask): Promise<void> {
    if (!booking) return;
    await this.#attempt.run(async () => {
      if (action === 'Approve') await this.#bookings.approve(this.collaborationId(), booking.id);
      else await this.#bookings.deliver(this.collaborationId(), booking.id);
      this.#requests.reload();
      this.#past.reload();
      this.#toast.show(`${booking.serviceName} ${action === 'Approve' ? 'approved' : 'took place'}`);
    });
  }

  #withoutHours(hours: WorkingPatterns): readonly HomeTask[] {
    const specialistId = this.#grant()?.specialistId;
    return [
      ...this.#of(this.#specialists, ({ items }) => withoutHours(items, hours, today())),
      ...(this.#is('specialist') && specialistId ? withoutOwnHours(hours, specialistId, today()) : []),
    ];
  }

  #is(...roles: readonly Role[]): boolean {
    return roles.some((role) => this.#roles().has(role));
  }

  #of<T>(source: { hasValue(): boolean; value(): T | undefined }, tasks: (value: T) => readonly HomeTask[]): readonly HomeTask[] {
    return source.hasValue() ? tasks(source.value() as T) : [];
  }
}
