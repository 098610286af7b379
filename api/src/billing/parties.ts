import type { Party } from '@fairshare/contract/billing';

/** Who bills whom, as it stands on the document. */
export interface Parties {
  readonly issuer: Party;
  readonly customer: Party;
}
