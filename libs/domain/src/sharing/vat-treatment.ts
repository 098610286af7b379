/** Who supplies: an LA-maintained school, an academy, a local authority, a company, or a self-employed person. */
export type VatSupplierKind = 'maintained-school' | 'academy' | 'local-authority' | 'company' | 'self-employed';

/** Who receives. An academy's legal self is its trust. */
export type VatCustomerKind = 'maintained-school' | 'academy' | 'local-authority';

/** What is supplied, as far as VAT cares. `passed-on` is a supplier's bill handed on at cost, its VAT included. */
export type VatServiceKind = 'teaching-staff' | 'administrative-staff' | 'insurance' | 'passed-on' | 'other';

export type VatTreatmentKind = 'outside-the-scope' | 'not-a-supply' | 'exempt' | 'standard-rated' | 'insurance-premium-tax' | 'disbursement';

/** Why a default was chosen; stable, and kept with every line it was used for. */
export type VatReason =
  | 'vat.insurance-premium-tax'
  | 'vat.disbursement-divided-like-the-charge'
  | 'vat.inside-one-trust'
  | 'vat.same-authority'
  | 'vat.teaching-staff-between-eligible-bodies'
  | 'vat.administrative-staff-to-another-body'
  | 'vat.standard-rate-unless-shown-otherwise';

/** A default that people may change. It is no advice, and says so. */
export interface VatTreatment {
  readonly treatment: VatTreatmentKind;
  /** What our own invoice adds: 2,000 is 20 %; 0 where it adds nothing. */
  readonly rateBasisPoints: number;
  readonly reason: VatReason;
  /** One sentence that ends with "check with your finance adviser". */
  readonly words: string;
}

/** One supply between two bodies. */
export interface VatSupply {
  readonly supplier: VatSupplierKind;
  readonly customer: VatCustomerKind;
  readonly service: VatServiceKind;
  /** Both belong to the same local authority. */
  readonly sameAuthority?: boolean;
  /** Both are academies of the same trust, which in law is one body. */
  readonly sameTrust?: boolean;
}

/** A maintained school is part of its authority in law. */
const authorityBodies: readonly string[] = ['maintained-school', 'local-authority'];
/** Bodies whose supplies of education are exempt (VAT Notice 701/30): schools and the authorities that run them. */
const eligibleBodies: readonly string[] = ['maintained-school', 'academy', 'local-authority'];

interface TreatmentRule {
  readonly appliesTo: (supply: VatSupply) => boolean;
  readonly treatment: VatTreatmentKind;
  readonly rateBasisPoints: number;
  readonly reason: VatReason;
  readonly because: string;
}

/** The first that applies counts (money.md, "VAT"); the last applies to everything. */
export const vatTreatmentRules: readonly TreatmentRule[] = [
  {
    appliesTo: ({ service }) => service === 'insurance',
    treatment: 'insurance-premium-tax',
    rateBasisPoints: 0,
    reason: 'vat.insurance-premium-tax',
    because: 'Insurance bears insurance premium tax, which is part of its price, and no VAT',
  },
  {
    appliesTo: ({ service }) => service === 'passed-on',
    treatment: 'disbursement',
    rateBasisPoints: 0,
    reason: 'vat.disbursement-divided-like-the-charge',
    because: "The supplier's own VAT is passed on and divided like the charge, to the penny",
  },
  {
    appliesTo: ({ supplier, customer, sameTrust }) => Boolean(sameTrust) && supplier === 'academy' && customer === 'academy',
    treatment: 'not-a-supply',
    rateBasisPoints: 0,
    reason: 'vat.inside-one-trust',
    because: 'Academies of one trust are one body in law, so a recharge between them is not a supply',
  },
  {
    appliesTo: ({ supplier, customer, sameAuthority }) => Boolean(sameAuthority) && authorityBodies.includes(supplier) && authorityBodies.includes(customer),
    treatment: 'outside-the-scope',
    rateBasisPoints: 0,
    reason: 'vat.same-authority',
    because: 'Maintained schools of one authority are part of it, so a recharge between them is outside the scope of VAT',
  },
  {
    appliesTo: ({ supplier, customer, service }) => service === 'teaching-staff' && eligibleBodies.includes(supplier) && eligibleBodies.includes(customer),
    treatment: 'exempt',
    rateBasisPoints: 0,
    reason: 'vat.teaching-staff-between-eligible-bodies',
    because: 'Teaching staff supplied by one eligible body to another are exempt',
  },
  {
    appliesTo: ({ service }) => service === 'administrative-staff',
    treatment: 'standard-rated',
    rateBasisPoints: 2000,
    reason: 'vat.administrative-staff-to-another-body',
    because: 'Administrative staff, such as a shared business manager, supplied to another body bear 20 %',
  },
  {
    appliesTo: () => true,
    treatment: 'standard-rated',
    rateBasisPoints: 2000,
    reason: 'vat.standard-rate-unless-shown-otherwise',
    because: 'Nothing here takes this supply out of the standard rate of 20 %',
  },
];

/** The default VAT treatment of a supply, to be kept and edited line by line. Never refuses. */
export function defaultVatTreatment(supply: VatSupply): VatTreatment {
  const rule = vatTreatmentRules.find(({ appliesTo }) => appliesTo(supply))!;
  const { treatment, rateBasisPoints, reason, because } = rule;
  return { treatment, rateBasisPoints, reason, words: `${because}; check with your finance adviser.` };
}
