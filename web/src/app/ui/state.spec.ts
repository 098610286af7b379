import { expectAccessible, render, text } from '../../testing/screen';
import { State } from './state';

describe('State', () => {
  it('When drawn, then the word says the state and the icon is decoration', async () => {
    const { nativeElement } = await render(State, { word: 'Paid', tone: 'good' });
    expect(text()).toBe('Paid');
    expect((nativeElement as HTMLElement).querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
    await expectAccessible();
  });
});
