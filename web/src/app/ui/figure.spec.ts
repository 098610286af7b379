import { allByRole, byRole, click, expectAccessible, render, text } from '../../testing/screen';
import { Figure } from './figure';

const workings = {
  title: 'How “Saved” is worked out',
  formula: 'List price less what was paid.',
  columns: [{ label: 'Session' }, { label: 'Saved', number: true }],
  rows: [['Tue 6 Oct 2026', '£35.80']],
  total: ['All', '£35.80'],
};

describe('Figure', () => {
  it('When asked how it is worked out, then the formula and its records open, and closing gives the focus back', async () => {
    const fixture = await render(Figure, { label: 'Saved', value: '£35.80', note: 'Against list price', workings });
    expect(text()).toContain('Saved£35.80');
    const ask = byRole('button', 'How is this worked out? Saved');
    ask.focus();
    await click(ask, fixture);
    expect(byRole('dialog', 'How “Saved” is worked out').textContent).toContain('List price less what was paid.');
    expect(byRole('table').textContent).toContain('Tue 6 Oct 2026');
    await expectAccessible();
    await click(byRole('button', 'Close'), fixture);
    expect(allByRole('dialog')).toEqual([]);
    expect(document.activeElement).toBe(ask);
  });

  it('When there are no workings, then nothing is promised', async () => {
    await render(Figure, { label: 'Saved', value: '£1.00' });
    expect(allByRole('button')).toEqual([]);
  });
});
