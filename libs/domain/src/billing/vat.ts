import type { DateOnly } from '../kernel/period.js';
import { defaultVatTreatment, type VatReason, type VatServiceKind, type VatTreatmentKind } from '../sharing/index.js';

/** How a line is treated for VAT: a default with its reason, never advice. */
export interface LineVat {
  readonly treatment: VatTreatmentKind;
  /** 2,000 is 20 %. */
  readonly basisPoints: number;
  readonly reason: VatReason | 'billing.issuer-not-registered' | 'billing.own-share' | 'billing.brought-forward' | 'billing.vat-chosen';
  /** The reason as a sentence for the invoice. */
  readonly words: string;
}

export interface VatParty {
  readonly kind: 'maintained' | 'academy';
  readonly laCode: string | null;
  /** The trust of an academy. */
  readonly trustCode: string | null;
}

/**
 * What somebody chose instead of the default: for an agreement, for a school, or for one school in one agreement, from a
 * day on. Without a treatment it goes back to the default.
 */
export interface VatChoice {
  readonly agreementId: string | null;
  /** The customer. */
  readonly urn: string | null;
  readonly fromOn: DateOnly;
  readonly treatment: VatTreatmentKind | null;
  readonly rateBasisPoints: number;
  readonly reason: string;
}

/**
 * The choice that counts for a supply on a day: one for the school in the agreement before one for the agreement, and
 * that before one for the school; among those the latest day, and of two on one day the one that was made last.
 * `choices` are in the order in which they were made.
 */
export function chosenVat(choices: readonly VatChoice[], supply: { readonly agreementId: string | null; readonly urn: string; readonly on: DateOnly }): VatChoice | undefined {
  const { agreementId, urn, on } = supply;
  const levels = [
    (choice: VatChoice) => agreementId !== null && choice.agreementId === agreementId && choice.urn === urn,
    (choice: VatChoice) => agreementId !== null && choice.agreementId === agreementId && choice.urn === null,
    (choice: VatChoice) => choice.agreementId === null && choice.urn === urn,
  ];
  for (const applies of levels) {
    let latest: VatChoice | undefined;
    for (const choice of choices) if (applies(choice) && choice.fromOn <= on && (!latest || choice.fromOn >= latest.fromOn)) latest = choice;
    if (latest?.treatment) return latest;
  }
  return undefined;
}

/** Who bills whom for what. Service and supplier are null for what has no agreement, such as a fee. */
export interface Recharge {
  readonly issuer: VatParty & { readonly vatRegistered: boolean };
  readonly customer: VatParty;
  readonly serviceKind: string | null;
  readonly supplierKind: string | null;
  /** What somebody chose for it. */
  readonly chosen?: VatChoice | undefined;
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

/** The default of money.md for a recharge, or what was chosen instead; an issuer that is not registered for VAT adds none whatever was chosen. */
export function lineVat({ issuer, customer, serviceKind, supplierKind, chosen }: Recharge): LineVat {
  if (!issuer.vatRegistered) {
    return { treatment: 'outside-the-scope', basisPoints: 0, reason: 'billing.issuer-not-registered', words: 'The issuer is not registered for VAT and adds none; check with your finance adviser.' };
  }
  if (chosen?.treatment) {
    return { treatment: chosen.treatment, basisPoints: chosen.rateBasisPoints, reason: 'billing.vat-chosen', words: `${chosen.reason.replace(/\.$/, '')}; check with your finance adviser.` };
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

/** A balance of the books before: what it is for was supplied, and billed with its VAT, there. */
export const broughtForwardVat: LineVat = {
  treatment: 'not-a-supply', basisPoints: 0, reason: 'billing.brought-forward', words: 'A balance brought forward from earlier books is no supply of its own; check with your finance adviser.',
};
