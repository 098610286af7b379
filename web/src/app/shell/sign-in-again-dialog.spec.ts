import { DialogRef } from '@angular/cdk/dialog';
import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { Account } from '@fairshare/contract/identity.js';
import { allByRole, byLabel, byRole, click, expectAccessible, render, text, type } from '../../testing/screen';
import { problemInterceptor } from '../ui/problem';
import { SignInAgainDialog } from './sign-in-again-dialog';

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const nobody: Account = { name: 'Cora', email: 'cora@x.example', hasPassword: false, authenticator: false, passkeys: [], outsideAccounts: [], recoveryCodesLeft: 0, needsSecondFactor: false };
const passkey = { id: '01990000-0000-7000-8000-000000000001', name: 'Laptop', synced: false, addedAt: '2026-10-01T09:00:00Z', lastUsedAt: null };
const atMicrosoft = { provider: 'microsoft', tiedAt: '2026-10-01T09:00:00Z' };

async function opened(known: Partial<Account>, device = true) {
  Object.defineProperty(globalThis, 'PublicKeyCredential', { value: device ? class {} : undefined, configurable: true });
  let closed: unknown;
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([problemInterceptor])), provideHttpClientTesting(),
      { provide: DialogRef, useValue: { close: (answer: unknown) => (closed = answer) } },
    ],
  });
  const rendering = render(SignInAgainDialog);
  const http = TestBed.inject(HttpTestingController);
  await turn();
  http.expectOne('/api/account').flush({ ...nobody, ...known });
  http.expectOne('/api/session/providers').flush({ items: [{ id: 'microsoft', name: 'Microsoft' }, { id: 'google', name: 'Google' }] });
  const fixture = await rendering;
  return { fixture, http, closed: () => closed };
}

const ways = () => allByRole('button').map((button) => button.textContent?.trim()).filter((word) => word !== 'Not now');

describe('showing once more that it is oneself', () => {
  it('When there are a password, a code, a passkey and a provider, then each is offered', async () => {
    const { fixture, http, closed } = await opened({ hasPassword: true, authenticator: true, passkeys: [passkey], outsideAccounts: [atMicrosoft] });
    expect(ways()).toEqual(['Use your passkey', 'Sign in again with Microsoft', 'It is me']);
    await expectAccessible();
    await type(byLabel('Your password'), 'a secret', fixture);
    await type(byLabel('Code'), '123456', fixture);
    await click(byRole('button', 'It is me'), fixture);
    const asked = http.expectOne('/api/session/again');
    expect(asked.request.body).toEqual({ password: 'a secret', code: '123456' });
    asked.flush({ user: { id: passkey.id, name: 'Cora', email: 'cora@x.example' }, grants: [] });
    await turn();
    expect(closed()).toBe(true);
  });

  it('When there is only a provider, then it is offered and asked to look again', async () => {
    const { fixture, http } = await opened({ outsideAccounts: [atMicrosoft] });
    expect(ways()).toEqual(['Sign in again with Microsoft']);
    await click(byRole('button', 'Sign in again with Microsoft'), fixture);
    expect(http.expectOne('/api/session/providers/microsoft').request.body).toEqual({ again: true });
  });

  it('When there is only a passkey, then it is offered', async () => {
    await opened({ passkeys: [passkey] });
    expect(ways()).toEqual(['Use your passkey']);
  });

  it('When the browser cannot use the only one there is, then it says what to do', async () => {
    await opened({ passkeys: [passkey] }, false);
    expect(ways()).toEqual([]);
    expect(text()).toContain('have a link sent to you');
  });
});
