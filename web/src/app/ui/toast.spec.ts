import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { allByRole, byRole, click, expectAccessible, render, text } from '../../testing/screen';
import { Toast, Toasts } from './toast';

describe('Toast', () => {
  // The clock goes on by itself too, because Angular waits for a frame.
  beforeEach(() => jest.useFakeTimers({ advanceTimers: true }));
  afterEach(() => jest.useRealTimers());

  it('When something can be taken back, then undo stays for more than ten seconds, and longer while one is there', async () => {
    const fixture = await render(Toasts);
    TestBed.inject(Toast).show('Booking cancelled', { undo: () => undefined });
    await fixture.whenStable();
    expect(byRole('status').textContent).toContain('Booking cancelled');
    await jest.advanceTimersByTimeAsync(10_500);
    expect(allByRole('button', 'Undo')).toHaveLength(1);

    byRole('button', 'Undo').dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(allByRole('button', 'Undo')).toHaveLength(1);
    byRole('button', 'Undo').dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    await jest.advanceTimersByTimeAsync(12_100);
    await fixture.whenStable();
    expect(allByRole('button', 'Undo')).toHaveLength(0);
  });

  it('When undo is pressed, then it is done and said; when it fails, that is said', async () => {
    const fixture = await render(Toasts);
    const toast = TestBed.inject(Toast);
    let undone = 0;
    toast.show('Cancelled', { undo: () => void undone++ });
    await fixture.whenStable();
    await expectAccessible();
    await click(byRole('button', 'Undo'), fixture);
    expect([undone, text()]).toEqual([1, expect.stringContaining('Undone')]);

    toast.show('Moved', { undo: () => Promise.reject(new Error('it has been taken')) });
    await fixture.whenStable();
    await click(byRole('button', 'Undo'), fixture);
    expect(text()).toContain('Could not undo: it has been taken');
  });
});
