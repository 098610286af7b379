import { sql, type Tx } from '../platform/database.js';
import { successorsByCharge } from './charged-shares.js';
import type { ChargeEntity } from './charge.entity.js';
import type { Basis, DividedAnew } from './new-charge.js';
import type { ShareSetEntity } from './share-set.entity.js';

/** How a charge was divided last: the first time, or since by its rule among other schools. A successor stands where it took over. */
export async function lastDivision(tx: Tx, first: ChargeEntity, set: ShareSetEntity): Promise<Basis> {
  const [last] = await sql<{ basis: Basis }>(
    tx,
    `select t.basis from charge k join share_set t on t.collaboration_id = k.collaboration_id and t.charge_id = k.id
      where k.collaboration_id = $1 and k.corrects_charge_id = $2 and t.rule_id is not null order by k.created_at desc, k.id desc limit 1`,
    [first.collaborationId, first.id],
  );
  const successors = await successorsOf(tx, first);
  const { participants, ...basis } = last?.basis ?? set.basis;
  return { ...basis, participants: participants.map((one) => ({ ...one, school: successors[one.school] ?? one.school })) };
}

/** What a division anew keeps of the first one: a census that came later rewrites nothing. */
export async function keptOf(tx: Tx, first: ChargeEntity, set: ShareSetEntity): Promise<DividedAnew> {
  const successors = await successorsOf(tx, first);
  const weights: Record<string, Record<string, string>> = {};
  for (const { school, weights: own } of set.basis.participants) {
    const kept = Object.fromEntries(Object.entries(own ?? {}).filter(([measure]) => measure !== 'use').map(([measure, weight]) => [measure, String(weight)]));
    for (const urn of [school, successors[school]]) if (urn) weights[urn] = kept;
  }
  return { on: set.sharedAt.toISOString().slice(0, 10), weights, successors };
}

const successorsOf = async (tx: Tx, { collaborationId, id }: ChargeEntity) => (await successorsByCharge(tx, collaborationId, id)).get(id) ?? {};

export async function isShared(tx: Tx, { collaborationId, id }: ChargeEntity): Promise<boolean> {
  return (await sql(tx, 'select 1 from share_set where collaboration_id = $1 and charge_id = $2', [collaborationId, id])).length > 0;
}

/** A charge that was never shared has one correction at most: the one that takes it back. */
export async function isTakenBack(tx: Tx, charge: ChargeEntity): Promise<boolean> {
  if (charge.kind === 'credit') return true;
  const taken = await sql(
    tx,
    `select 1 from charge t where t.collaboration_id = $1 and t.corrects_charge_id = $2 and not exists (select from share_set s where s.collaboration_id = t.collaboration_id and s.charge_id = t.id)`,
    [charge.collaborationId, charge.id],
  );
  return taken.length > 0 && !(await isShared(tx, charge));
}
