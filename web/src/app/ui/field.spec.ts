import { Component, signal } from '@angular/core';
import { byLabel, expectAccessible, render } from '../../testing/screen';
import { Field, FieldControl } from './field';

@Component({
  selector: 'fs-test-field',
  imports: [Field, FieldControl],
  template: `<fs-field label="Reason" hint="The school sees it." [optional]="true" [error]="error()"><textarea fsControl class="fs-textarea"></textarea></fs-field>`,
})
class Host {
  readonly error = signal<string | undefined>(undefined);
}

describe('Field', () => {
  it('When drawn, then the control has its label and hint; with an error it says so', async () => {
    const fixture = await render(Host);
    const control = byLabel('Reason (optional)');
    const described = (): string => (control.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent).join(' ');
    expect(described()).toBe('The school sees it.');
    expect(control.hasAttribute('aria-invalid')).toBe(false);

    fixture.componentInstance.error.set('Please give a reason.');
    await fixture.whenStable();
    expect(described()).toBe('The school sees it. Please give a reason.');
    expect(control.getAttribute('aria-invalid')).toBe('true');
    await expectAccessible();
  });
});
