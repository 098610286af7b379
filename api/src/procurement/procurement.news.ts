import { news } from '../platform/events.js';

/** The days or the units of a school's part in an agreement are other ones now. */
export interface SubscriptionChanged {
  readonly collaborationId: string;
  readonly agreementId: string;
  readonly urn: string;
}

export const subscriptionChanged = news<SubscriptionChanged>('procurement.subscription-changed');
