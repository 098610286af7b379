import { Injectable } from '@nestjs/common';
import { upheldPence, type Upheld } from '@fairshare/domain/billing';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { ChargesService } from '../sharing/charges.service.js';
import { CreditNotes } from './credit-notes.service.js';
import { disputedShare, type DisputedShare } from './disputes.queries.js';

/** What a decision took back and by which document. */
export interface Correction {
  readonly pence: number;
  readonly creditNoteId: string | null;
  readonly creditChargeId: string | null;
}

export const nothing: Correction = { pence: 0, creditNoteId: null, creditChargeId: null };

/** Corrects a share that was charged wrongly: by a credit note where it was invoiced, by a credit where it was not. The other schools stay as they are. */
@Injectable()
export class DisputeCorrections {
  readonly #charges: ChargesService;
  readonly #creditNotes: CreditNotes;

  constructor(charges: ChargesService, creditNotes: CreditNotes) {
    this.#charges = charges;
    this.#creditNotes = creditNotes;
  }

  async make(tx: Tx, who: Scope, collaborationId: string, shareId: string, upheld: Upheld, reason: string): Promise<Correction> {
    const share = (await disputedShare(tx, collaborationId, shareId)) as DisputedShare;
    const pence = upheldPence(share.chargedPence, share.leftPence, upheld);
    if (share.invoiceId && share.lineId) {
      const note = await this.#creditNotes.issueIn(tx, who, collaborationId, share.invoiceId, { reason, lines: [{ lineId: share.lineId, pence }] });
      return { pence, creditNoteId: note.id, creditChargeId: null };
    }
    const creditChargeId = await this.#charges.giveBackShare(tx, who, collaborationId, { chargeId: share.rootChargeId, urn: share.urn, pence, reason });
    return { pence, creditNoteId: null, creditChargeId };
  }
}
