import { Injectable } from '@nestjs/common';
import { personErased } from '../identity/identity.news.js';
import { sql } from '../platform/database.js';
import { Events } from '../platform/events.js';

/** A specialist who was erased takes the calendars along that they keep elsewhere: their addresses are secrets of theirs. */
@Injectable()
export class ErasedSpecialist {
  constructor(events: Events) {
    events.on(personErased, async (tx, _who, { specialistIds }) => {
      await sql(tx, 'delete from time_taken where holder_id in (select id from outside_calendar where specialist_id = any ($1::uuid[]))', [specialistIds]);
      await sql(tx, 'delete from outside_calendar where specialist_id = any ($1::uuid[])', [specialistIds]);
      await sql(tx, 'update specialist set email_index = null where id = any ($1::uuid[])', [specialistIds]);
    });
  }
}
