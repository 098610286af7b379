import type { ImportStatus } from '@fairshare/contract/schools.js';
import { allByRole, byRole, click, expectAccessible, render, text } from '../../testing/screen';
import { ImportReportView } from './import-report';

const statusOf = (changes: Partial<ImportStatus>): ImportStatus => ({
  id: '0199a000-0000-7000-8000-000000000009', kind: 'gias', dryRun: true, fileName: 'gias.csv', state: 'done', done: 3, total: 3, secondsLeft: null,
  createdAt: '2026-11-23T09:00:00Z', startedAt: '2026-11-23T09:00:00Z', finishedAt: '2026-11-23T09:00:01Z',
  report: { rows: 21_567, created: 21_000, updated: 5, unchanged: 560, rejected: 2, errorsLeftOff: 0, errors: [{ row: 7, column: 'OpenDate', value: '31-02-2019', code: 'schools.impossible-date', message: 'There is no such day.' }] },
  ...changes,
});

describe('the report of an import', () => {
  it('When a dry run has ended, then it says what would happen, and an error stands beside each bad row', async () => {
    await render(ImportReportView, { status: statusOf({}) });
    expect(text()).toContain('This dry run changed nothing. An import would bring 21,000 new and 5 changed schools; 2 rows would be left out.');
    expect(byRole('table').textContent).toMatch(/Row 7\s*OpenDate\s*31-02-2019\s*There is no such day\./);
    expect(byRole('link', 'Download CSV').getAttribute('href')).toBe('/api/imports/0199a000-0000-7000-8000-000000000009/errors.csv');
    await expectAccessible();
  });

  it('When there are many faults, then a hundred are drawn and the rest on demand', async () => {
    const errors = Array.from({ length: 250 }, (_, i) => ({ row: i + 2, column: 'URN', value: 'x', code: 'schools.wrong-urn', message: 'A URN has six digits.' }));
    const fixture = await render(ImportReportView, { status: statusOf({ report: { rows: 250, created: 0, updated: 0, unchanged: 0, rejected: 250, errors, errorsLeftOff: 0 } }) });
    expect(document.querySelectorAll('tbody tr')).toHaveLength(100);
    await click(byRole('button', 'Show more of 250'), fixture);
    expect(document.querySelectorAll('tbody tr')).toHaveLength(250);
  });

  it('When the file could not be imported, then it says why and that nothing was changed', async () => {
    const errors = [{ row: 3, column: '', value: '', code: 'schools.quote-never-closed', message: 'A quotation mark is never closed.' }];
    await render(ImportReportView, { status: statusOf({ state: 'failed', report: { rows: 0, created: 0, updated: 0, unchanged: 0, rejected: 0, errors, errorsLeftOff: 0 } }) });
    expect(text()).toContain('The file could not be imported, and nothing was changed.');
    expect(allByRole('heading').map((heading) => heading.textContent)).toEqual(['Why']);
    await expectAccessible();
  });
});
