import type { ElementRef} from '@angular/core';
import { ChangeDetectionStrategy, Component, computed, effect, inject, viewChild } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { filter } from 'rxjs';
import { CurrentCollaboration, rememberVisit } from '../ui/current-collaboration';
import { Banners } from './banners';
import { isFor, NAVIGATION } from './house';
import { Navigation } from './navigation';
import { SearchOpener } from './search-opener';
import { TopBar } from './top-bar';

/** The frame around every page: navigation at the left, collaboration and tools at the top. */
@Component({
  selector: 'fs-shell',
  imports: [Banners, Navigation, RouterOutlet, TopBar],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(document:keydown)': 'shortcut($event)' },
  template: `
    <a class="skip fs-no-print" href="#main" (click)="skip($event)">Skip to the page</a>
    <fs-navigation class="fs-no-print" [entries]="entries()" [base]="base()" />
    <div class="column">
      <fs-top-bar class="fs-no-print" />
      <fs-banners class="fs-no-print" />
      <main id="main" tabindex="-1" #main><router-outlet /></main>
    </div>
  `,
  styleUrl: './shell.scss',
})
export class Shell {
  readonly #router = inject(Router);
  readonly #collaboration = inject(CurrentCollaboration);
  readonly #search = inject(SearchOpener);
  readonly #navigation = inject(NAVIGATION);
  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');

  protected readonly base = computed(() => {
    const id = this.#collaboration.atHand();
    return id ? `/c/${id}` : undefined;
  });
  protected readonly entries = computed(() => (this.base() ? this.#navigation.filter((entry) => isFor(entry, this.#collaboration.roles())) : []));

  constructor() {
    effect(() => {
      const id = this.#collaboration.id();
      if (id) rememberVisit(id);
    });
    this.#focusHeadings();
  }

  protected skip(event: Event): void {
    event.preventDefault();
    this.main().nativeElement.focus();
  }

  protected shortcut(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const typing = target.isContentEditable || /^(input|select|textarea)$/i.test(target.tagName);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      this.#search.open();
    } else if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.#search.open();
    }
  }

  /** A new page moves the focus to its heading, so that it is read out; a changed filter does not. */
  #focusHeadings(): void {
    let page: string | undefined;
    this.#router.events
      .pipe(
        filter((event) => event instanceof NavigationEnd),
        takeUntilDestroyed(),
      )
      .subscribe(({ urlAfterRedirects }) => {
        const next = urlAfterRedirects.split(/[?#]/)[0];
        const moved = page !== undefined && page !== next;
        page = next;
        if (moved) setTimeout(() => this.#focusHeading());
      });
  }

  #focusHeading(): void {
    const main = this.main().nativeElement;
    const heading = main.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    (heading ?? main).focus({ preventScroll: true });
  }
}
