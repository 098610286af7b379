import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { collaborationId, otherCollaborationId, somebody } from '../../testing/somebody';
import { CurrentSession } from './current-session';
import { problemInterceptor } from './problem';

describe('CurrentSession', () => {
  let http: HttpTestingController;
  let session: CurrentSession;

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideHttpClient(withInterceptors([problemInterceptor])), provideHttpClientTesting()] });
    http = TestBed.inject(HttpTestingController);
    session = TestBed.inject(CurrentSession);
  });

  it('When asked twice, then the API is asked once', async () => {
    const [first, second] = [session.load(), session.load()];
    http.expectOne('/api/session').flush(somebody('coordinator'));
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(session.user()?.name).toBe('Cora Patel');
  });

  it('When nobody is signed in, then it says so, and asks again next time', async () => {
    const first = session.load();
    http.expectOne('/api/session').flush({}, { status: 401, statusText: 'Unauthorized' });
    expect(await first).toBe(false);
    const again = session.load();
    http.expectOne('/api/session').flush(somebody('head'));
    expect(await again).toBe(true);
  });

  it('When roles are asked for, then those of this collaboration and those held everywhere count', async () => {
    const loaded = session.load();
    const given = somebody('coordinator');
    http.expectOne('/api/session').flush({ ...given, grants: [...given.grants, { role: 'administrator' }, { role: 'head', collaborationId: otherCollaborationId, schoolUrn: '125556' }] });
    await loaded;
    expect([...session.rolesIn(collaborationId)]).toEqual(['coordinator', 'administrator']);
    expect([...session.rolesIn(otherCollaborationId)]).toEqual(['administrator', 'head']);
    expect(session.schoolUrns()).toEqual(['125556']);
  });

  it('When signing out, then nothing of the person is left', async () => {
    const entered = session.signIn('cora@leamington.example', 'x');
    http.expectOne({ method: 'POST', url: '/api/session' }).flush(somebody('head'));
    await entered;
    localStorage.setItem('fairshare.theme', 'dark');
    localStorage.setItem('fairshare.collaboration', collaborationId);
    sessionStorage.setItem('fairshare.way-back', '/c/1');
    const left = session.signOut();
    http.expectOne({ method: 'DELETE', url: '/api/session' }).flush(null);
    await left;
    expect([session.signedIn(), session.user()]).toEqual([false, undefined]);
    expect([Object.keys(localStorage), Object.keys(sessionStorage)]).toEqual([['fairshare.theme'], []]);
    localStorage.clear();
  });
});
