import { defaultVatTreatment, type VatReason, type VatServiceKind, type VatTreatmentKind } from '../sharing/index.js';

/** How a line is treated for VAT: a default with its reason, never advice. */
export interface LineVat {
  readonly treatment: VatTreatmentKind;
  /** 2,000 is 20 %. */
  readonly basisPoints: number;
  readonly reason: VatReason | 'billing.issuer-not-registered' | 'billing.own-share';
  /** The reason as a sentence for the invoice. */
  readonly words: string;
}

export interface VatParty {
  readonly kind: 'maintained' | 'academy';
  readonly laCode: string | null;
  /** The trust of an academy. */
  readonly trustCode: string | null;
}

/** Who bills whom for what. Service and supplier are null for what has no agreement, such as a fee. */
export interface Recharge {
  readonly issuer: VatParty & { readonly vatRegistered: boolean };
  readonly customer: VatParty;
  readonly serviceKind: string | null;
  readonly supplierKind: string | null;
}

const administrative = new Set(['shared-business-manager', 'personnel', 'management-information-system', 'other']);

/** A member's own employee is a supply of our own; what a company, an authority or a self-employed person bills is passed on. */
function serviceOf(serviceKind: string | null, supplierKind: string | null): VatServiceKind {
  if (serviceKind === null) return 'other';
  if (serviceKind.includes('insurance')) return 'insurance';
  if (supplierKind !== null && supplierKind !== 'member-school') return 'passed-on';
  return administrative.has(serviceKind) ? 'administrative-staff' : 'teaching-staff';
}

const bodyOf = ({ kind }: VatParty) => (kind === 'academy' ? ('academy' as const) : ('maintained-school' as const));

/** The default of money.md for a recharge; an issuer that is not registered for VAT adds none. */
export function lineVat({ issuer, customer, serviceKind, supplierKind }: Recharge): LineVat {
  if (!issuer.vatRegistered) {
    return { treatment: 'outside-the-scope', basisPoints: 0, reason: 'billing.issuer-not-registered', words: 'The issuer is not registered for VAT and adds none; check with your finance adviser.' };
  }
  const { treatment, rateBasisPoints, reason, words } = defaultVatTreatment({
    supplier: bodyOf(issuer),
    customer: bodyOf(customer),
    service: serviceOf(serviceKind, supplierKind),
    sameAuthority: issuer.laCode !== null && issuer.laCode === customer.laCode,
    sameTrust: issuer.trustCode !== null && issuer.trustCode === customer.trustCode,
  });
  return { treatment, basisPoints: rateBasisPoints, reason, words };
}

/** The own share of the school that holds the money or delivers: a journal inside its books, no supply. */
export const journalVat: LineVat = {
  treatment: 'not-a-supply', basisPoints: 0, reason: 'billing.own-share', words: 'A school’s own share is a journal in its books, not a supply.',
};
