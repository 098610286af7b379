import type { DateOnly } from '../kernel/period.js';
import { vatOnInvoice } from '../sharing/index.js';
import { costCodeOf, type CostCode, type CostCodeChoice } from './cost-code.js';
import type { DocumentKind } from './document-number.js';
import { broughtForwardVat, chosenVat, journalVat, lineVat, type LineVat, type VatChoice, type VatParty } from './vat.js';

/** A share that no document has yet, with what decides how it is billed. */
export interface ShareToBill {
  readonly shareId: string;
  readonly chargeId: string;
  readonly urn: string;
  readonly pence: number;
  readonly description: string;
  readonly serviceFrom: DateOnly;
  readonly serviceTo: DateOnly;
  /** The day that decides the period of the charge. */
  readonly belongsOn: DateOnly;
  /** The day that decides its VAT: of what puts another charge right, that charge's day. */
  readonly suppliedOn: DateOnly;
  /** How the share that it puts right was treated on its invoice; null when that has none, or there is nothing to put right. */
  readonly billedVat: LineVat | null;
  /** A balance of earlier books, or what puts one right. */
  readonly isBroughtForward: boolean;
  readonly agreementId: string | null;
  readonly agreementName: string | null;
  readonly serviceId: string | null;
  readonly serviceName: string | null;
  readonly serviceKind: string | null;
  readonly supplierKind: string | null;
  /** The member school whose employee delivers it. */
  readonly supplierSchoolUrn: string | null;
  /** The part of `pence` that is VAT which the supplier charged and which is passed on. */
  readonly suppliersVatPence: number;
}

export interface BilledSchool extends VatParty {
  readonly urn: string;
}

export interface DraftLine {
  readonly shareId: string;
  readonly chargeId: string;
  readonly description: string;
  readonly serviceName: string | null;
  readonly agreementName: string | null;
  readonly serviceFrom: DateOnly;
  readonly serviceTo: DateOnly;
  readonly belongsOn: DateOnly;
  readonly netPence: number;
  readonly vatPence: number;
  /** VAT of the supplier within the net, for the school's own claim; nothing is added for it. */
  readonly suppliersVatPence: number;
  readonly vat: LineVat;
  readonly costCode: CostCode;
}

export interface DraftDocument {
  readonly kind: DocumentKind;
  readonly urn: string;
  readonly serviceFrom: DateOnly;
  readonly serviceTo: DateOnly;
  readonly lines: readonly DraftLine[];
}

/** What a run leaves for the next one: shares and credits of a school that come to nothing, or shares that it disputes. */
export interface LeftOver {
  readonly code: 'billing.comes-to-nothing' | 'billing.dispute-waits';
  readonly urn: string;
  readonly pence: number;
}

export interface Drafts {
  readonly documents: readonly DraftDocument[];
  readonly left: readonly LeftOver[];
}

export interface Issuer extends BilledSchool {
  readonly vatRegistered: boolean;
}

/** What people chose about documents instead of the defaults, and which shares wait until a dispute is decided. */
export interface BillingChoices {
  readonly vat: readonly VatChoice[];
  readonly costCodes: readonly CostCodeChoice[];
  readonly disputedShareIds: ReadonlySet<string>;
}

export const noChoices: BillingChoices = { vat: [], costCodes: [], disputedShareIds: new Set() };

/** One document for each school and kind, schools in the order of the shares given. */
export function draftDocuments(issuer: Issuer, schools: ReadonlyMap<string, BilledSchool>, all: readonly ShareToBill[], choices: BillingChoices = noChoices): Drafts {
  const disputed = all.filter(({ shareId }) => choices.disputedShareIds.has(shareId));
  const shares = disputed.length === 0 ? all : all.filter(({ shareId }) => !choices.disputedShareIds.has(shareId));
  const groups = new Map<string, Group>();
  for (const share of shares) {
    const isOwn = isOwnShare(issuer, share);
    const key = `${share.urn} ${isOwn}`;
    const group = groups.get(key) ?? { isOwn, urn: share.urn, shares: [] };
    group.shares.push(share);
    groups.set(key, group);
  }
  const documents: DraftDocument[] = [];
  const left: LeftOver[] = [...pencePerSchool(disputed)].map(([urn, pence]) => ({ code: 'billing.dispute-waits', urn, pence }));
  for (const group of groups.values()) {
    const document = draftDocument(issuer, schools.get(group.urn), group, choices);
    if (document.kind !== 'journal' && grossOf(document.lines) === 0) left.push({ code: 'billing.comes-to-nothing', urn: group.urn, pence: 0 });
    else documents.push(document);
  }
  return { documents, left };
}

interface Group {
  readonly isOwn: boolean;
  readonly urn: string;
  readonly shares: ShareToBill[];
}

const grossOf = (lines: readonly DraftLine[]) => lines.reduce((sum, line) => sum + line.netPence + line.vatPence, 0);

function pencePerSchool(shares: readonly ShareToBill[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { urn, pence } of shares) sums.set(urn, (sums.get(urn) ?? 0) + pence);
  return sums;
}

function isOwnShare(issuer: Issuer, share: ShareToBill): boolean {
  return share.urn === issuer.urn || share.urn === share.supplierSchoolUrn;
}

function draftDocument(issuer: Issuer, school: BilledSchool | undefined, group: Group, choices: BillingChoices): DraftDocument {
  const customer = school ?? { urn: group.urn, kind: 'maintained', laCode: null, trustCode: null };
  const vatOf = (share: ShareToBill) => share.billedVat ?? (share.isBroughtForward ? broughtForwardVat : lineVat({ issuer, customer, ...share, chosen: chosenVat(choices.vat, { ...share, on: share.suppliedOn }) }));
  const treatments = group.shares.map((share) => (group.isOwn ? journalVat : vatOf(share)));
  const { linePence } = vatOnInvoice(group.shares.map((share, i) => ({ netPence: share.pence, rateBasisPoints: treatments[i]!.basisPoints })));
  const lines = group.shares.map((share, i): DraftLine => ({
    shareId: share.shareId, chargeId: share.chargeId, description: share.description, serviceName: share.serviceName, agreementName: share.agreementName,
    serviceFrom: share.serviceFrom, serviceTo: share.serviceTo, belongsOn: share.belongsOn, netPence: share.pence, vatPence: linePence[i]!, vat: treatments[i]!,
    suppliersVatPence: share.suppliersVatPence, costCode: costCodeOf(customer.kind, { id: share.serviceId, kind: share.serviceKind }, choices.costCodes),
  }));
  return {
    kind: group.isOwn ? 'journal' : grossOf(lines) < 0 ? 'credit-note' : 'invoice', urn: group.urn, lines,
    serviceFrom: lines.reduce((first, line) => (line.serviceFrom < first ? line.serviceFrom : first), lines[0]!.serviceFrom),
    serviceTo: lines.reduce((last, line) => (line.serviceTo > last ? line.serviceTo : last), lines[0]!.serviceTo),
  };
}
