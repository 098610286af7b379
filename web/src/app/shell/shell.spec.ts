import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import { Component, Injectable } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter, Router, TitleStrategy, withComponentInputBinding } from '@angular/router';
import { allByRole, byRole, click, expectAccessible, render, text } from '../../testing/screen';
import { collaborationId, collaborations, otherCollaborationId, somebody } from '../../testing/somebody';
import { CurrentSession } from '../ui/current-session';
import type { NavEntry, SearchHit, SearchSource } from '../ui/nav-entry';
import { Page } from '../ui/page';
import { problemInterceptor } from '../ui/problem';
import { Connection, connectionInterceptor } from './connection';
import { NAVIGATION, SEARCH_SOURCES } from './house';
import { Landing } from './landing';
import { NotFound } from './not-found';
import { PageTitle } from './page-title';
import { Root } from './root';
import { Shell } from './shell';
import { signedIn } from './signed-in';

@Component({ selector: 'fs-test-home', imports: [Page], template: '<fs-page heading="Home" />' })
class Home {}
@Component({ selector: 'fs-test-invoices', imports: [Page], template: '<fs-page heading="Invoices" />' })
class Invoices {}
@Component({ selector: 'fs-test-door', template: '<h1>Door</h1>' })
class Door {}

@Injectable()
class Schools {
  find(term: string): Promise<readonly SearchHit[]> {
    return Promise.resolve([{ title: 'Leamington Primary', detail: `found ${term}`, icon: 'school', link: ['invoices'] }]);
  }
}

const navigation: readonly NavEntry[] = [
  { label: 'Home', purpose: 'What needs you.', icon: 'home', path: '', roles: 'everyone', order: 0 },
  { label: 'Invoices', purpose: 'What schools owe.', icon: 'invoice', path: 'invoices', roles: ['finance-officer'], order: 50 },
];
const searchSources: readonly SearchSource[] = [
  { label: 'Schools', roles: 'everyone', load: () => Promise.resolve(Schools) },
  { label: 'Secrets', roles: ['administrator'], load: () => Promise.reject(new Error('not for everyone')) },
];

const turn = (ms = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A request that is made when something has been drawn. */
async function soon(http: HttpTestingController, url: string): Promise<TestRequest> {
  for (let tries = 0; tries < 100; tries++) {
    const [request] = http.match(url);
    if (request) return request;
    await turn(5);
  }
  throw new Error(`Nobody asked for ${url}`);
}

async function open(address: string, session: unknown = somebody('finance-officer'), entries = navigation): Promise<{ fixture: ComponentFixture<Root>; http: HttpTestingController }> {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([connectionInterceptor, problemInterceptor])),
      provideHttpClientTesting(),
      provideRouter(
        [
          { path: 'sign-in', component: Door },
          { path: 'first-administrator', component: Door },
          { path: 'unreachable', component: Door },
          {
            path: '',
            component: Shell,
            canActivate: [signedIn],
            children: [
              { path: '', pathMatch: 'full', component: Landing },
              { path: 'c/:collaborationId', children: [{ path: '', pathMatch: 'full', title: 'Home', component: Home }, { path: 'invoices', title: 'Invoices', component: Invoices }] },
              { path: '**', title: 'Not found', component: NotFound },
            ],
          },
        ],
        withComponentInputBinding(),
      ),
      { provide: NAVIGATION, useValue: entries },
      { provide: SEARCH_SOURCES, useValue: searchSources },
      { provide: TitleStrategy, useExisting: PageTitle },
    ],
  });
  const fixture = await render(Root);
  const http = TestBed.inject(HttpTestingController);
  const arrived = TestBed.inject(Router).navigateByUrl(address);
  await turn();
  const asked = http.expectOne('/api/session');
  if (session) asked.flush(session);
  else asked.flush({}, { status: 401, statusText: 'Unauthorized' });
  if (!session) {
    await turn();
    return { fixture, http };
  }
  await arrived;
  (await soon(http, '/api/collaborations?size=200')).flush(collaborations);
  await fixture.whenStable();
  await turn();
  await fixture.whenStable();
  return { fixture, http };
}

async function go(address: string, fixture: ComponentFixture<Root>): Promise<void> {
  await TestBed.inject(Router).navigateByUrl(address);
  await turn();
  await fixture.whenStable();
}

