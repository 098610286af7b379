import { Component, signal } from '@angular/core';
import type { ComponentFixture } from '@angular/core/testing';
import { allByRole, byRole, click, expectAccessible, render } from '../../../testing/screen';
import { serviceColour } from '../service-colour';
import { Calendar } from './calendar';
import type { CalendarEvent, CalendarMove, CalendarPeriod, CalendarRange, CalendarView } from './calendar-model';

const booked: CalendarEvent = { id: '1', title: 'Dr Okoro', detail: 'Counselling', startsAt: '2026-10-20T08:00:00Z', endsAt: '2026-10-20T09:00:00Z', colour: serviceColour(0), movable: true };

@Component({
  selector: 'fs-test-calendar',
  imports: [Calendar],
  template: `<fs-calendar
    label="Sessions"
    date="2026-10-20"
    [events]="events()"
    [shades]="shades"
    [(view)]="view"
    [selectable]="true"
    (rangeChange)="ranges.push($event)"
    (moved)="moves.push($event)"
    (picked)="picks.push($event)"
    (opened)="opened.push($event)"
  />`,
})
class Host {
  readonly events = signal<readonly CalendarEvent[]>([booked]);
  readonly view = signal<CalendarView>('week');
  readonly shades = [{ startsOn: '2026-10-23', endsOn: '2026-10-23', label: 'INSET day', kind: 'inset' as const }];
  readonly ranges: CalendarRange[] = [];
  readonly moves: CalendarMove[] = [];
  readonly picks: CalendarPeriod[] = [];
  readonly opened: CalendarEvent[] = [];
}

const press = async (element: HTMLElement, key: string, fixture: ComponentFixture<Host>, more: KeyboardEventInit = {}): Promise<void> => {
  element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  await fixture.whenStable();
  await new Promise((resolve) => setTimeout(resolve, 20));
};
const eventElement = (): HTMLElement => document.querySelector<HTMLElement>('[data-fs-event="1"]') as HTMLElement;

describe('Calendar', () => {
  beforeAll(() => {
    globalThis.ResizeObserver ??= class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    };
  });

  it('When drawn, then it says its dates, its events with everything on them, and the days that are shaded', async () => {
    const fixture = await render(Host);
    await fixture.whenStable();
    expect(byRole('heading', '19–23 Oct 2026')).toBeTruthy();
    expect(eventElement().getAttribute('aria-label')).toBe('Dr Okoro, Counselling, Tue 20 Oct 2026, 09:00–10:00');
    expect(document.body.textContent).toContain('INSET day');
    expect(fixture.componentInstance.ranges.at(-1)).toMatchObject({ from: '2026-10-19' });
    await expectAccessible((fixture.nativeElement as HTMLElement).querySelector('.fs-calendar-bar') as Element);
  });

  it('When another view is chosen, then it is shown and told to the page', async () => {
    const fixture = await render(Host);
    await click(byRole('button', 'Month'), fixture);
    expect(fixture.componentInstance.view()).toBe('month');
    expect(byRole('heading', 'October 2026')).toBeTruthy();
    await click(byRole('button', 'Later'), fixture);
    expect(byRole('heading', 'November 2026')).toBeTruthy();
  });

  it('When only the keyboard is used, then a period can be chosen and taken', async () => {
    const fixture = await render(Host);
    const grid = byRole('region', 'Sessions');
    await press(grid, 'ArrowDown', fixture);
    await press(grid, 'ArrowDown', fixture);
    await press(grid, 'ArrowRight', fixture);
    await press(grid, 'ArrowDown', fixture, { shiftKey: true });
    expect(byRole('status').textContent).toBe('Wed 21 Oct 2026, 09:15–10:30');
    await press(grid, 'Enter', fixture);
    expect(fixture.componentInstance.picks).toEqual([{ startsAt: '2026-10-21T09:15', endsAt: '2026-10-21T10:30' }]);
  });

  it('When Alt and an arrow are pressed on a booking, then it moves, says where to, and can be put back', async () => {
    const fixture = await render(Host);
    await press(eventElement(), 'ArrowRight', fixture, { altKey: true });
    const [move] = fixture.componentInstance.moves;
    expect(move).toMatchObject({ id: '1', startsAt: '2026-10-21T09:00', endsAt: '2026-10-21T10:00' });
    expect(byRole('status').textContent).toBe('Dr Okoro, moved to Wed 21 Oct 2026, 09:00–10:00');
    move?.revert();
    await press(eventElement(), 'ArrowDown', fixture, { altKey: true });
    expect(fixture.componentInstance.moves[1]).toMatchObject({ startsAt: '2026-10-20T09:15' });
  });

  it('When a booking may not be moved, then keys leave it where it is; a click opens it', async () => {
    const fixture = await render(Host);
    fixture.componentInstance.events.set([{ ...booked, movable: false }]);
    await fixture.whenStable();
    await press(eventElement(), 'ArrowRight', fixture, { altKey: true });
    expect(fixture.componentInstance.moves).toEqual([]);
    await click(eventElement(), fixture);
    expect(fixture.componentInstance.opened.map(({ id }) => id)).toEqual(['1']);
    expect(allByRole('dialog')).toEqual([]);
  });

  it('When it is a list, then every line says its time and what it is, and opens it', async () => {
    const fixture = await render(Host);
    await click(byRole('button', 'List'), fixture);
    expect(document.querySelector('.fs-calendar-grid')?.closest('[hidden]')).not.toBeNull();
    const list = byRole('region', 'Sessions');
    expect(list.textContent).toMatch(/Tue 20 Oct 2026\s*09:00–10:00\s*Dr Okoro\s*Counselling/);
    await expectAccessible(list);
    await click(eventElement(), fixture);
    expect(fixture.componentInstance.opened.map(({ id }) => id)).toEqual(['1']);
    await click(byRole('button', 'Later'), fixture);
    expect(byRole('region', 'Sessions').textContent).toContain('Nothing in these dates');
  });
});
