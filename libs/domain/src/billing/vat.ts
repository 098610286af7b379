import { spreadPence } from '../kernel/money.js';
import { fraction, roundHalfUp } from '../kernel/fraction.js';

/** How a recharge is treated for VAT; a default with its reason, never advice. */
export interface VatTreatment {
  readonly treatment: 'outside-scope' | 'exempt' | 'standard';
  /** 2,000 is 20 %. */
  readonly basisPoints: number;
  readonly reason: VatReason;
}

export type VatReason =
  | 'not-registered'
  | 'same-authority'
  | 'same-trust'
  | 'insurance'
  | 'education-between-eligible-bodies'
  | 'disbursement'
  | 'standard-rated';

/** Each reason as a sentence for the invoice. */
export const vatSentences: Readonly<Record<VatReason, string>> = {
  'not-registered': 'No VAT: the issuer is not registered for VAT.',
  'same-authority': 'Outside the scope of VAT: both schools are maintained by the same authority.',
  'same-trust': 'Not a supply: both academies belong to the same trust.',
  insurance: 'Exempt from VAT: insurance; insurance premium tax is part of the price.',
  'education-between-eligible-bodies': 'Exempt from VAT: teaching staff between eligible bodies.',
  disbursement: 'Outside the scope of VAT: passed on at cost.',
  'standard-rated': 'VAT at the standard rate.',
};

export interface VatParty {
  readonly kind: 'maintained' | 'academy';
  readonly laCode: string | null;
  readonly trustCode: string | null;
}

/** Who supplies whom with what. The service's kind is null for what has no service, such as a fee. */
export interface Supply {
  readonly issuer: VatParty & { readonly vatRegistered: boolean };
  readonly customer: VatParty;
  readonly serviceKind: string | null;
}

const none = (treatment: 'outside-scope' | 'exempt', reason: VatReason): VatTreatment => ({ treatment, basisPoints: 0, reason });
const education = /psycholog|assess|sen|speech|language|teach|counsel|train|sport|music|curriculum/;

/** money.md, "VAT": the first rule that applies. */
export function vatTreatment({ issuer, customer, serviceKind }: Supply): VatTreatment {
  const kind = (serviceKind ?? '').toLowerCase();
  if (!issuer.vatRegistered) return none('outside-scope', 'not-registered');
  const sameAuthority = issuer.laCode !== null && issuer.laCode === customer.laCode;
  if (issuer.kind === 'maintained' && customer.kind === 'maintained' && sameAuthority) return none('outside-scope', 'same-authority');
  const sameTrust = issuer.trustCode !== null && issuer.trustCode === customer.trustCode;
  if (issuer.kind === 'academy' && customer.kind === 'academy' && sameTrust) return none('outside-scope', 'same-trust');
  if (kind.includes('insur')) return none('exempt', 'insurance');
  if (education.test(kind)) return none('exempt', 'education-between-eligible-bodies');
  return { treatment: 'standard', basisPoints: 2000, reason: 'standard-rated' };
}

/**
 * VAT of each line, in the lines' order: worked out once a rate over the whole invoice, half up, and spread over the
 * lines by the dividing function, so that credits of lines are exact.
 */
export function vatOnLines(lines: readonly { readonly netPence: number; readonly basisPoints: number }[]): number[] {
  const vat = lines.map(() => 0);
  for (const rate of new Set(lines.map((line) => line.basisPoints))) {
    if (rate === 0) continue;
    const places = lines.flatMap((line, place) => (line.basisPoints === rate ? [place] : []));
    const nets = places.map((place) => lines[place]!.netPence);
    const netPence = nets.reduce((sum, pence) => sum + pence, 0);
    const amountPence = Number(roundHalfUp(fraction(BigInt(netPence) * BigInt(rate), 10_000n)));
    const exact = { numerators: nets.map((pence) => BigInt(pence) * BigInt(rate)), denominator: 10_000n };
    const { pence } = spreadPence({ amountPence, exact, keys: places.map(String) });
    for (const [i, place] of places.entries()) vat[place] = pence[i]!;
  }
  return vat;
}