describe('Shell', () => {
  beforeEach(() => {
    localStorage.clear();
    sessionStorage.clear();
  });

  it('When somebody opens the first page, then they are in a collaboration and see only what their roles use', async () => {
    await open('/');
    expect(TestBed.inject(Router).url).toBe(`/c/${collaborationId}`);
    expect(allByRole('link', /Home|Invoices/).map((link) => link.textContent?.trim())).toEqual(['Home', 'Invoices']);
    expect(document.title).toBe('Home · Fairshare');
    await expectAccessible();
  });

  it('When a role does not use a page, then it is not in the navigation', async () => {
    await open('/', somebody('head'));
    expect(allByRole('link', 'Invoices')).toEqual([]);
  });

  it('When another page opens, then the focus moves to its heading; a changed filter leaves it', async () => {
    const { fixture } = await open(`/c/${collaborationId}`);
    await go(`/c/${collaborationId}/invoices`, fixture);
    expect(document.activeElement).toBe(byRole('heading', 'Invoices'));
    byRole('button', 'Help').focus();
    await go(`/c/${collaborationId}/invoices?state=draft`, fixture);
    expect(document.activeElement).toBe(byRole('button', 'Help'));
  });

  it('When somebody skips the navigation, then the focus is in the page', async () => {
    const { fixture } = await open(`/c/${collaborationId}`);
    await click(byRole('link', 'Skip to the page'), fixture);
    expect(document.activeElement).toBe(byRole('main'));
  });

  it('When somebody is in several collaborations, then they can switch, and come back to the last one', async () => {
    const { fixture } = await open('/');
    await click(byRole('button', 'Switch collaboration'), fixture);
    await click(byRole('menuitem', 'Warwick Primary Cluster'), fixture);
    await turn();
    expect(TestBed.inject(Router).url).toBe(`/c/${otherCollaborationId}`);
    expect(localStorage.getItem('fairshare.collaboration')).toBe(otherCollaborationId);
  });

  it('When Ctrl-K is pressed, then pages and rooms are searched, and Enter opens what is chosen', async () => {
    const { fixture } = await open('/');
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true, cancelable: true }));
    await turn(50);
    await fixture.whenStable();
    const input = byRole('combobox', 'Search') as HTMLInputElement;
    expect(document.activeElement).toBe(input);
    input.value = 'leam';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await turn(300);
    await fixture.whenStable();
    expect(allByRole('option').map((option) => option.querySelector('.title')?.textContent)).toEqual(['Leamington Primary']);
    expect(input.getAttribute('aria-activedescendant')).toBe(allByRole('option')[0]?.id);
    await expectAccessible(byRole('dialog'));
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await turn();
    expect(TestBed.inject(Router).url).toBe(`/c/${collaborationId}/invoices`);
    expect(allByRole('dialog')).toEqual([]);
  });

  it('When the account menu opens, then theme and density are chosen there', async () => {
    const { fixture } = await open('/');
    await click(byRole('button', 'Your account, Cora Patel'), fixture);
    await expectAccessible(byRole('menu'));
    await click(byRole('menuitemradio', 'Dark'), fixture);
    await turn();
    expect(document.documentElement.dataset['theme']).toBe('dark');
  });

  it('When help opens, then it says where things are and what words mean', async () => {
    const { fixture } = await open('/');
    await click(byRole('button', 'Help'), fixture);
    await turn(50);
    await fixture.whenStable();
    expect(byRole('dialog', 'Help').textContent).toContain('What schools owe.');
    await expectAccessible(byRole('dialog'));
  });

  it('When an address names nothing, then the page says so and shows a way on', async () => {
    await open('/nowhere');
    expect(byRole('heading', 'There is nothing here')).toBeTruthy();
    expect(document.title).toBe('Not found · Fairshare');
    await expectAccessible();
  });

  it('When nothing is shared with somebody yet, then they are told whom to ask', async () => {
    await open('/', somebody(), [navigation[1] as NavEntry]);
    expect(text()).toContain('Nothing has been shared with you yet');
    expect(text()).toContain('cora@leamington.example');
  });

  it('When nobody is signed in, then the door opens and remembers where one wanted to go', async () => {
    const { http, fixture } = await open(`/c/${collaborationId}/invoices`, null);
    http.expectOne('/api/session/first-administrator').flush({ needed: false });
    await turn();
    await fixture.whenStable();
    expect(TestBed.inject(Router).url).toBe(`/sign-in?returnTo=${encodeURIComponent(`/c/${collaborationId}/invoices`)}`);
  });

  it('When the installation is new, then its first administrator is asked for', async () => {
    const { http } = await open('/', null);
    http.expectOne('/api/session/first-administrator').flush({ needed: true });
    await turn();
    expect(TestBed.inject(Router).url).toBe('/first-administrator');
  });

  it('When the connection is lost or the session ends, then a banner says so', async () => {
    const { fixture } = await open('/');
    const connection = TestBed.inject(Connection);
    connection.lost.set(true);
    await fixture.whenStable();
    expect(text()).toContain('No connection to Fairshare');
    connection.lost.set(false);
    connection.sessionEnded.set(true);
    await fixture.whenStable();
    expect(byRole('link', 'Sign in again').getAttribute('href')).toContain('/sign-in?returnTo=');
    await expectAccessible();
    expect(TestBed.inject(CurrentSession).signedIn()).toBe(true);
  });
});
