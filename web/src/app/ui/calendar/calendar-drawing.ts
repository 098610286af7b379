import type { EventDisplayInfo } from 'fullcalendar';
import { formatTime } from '../london';
import type { CalendarEvent } from './calendar-model';

/** Our classes beside the theme's: what an event is, so that the style sheet can draw it. */
export function eventClasses({ event }: EventDisplayInfo): string {
  const given = event.extendedProps['given'] as CalendarEvent | undefined;
  return `fs-event ${given?.kind ?? 'booked'}`;
}

export function shadeClasses({ event }: EventDisplayInfo): string {
  return `fs-shade ${String(event.extendedProps['shade'])}`;
}

function line(className: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}

/** A word for screen readers only. */
export function hiddenWord(text: string): HTMLElement {
  return line('fs-hidden', text);
}

/** Time, title and detail as text nodes: what people typed is never read as markup. */
export function drawEvent({ event, view, isShort }: EventDisplayInfo): { domNodes: HTMLElement[] } {
  const body = document.createElement('span');
  const given = event.extendedProps['given'] as CalendarEvent | undefined;
  if (!given) {
    body.className = view.type.startsWith('timeGrid') ? 'fs-shade-label' : 'fs-shade-label at-bottom';
    body.textContent = event.title;
    return { domNodes: [body] };
  }
  body.className = isShort || view.type === 'dayGridMonth' || view.type === 'term' ? 'fs-event-body one-line' : 'fs-event-body';
  const start = event.start?.toISOString().slice(0, 16) ?? given.startsAt;
  const end = event.end?.toISOString().slice(0, 16) ?? given.endsAt;
  const long = view.type.startsWith('timeGrid') && !isShort;
  if (view.type !== 'term' && !given.days) {
    const time = line('fs-event-time', formatTime(start));
    if (long) time.append(line('fs-event-end', `–${formatTime(end)}`));
    body.append(time);
  }
  if (given.word) body.append(line('fs-event-word', given.word));
  body.append(line('fs-event-title', given.title));
  if (given.detail && view.type !== 'term') body.append(line('fs-event-detail', given.detail));
  return { domNodes: [body] };
}
