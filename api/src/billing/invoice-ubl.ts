import type { InvoiceLine, Party } from '@fairshare/contract/billing';
import { disputeInWords, paidFromInWords } from '@fairshare/domain/billing';
import { asSaid, type BillingDocument } from './billing-document.js';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
/** Characters that XML 1.0 cannot hold are left out. */
const text = (value: string) => value.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').replace(/[&<>"']/g, (sign) => entities[sign] as string);
const amount = (pence: number) => `${pence < 0 ? '-' : ''}${Math.floor(Math.abs(pence) / 100)}.${String(Math.abs(pence) % 100).padStart(2, '0')}`;

const tag = (name: string, content: string, attributes = '') => `<${name}${attributes}>${content}</${name}>`;
const cbc = (name: string, value: string, attributes = '') => tag(`cbc:${name}`, text(value), attributes);
const cac = (name: string, ...content: string[]) => tag(`cac:${name}`, content.join(''));
const money = (name: string, pence: number) => cbc(name, amount(pence), ' currencyID="GBP"');

interface VatGroup {
  readonly category: 'S' | 'E' | 'O';
  readonly basisPoints: number;
  readonly words: string;
}

/**
 * The VAT category of a line. Outside the scope may not stand beside other categories (BR-O-11 to BR-O-14),
 * so that in a mixed invoice it is stated as exempt with its reason.
 */
function categoryOf(line: InvoiceLine, mixed: boolean): VatGroup['category'] {
  if (line.vatBasisPoints > 0) return 'S';
  const outside = !['exempt', 'insurance-premium-tax'].includes(line.vatTreatment);
  return outside && !mixed ? 'O' : 'E';
}

function taxCategory(name: string, group: VatGroup, withReason: boolean): string {
  const percent = group.category === 'O' ? '' : cbc('Percent', String(group.basisPoints / 100));
  const reason = withReason && group.category !== 'S' ? cbc('TaxExemptionReason', group.words) : '';
  return cac(name, cbc('ID', group.category), percent, reason, cac('TaxScheme', cbc('ID', 'VAT')));
}

function partyXml(party: Party, withVat: boolean): string {
  const [street, ...rest] = party.address;
  const postcode = rest.at(-1);
  const town = rest.length > 1 ? rest[0] : undefined;
  // Electronic addresses go by VAT number (scheme 9932) where there is one, else by URN as a plain mail-style identifier.
  const endpoint = party.vatNumber ? cbc('EndpointID', party.vatNumber, ' schemeID="9932"') : cbc('EndpointID', `urn-${party.urn}`, ' schemeID="EM"');
  return cac('Party',
    endpoint,
    cac('PartyIdentification', cbc('ID', party.urn)),
    cac('PartyName', cbc('Name', party.name)),
    cac('PostalAddress', street ? cbc('StreetName', street) : '', town ? cbc('CityName', town) : '', postcode ? cbc('PostalZone', postcode) : '', cac('Country', cbc('IdentificationCode', 'GB'))),
    withVat && party.vatNumber ? cac('PartyTaxScheme', cbc('CompanyID', party.vatNumber), cac('TaxScheme', cbc('ID', 'VAT'))) : '',
    cac('PartyLegalEntity', cbc('RegistrationName', party.name), cbc('CompanyID', party.urn)),
  );
}

/** What the buyer's book-keeper wants to know beside the amounts (BT-127): the streams it is paid from, and disputes. */
function noteOf({ paidFrom, disputes }: InvoiceLine): string {
  const words = [paidFrom?.some(({ name }) => name) ? `Paid from ${paidFromInWords(paidFrom)}` : '', ...disputes.map(disputeInWords)];
  return words.filter(Boolean).join('. ');
}

function lineXml(line: InvoiceLine, group: VatGroup, { root, quantity }: Shape): string {
  return cac(`${root}Line`,
    cbc('ID', String(line.position)),
    noteOf(line) ? cbc('Note', noteOf(line)) : '',
    cbc(quantity, line.netPence < 0 ? '-1' : '1', ' unitCode="C62"'),
    money('LineExtensionAmount', line.netPence),
    cbc('AccountingCost', `${line.costCode.system} ${line.costCode.code}`),
    cac('InvoicePeriod', cbc('StartDate', line.serviceFrom), cbc('EndDate', line.serviceTo)),
    cac('Item', cbc('Description', line.description), cbc('Name', line.serviceName ?? line.description.slice(0, 100)), taxCategory('ClassifiedTaxCategory', group, false)),
    cac('Price', money('PriceAmount', Math.abs(line.netPence))),
  );
}

