import { Dialog } from '@angular/cdk/dialog';
import type { ComponentType } from '@angular/cdk/portal';
import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AbsencesSchema, ExtraTimesSchema, ExtraTimeSchema, WorkingPatternsSchema, type Absence, type ExtraTime, type WorkingPattern } from '@fairshare/contract/availability.js';
import { AbsenceOutcomeSchema, type AbsenceOutcome } from '@fairshare/contract/bookings.js';
import { SpecialistListSchema } from '@fairshare/contract/procurement.js';
import { SchoolYearSchema } from '@fairshare/contract/schools.js';
import { firstValueFrom } from 'rxjs';
import { ApiClient, read } from '../ui/api-client';
import { Attempt } from '../ui/attempt';
import { CurrentSession } from '../ui/current-session';
import { DayPipe, WhenPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { addDays, formatDay, formatWhen, today, weekdayOf } from '../ui/london';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { AbsenceDialog } from './absence-dialog';
import { CopyHoursDialog, type CopyChoice } from './copy-hours-dialog';
import { DayBars } from './day-bars';
import { ExtraTimeDialog } from './extra-time-dialog';
import { HoursClient, type TakeBack, type Whose } from './hours-client';
import { bare, hoursInWords, inHours, minutesAWeek, rhythmInWords, unbroken } from './hours-model';
import { PatternDialog, type PatternChoice } from './pattern-dialog';
import { absenceWords, weekOfSomebody } from './week-of-somebody';

/** When one specialist works: a week drawn, the hours over time, what is added and what is taken away. Specialists keep their own, the coordinator everybody’s. */
@Component({
  selector: 'fs-working-hours',
  imports: [DayBars, DayPipe, Empty, Icon, Page, ProblemNotice, RouterLink, Skeleton, State, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './working-hours.html',
  styles: `
    .lines { list-style: none; margin: 0; padding: 0; }
    .lines > li { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; padding: 12px 0; }
    .lines > li + li { border-top: 1px solid var(--fs-line); }
    .lines > li:first-child { padding-top: 0; }
    .lines > li:last-child { padding-bottom: 0; }
    .lines > li > div { flex: 1 1 260px; min-width: 0; }
    .lines > li > .fs-row { flex: 0 1 auto; }
    .two { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); align-items: start; }
  `,
})
export class WorkingHours {
  readonly collaborationId = input.required<string>();
  /** `mine` is the specialist who is signed in. */
  readonly specialistId = input.required<string>();
  readonly #api = inject(ApiClient);
  readonly #client = inject(HoursClient);
  readonly #dialog = inject(Dialog);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly #attempt = new Attempt();
  protected readonly error = this.#attempt.error;
  protected readonly busy = this.#attempt.busy;

  protected readonly now = today();
  protected readonly week = queryParamSignal('week', addDays(today(), 1 - weekdayOf(today())));
  protected readonly weekWords = computed(() => `${formatDay(this.week())} to ${formatDay(addDays(this.week(), 6))}`);
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  readonly #ownId = computed(() => this.#session.grants().find((grant) => grant.collaborationId === this.collaborationId() && grant.specialistId)?.specialistId);
  readonly #id = computed(() => (this.specialistId() === 'mine' ? (this.#ownId() ?? '') : this.specialistId()));
  readonly #own = computed(() => `${this.#at()}/specialists/${this.#id()}`);
  readonly #roles = computed(() => this.#session.rolesIn(this.collaborationId()));
  protected readonly isOwn = computed(() => this.#ownId() === this.#id());
  protected readonly isCoordinator = computed(() => this.#roles().has('coordinator'));
  protected readonly mayChange = computed(() => this.isCoordinator() || this.isOwn());
  readonly #seesAbsences = computed(() => this.mayChange() || this.#roles().has('auditor'));

  readonly #specialists = read(() => `${this.#at()}/specialists?size=200`, SpecialistListSchema);
  protected readonly all = read(() => `${this.#at()}/working-patterns`, WorkingPatternsSchema);
  protected readonly extra = read(() => `${this.#own()}/extra-time`, ExtraTimesSchema);
  protected readonly absences = read(() => (this.#seesAbsences() ? `${this.#own()}/absences` : undefined), AbsencesSchema);
  readonly #year = read(() => `${this.#at()}/school-year?from=${this.week()}&to=${addDays(this.week(), 6)}`, SchoolYearSchema);

  readonly #named = computed(() => (this.#specialists.hasValue() ? this.#specialists.value().items : []));
  protected readonly name = computed(() => this.#named().find(({ id }) => id === this.#id())?.name ?? '');
  protected readonly heading = computed(() => (this.isOwn() && !this.isCoordinator() ? 'My working hours' : this.name() ? `Working hours of ${this.name()}` : 'Working hours'));
  protected readonly patterns = computed(() => (this.all.hasValue() ? this.all.value().items.filter((pattern) => pattern.specialistId === this.#id()) : []));
  protected readonly present = computed(() => this.patterns().filter(({ validTo }) => validTo === null || validTo >= this.now));
  protected readonly past = computed(() => this.patterns().filter(({ validTo }) => validTo !== null && validTo < this.now));
  protected readonly extraTimes = computed(() => (this.extra.hasValue() ? this.extra.value().items.filter(({ endsAt }) => endsAt.slice(0, 10) >= this.now).reverse() : []));
  readonly #standing = computed(() => (this.absences.hasValue() ? this.absences.value().items.filter(({ withdrawnAt }) => withdrawnAt === null) : []));
  protected readonly away = computed(() => this.#standing().filter(({ endsAt }) => endsAt.slice(0, 10) >= this.now).reverse());
  protected readonly shown = computed(() =>
    weekOfSomebody(this.week(), {
      patterns: this.patterns(), extra: this.extra.hasValue() ? this.extra.value().items : [], absences: this.#standing(), year: this.#year.hasValue() ? this.#year.value() : undefined,
    }),
  );
  /** Whose hours could be copied. */
  readonly #others = computed(() => {
    const all = this.all.hasValue() ? this.all.value().items : [];
    return this.#named()
      .filter(({ id }) => id !== this.#id())
      .map(({ id, name }) => ({ id, name, patterns: all.filter(({ specialistId, validTo }) => specialistId === id && (validTo === null || validTo >= this.now)) }))
      .filter(({ patterns }) => patterns.length > 0);
  });
  protected readonly mayCopy = computed(() => this.isCoordinator() && this.#others().length > 0);
  /** Says, after hours were changed, that sessions may lie outside them. */
  protected readonly changed = signal(false);
  protected readonly hours = (pattern: WorkingPattern) => unbroken(hoursInWords(pattern));
  protected readonly rhythm = rhythmInWords;
  protected readonly aWeek = (pattern: WorkingPattern) => inHours(minutesAWeek(pattern));
  protected readonly reason = absenceWords;
  protected readonly whenAway = ({ startsAt, endsAt }: Absence) => wholeDaysOr(startsAt, endsAt);

  readonly #whose = computed<Whose>(() => ({ collaborationId: this.collaborationId(), specialistId: this.#id(), name: this.name() }));

  protected turn(weeks: number): void {
    this.week.set(addDays(this.week(), 7 * weeks));
  }

  protected state({ validFrom }: WorkingPattern): { word: string; tone: 'good' | 'info' } {
    return validFrom > this.now ? { word: 'To come', tone: 'info' } : { word: 'Now', tone: 'good' };
  }

  protected enter(pattern?: WorkingPattern): Promise<void> {
    const data: PatternChoice = { ...this.#whose(), patterns: this.patterns(), ...(pattern ? { pattern } : {}) };
    return this.#withDialog<TakeBack>(PatternDialog, data, 'fs-pattern', (takeBack) => this.#said('Hours changed', takeBack));
  }

  protected copy(): Promise<void> {
    const data: CopyChoice = { ...this.#whose(), patterns: this.patterns(), others: this.#others() };
    return this.#withDialog<TakeBack>(CopyHoursDialog, data, 'fs-copy-hours', (takeBack) => this.#said('Hours copied', takeBack));
  }

  protected async remove(pattern: WorkingPattern): Promise<void> {
    await this.#attempt.run(async () => this.#said('Hours removed', await this.#client.change(this.#whose(), [pattern], [])));
  }

  protected async endToday(pattern: WorkingPattern): Promise<void> {
    await this.#attempt.run(async () => this.#said('Hours end today', await this.#client.change(this.#whose(), [pattern], [{ ...bare(pattern), validTo: this.now }])));
  }

  protected addExtra(): Promise<void> {
    return this.#withDialog<ExtraTime>(ExtraTimeDialog, this.#whose(), 'fs-extra', ({ id, startsAt, endsAt }) =>
      this.#toast.show(`Extra time on ${formatWhen(startsAt, endsAt)}`, { undo: () => this.#api.delete(`${this.#own()}/extra-time/${id}`).then(() => this.extra.reload()).then(() => undefined) }),
    );
  }

  protected async removeExtra({ id, startsAt, endsAt }: ExtraTime): Promise<void> {
    await this.#attempt.run(async () => {
      await this.#api.delete(`${this.#own()}/extra-time/${id}`);
      this.#reload();
      const undo = () => this.#api.post(`${this.#own()}/extra-time`, { startsAt, endsAt }, ExtraTimeSchema).then(() => this.#reload());
      this.#toast.show('Extra time removed', { undo });
    });
  }

  protected reportAbsence(): Promise<void> {
    const data = { ...this.#whose(), ...(this.isOwn() ? { name: '' } : {}) };
    return this.#withDialog<AbsenceOutcome>(AbsenceDialog, data, 'fs-absence-title', ({ absence, hits }) => {
      const words = hits.length ? `Absence reported; ${hits.length} ${hits.length === 1 ? 'session needs' : 'sessions need'} re-planning` : 'Absence reported';
      this.#toast.show(words, absence ? { undo: () => this.#withdraw(absence.id) } : {});
    });
  }

  protected async takeBack(absence: Absence): Promise<void> {
    const { startsAt, endsAt, reason, note } = absence;
    await this.#attempt.run(async () => {
      await this.#withdraw(absence.id);
      const again = { startsAt, endsAt, reason, ...(note ? { note } : {}) };
      this.#toast.show('Absence taken back', { undo: () => this.#api.post(`${this.#own()}/absences`, again, AbsenceOutcomeSchema).then(() => this.#reload()) });
    });
  }

  async #withdraw(absenceId: string): Promise<void> {
    await this.#api.post(`${this.#own()}/absences/${absenceId}/withdraw`, {}, AbsenceOutcomeSchema);
    this.#reload();
  }

  #said(words: string, takeBack: TakeBack): void {
    this.changed.set(true);
    this.#reload();
    const undo = async () => {
      await takeBack();
      this.changed.set(false);
      this.#reload();
    };
    this.#toast.show(words, { undo });
  }

  async #withDialog<R>(dialog: ComponentType<unknown>, data: object, ariaLabelledBy: string, done: (result: R) => void): Promise<void> {
    const panelClass = dialog === PatternDialog ? ['fs-dialog', 'wide'] : 'fs-dialog';
    const result = await firstValueFrom(this.#dialog.open<R>(dialog, { data, panelClass, ariaLabelledBy }).closed);
    if (result === undefined) return;
    this.#reload();
    done(result);
  }

  #reload(): void {
    for (const one of [this.all, this.extra, this.absences]) one.reload();
  }
}

/** `Mon 5 Oct 2026 to Wed 7 Oct 2026` for whole days, else with the times. */
function wholeDaysOr(startsAt: string, endsAt: string): string {
  const wholeDays = formatWhen(startsAt).endsWith('00:00') && formatWhen(endsAt).endsWith('00:00');
  if (!wholeDays) return formatWhen(startsAt, endsAt);
  const first = formatDay(startsAt);
  const last = formatDay(new Date(Date.parse(endsAt) - 3_600_000));
  return first === last ? first : `${first} to ${last}`;
}
