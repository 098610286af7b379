import { Component, inject } from '@angular/core';
import { allByRole, byRole, click, expectAccessible, render } from '../../testing/screen';
import { Confirm } from './confirm';

@Component({ selector: 'fs-test-asker', template: '' })
class Asker {
  readonly confirm = inject(Confirm);
}

describe('Confirm', () => {
  const question = { title: 'Issue 12 invoices?', text: 'Numbers are given and cannot be taken back.', action: 'Issue 12 invoices', otherwise: 'Not yet' };

  it.each([
    ['Issue 12 invoices', true],
    ['Not yet', false],
  ])('When %s is pressed, then the answer is %s', async (button, answer) => {
    const fixture = await render(Asker);
    const asked = fixture.componentInstance.confirm.ask(question);
    await fixture.whenStable();
    expect(byRole('alertdialog', 'Issue 12 invoices?')).toBeTruthy();
    await expectAccessible();
    await click(byRole('button', button), fixture);
    expect(await asked).toBe(answer);
    expect(allByRole('alertdialog')).toEqual([]);
  });

  it('When Escape is pressed, then nothing is done', async () => {
    const fixture = await render(Asker);
    const asked = fixture.componentInstance.confirm.ask(question);
    await fixture.whenStable();
    byRole('alertdialog').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', keyCode: 27, bubbles: true }));
    expect(await asked).toBe(false);
  });
});