interface Shape {
  readonly root: 'Invoice' | 'CreditNote';
  readonly typeCode: string;
  readonly quantity: string;
}

const invoiceShape: Shape = { root: 'Invoice', typeCode: cbc('InvoiceTypeCode', '380'), quantity: 'InvoicedQuantity' };
const creditNoteShape: Shape = { root: 'CreditNote', typeCode: cbc('CreditNoteTypeCode', '381'), quantity: 'CreditedQuantity' };

/** UBL 2.1 in the profile Peppol BIS Billing 3.0; every sum is the sum of its parts to the penny. A credit note says what it credits above nothing. */
export function documentUbl(document: BillingDocument): string {
  const invoice = asSaid(document);
  const shape = invoice.kind === 'credit-note' ? creditNoteShape : invoiceShape;
  const mixed = new Set(invoice.lines.map((line) => categoryOf(line, false))).size > 1;
  const groups = new Map<string, VatGroup & { netPence: number; vatPence: number }>();
  const lines = invoice.lines.map((line) => {
    const group: VatGroup = { category: categoryOf(line, mixed), basisPoints: line.vatBasisPoints, words: line.vatWords };
    const key = `${group.category} ${group.basisPoints}`;
    const sum = groups.get(key) ?? { ...group, netPence: 0, vatPence: 0 };
    groups.set(key, { ...sum, netPence: sum.netPence + line.netPence, vatPence: sum.vatPence + line.vatPence });
    return lineXml(line, group, shape);
  });
  const outsideOnly = [...groups.values()].every((group) => group.category === 'O');
  const subtotals = [...groups.values()].map((group) => cac('TaxSubtotal', money('TaxableAmount', group.netPence), money('TaxAmount', group.vatPence), taxCategory('TaxCategory', group, true)));
  const bank = invoice.issuer.bank;
  const parts = [
    cbc('CustomizationID', 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0'),
    cbc('ProfileID', 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'),
    cbc('ID', invoice.number ?? 'DRAFT'),
    cbc('IssueDate', invoice.issuedOn ?? invoice.serviceTo),
    invoice.dueOn ? cbc('DueDate', invoice.dueOn) : '',
    shape.typeCode,
    invoice.takesBack ? cbc('Note', invoice.takesBack.reason) : '',
    cbc('DocumentCurrencyCode', 'GBP'),
    cbc('BuyerReference', invoice.urn),
    cac('InvoicePeriod', cbc('StartDate', invoice.serviceFrom), cbc('EndDate', invoice.serviceTo)),
    invoice.takesBack ? cac('BillingReference', cac('InvoiceDocumentReference', cbc('ID', invoice.takesBack.number), cbc('IssueDate', invoice.takesBack.issuedOn))) : '',
    cac('AccountingSupplierParty', partyXml(invoice.issuer, !outsideOnly)),
    cac('AccountingCustomerParty', partyXml(invoice.customer, !outsideOnly)),
    bank && invoice.kind === 'invoice' ? cac('PaymentMeans', cbc('PaymentMeansCode', '30'), cbc('PaymentID', invoice.number ?? ''), cac('PayeeFinancialAccount', cbc('ID', `${bank.sortCode}${bank.accountNumber}`), cbc('Name', bank.accountName))) : '',
    cac('TaxTotal', money('TaxAmount', invoice.vatPence), ...subtotals),
    cac('LegalMonetaryTotal', money('LineExtensionAmount', invoice.netPence), money('TaxExclusiveAmount', invoice.netPence), money('TaxInclusiveAmount', invoice.grossPence), money('PayableAmount', invoice.grossPence)),
    ...lines,
  ];
  const spaces = ` xmlns="urn:oasis:names:specification:ubl:schema:xsd:${shape.root}-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag(shape.root, parts.join(''), spaces)}\n`;
}
