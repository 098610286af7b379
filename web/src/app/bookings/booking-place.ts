import { ChangeDetectionStrategy, Component, computed, input, model } from '@angular/core';
import { RoomsSchema } from '@fairshare/contract/availability.js';
import type { Place } from '@fairshare/contract/bookings.js';
import { MemberListSchema } from '@fairshare/contract/schools.js';
import { read } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { today } from '../ui/london';

export interface PlaceChoice {
  readonly place: Place;
  readonly roomId?: string;
}

/** Where a session is held: at a school that comes, at another one, or by video; and in which room, where a school has named some. */
@Component({
  selector: 'fs-booking-place',
  imports: [Field, FieldControl],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-grid">
      <fs-field label="Where">
        <select fsControl class="fs-select" (change)="go($any($event.target).value)">
          @for (school of sites(); track school.urn) {
            <option [value]="school.urn" [selected]="school.urn === at()">{{ school.name }}</option>
          }
          <option value="remote" [selected]="at() === 'remote'">By video or telephone</option>
        </select>
      </fs-field>
      @if (offered().length) {
        <fs-field label="Room" [optional]="true">
          <select fsControl class="fs-select" (change)="take($any($event.target).value)">
            <option value="">Whichever is free</option>
            @for (room of offered(); track room.id) {
              <option [value]="room.id" [selected]="room.id === choice().roomId">{{ room.name }}</option>
            }
          </select>
        </fs-field>
      }
    </div>
  `,
})
export class BookingPlace {
  readonly collaborationId = input.required<string>();
  /** The schools that come; where they are stands first. */
  readonly urns = input.required<readonly string[]>();
  readonly choice = model.required<PlaceChoice>();
  readonly #members = read(() => `/api/collaborations/${this.collaborationId()}/members?size=200&on=${today()}`, MemberListSchema);
  readonly #rooms = read(() => `/api/collaborations/${this.collaborationId()}/rooms`, RoomsSchema);
  protected readonly sites = computed(() => {
    const all = this.#members.hasValue() ? this.#members.value().items : [];
    const comes = (urn: string) => Number(this.urns().includes(urn));
    return [...new Map(all.map(({ urn, name }) => [urn, { urn, name }])).values()].sort((a, b) => comes(b.urn) - comes(a.urn) || a.name.localeCompare(b.name));
  });
  protected readonly at = computed(() => {
    const { place } = this.choice();
    return 'remote' in place ? 'remote' : place.schoolUrn;
  });
  protected readonly offered = computed(() => (this.#rooms.hasValue() ? this.#rooms.value().items : []).filter(({ schoolUrn }) => schoolUrn === this.at()));

  protected go(where: string): void {
    this.choice.set({ place: where === 'remote' ? { remote: true } : { schoolUrn: where } });
  }

  protected take(roomId: string): void {
    const { place } = this.choice();
    this.choice.set({ place, ...(roomId ? { roomId } : {}) });
  }
}
