import type { AgreementDetail, RuleEntry, SubscriptionEntry } from '@fairshare/contract/agreements.js';

/** What a dialog over an agreement’s page is about; the subscription or the rule when one is changed. */
export interface AgreementChoice {
  readonly collaborationId: string;
  readonly agreement: AgreementDetail;
  readonly subscription: SubscriptionEntry | null;
  readonly rule: RuleEntry | null;
}
