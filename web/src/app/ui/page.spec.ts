import { Component } from '@angular/core';
import { byRole, expectAccessible, render, text } from '../../testing/screen';
import { Empty } from './empty';
import { Icon } from './icon';
import { icons } from './icons';
import { Page } from './page';
import { Skeleton } from './skeleton';

@Component({
  selector: 'fs-test-page',
  imports: [Empty, Page, Skeleton],
  template: `<fs-page heading="Invoices" purpose="What schools owe."><button actions>New run</button><fs-skeleton what="invoices" /><fs-empty heading="No invoices yet" purpose="They appear here."><button>Start a run</button></fs-empty></fs-page>`,
})
class Host {}

describe('Page, empty state and skeleton', () => {
  it('When drawn, then there is one h1 that can take the focus, a purpose, actions, and loading is told once', async () => {
    await render(Host);
    const heading = byRole('heading', 'Invoices');
    heading.focus();
    expect([heading.tagName, document.activeElement]).toEqual(['H1', heading]);
    expect(text()).toContain('What schools owe.');
    expect(byRole('status').textContent).toBe('Loading invoices…');
    expect(byRole('heading', 'No invoices yet').tagName).toBe('H2');
    expect([byRole('button', 'New run'), byRole('button', 'Start a run')]).toHaveLength(2);
    await expectAccessible();
  });
});

describe('Icon', () => {
  it('When drawn, then it is hidden from screen readers, and each drawing is one valid path', async () => {
    const fixture = await render(Icon, { name: 'calendar' });
    expect((fixture.nativeElement as HTMLElement).querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
    for (const path of Object.values(icons)) expect(path).toMatch(/^M[\d\s.,MLHVCSQTAZmlhvcsqtaz-]+$/);
  });
});
