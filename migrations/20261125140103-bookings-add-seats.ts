import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A training session has so many seats, and schools take some until it is full. The database counts them itself, one taker at a time. */
export class BookingsAddSeats20261125140103 implements MigrationInterface {
  readonly name = 'BookingsAddSeats20261125140103';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`alter table booking add capacity smallint`);
    await run.query(`alter table booking add constraint booking_capacity_within_reason check (capacity between 2 and 500)`);
    await run.query(`alter table booking_school add seats smallint not null default 1`);
    await run.query(`alter table booking_school add constraint booking_school_takes_a_seat check (seats between 1 and 500)`);
    await run.query(`
      create function refuse_seats_above_capacity() returns trigger language plpgsql as $$
      declare
        allowed smallint;
        taken bigint;
      begin
        select capacity into allowed from booking where collaboration_id = new.collaboration_id and id = new.booking_id for update;
        if allowed is null then
          return null;
        end if;
        select sum(seats) into taken from booking_school where collaboration_id = new.collaboration_id and booking_id = new.booking_id;
        if taken > allowed then
          raise exception 'Session % has % seats, and % would be taken.', new.booking_id, allowed, taken using errcode = 'P0F05', constraint = 'booking_school_within_capacity';
        end if;
        return null;
      end $$`);
    await run.query(`
      create trigger booking_school_within_capacity after insert or update of seats on booking_school
      for each row execute function refuse_seats_above_capacity()`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop trigger booking_school_within_capacity on booking_school`);
    await run.query(`drop function refuse_seats_above_capacity`);
    await run.query(`alter table booking_school drop column seats`);
    await run.query(`alter table booking drop column capacity`);
  }
}
