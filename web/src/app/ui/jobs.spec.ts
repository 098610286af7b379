import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { byRole, expectAccessible, render, text } from '../../testing/screen';
import { JobProgress } from './job-progress';
import { Jobs, timeLeft } from './jobs';

describe('timeLeft', () => {
  it.each([
    [0, 100, 60_000, undefined],
    [10, 100, 1_000, undefined],
    [50, 100, 30_000, 'about 30 seconds left'],
    [10, 100, 60_000, 'about 9 minutes left'],
    [99, 100, 60_000, 'a few seconds left'],
  ])('When %d of %d are done after %d ms, then %s', (done, total, elapsed, words) => {
    expect(timeLeft({ done, total, startedAt: 0 }, elapsed)).toBe(words);
  });
});

describe('JobProgress', () => {
  beforeEach(() => {
    sessionStorage.clear();
    TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
  });

  it('When a job runs, then done and total show; when it is finished, that is announced', async () => {
    const http = TestBed.inject(HttpTestingController);
    const jobs = TestBed.inject(Jobs);
    jobs.follow({ key: 'a', label: 'Import of schools', url: '/api/imports/a' });
    const fixture = await render(JobProgress, { key: 'a' });
    http.expectOne('/api/imports/a').flush({ state: 'running', done: 2600, total: 26000 });
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
    expect(text()).toContain('2,600 of 26,000');
    expect(byRole('progressbar', 'Import of schools').getAttribute('value')).toBe('0.1');
    expect(text()).toContain('You can leave this page');
    await expectAccessible();

    await new Promise((resolve) => setTimeout(resolve, 1100));
    http.expectOne('/api/imports/a').flush({ state: 'done', done: 26000, total: 26000 });
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
    expect(byRole('status').textContent).toBe('Import of schools: Finished, 26,000 of 26,000');
  });

  it('When the page is loaded again, then a running job is still followed', () => {
    sessionStorage.setItem('fairshare.jobs', JSON.stringify([{ key: 'b', label: 'Invoices', url: '/api/b', startedAt: 0, state: 'running', done: 1, total: 2 }]));
    expect(TestBed.inject(Jobs).running().map((job) => job.key)).toEqual(['b']);
  });

  it('When the API says it is gone, then it stops; when it cannot be reached, it goes on asking', async () => {
    const http = TestBed.inject(HttpTestingController);
    const jobs = TestBed.inject(Jobs);
    jobs.follow({ key: 'c', label: 'Run', url: '/api/c' });
    http.expectOne('/api/c').error(new ProgressEvent('error'));
    await new Promise((resolve) => setTimeout(resolve));
    expect(jobs.job('c')?.state).toBe('running');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    http.expectOne('/api/c').flush({ title: 'Not found' }, { status: 404, statusText: 'Not Found' });
    await new Promise((resolve) => setTimeout(resolve));
    expect(jobs.job('c')).toMatchObject({ state: 'failed', problem: { status: 404 } });
  });
});
