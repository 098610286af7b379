import type { DateOnly } from '@fairshare/domain/kernel/period';
import type { InstantPeriod } from '@fairshare/domain/kernel/zone';
import { priceOn } from '@fairshare/domain/procurement';
import { sessionPricePence } from '@fairshare/domain/sharing';
import type { AgreementRecord } from '../procurement/agreement-record.js';

/** Where schools buy time in advance, a session beyond it is their own; where they do not, every session is a shared cost. */
export function buysInAdvance(agreement: AgreementRecord): boolean {
  return agreement.retainerPence !== null || agreement.subscriptions.some((s) => s.entitlementMilliunits !== null);
}

/** What one unit of the agreement's price is. A retainer's own unit counts for time beyond it. */
export function priceUnit(agreement: AgreementRecord) {
  return agreement.priceBasis === 'retainer' ? agreement.terms.unit : agreement.priceBasis;
}

/** The whole session at the agreement's price; nothing when a retainer pays for everything. */
export function chargeForSession(agreement: AgreementRecord, session: InstantPeriod, days: { readonly orderedOn: DateOnly; readonly deliveredOn: DateOnly }, zone: string): number {
  const price = priceOn(agreement.prices, agreement.priceAt === 'order' ? days.orderedOn : days.deliveredOn);
  return price === null ? 0 : sessionPricePence(price, priceUnit(agreement), session, agreement.terms, zone);
}
