import { HttpErrorResponse } from '@angular/common/http';
import { allByRole, byRole, click, expectAccessible, render, text } from '../../testing/screen';
import { Problem } from './problem';
import { ProblemNotice } from './problem-notice';

const refused = new HttpErrorResponse({
  status: 422,
  error: { type: 'about:blank', title: 'Something needs correcting', status: 422, code: 'request.not-valid', errors: [{ path: ['place', 'schoolUrn'], code: 'x', message: 'A URN has six digits.' }], traceId: 'abc-1' },
});

describe('Problem', () => {
  it('When the API refuses, then title, code, facts and errors by field are kept', () => {
    const problem = Problem.of(refused);
    expect(problem).toMatchObject({ status: 422, title: 'Something needs correcting', code: 'request.not-valid', traceId: 'abc-1', unanswered: false });
    expect(problem.messageFor('place.schoolUrn')).toBe('A URN has six digits.');
  });

  it('When no answer came, then it says so and may be tried again', () => {
    const problem = Problem.of(new HttpErrorResponse({ status: 0 }));
    expect(problem.unanswered).toBe(true);
    expect(problem.title).toBe('Fairshare cannot be reached');
  });

  it('When something else was thrown, then it is a problem too', () => {
    expect(Problem.of(new Error('oh')).detail).toBe('oh');
    expect(Problem.of(new Error('outer', { cause: refused })).status).toBe(422);
    expect(Problem.of('x').status).toBe(500);
  });
});

describe('ProblemNotice', () => {
  it('When there is no error, then nothing shows', async () => {
    await render(ProblemNotice, { error: undefined });
    expect(allByRole('alert')).toEqual([]);
  });

  it('When there is one, then it is announced, with errors by field and a way to try again', async () => {
    const fixture = await render(ProblemNotice, { error: refused, retryable: true });
    let asked = 0;
    fixture.componentInstance.retry.subscribe(() => asked++);
    expect(byRole('alert').textContent).toContain('A URN has six digits.');
    expect(text()).toContain('quote abc-1');
    await click(byRole('button', 'Try again'), fixture);
    expect(asked).toBe(1);
    await expectAccessible();
  });
});
