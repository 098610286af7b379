import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { MailWishSchema, type MailWishBody } from '@fairshare/contract/booking-mail.js';
import { FeedSchema, FeedsSchema, type Feed, type NewFeed } from '@fairshare/contract/bookings.js';
import { MemberListSchema } from '@fairshare/contract/schools.js';
import { Attempt } from '../ui/attempt';
import { ApiClient, read } from '../ui/api-client';
import { Confirm } from '../ui/confirm';
import { CurrentSession } from '../ui/current-session';
import { DayPipe } from '../ui/day';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { Toast } from '../ui/toast';
import { CalendarTabs } from './calendar-tabs';

interface Subject {
  readonly label: string;
  readonly wanted: NewFeed;
}

/** Sessions in one's own calendar program, and which mails one wants. */
@Component({
  selector: 'fs-subscribe',
  imports: [CalendarTabs, DayPipe, Field, FieldControl, Icon, Page, ProblemNotice, RouterLink, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './subscribe.html',
  styles: `
    ul { list-style: none; margin: 0; padding: 0; }
    li { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; padding: 12px 0; }
    li + li { border-top: 1px solid var(--fs-line); }
    li > span { flex: 1 1 220px; min-width: 0; }
    .made { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; }
    .made > fs-field { flex: 1 1 260px; min-width: 0; }
    fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 8px; }
  `,
})
export class Subscribe {
  readonly collaborationId = input.required<string>();
  readonly #api = inject(ApiClient);
  readonly #confirm = inject(Confirm);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);

  readonly #here = computed(() => this.#session.grants().filter((grant) => grant.collaborationId === this.collaborationId()));
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  readonly #attempt = new Attempt();
  protected readonly error = this.#attempt.error;
  protected readonly busy = this.#attempt.busy;
  /** The address that was just made: it is shown this once. */
  protected readonly made = signal<string | undefined>(undefined);
  protected readonly picked = signal(0);
  /** Who may keep feeds; everybody else chooses their mails only. */
  protected readonly keepsFeeds = computed(() => this.#here().some(({ role }) => ['coordinator', 'business-manager', 'head', 'specialist'].includes(role)));
  protected readonly coordinates = computed(() => this.#here().some(({ role }) => role === 'coordinator'));
  protected readonly members = read(() => `${this.#at()}/members?size=200`, MemberListSchema);
  readonly #names = computed(() => new Map((this.members.hasValue() ? this.members.value().items : []).map(({ urn, name }) => [urn, name])));
  protected readonly subjects = computed<readonly Subject[]>(() => {
    const grants = this.#here();
    const schools = grants.some(({ role, schoolUrn }) => role === 'coordinator' && !schoolUrn) ? [...this.#names().keys()] : [...new Set(grants.flatMap(({ schoolUrn }) => schoolUrn ?? []))];
    const own = grants.flatMap(({ specialistId }) => (specialistId ? [{ label: 'My own diary', wanted: { kind: 'specialist', specialistId } as const }] : []));
    const whole = grants.some(({ role }) => role !== 'specialist') ? [{ label: 'The whole collaboration', wanted: { kind: 'collaboration' } as const }] : [];
    return [...own, ...schools.map((schoolUrn) => ({ label: this.#names().get(schoolUrn) ?? schoolUrn, wanted: { kind: 'school', schoolUrn } as const })), ...whole];
  });
  protected readonly feeds = read(() => (this.keepsFeeds() ? `${this.#at()}/feeds` : undefined), FeedsSchema);
  protected readonly wish = read(() => `${this.#at()}/mail-wish`, MailWishSchema);
  protected readonly delivers = computed(() => this.#here().every(({ role }) => role === 'specialist'));
  protected readonly wishes = computed<readonly (readonly [MailWishBody['sessions'], string])[]>(() => [
    ['mine', this.delivers() ? 'Every session of mine' : 'What I book, and what others book for my school'],
    ...(this.delivers() ? [] : [['school', 'Every session of my schools'] as const]),
    ['none', 'No mails about sessions'],
  ]);

  protected label({ kind, subject }: Feed): string {
    if (kind === 'collaboration') return 'The whole collaboration';
    return kind === 'school' ? (this.#names().get(subject) ?? subject) : 'One specialist’s diary';
  }

  protected make(): Promise<void> {
    return this.#tell(async () => {
      const { path } = await this.#api.post(`${this.#at()}/feeds`, this.subjects()[this.picked()]?.wanted, FeedSchema);
      this.made.set(new URL(path ?? '', location.origin).href);
      this.feeds.reload();
    });
  }

  protected async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.made() ?? '');
    this.#toast.show('Address copied');
  }

  protected async revoke(feed: Feed): Promise<void> {
    const text = 'Whoever subscribed with it gets nothing from now on. You can make another address at any time.';
    if (!(await this.#confirm.ask({ title: `Revoke the address of “${this.label(feed)}”?`, text, action: 'Revoke' }))) return;
    await this.#tell(async () => {
      await this.#api.delete(`${this.#at()}/feeds/${feed.id}`);
      this.made.set(undefined);
      this.feeds.reload();
      this.#toast.show('Revoked: the address answers nothing any more');
    });
  }

  protected choose(sessions: MailWishBody['sessions']): Promise<void> {
    return this.#tell(async () => {
      await this.#api.put(`${this.#at()}/mail-wish`, { sessions }, MailWishSchema);
      this.wish.reload();
      this.#toast.show('Saved');
    });
  }

  async #tell(work: () => Promise<void>): Promise<void> {
    await this.#attempt.run(async () => {
      await work();
    });
  }
}
