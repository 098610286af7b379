import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { queryParamSignal } from './query-param';

@Component({ selector: 'fs-test-filters', template: '' })
class Filters {
  readonly from = queryParamSignal('from', '2026-09-01');
  readonly school = queryParamSignal('school');
}

describe('queryParamSignal', () => {
  it('When filters are set, then one navigation puts them all into the address and defaults leave it', async () => {
    TestBed.configureTestingModule({ providers: [provideRouter([{ path: 'page', component: Filters }])] });
    const harness = await RouterTestingHarness.create();
    const page = await harness.navigateByUrl('/page?school=125556&keep=1', Filters);
    expect([page.from(), page.school()]).toEqual(['2026-09-01', '125556']);

    page.from.set('2026-10-01');
    page.school.set('');
    await new Promise((resolve) => setTimeout(resolve));
    await harness.fixture.whenStable();
    expect(TestBed.inject(Router).url).toBe('/page?keep=1&from=2026-10-01');
    expect([page.from(), page.school()]).toEqual(['2026-10-01', '']);

    page.from.set('2026-09-01');
    await new Promise((resolve) => setTimeout(resolve));
    await harness.fixture.whenStable();
    expect(TestBed.inject(Router).url).toBe('/page?keep=1');
  });
});
