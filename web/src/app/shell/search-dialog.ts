import { DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, effect, inject, Injector, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { CurrentCollaboration } from '../ui/current-collaboration';
import { Icon } from '../ui/icon';
import type { NavEntry, SearchHit, SearchProvider, SearchSource } from '../ui/nav-entry';
import { isFor, NAVIGATION, SEARCH_SOURCES } from './house';

interface Group {
  readonly label: string;
  readonly hits: readonly SearchHit[];
}

const pauseMs = 180;
const shortest = 2;

/** Search over everything: pages at once, then each room's provider as it answers. Arrow keys choose, Enter opens. */
@Component({
  selector: 'fs-search-dialog',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './search-dialog.html',
  styleUrl: './search-dialog.scss',
})
export class SearchDialog {
  readonly #ref = inject(DialogRef);
  readonly #router = inject(Router);
  readonly #injector = inject(Injector);
  readonly #collaboration = inject(CurrentCollaboration);
  readonly #navigation = inject(NAVIGATION);
  readonly #sources = inject(SEARCH_SOURCES).filter((source) => isFor(source, this.#collaboration.roles()));
  readonly #providers = new Map<SearchSource, Promise<SearchProvider>>();
  readonly #found = signal<ReadonlyMap<string, readonly SearchHit[]>>(new Map());

  protected readonly term = signal('');
  protected readonly waiting = signal(0);
  protected readonly active = signal(0);
  protected readonly searchable = this.#sources.map((source) => source.label.toLowerCase());

  protected readonly groups = computed<readonly Group[]>(() => {
    const found = this.#found();
    const rooms = this.#sources.map(({ label }) => ({ label, hits: found.get(label) ?? [] }));
    return [{ label: 'Pages', hits: this.#pages() }, ...rooms].filter((group) => group.hits.length > 0);
  });
  protected readonly hits = computed(() => this.groups().flatMap((group) => group.hits));
  protected readonly summary = computed(() => {
    if (this.waiting() > 0) return 'Searching…';
    const count = this.hits().length;
    return count === 0 ? `Nothing found for “${this.term()}”` : `${count} found`;
  });

  readonly #pages = computed<readonly SearchHit[]>(() => {
    const term = this.term().trim().toLowerCase();
    const rank = (entry: NavEntry): number => (entry.label.toLowerCase().includes(term) ? 0 : entry.purpose.toLowerCase().includes(term) ? 1 : 2);
    return this.#navigation
      .filter((entry) => isFor(entry, this.#collaboration.roles()) && rank(entry) < 2)
      .sort((a, b) => rank(a) - rank(b))
      .map((entry) => ({ title: entry.label, detail: entry.purpose, icon: entry.icon, link: entry.path ? entry.path.split('/') : [] }));
  });

  constructor() {
    effect((onCleanup) => {
      const term = this.term().trim();
      this.active.set(0);
      const abort = new AbortController();
      const timer = setTimeout(() => this.#ask(term, abort.signal), pauseMs);
      onCleanup(() => {
        clearTimeout(timer);
        abort.abort();
      });
    });
  }

  protected onKey(event: KeyboardEvent): void {
    const last = this.hits().length - 1;
    const moves: Record<string, () => number> = {
      ArrowDown: () => (this.active() >= last ? 0 : this.active() + 1),
      ArrowUp: () => (this.active() <= 0 ? last : this.active() - 1),
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      this.active.set(move());
      document.getElementById(`fs-hit-${this.active()}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const hit = this.hits()[this.active()];
      if (hit) this.go(hit);
    }
  }

  protected go(hit: SearchHit): void {
    this.#ref.close();
    const base = this.#collaboration.atHand() ? ['/c', this.#collaboration.atHand()] : ['/'];
    void this.#router.navigate([...base, ...hit.link], { queryParams: hit.queryParams ?? {} });
  }

  #ask(term: string, signal: AbortSignal): void {
    const collaborationId = untracked(this.#collaboration.atHand);
    this.#found.set(new Map());
    if (term.length < shortest || !collaborationId) {
      this.waiting.set(0);
      return;
    }
    this.waiting.set(this.#sources.length);
    for (const source of this.#sources) {
      this.#provider(source)
        .then((provider) => provider.find(term, collaborationId, signal))
        .catch(() => [])
        .then((hits) => {
          if (signal.aborted) return;
          this.#found.update((found) => new Map(found).set(source.label, hits));
          this.waiting.update((count) => count - 1);
        });
    }
  }

  #provider(source: SearchSource): Promise<SearchProvider> {
    const known = this.#providers.get(source) ?? source.load().then((type) => Injector.create({ providers: [{ provide: type }], parent: this.#injector }).get(type));
    this.#providers.set(source, known);
    return known;
  }
}
