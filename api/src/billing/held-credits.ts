import { documentNumber } from '@fairshare/domain/billing';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { paymentReceived } from '@fairshare/domain/ledger';
import type { NewEntry } from '../ledger/ledger.service.js';
import { sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { lockSchoolMoney, storeAllocations } from './money-in.js';

/** A credit note of shares at its issue: what it makes due to the school, in pence below nothing. */
export interface NoteToHold {
  readonly id: string;
  readonly urn: string;
  readonly seriesNumber: number;
  readonly grossPence: number;
}

/**
 * Holds what credit notes make due to schools: by a payment of no money, which gives it free for the next invoices or for the
 * way back to the school's bank as money paid beyond what was due is. @returns the entries to post.
 */
export async function holdCredits(tx: Tx, collaborationId: string, notes: readonly NoteToHold[], at: { readonly today: DateOnly; readonly now: Date; readonly by: string }): Promise<NewEntry[]> {
  const held = notes.map((note) => ({ ...note, paymentId: newId(), number: documentNumber('credit-note', note.seriesNumber) }));
  for (const urn of held.map((one) => one.urn).sort()) await lockSchoolMoney(tx, collaborationId, urn);
  await sql(
    tx,
    `insert into payment (id, collaboration_id, urn, pence, paid_on, reference, recorded_by, recorded_at, holds_id)
     select h.id, $1, h.urn, 0, $2, h.number, $3, $4, h.note_id from unnest($5::uuid[], $6::text[], $7::text[], $8::uuid[]) as h (id, urn, number, note_id)`,
    [collaborationId, at.today, at.by, at.now, held.map((h) => h.paymentId), held.map((h) => h.urn), held.map((h) => h.number), held.map((h) => h.id)],
  );
  await storeAllocations(tx, collaborationId, held.map((h) => ({ paymentId: h.paymentId, invoiceId: h.id, pence: h.grossPence })), at.now);
  return held.map((h): NewEntry => ({
    collaborationId, kind: 'payment', serviceOn: at.today, happenedOn: at.today, sourceKind: 'payment', sourceId: h.paymentId, description: `${h.number} held as credit`,
    postings: paymentReceived({ urn: h.urn, pence: 0, spentPence: h.grossPence }),
  }));
}
