import { TestBed } from '@angular/core/testing';
import { Preferences } from './preferences';

describe('Preferences', () => {
  beforeEach(() => localStorage.clear());

  it('When a theme and density are chosen, then the page has them and the next visit too', () => {
    const preferences = TestBed.inject(Preferences);
    TestBed.tick();
    expect(document.documentElement.dataset).toMatchObject({ theme: 'system', density: 'roomy' });
    preferences.theme.set('dark');
    preferences.density.set('dense');
    TestBed.tick();
    expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', density: 'dense' });
    TestBed.resetTestingModule();
    expect(TestBed.inject(Preferences).theme()).toBe('dark');
  });

  it('When what was kept makes no sense, then the system decides', () => {
    localStorage.setItem('fairshare.theme', 'purple');
    expect(TestBed.inject(Preferences).theme()).toBe('system');
  });
});
