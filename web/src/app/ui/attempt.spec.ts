import { Attempt } from './attempt';

describe('an attempt', () => {
  it('is busy while it runs, and does not run twice at once', async () => {
    const attempt = new Attempt();
    let finish = (): void => undefined;
    const first = attempt.run(() => new Promise<void>((done) => (finish = done)));
    expect(attempt.busy()).toBe(true);
    expect(await attempt.run(() => Promise.reject(new Error('never asked for')))).toBe(false);
    finish();
    expect(await first).toBe(true);
    expect([attempt.busy(), attempt.error()]).toEqual([false, undefined]);
  });

  it('keeps what was wrong until the next try', async () => {
    const attempt = new Attempt();
    expect(await attempt.run(() => Promise.reject(new Error('not today')))).toBe(false);
    expect([attempt.busy(), attempt.error()?.detail]).toEqual([false, 'not today']);
    const again = attempt.run(() => Promise.resolve());
    expect(attempt.error()).toBeUndefined();
    expect(await again).toBe(true);
  });
});
