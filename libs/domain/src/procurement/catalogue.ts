import { addDays, dayNumber, type DateOnly } from '../kernel/period.js';

/** What a collaboration buys, by the list that reports and defaults go by. */
export const serviceKinds = [
  'sen-assessment', 'counselling', 'educational-psychology', 'speech-and-language', 'shared-business-manager',
  'personnel', 'absence-insurance', 'management-information-system', 'training', 'other',
] as const;
export type ServiceKind = (typeof serviceKinds)[number];

/** Colours that colour-blind people can tell apart; the name always stands beside. */
export const serviceColours = ['blue', 'orange', 'green', 'pink', 'vermilion', 'sky', 'ochre', 'grey'] as const;
export type ServiceColourName = (typeof serviceColours)[number];

/** An entry in the collaboration's catalogue. */
export interface Service {
  readonly id: string;
  readonly name: string;
  readonly kind: ServiceKind;
  readonly colour: ServiceColourName;
  /** Its sessions are for staff, so that they may be on INSET days. */
  readonly forStaff: boolean;
}

/** `member-school`: a member whose own employee delivers; it is paid by journal, not by invoice. */
export const supplierKinds = ['company', 'local-authority', 'self-employed', 'member-school'] as const;
export type SupplierKind = (typeof supplierKinds)[number];

/** Who is paid for a service. */
export interface Supplier {
  readonly id: string;
  readonly name: string;
  readonly kind: SupplierKind;
  /** The member whose employee delivers; set for `member-school` only. */
  readonly schoolUrn: string | null;
  readonly email: string | null;
  readonly vatNumber: string | null;
}

/** The first colour that no service has yet; when all are taken, the one that is used least. */
export function freeColour(taken: readonly ServiceColourName[]): ServiceColourName {
  const uses = (colour: ServiceColourName) => taken.filter((other) => other === colour).length;
  return serviceColours.reduce((least, colour) => (uses(colour) < uses(least) ? colour : least));
}

/** Bank details as they may be shown: enough to tell two accounts apart, too little to use one. Null when there are none. */
export function maskedBankDetails(account: { readonly accountName: string | null; readonly sortCode: string | null; readonly accountNumber: string | null }) {
  if (account.accountName === null || account.sortCode === null || account.accountNumber === null) return null;
  return { accountName: account.accountName, sortCode: `••-••-${account.sortCode.slice(-2)}`, accountNumber: `••••${account.accountNumber.slice(-4)}` };
}

/** Evidence that a specialist may work. What a DBS certificate says is never stored. */
export const credentialTypes = [
  'hcpc-registration', 'accredited-register', 'dbs-letter-of-assurance', 'insurance',
  'off-payroll-status', 'right-to-work', 'qualification', 'other',
] as const;
export type CredentialType = (typeof credentialTypes)[number];

export interface Credential {
  readonly id: string;
  readonly specialistId: string;
  readonly type: CredentialType;
  /** The register's or the letter's number; null where there is none. */
  readonly number: string | null;
  readonly checkedOn: DateOnly;
  /** The name of who looked at the evidence. */
  readonly checkedBy: string;
  /** Its last valid day; null when it never expires. */
  readonly expiresOn: DateOnly | null;
}

/** Days before its expiry from which a credential warns: a renewal of the HCPC or a letter of assurance takes weeks. */
export const credentialWarningDays = 60;

export type CredentialState = 'valid' | 'expires-soon' | 'expired';

export function credentialState(credential: Pick<Credential, 'expiresOn'>, today: DateOnly): CredentialState {
  const { expiresOn } = credential;
  if (expiresOn === null) return 'valid';
  if (expiresOn < today) return 'expired';
  return dayNumber(expiresOn) - dayNumber(today) <= credentialWarningDays ? 'expires-soon' : 'valid';
}

/**
 * How a specialist's credentials stand together. A newer record of a type replaces an older one, so that last year's
 * insurance does not count against this year's; `none` says that nothing was checked yet.
 */
export function standingOf(credentials: readonly Pick<Credential, 'type' | 'expiresOn'>[], today: DateOnly): CredentialState | 'none' {
  if (credentials.length === 0) return 'none';
  const latest = new Map<CredentialType, DateOnly | null>();
  for (const { type, expiresOn } of credentials) {
    const before = latest.get(type);
    if (before === undefined || (before !== null && (expiresOn === null || expiresOn > before))) latest.set(type, expiresOn);
  }
  const states = [...latest.values()].map((expiresOn) => credentialState({ expiresOn }, today));
  if (states.includes('expired')) return 'expired';
  return states.includes('expires-soon') ? 'expires-soon' : 'valid';
}

/** The first day on which a credential warns. */
export function warnsFrom(expiresOn: DateOnly): DateOnly {
  return addDays(expiresOn, -credentialWarningDays);
}
