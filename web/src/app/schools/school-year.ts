import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { AddedLinesSchema, CalendarLineListSchema, CalendarLineSchema, SchoolYearSchema, type AddedLines, type CalendarLine, type CalendarTarget } from '@fairshare/contract/schools.js';
import { firstValueFrom } from 'rxjs';
import { z } from 'zod';
import { ApiClient, read } from '../ui/api-client';
import { Confirm } from '../ui/confirm';
import { CurrentSession } from '../ui/current-session';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import { formatDay, today } from '../ui/london';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { Toast } from '../ui/toast';
import { CalendarLineDialog, type LineChoice } from './calendar-line-dialog';
import { PasteDatesDialog } from './paste-dates-dialog';
import { dayWords, schoolYearOf, yearName } from './school-words';
import { SchoolsTabs } from '../ui/schools-tabs';

interface Gap {
  readonly from: string;
  readonly to: string;
  readonly names: readonly string[];
}

const ownKinds: ReadonlySet<CalendarLine['kind']> = new Set(['inset', 'closure']);

/** Terms, half-terms, INSET days and closures: what each school inherits, and the weekdays nobody has described. */
@Component({
  selector: 'fs-school-year',
  imports: [DayPipe, Empty, Field, FieldControl, Icon, Page, ProblemNotice, SchoolsTabs, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './school-year.html',
  styles: '.year { max-width: 240px; }',
})
export class SchoolYearPage {
  readonly #api = inject(ApiClient);
  readonly #dialog = inject(Dialog);
  readonly #toast = inject(Toast);
  readonly #confirm = inject(Confirm);
  readonly #session = inject(CurrentSession);

  readonly collaborationId = input.required<string>();
  protected readonly thisYear = schoolYearOf(today());
  protected readonly years = [-1, 0, 1, 2].map((step) => this.thisYear + step);
  protected readonly yearParam = queryParamSignal('year', String(this.thisYear));
  protected readonly year = computed(() => Number(this.yearParam()) || this.thisYear);
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}/school-year`);
  readonly #lastDay = computed(() => `${this.year() + 1}-07-31`);
  protected readonly lines = read(() => `${this.#at()}/lines?size=200&from=${this.year()}-08-01&to=${this.#lastDay()}`, CalendarLineListSchema);
  protected readonly resolved = read(() => `${this.#at()}?from=${this.year()}-09-01&to=${this.#lastDay()}`, SchoolYearSchema);

  readonly #roles = computed(() => this.#session.rolesIn(this.collaborationId()));
  protected readonly isCoordinator = computed(() => this.#roles().has('coordinator'));
  protected readonly ownUrns = computed(() => (this.#roles().has('business-manager') ? this.#session.schoolUrns() : []));
  protected readonly mayAdd = computed(() => this.isCoordinator() || this.ownUrns().length > 0);

  protected readonly dayWords = dayWords;
  protected readonly yearName = yearName;
  readonly #schools = computed(() => (this.resolved.hasValue() ? this.resolved.value().schools : []));
  protected readonly bankHolidays = computed(() => (this.resolved.hasValue() ? this.resolved.value().bankHolidays : []));
  /** Gaps that several schools share are told once. */
  protected readonly gaps = computed<readonly Gap[]>(() => {
    if (!this.resolved.hasValue()) return [];
    const { shading, schools } = this.resolved.value();
    return shading
      .filter((shade) => shade.kind === 'not-known')
      .map((shade) => ({ from: shade.from, to: shade.to, names: schools.filter((school) => shade.urns.includes(school.urn)).map((school) => school.name) }));
  });

  /** Up to when the schools’ terms are known: one sentence when it is the same for all, else for each that ends first. */
  protected readonly known = computed<readonly { until: string | null; who: string }[]>(() => {
    const byDay = new Map<string, string[]>();
    for (const school of this.#schools()) byDay.set(school.knownUntil ?? '', [...(byDay.get(school.knownUntil ?? '') ?? []), school.name]);
    return [...byDay].sort().map(([until, names]) => ({ until: until || null, who: names.length === this.#schools().length ? 'any school' : names.length > 3 ? `${names.length} schools` : names.join(', ') }));
  });

  protected whose(line: CalendarLine): string {
    if (line.level === 'school') return this.#schools().find((school) => school.urn === line.urn)?.name ?? `URN ${line.urn}`;
    return line.level === 'nation' ? 'All schools' : this.#laName(line.laCode ?? '');
  }

  #laName(code: string): string {
    return this.#schools().find((school) => school.laCode === code)?.laName ?? `Local authority ${code}`;
  }

  protected gapWhose(gap: Gap): string {
    if (gap.names.length === this.#schools().length) return 'All schools';
    return gap.names.length > 3 ? `${gap.names.length} schools` : gap.names.join(', ');
  }

  protected mayChange(line: CalendarLine): boolean {
    return this.isCoordinator() || (line.level === 'school' && this.ownUrns().includes(line.urn ?? '') && ownKinds.has(line.kind));
  }

  protected async edit(line?: CalendarLine): Promise<void> {
    const data: LineChoice = { ...this.#choice(), ...(line ? { line } : {}) };
    const ref = this.#dialog.open<CalendarLine>(CalendarLineDialog, { data, panelClass: ['fs-dialog'], ariaLabelledBy: 'fs-calendar-line' });
    const saved = await firstValueFrom(ref.closed);
    if (!saved) return;
    this.#reload();
    const days = { from: line && line.from < saved.from ? line.from : saved.from, to: line && line.to > saved.to ? line.to : saved.to };
    const hits = await this.#replan(days);
    const back = line ? () => this.#api.put(`${this.#at()}/lines/${saved.id}`, bodyOf(line)) : () => this.#api.delete(`${this.#at()}/lines/${saved.id}`);
    const more = hits ? `; ${hits} ${hits === 1 ? 'session needs' : 'sessions need'} re-planning` : '';
    this.#toast.show(`${saved.name} saved${more}`, { undo: () => back().then(() => this.#replan(days)).then(() => this.#reload()) });
  }

  protected async remove(line: CalendarLine): Promise<void> {
    try {
      await this.#api.delete(`${this.#at()}/lines/${line.id}`);
      await this.#replan(line);
      this.#reload();
      this.#toast.show(`${line.name} removed`, { undo: () => this.#api.post(`${this.#at()}/lines`, bodyOf(line), CalendarLineSchema).then(() => this.#replan(line)).then(() => this.#reload()) });
    } catch (error) {
      this.#toast.show(Problem.of(error).detail ?? 'It could not be removed', { tone: 'bad' });
    }
  }

  protected async paste(): Promise<void> {
    const ref = this.#dialog.open<AddedLines>(PasteDatesDialog, { data: this.#choice(), panelClass: ['fs-dialog', 'wide'], ariaLabelledBy: 'fs-paste-dates' });
    const added = await firstValueFrom(ref.closed);
    if (!added) return;
    this.#reload();
    this.#toast.show(`${added.added} lines added, ${added.alreadyThere} were there already`);
  }

  /** Looks first, so that the question says how many lines it is about. */
  protected async copy(): Promise<void> {
    const next = yearName(this.year() + 1);
    try {
      const preview = await this.#api.post(`${this.#at()}/copy`, { year: this.year(), dryRun: true }, AddedLinesSchema);
      if (preview.added === 0) {
        this.#toast.show(preview.alreadyThere ? `Everything is in ${next} already` : 'There is nothing to copy yet', { tone: 'bad' });
        return;
      }
      const text = `${preview.added} lines get the same weekdays 52 weeks later. Check them against what the local authority publishes.`;
      if (!(await this.#confirm.ask({ title: `Copy to ${next}?`, text, action: `Copy ${preview.added} lines` }))) return;
      await this.#api.post(`${this.#at()}/copy`, { year: this.year() }, AddedLinesSchema);
      this.yearParam.set(String(this.year() + 1));
      this.#toast.show(`Copied to ${next}`);
    } catch (error) {
      this.#toast.show(Problem.of(error).detail ?? 'It could not be copied', { tone: 'bad' });
    }
  }

  #choice(): LineChoice {
    const schools = this.#schools();
    return {
      collaborationId: this.collaborationId(),
      schools: this.isCoordinator() ? schools : schools.filter((school) => this.ownUrns().includes(school.urn)),
      authorities: [...new Set(schools.flatMap((school) => school.laCode ?? []))].map((code) => ({ code, name: this.#laName(code) })),
      isCoordinator: this.isCoordinator(),
      title: `School year ${yearName(this.year())}, from ${formatDay(`${this.year()}-09-01`)}`,
    };
  }

  /** The bookings room looks at these days again; how many sessions no longer fit. Older days than today hit nothing. */
  async #replan({ from, to }: { from: string; to: string }): Promise<number> {
    if (to < today()) return 0;
    const { hits } = await this.#api.post(`/api/collaborations/${this.collaborationId()}/replanning`, { from, to }, z.object({ hits: z.array(z.unknown()) }));
    return hits.length;
  }

  #reload(): void {
    this.lines.reload();
    this.resolved.reload();
  }
}

function bodyOf({ level, laCode, urn, kind, name, from, to }: CalendarLine) {
  const target = (level === 'nation' ? { level } : level === 'school' ? { level, urn } : { level, laCode }) as CalendarTarget;
  return { target, kind, name, from, to };
}
