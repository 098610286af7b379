import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { problemInterceptor, type Problem } from '../ui/problem';
import { SignInAgain, signInAgainInterceptor } from './sign-in-again';

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const refusal = [{ code: 'identity.sign-in-again' }, { status: 403, statusText: 'Forbidden' }] as const;

function setUp(answer: boolean): { client: HttpClient; http: HttpTestingController; asked: () => number } {
  let times = 0;
  const ask = (): Promise<boolean> => {
    times++;
    return Promise.resolve(answer);
  };
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([signInAgainInterceptor, problemInterceptor])),
      provideHttpClientTesting(),
      { provide: SignInAgain, useValue: { ask } },
    ],
  });
  return { client: TestBed.inject(HttpClient), http: TestBed.inject(HttpTestingController), asked: () => times };
}

describe('a request that needs a recent sign-in', () => {
  it('When the person shows that it is them, then the same request goes again and its answer is the page’s', async () => {
    const { client, http, asked } = setUp(true);
    const answer = firstValueFrom(client.post('/api/things', { a: 1 }, { headers: { 'Idempotency-Key': 'k' } }));
    http.expectOne('/api/things').flush(...refusal);
    await turn();
    const again = http.expectOne('/api/things');
    expect([again.request.body, again.request.headers.get('Idempotency-Key')]).toEqual([{ a: 1 }, 'k']);
    again.flush({ id: '1' });
    expect(await answer).toEqual({ id: '1' });
    expect(asked()).toBe(1);
  });

  it('When they would rather not, then the page sees the refusal', async () => {
    const { client, http } = setUp(false);
    const failed = firstValueFrom(client.post('/api/things', {})).catch((error: unknown) => error);
    http.expectOne('/api/things').flush(...refusal);
    expect((await failed) as Problem).toMatchObject({ code: 'identity.sign-in-again' });
    http.expectNone('/api/things');
  });

  it('When another refusal comes, then nobody is asked', async () => {
    const { client, http, asked } = setUp(true);
    const failed = firstValueFrom(client.get('/api/things')).catch((error: unknown) => error);
    http.expectOne('/api/things').flush({ code: 'identity.not-allowed' }, refusal[1]);
    expect((await failed) as Problem).toMatchObject({ code: 'identity.not-allowed' });
    expect(asked()).toBe(0);
  });
});
