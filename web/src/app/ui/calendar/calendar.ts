import { MediaMatcher } from '@angular/cdk/layout';
import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  input,
  model,
  output,
  signal,
  untracked,
  viewChild,
  ViewEncapsulation,
} from '@angular/core';
import { Calendar as FullCalendar, type CalendarOptions, type EventApi, type EventDisplayInfo } from 'fullcalendar';
import dayGrid from 'fullcalendar/daygrid';
import interaction from 'fullcalendar/interaction';
import list from 'fullcalendar/list';
import multiMonth from 'fullcalendar/multimonth';
import theme from 'fullcalendar/themes/forma';
import timeGrid from 'fullcalendar/timegrid';
import { Icon } from '../icon';
import { addDays, formatWhen, today, wallTime } from '../london';
import { CalendarList } from './calendar-list';
import { drawEvent, eventClasses, hiddenWord, shadeClasses } from './calendar-drawing';
import { nudge, type KeyLimits } from './calendar-keys';
import { addMinutes, nudgeDays, rangeTitle, spoken, toInput, toShades, viewTypes, type CalendarEvent, type CalendarMove, type CalendarPeriod, type CalendarRange, type CalendarShade, type CalendarView } from './calendar-model';

const viewWords: Record<CalendarView, string> = { day: 'Day', week: 'Week', month: 'Month', term: 'Term', list: 'List' };
/** Where the rest of the page takes its phone's shape too. */
const phone = '(max-width: 600px)';

/** The date of a marker: wall time that is told to be UTC. */
const day = (marker: Date): string => marker.toISOString().slice(0, 10);

/**
 * The only place that knows FullCalendar. Events are coloured by service and carry text; school holidays and INSET days
 * are shaded with their names. Everything that the mouse does, the keyboard does: arrows move a cursor and Enter picks,
 * Alt and arrows move a booking, Enter opens it.
 */
@Component({
  selector: 'fs-calendar',
  imports: [CalendarList, Icon],
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './calendar.html',
  styleUrl: './calendar.scss',
})
export class Calendar {
  readonly label = input('Calendar');
  readonly events = input.required<readonly CalendarEvent[]>();
  readonly shades = input<readonly CalendarShade[]>([]);
  readonly view = model<CalendarView>('week');
  readonly views = input<readonly CalendarView[]>(['week', 'month', 'term', 'list']);
  /** A date in what is shown; set it to go there. */
  readonly date = model<string>(today());
  /** How many months a term shows. */
  readonly termMonths = input(4);
  readonly selectable = input(false);
  readonly stepMinutes = input(15);
  readonly dayStarts = input('08:00');
  readonly dayEnds = input('18:00');
  readonly weekends = input(false);

  readonly rangeChange = output<CalendarRange>();
  readonly opened = output<CalendarEvent>();
  readonly picked = output<CalendarPeriod>();
  readonly moved = output<CalendarMove>();

