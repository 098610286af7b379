import { Injectable } from '@nestjs/common';
import type { Instant } from '@fairshare/domain/kernel/zone';
import { PeopleQueries } from '../identity/people.queries.js';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { Mail } from '../platform/mail.js';
import { Personal } from '../platform/personal.js';
import { Trail } from '../platform/trail.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import type { OutsideCalendarEntity } from './outside-calendar.entity.js';

/** Whose calendars they are: the collaboration they were added in, and the specialist. */
@Injectable()
export class CalendarOwners {
  readonly #mail: Mail;
  readonly #people: PeopleQueries;
  readonly #personal: Personal;
  readonly #schools: SchoolsQueries;
  readonly #trail: Trail;

  constructor(mail: Mail, people: PeopleQueries, personal: Personal, schools: SchoolsQueries, trail: Trail) {
    this.#mail = mail;
    this.#people = people;
    this.#personal = personal;
    this.#schools = schools;
    this.#trail = trail;
  }

  now(): Instant {
    return this.#mail.now();
  }

  /** An address that is shared in secret is stored with its owner's key. */
  sealed(tx: Tx, specialistId: string, address: string | null): Promise<string | null> {
    return this.#personal.sealOrNull(tx, specialistId, address);
  }

  opened(tx: Tx, address: string): Promise<string> {
    return this.#personal.reveal(address, tx);
  }

  async zone(tx: Tx, collaborationId: string): Promise<string> {
    return (await this.#schools.collaboration(tx, collaborationId)).zone;
  }

  /** The address may be a secret of its owner's: the trail does not have it. */
  record(tx: Tx, who: Scope, { id, name, collaborationId, specialistId }: OutsideCalendarEntity, action: string): Promise<void> {
    return this.#trail.record(tx, who, { action, collaborationId, subjectKind: 'specialist', subjectId: specialistId, after: { calendarId: id, name } });
  }

  async tellUnread(tx: Tx, { id, name, collaborationId, specialistId, readAt }: OutsideCalendarEntity): Promise<void> {
    const people = await this.#people.inRoles(tx, collaborationId);
    for (const { email } of people.filter((one) => one.specialistId === specialistId)) {
      await this.#mail.send(tx, {
        to: email, collaborationId, about: { kind: 'outside-calendar', id }, subject: `Your calendar “${name}” cannot be read`,
        text: [
          `Fairshare has not been able to read your calendar “${name}” for a day.`,
          'What it knew of your busy times still holds, but what you have entered since then is not known, and schools may book over it.',
          '', `Please look at its address: ${this.#mail.link(`/c/${collaborationId}/diary`)}`,
        ].join('\n'),
        once: `${id}.unread.${readAt}`,
      });
    }
  }
}
