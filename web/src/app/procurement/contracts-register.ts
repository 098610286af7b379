import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AgreementListSchema, type AgreementEntry } from '@fairshare/contract/agreements.js';
import { read } from '../ui/api-client';
import { CsvButton, type CsvCell } from '../ui/csv-button';
import { CurrentCollaboration } from '../ui/current-collaboration';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { AgreementTabs } from './agreement-tabs';
import { ContractsTimeline } from './contracts-timeline';
import { colourOf, nextStep, priceInWords, registerStates } from './procurement-words';

const needsSomebody = (one: AgreementEntry) => one.state === 'act-now' || one.state === 'notice-passed';

/** Every agreement by the day on which something has to be done about it. */
@Component({
  selector: 'fs-contracts-register',
  imports: [AgreementTabs, ContractsTimeline, CsvButton, DayPipe, Empty, Icon, Page, ProblemNotice, RouterLink, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './contracts-register.html',
  styles: '.edge { box-shadow: inset 4px 0 var(--edge); } @media (max-width: 600px) { .edge.edge { padding-left: 12px; } }',
})
export class ContractsRegister {
  readonly collaborationId = input.required<string>();
  readonly #here = inject(CurrentCollaboration);
  protected readonly mayChange = computed(() => this.#here.roles().has('coordinator'));
  protected readonly show = queryParamSignal('show', 'current');
  protected readonly agreements = read(() => `/api/collaborations/${this.collaborationId()}/agreements?size=200&sort=trigger`, AgreementListSchema);

  readonly #all = computed(() => (this.agreements.hasValue() ? this.agreements.value().items : []));
  protected readonly shown = computed(() => this.#all().filter((one) => this.show() === 'all' || (one.state === 'ended') === (this.show() === 'ended')));
  protected readonly urgent = computed(() => this.#all().filter(needsSomebody));

  protected readonly states = registerStates;
  protected readonly colourOf = colourOf;
  protected readonly nextStep = nextStep;
  protected readonly price = priceInWords;
  protected readonly choices = [['current', 'Current'], ['ended', 'Ended'], ['all', 'All']] as const;

  protected readonly header = ['Agreement', 'Service', 'Supplier', 'First day', 'Last day', 'Notice by', 'Trigger date', 'Price', 'Schools', 'State', 'What is next'];
  protected readonly rows = (): CsvCell[][] =>
    this.shown().map((one) => [
      one.name, one.service.name, one.supplier.name, one.startsOn, one.endsOn, one.noticeBy, one.triggerOn, priceInWords(one), this.schools(one), registerStates[one.state].word, nextStep(one),
    ]);

  /** Schools that subscribe, each once. */
  protected schools(one: AgreementEntry): number {
    return new Set(one.subscriptions.map((part) => part.urn)).size;
  }
}
