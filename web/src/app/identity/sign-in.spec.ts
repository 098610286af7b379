import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { Component } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { allByRole, byLabel, byRole, click, expectAccessible, render, text, type } from '../../testing/screen';
import { somebody } from '../../testing/somebody';
import { problemInterceptor } from '../ui/problem';
import { FirstAdministrator } from './first-administrator';
import { SignIn } from './sign-in';

@Component({ selector: 'fs-test-inside', template: '' })
class Inside {}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function setUp(): HttpTestingController {
  TestBed.configureTestingModule({
    providers: [provideHttpClient(withInterceptors([problemInterceptor])), provideHttpClientTesting(), provideRouter([{ path: '**', component: Inside }])],
  });
  return TestBed.inject(HttpTestingController);
}

async function door(http: HttpTestingController, demonstration?: unknown, returnTo?: string): Promise<ComponentFixture<SignIn>> {
  const drawn = render(SignIn, { returnTo });
  await turn();
  const asked = http.expectOne('/api/session/demonstration');
  if (demonstration) asked.flush(demonstration);
  else asked.flush({}, { status: 404, statusText: 'Not Found' });
  http.expectOne('/api/session/providers').flush({ items: [{ id: 'microsoft', name: 'Microsoft' }] });
  return drawn;
}

describe('SignIn', () => {
  it('When e-mail and password are right, then one is where one wanted to be', async () => {
    const http = setUp();
    const fixture = await door(http, undefined, '/c/1/invoices');
    expect(text()).not.toContain('Look around');
    await type(byLabel('E-mail'), ' cora@leamington.example ', fixture);
    await type(byLabel('Password'), 'a secret', fixture);
    await click(byRole('button', 'Sign in'), fixture);
    const request = http.expectOne('/api/session');
    expect(request.request.body).toEqual({ email: 'cora@leamington.example', password: 'a secret' });
    request.flush(somebody('head'));
    await turn();
    expect(TestBed.inject(Router).url).toBe('/c/1/invoices');
  });

  it('When a second factor is asked for, then its code signs in', async () => {
    const http = setUp();
    const fixture = await door(http, undefined, '/c/1/invoices');
    expect(allByRole('button', 'Sign in with Microsoft')).toHaveLength(1);
    await type(byLabel('E-mail'), 'c@x.example', fixture);
    await type(byLabel('Password'), 'x', fixture);
    await click(byRole('button', 'Sign in'), fixture);
    http.expectOne('/api/session').flush({ ticket: 'ticket', ways: ['authenticator', 'recovery-code'] }, { status: 202, statusText: 'Accepted' });
    await turn();
    await fixture.whenStable();
    await expectAccessible();
    await type(byLabel('Code'), '123 456', fixture);
    await click(byRole('button', 'Sign in'), fixture);
    const request = http.expectOne('/api/session/second-factor');
    expect(request.request.body).toEqual({ ticket: 'ticket', code: '123 456' });
    request.flush(somebody('head'));
    await turn();
    expect(TestBed.inject(Router).url).toBe('/c/1/invoices');
  });

  it('When the address to return to is not ours, then it is not followed', async () => {
    const http = setUp();
    const fixture = await door(http, undefined, '//evil.example');
    await type(byLabel('E-mail'), 'c@x.example', fixture);
    await type(byLabel('Password'), 'x', fixture);
    await click(byRole('button', 'Sign in'), fixture);
    http.expectOne('/api/session').flush(somebody('head'));
    await turn();
    expect(TestBed.inject(Router).url).toBe('/');
  });

  it('When they are wrong, then it says so and keeps what was typed; when empty, then it asks', async () => {
    const http = setUp();
    const fixture = await door(http);
    await click(byRole('button', 'Sign in'), fixture);
    expect(text()).toContain('Please type your e-mail address.');
    expect(document.activeElement).toBe(byLabel('E-mail'));
    await type(byLabel('E-mail'), 'c@x.example', fixture);
    await type(byLabel('Password'), 'wrong', fixture);
    await click(byRole('button', 'Sign in'), fixture);
    http.expectOne('/api/session').flush({ title: 'Wrong e-mail or password', code: 'identity.wrong-credentials' }, { status: 401, statusText: 'Unauthorized' });
    await turn();
    await fixture.whenStable();
    expect(byRole('alert').textContent).toContain('Wrong e-mail or password');
    expect(byLabel('Password').value).toBe('wrong');
    await expectAccessible();
  });

  it('When one asks to see the password, then it shows, and hides again', async () => {
    const fixture = await door(setUp());
    await click(byRole('button', 'Show password'), fixture);
    expect(byLabel('Password').type).toBe('text');
    await click(byRole('button', 'Hide password'), fixture);
    expect(byLabel('Password').type).toBe('password');
  });

  it('When it is a demonstration, then one click is enough', async () => {
    const http = setUp();
    const people = [{ email: 'head@leamington.example', name: 'Helen Marsh', role: 'head' }];
    const fixture = await door(http, { people, password: 'demo' });
    expect(allByRole('heading', 'Look around as')).toHaveLength(1);
    await expectAccessible();
    await click(byRole('button', /Head.*Helen Marsh/), fixture);
    const request = http.expectOne('/api/session');
    expect(request.request.body).toEqual({ email: 'head@leamington.example', password: 'demo' });
    request.flush(somebody('head'));
    await turn();
    expect(TestBed.inject(Router).url).toBe('/');
  });
});

describe('FirstAdministrator', () => {
  it('When the form is not complete, then each field says what it wants and nothing is sent', async () => {
    const http = setUp();
    const fixture = await render(FirstAdministrator);
    await type(byLabel('Password'), 'short', fixture);
    await click(byRole('button', 'Set up Fairshare'), fixture);
    expect(text()).toContain('Use at least 12 characters');
    expect(text()).toContain('Please give a name.');
    expect(http.match(() => true)).toEqual([]);
    await expectAccessible();
  });

  it('When it is complete, then the administrator is made and signed in', async () => {
    const http = setUp();
    const fixture = await render(FirstAdministrator);
    await type(byLabel('Your name'), 'Avery', fixture);
    await type(byLabel('E-mail'), 'avery@council.example', fixture);
    await type(byLabel('Password'), 'a sentence that is long', fixture);
    await click(byRole('button', 'Set up Fairshare'), fixture);
    http.expectOne('/api/session/first-administrator').flush(null);
    await turn();
    http.expectOne({ method: 'POST', url: '/api/session' }).flush(somebody('administrator'));
    await turn();
    expect(TestBed.inject(Router).navigated).toBe(true);
  });
});
