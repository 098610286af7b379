import { Component, signal } from '@angular/core';
import { form, FormField, validate } from '@angular/forms/signals';
import { byLabel, expectAccessible, render, text, type } from '../../testing/screen';
import { DateField } from './date-field';
import { TimeField } from './time-field';

@Component({
  selector: 'fs-test-dates',
  imports: [DateField, FormField, TimeField],
  template: `<fs-date label="From" hint="First day" latest="2027-08-31" [formField]="form.from" /><fs-time label="Starts" [formField]="form.starts" />`,
})
class Dates {
  readonly value = signal({ from: '', starts: '' });
  readonly form = form(this.value, (path) => validate(path.from, ({ value }) => (value() < '2026-09-01' ? { kind: 'early', message: 'The year starts on 1 September.' } : undefined)));
}

describe('Date and time fields', () => {
  it('When a date is written by hand, then the value is ISO and the field shows the whole date', async () => {
    const fixture = await render(Dates);
    await type(byLabel('From'), '6/10/26', fixture);
    expect(fixture.componentInstance.value().from).toBe('2026-10-06');
    expect(byLabel('From').value).toBe('Tue 6 Oct 2026');
    await type(byLabel('Starts'), '2pm', fixture);
    expect(fixture.componentInstance.value().starts).toBe('14:00');
    await expectAccessible();
  });

  it('When it is no date, then the field says how to write one and keeps what was typed', async () => {
    const fixture = await render(Dates);
    await type(byLabel('From'), 'someday', fixture);
    expect(byLabel('From').value).toBe('someday');
    expect(byLabel('From').getAttribute('aria-invalid')).toBe('true');
    expect(text()).toContain('Write the date like');
    await type(byLabel('Starts'), 'late', fixture);
    expect(text()).toContain('Write the time like');
  });

  it('When a rule of the form refuses, then its words stand under the field, and limits speak for themselves', async () => {
    const fixture = await render(Dates);
    await type(byLabel('From'), '1 aug 2026', fixture);
    expect(text()).toContain('The year starts on 1 September.');
    await type(byLabel('From'), '1 sep 2027', fixture);
    expect(text()).toContain('Not after Tue 31 Aug 2027.');
  });

  it('When the value changes from outside, then the text follows', async () => {
    const fixture = await render(Dates);
    fixture.componentInstance.value.set({ from: '2026-12-25', starts: '09:30' });
    await fixture.whenStable();
    expect(byLabel('From').value).toBe('Fri 25 Dec 2026');
    expect(byLabel('Starts').value).toBe('09:30');
  });
});