  protected readonly title = signal('');
  protected readonly announcement = signal('');
  /** What is meant: of October in squares, not the days of September that stand before it. */
  protected readonly current = signal<CalendarRange>({ from: '', to: '' });
  readonly #phone = inject(MediaMatcher).matchMedia(phone);
  protected readonly narrow = signal(this.#phone.matches);
  protected readonly viewWords = viewWords;
  /** A week does not fit a phone: there it is shown a day at a time. */
  protected readonly shown = computed<CalendarView>(() => (this.narrow() && this.view() === 'week' ? 'day' : this.view()));

  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly grid = viewChild.required<ElementRef<HTMLElement>>('grid');
  readonly #inputs = computed(() => {
    // Of a list FullCalendar keeps the dates; thousands of lines are drawn by our own in a third of the time.
    if (this.shown() === 'list') return [];
    const timed = this.shown() === 'week' || this.shown() === 'day';
    const shades = this.shades().flatMap((shade) => toShades(shade, timed));
    return [...this.events().map(toInput), ...shades];
  });
  readonly #hasDays = computed(() => this.events().some((event) => event.days));
  #calendar: FullCalendar | undefined;
  #cursor: CalendarPeriod | undefined;

  constructor() {
    afterNextRender(() => this.#start());
    const follow = (name: 'events' | 'selectable' | 'allDaySlot', value: () => unknown): void => {
      effect(() => {
        const next = value();
        untracked(() => this.#keepFocus(() => this.#calendar?.setOption(name, next as never)));
      });
    };
    follow('events', () => this.#inputs());
    follow('selectable', () => this.selectable());
    follow('allDaySlot', () => this.#hasDays());
    effect(() => {
      const type = viewTypes[this.shown()];
      if (this.#calendar && this.#calendar.view.type !== type) this.#calendar.changeView(type, untracked(this.date));
    });
    effect(() => {
      const date = this.date();
      const range = this.#calendar?.view;
      if (range && (date < range.currentStart.toISOString().slice(0, 10) || date >= range.currentEnd.toISOString().slice(0, 10))) this.#calendar?.gotoDate(date);
    });
    const turned = (): void => this.narrow.set(this.#phone.matches);
    this.#phone.addEventListener?.('change', turned);
    inject(DestroyRef).onDestroy(() => {
      this.#phone.removeEventListener?.('change', turned);
      this.#calendar?.destroy();
    });
  }

  protected turn(by: -1 | 1): void {
    if (by < 0) this.#calendar?.prev();
    else this.#calendar?.next();
  }

  protected goToday(): void {
    this.#calendar?.gotoDate(today());
    this.date.set(today());
  }

  protected choose(view: CalendarView): void {
    this.view.set(view);
  }

  protected onKey(event: KeyboardEvent): void {
    const element = (event.target as HTMLElement).closest<HTMLElement>('[data-fs-event]');
    if (element && event.altKey) this.#moveByKey(element.dataset['fsEvent'] ?? '', event);
    else if (event.target === this.grid().nativeElement && this.selectable()) this.#moveCursor(event);
  }

  #start(): void {
    this.#calendar = new FullCalendar(this.grid().nativeElement, this.#options());
    this.#calendar.render();
  }

  #options(): CalendarOptions {
    return {
      plugins: [theme, dayGrid, timeGrid, list, multiMonth, interaction],
      timeZone: 'UTC',
      now: () => wallTime(new Date()),
      locale: 'en-gb',
      firstDay: 1,
      headerToolbar: false,
      height: 'auto',
      initialView: viewTypes[this.shown()],
      initialDate: this.date(),
      views: { term: { type: 'multiMonth', duration: { months: this.termMonths() } } },
      weekends: this.weekends(),
      slotMinTime: this.dayStarts(),
      slotMaxTime: this.dayEnds(),
      slotDuration: { minutes: 30 },
      snapDuration: { minutes: this.stepMinutes() },
      allDaySlot: this.#hasDays(),
      allDayText: 'All day',
      nowIndicator: true,
      dayMaxEvents: 4,
      multiMonthMaxColumns: 2,
      eventInteractive: true,
      eventTimeFormat: { hour: '2-digit', minute: '2-digit', hour12: false },
      slotHeaderFormat: { hour: '2-digit', minute: '2-digit', hour12: false },
      dayHeaderFormat: { weekday: 'short', day: 'numeric', month: 'short' },
      selectable: this.selectable(),
      unselectAuto: false,
      events: this.#inputs(),
      eventClass: eventClasses,
      eventContent: drawEvent,
      rowMoreLinkClass: 'fs-more',
      popoverClass: 'fs-calendar-popover',
      slotEventOverlap: false,
      // More beside one another than this cannot be read in a day's column; the rest opens from there.
      eventMaxStack: 8,
      backgroundEventClass: shadeClasses,
      backgroundEventContent: drawEvent,
      eventDidMount: (info) => this.#name(info),
      dayHeaderDidMount: ({ el }) => el.querySelector('[aria-hidden]')?.removeAttribute('aria-hidden'),
      eventClick: ({ event, jsEvent }) => {
        jsEvent.preventDefault();
        const given = this.#given(event);
        if (given) this.opened.emit(given);
      },
      select: ({ startStr, endStr, jsEvent }) => {
        // Selected by our own cursor: only Enter picks.
        if (jsEvent) this.picked.emit({ startsAt: startStr.slice(0, 16), endsAt: endStr.slice(0, 16) });
      },
      eventDrop: ({ event, revert }) => this.#tellMove(event, revert),
      eventResize: ({ event, revert }) => this.#tellMove(event, revert),
      datesSet: ({ view, startStr, endStr }) => this.#onDates({ from: day(view.currentStart), to: addDays(day(view.currentEnd), -1) }, { from: startStr.slice(0, 10), to: addDays(endStr.slice(0, 10), -1) }),
    };
  }

  #given(event: EventApi): CalendarEvent | undefined {
    return event.extendedProps['given'] as CalendarEvent | undefined;
  }

  #name({ event, el }: EventDisplayInfo & { el: HTMLElement }): void {
    const given = this.#given(event);
    if (!given) return;
    el.dataset['fsEvent'] = given.id;
    el.setAttribute('aria-label', spoken(given));
  }

  /** `current` is what is meant (October); `drawn` has the days around it (28 September to 1 November). */
  #onDates(current: CalendarRange, drawn: CalendarRange): void {
    const withoutWeekend = !this.weekends() && this.shown() === 'week' ? addDays(current.from, 4) : current.to;
    this.title.set(rangeTitle(this.shown(), { from: current.from, to: withoutWeekend }));
    this.#cursor = undefined;
    this.current.set(current);
    this.rangeChange.emit(drawn);
    // A heading without a word in it is announced as empty.
    requestAnimationFrame(() => this.#host.querySelectorAll('[role=rowheader]:empty').forEach((corner) => corner.append(hiddenWord('Time'))));
    const date = this.#calendar?.getDate();
    if (date) this.date.set(day(date));
  }

  #tellMove(event: EventApi, revert: () => void): void {
    const given = this.#given(event);
    if (!given || !event.start) return;
    // What lasts whole days stays so, and what has times keeps them: dropped on the other's ground it goes back.
    if (event.allDay !== (given.days !== undefined)) return revert();
    const from = day(event.start);
    const days = given.days && { from, to: event.end ? addDays(day(event.end), -1) : from };
    if (!days && !event.end) return;
    const startsAt = days ? `${days.from}T00:00` : event.start.toISOString().slice(0, 16);
    const endsAt = days ? `${addDays(days.to, 1)}T00:00` : (event.end as Date).toISOString().slice(0, 16);
    this.moved.emit({ id: given.id, startsAt, endsAt, ...(days ? { days } : {}), revert });
  }

  #limits(): KeyLimits {
    return { stepMinutes: this.stepMinutes(), dayStarts: this.dayStarts(), dayEnds: this.dayEnds(), weekends: this.weekends() };
  }

  #moveByKey(id: string, pressed: KeyboardEvent): void {
    const event = this.#calendar?.getEventById(id);
    const given = event && this.#given(event);
    if (event && given?.movable && given.days) return this.#moveDaysByKey(event, given, pressed);
    if (!event?.start || !event.end || !given?.movable) return;
    const before = { startsAt: event.start.toISOString().slice(0, 16), endsAt: event.end.toISOString().slice(0, 16) };
    const after = nudge(before, pressed.key, pressed.shiftKey, this.#limits());
    if (!after) return;
    pressed.preventDefault();
    this.#keepFocus(() => event.setDates(after.startsAt, after.endsAt));
    this.announcement.set(`${given.title}, moved to ${formatWhen(after.startsAt, after.endsAt)}`);
    this.moved.emit({ id, ...after, revert: () => event.setDates(before.startsAt, before.endsAt) });
  }

  #moveDaysByKey(event: EventApi, given: CalendarEvent, pressed: KeyboardEvent): void {
    const before = given.days;
    const days = before && nudgeDays(before, pressed.key);
    if (!before || !days) return;
    pressed.preventDefault();
    this.#keepFocus(() => event.setDates(days.from, addDays(days.to, 1), { allDay: true }));
    this.announcement.set(spoken({ ...given, days }));
    const revert = (): void => event.setDates(before.from, addDays(before.to, 1), { allDay: true });
    this.moved.emit({ id: given.id, startsAt: `${days.from}T00:00`, endsAt: `${addDays(days.to, 1)}T00:00`, days, revert });
  }

  #moveCursor(pressed: KeyboardEvent): void {
    if (pressed.key === 'Enter' && this.#cursor) {
      pressed.preventDefault();
      this.picked.emit(this.#cursor);
      return;
    }
    if (pressed.key === 'Escape') {
      this.#cursor = undefined;
      this.#calendar?.unselect();
      return;
    }
    const date = untracked(this.date);
    const first = { startsAt: `${date}T09:00`, endsAt: addMinutes(`${date}T09:00`, Math.max(60, this.stepMinutes())) };
    const next = this.#cursor ? nudge(this.#cursor, pressed.key, pressed.shiftKey, this.#limits()) : pressed.key.startsWith('Arrow') ? first : undefined;
    if (!next) return;
    pressed.preventDefault();
    if (next.startsAt.slice(0, 10) !== this.#cursor?.startsAt.slice(0, 10)) this.date.set(next.startsAt.slice(0, 10));
    this.#cursor = next;
    this.#calendar?.select(next.startsAt, next.endsAt);
    this.announcement.set(formatWhen(next.startsAt, next.endsAt));
  }

  /** Redrawing replaces elements: whoever stood on an event goes on standing on it. */
  #keepFocus(change: () => void): void {
    const id = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>('[data-fs-event]')?.dataset['fsEvent'];
    change();
    if (id) requestAnimationFrame(() => this.#host.querySelector<HTMLElement>(`[data-fs-event="${CSS.escape(id)}"]`)?.focus());
  }
}
