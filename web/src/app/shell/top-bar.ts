import { CdkMenu, CdkMenuGroup, CdkMenuItem, CdkMenuItemRadio, CdkMenuTrigger } from '@angular/cdk/menu';
import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { CurrentCollaboration } from '../ui/current-collaboration';
import { CurrentSession } from '../ui/current-session';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icons';
import { Preferences, type Density, type Theme } from '../ui/preferences';
import { HelpOpener } from './help-opener';
import { JobsTray } from './jobs-tray';
import { SearchOpener } from './search-opener';

const themes: readonly { value: Theme; label: string; icon: IconName }[] = [
  { value: 'system', label: 'As the system', icon: 'screen' },
  { value: 'light', label: 'Light', icon: 'sun' },
  { value: 'dark', label: 'Dark', icon: 'moon' },
];
const densities: readonly { value: Density; label: string; icon: IconName }[] = [
  { value: 'roomy', label: 'Roomy tables', icon: 'menu' },
  { value: 'dense', label: 'Dense tables', icon: 'rows' },
];

/** The collaboration's name, search, running jobs, help and the person's own menu. */
@Component({
  selector: 'fs-top-bar',
  imports: [CdkMenu, CdkMenuGroup, CdkMenuItem, CdkMenuItemRadio, CdkMenuTrigger, Icon, JobsTray, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './top-bar.html',
  styleUrl: './top-bar.scss',
})
export class TopBar {
  protected readonly collaboration = inject(CurrentCollaboration);
  protected readonly session = inject(CurrentSession);
  protected readonly preferences = inject(Preferences);
  protected readonly search = inject(SearchOpener);
  protected readonly help = inject(HelpOpener);
  protected readonly themes = themes;
  protected readonly densities = densities;
  protected readonly several = computed(() => this.collaboration.all().length > 1);
  protected readonly initials = computed(() => {
    const words = this.session.user()?.name.split(/\s+/).filter(Boolean) ?? [];
    return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '').join('').toUpperCase();
  });

  /** A full load, so that nothing of this person stays in memory. */
  protected async signOut(): Promise<void> {
    await this.session.signOut().catch(() => undefined);
    location.assign('/sign-in');
  }
}
