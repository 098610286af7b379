import { Injectable } from '@nestjs/common';
import type { TakenItem } from '@fairshare/contract/taking-over';
import { hoursBalances } from '@fairshare/domain/sharing';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { ChargesService, lockShares } from './charges.service.js';
import { HoursReader } from './hours-reader.js';
import type { MoneySuccession } from './money-succession.js';
import { followStreams } from './streams-follow.js';

/** What of a charge is not invoiced of one school: by the first charge, whatever put it right. */
interface Open {
  readonly chargeId: string;
  readonly description: string;
  readonly pence: number;
}

const item = (kind: TakenItem['kind'], what: string, pence: number | null, more: Partial<TakenItem> = {}): TakenItem => ({ kind, what, pence, chargeId: null, invoiceId: null, stays: null, ...more });

/** Moves what a school has in this room to its successor, by new entries only. Done again it moves what came in between. */
@Injectable()
export class Successions {
  readonly #charges: ChargesService;
  readonly #clock: Clock;
  readonly #hours: HoursReader;

  constructor(charges: ChargesService, clock: Clock, hours: HoursReader) {
    this.#charges = charges;
    this.#clock = clock;
    this.#hours = hours;
  }

  /** @param left shares that stay where they are, such as disputed ones. */
  async follow(tx: Tx, who: Scope, succession: MoneySuccession, left: readonly string[]): Promise<TakenItem[]> {
    const { collaborationId, fromUrn, toUrn, on } = succession;
    await lockShares(tx, collaborationId);
    const made = { by: who.name, at: this.#clock.now() };
    await sql(
      tx, 'insert into money_succession (collaboration_id, from_urn, to_urn, first_on, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
      [collaborationId, fromUrn, toUrn, on, made.by, made.at],
    );
    const open = await openShares(tx, succession, left);
    // Carries go first: what follows is whole pence and leaves the fractions where they are.
    const carries = await followCarries(tx, succession, made);
    // What the old school owed goes back to its grants, then they go to the new one, which pays by the same rules from them.
    for (const { chargeId, pence } of open) await this.#charges.handOver(tx, who, { ...succession, chargeId, pence });
    const streams = await followStreams(tx, who, succession);
    for (const { chargeId, pence } of open) await this.#charges.takeOver(tx, who, { ...succession, chargeId, pence });
    const shares = open.map(({ chargeId, description, pence }) => item('shares', description, pence, { chargeId }));
    return [...carries, ...shares, ...streams, ...(await this.#followHours(tx, succession, made))];
  }

  /** A line that makes the old school's balance nothing and gives it to the new one. */
  async #followHours(tx: Tx, { collaborationId, fromUrn, toUrn, fromName, toName }: MoneySuccession, made: { by: string; at: Date }): Promise<TakenItem[]> {
    const balance = hoursBalances(await this.#hours.lines(tx, collaborationId), []).find(({ urn }) => urn === fromUrn);
    const minutes = balance?.balanceMinutes ?? 0;
    if (minutes === 0) return [];
    await sql(
      tx,
      'insert into hours_given (id, collaboration_id, giver_urn, taker_urn, minutes, given_on, what, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [newId(), collaborationId, toUrn, fromUrn, minutes, this.#clock.today(), `${toName} takes over the balance of ${fromName}`.slice(0, 200), made.by, made.at],
    );
    return [item('hours', `${Math.abs(minutes)} minutes that it ${minutes > 0 ? 'gave' : 'took'} more than it ${minutes > 0 ? 'took' : 'gave'}`, null)];
  }
}

/** Shares that no document has claimed, charge by charge. */
function openShares(tx: Tx, { collaborationId, fromUrn }: MoneySuccession, left: readonly string[]): Promise<Open[]> {
  return sql<Open>(
    tx,
    `select f.id as "chargeId", f.description, x.pence
       from (select coalesce(c.corrects_charge_id, c.id) as id, sum(s.pence)::bigint as pence
               from share s join charge c on c.collaboration_id = s.collaboration_id and c.id = s.charge_id
               left join share_invoiced i on i.collaboration_id = s.collaboration_id and i.share_id = s.id
              where s.collaboration_id = $1 and s.urn = $2 and i.share_id is null and s.id <> all ($3::uuid[])
              group by 1 having sum(s.pence) <> 0) x
       join charge f on f.collaboration_id = $1 and f.id = x.id
      order by f.belongs_on, f.id`,
    [collaborationId, fromUrn, left],
  );
}

/** What the old school was rounded down by within each agreement is where the new one begins, so that the schools of an agreement stay level. */
async function followCarries(tx: Tx, { collaborationId, fromUrn, toUrn }: MoneySuccession, made: { by: string; at: Date }): Promise<TakenItem[]> {
  const rows = await sql<{ name: string; carried: string }>(
    tx,
    `with carried as (
       select distinct on (s.agreement_id) s.agreement_id, s.carried_after as carried from share s
        where s.collaboration_id = $1 and s.urn = $2 and s.agreement_id is not null order by s.agreement_id, s.sequence desc),
     made as (
       insert into opening_carry (collaboration_id, agreement_id, urn, carried_pence, recorded_by, recorded_at)
       select $1, c.agreement_id, $3, c.carried, $4, $5 from carried c
        where c.carried <> '0' and not exists (select from share n where n.collaboration_id = $1 and n.agreement_id = c.agreement_id and n.urn = $3)
       on conflict do nothing returning agreement_id, carried_pence)
     select a.name, made.carried_pence as carried from made join agreement a on a.collaboration_id = $1 and a.id = made.agreement_id order by a.name`,
    [collaborationId, fromUrn, toUrn, made.by, made.at],
  );
  return rows.map(({ name, carried }) => item('carries', `${name}: ${carried.replace('-', '')} of a penny that it was rounded ${carried.startsWith('-') ? 'up' : 'down'} by so far`, null));
}
