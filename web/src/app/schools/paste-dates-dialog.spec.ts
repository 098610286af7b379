import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { byLabel, byRole, click, expectAccessible, render, text, type } from '../../testing/screen';
import { collaborationId } from '../../testing/somebody';
import { PasteDatesDialog } from './paste-dates-dialog';

const choice = { collaborationId, schools: [{ urn: '125610', name: 'Milverton Primary School' }], authorities: [{ code: '937', name: 'Warwickshire' }], isCoordinator: true, title: 'School year 2026-27' };

describe('pasting term dates', () => {
  it('When dates are pasted, then what is understood is shown first and stored only on the second press', async () => {
    let closed: unknown;
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting(), { provide: DIALOG_DATA, useValue: choice }, { provide: DialogRef, useValue: { close: (answer: unknown) => (closed = answer) } }],
    });
    const http = TestBed.inject(HttpTestingController);
    const fixture = await render(PasteDatesDialog);
    await type(byLabel('The dates'), 'Autumn term 2/9/2026 to 18/12/2026\nSports day 3/7/2027', fixture);
    byRole('button', 'See what is understood').click();
    const first = http.expectOne(`/api/collaborations/${collaborationId}/school-year/paste`);
    expect(first.request.body).toMatchObject({ dryRun: true, target: { level: 'local-authority', laCode: '937' } });
    const line = { kind: 'term', name: 'Autumn term', from: '2026-09-02', to: '2026-12-18', isNew: true };
    const answer = { added: 1, alreadyThere: 0, lines: [line], errors: [{ row: 2, column: 'kind', value: 'Sports day 3/7/2027', code: 'schools.unknown-kind-of-day', message: 'Say whether this is a term.' }] };
    first.flush(answer);
    await new Promise((done) => setTimeout(done));
    await fixture.whenStable();
    expect(text()).toContain('1 to add, 0 there already, 1 not understood.');
    expect(text()).toContain('Line 2');
    await expectAccessible();
    await click(byRole('button', 'Add 1 line'), fixture);
    const second = http.expectOne(`/api/collaborations/${collaborationId}/school-year/paste`);
    expect(second.request.body).toMatchObject({ dryRun: false });
    second.flush(answer);
    await new Promise((done) => setTimeout(done));
    expect(closed).toMatchObject({ added: 1 });
  });
});
