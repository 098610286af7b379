// The room `sharing` owns the charge, the cost-sharing rule, the shares it makes and their explanation.
// It refuses to know invoices, ledgers and who has paid.
// Every division of money, here and in other rooms, goes through `dividePence` in the kernel.
export * from './cost-sharing-rule.js';
export { shareCharge, sharePence, type PlainShare } from './share-charge.js';
export { describeCredit, describeShare, type AboutCharge, type CreditToDescribe } from './describe-share.js';
export { carryAfter, creditAsShares, type Carries, type CreditableShare, type SettledShare } from './carry.js';
export { totalsUnder, whatIf, type UnsharedCharge, type WhatIfLine } from './what-if.js';
export { fundingChange, isRestricted, payBack, payByRule, splitOverFundingStreams } from './funding-streams.js';
export type { FundedPart, FundingBudget, FundingKind, FundingPart, FundingProblem, FundingStream, PaidFrom } from './funding-streams.js';
export { vatOf, vatOnInvoice, vatRounding, type ChargeVat, type InvoiceVat, type VatLine, type VatOfRate, type VatProblem } from './vat.js';
export { assertSuppliersVat, suppliersVatByShare, type ShareWithVat } from './suppliers-vat.js';
export { defaultVatTreatment, vatTreatmentRules } from './vat-treatment.js';
export type { VatCustomerKind, VatReason, VatServiceKind, VatSupplierKind, VatSupply, VatTreatment, VatTreatmentKind } from './vat-treatment.js';
export { addMonths, instalmentSchedule, type Instalment, type InstalmentKind, type InstalmentProblem, type InstalmentTerms } from './instalments.js';
export { trueUp, type SchoolPence, type TrueUpLine } from './true-up.js';
export { partOfPricePence, sessionPricePence } from './session-price.js';
export { chargesDue, chargesWaiting, type DueAgreement, type DueFacts } from './charges-due.js';
export type { Among, ChargedLine, DueCharge, DueKind, UnitsUsed, Waiting, Weight } from './due-charge.js';
export { daysToWait, periodEnd, waitingInWords } from './period-end.js';
export type { CommitmentCharged } from './minimum-commitment.js';
export { planKinds } from './charge-plan.js';
export type { AdministrationFeeTerms, ChargePlan, DiscountTerms, GroupContractTerms, OnAccountTerms, PlanKind, PlanTerms, SharedPostPlanTerms, UpliftTerms } from './charge-plan.js';
export type { ContractPart } from './group-contract.js';
export { standingOnAccount } from './on-account.js';
export { sharedPostCost, type SharedPostCost, type SharedPostProblem, type SharedPostTerms } from './shared-post.js';
export { upliftedPence, upliftInWords, type UpliftProblem } from './uplift.js';
export { assertPlan, planInWords } from './charge-plan-words.js';
export type { DividedCharge, PartDays, UsedMinutes } from './redivision.js';
export { hoursBalances, type HoursBalance, type HoursLine } from './hours-given.js';
export { assertCarriesLevel, mileagePence, type OpeningProblem } from './opening-balances.js';
