import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { ValueForMoneySchema } from '@fairshare/contract/insight.js';
import { read } from '../ui/api-client';
import { CsvButton } from '../ui/csv-button';
import { DateField } from '../ui/date-field';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Field, FieldControl } from '../ui/field';
import { Figure } from '../ui/figure';
import { Icon } from '../ui/icon';
import { addDays, today } from '../ui/london';
import { formatMoney, MoneyPipe } from '../ui/money';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { BarChart } from './bar-chart';
import { answer, count, headlines, hours, percent, schoolYearStart, unitsInWords } from './value-words';

/** Five figures first, each with how it is worked out; then use, waiting, cancellations and the trend. One page on paper. */
@Component({
  selector: 'fs-value-for-money',
  imports: [BarChart, CsvButton, DateField, DayPipe, Empty, Field, FieldControl, Figure, Icon, MoneyPipe, Page, ProblemNotice, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './value-for-money.html',
  styleUrl: './value-for-money.scss',
})
export class ValueForMoneyPage {
  readonly collaborationId = input.required<string>();
  protected readonly from = queryParamSignal('from', schoolYearStart(today()));
  protected readonly to = queryParamSignal('to', today());
  protected readonly schoolUrn = queryParamSignal('school');
  protected readonly value = read(() => {
    const query = new URLSearchParams({ from: this.from(), to: this.to() });
    if (this.schoolUrn()) query.set('schoolUrn', this.schoolUrn());
    return `/api/collaborations/${this.collaborationId()}/value-for-money?${query}`;
  }, ValueForMoneySchema);
  readonly #value = computed(() => (this.value.hasValue() ? this.value.value() : undefined));

  /** The periods that people ask about, one click each. */
  protected readonly periods = computed(() => {
    const start = schoolYearStart(today());
    const before = schoolYearStart(addDays(start, -1));
    const terms = (this.#value()?.trend ?? []).filter(({ from }) => from <= today()).slice(-2).reverse();
    return [
      { label: 'This school year', from: start, to: today() },
      ...terms.map(({ term, from, to }) => ({ label: term, from, to })),
      { label: 'Last school year', from: before, to: addDays(start, -1) },
    ];
  });

  protected readonly answer = answer;
  protected readonly hours = hours;
  protected readonly percent = percent;
  protected readonly unitsInWords = unitsInWords;
  protected readonly figures = computed(() => {
    const value = this.#value();
    return value ? headlines(value) : [];
  });
  protected readonly seesAll = computed(() => (this.#value()?.comparison.length ?? 0) > 0 || this.schoolUrn() !== '');
  protected readonly about = computed(() => this.#value()?.school?.name ?? 'All schools together');
  protected readonly nothing = computed(() => {
    const value = this.#value();
    return value !== undefined && value.booked.sessions === 0 && value.booked.pence === 0 && value.trend.every(({ sessions, pence }) => sessions === 0 && pence === 0);
  });

  /** From the first term in which anything happened. */
  protected readonly terms = computed(() => {
    const trend = this.#value()?.trend ?? [];
    return trend.slice(Math.max(0, trend.findIndex(({ sessions, pence }) => sessions > 0 || pence !== 0)));
  });
  protected readonly services = computed(() => (this.#value()?.services ?? []).filter(({ sessions, pence }) => sessions > 0 || pence !== 0));
  protected readonly trendBars = computed(() => this.terms().map(({ term, sessions }) => ({ label: term, value: sessions, text: count(sessions, 'session') })));
  protected readonly trendSentence = computed(() => {
    const terms = this.#value()?.trend ?? [];
    const [before, now] = [terms.at(-4), terms.at(-1)];
    if (!now) return '';
    const first = `Whole terms, what is booked included: ${count(now.sessions, 'session')} in ${now.term}, at ${formatMoney(now.pence)}.`;
    return before && (before.sessions > 0 || before.pence > 0) ? `${first} In ${before.term}, a year before, ${count(before.sessions, 'session')}, at ${formatMoney(before.pence)}.` : first;
  });
  protected readonly useBars = computed(() => (this.#value()?.utilisation ?? []).map(({ name, basisPoints }) => ({ label: name, value: basisPoints ?? 0, text: percent(basisPoints) })));
  protected readonly useSentence = computed(() => {
    const rows = this.#value()?.utilisation ?? [];
    const low = rows.filter(({ basisPoints }) => (basisPoints ?? 0) < 5000).length;
    return low === 0 ? 'At least half of everything that was bought in advance is used or booked.' : `Of ${count(rows.length, 'agreement')} with units bought in advance, ${low === 1 ? 'one is' : `${low} are`} less than half used or booked.`;
  });

  protected readonly comparisonHeader = ['School', 'URN', 'Delivered sessions', 'Charged in pounds', 'Per session in pounds', 'Per pupil in pounds'];
  protected readonly comparisonRows = () => (this.#value()?.comparison ?? []).map((row) => [row.name, row.urn, row.sessions, pounds(row.pence), pounds(row.perSessionPence), pounds(row.perPupilPence)]);

  protected look(from: string, to: string): void {
    this.from.set(from);
    this.to.set(to);
  }

  protected print(): void {
    window.print();
  }
}

const pounds = (pence: number | null) => (pence === null ? '' : (pence / 100).toFixed(2));
