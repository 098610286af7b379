import type { FractionProblem } from '@fairshare/domain/kernel/fraction';
import type { MoneyProblem } from '@fairshare/domain/kernel/money';
import { waitingInWords, type CostSharingProblem, type FundingProblem, type OpeningProblem, type SharedPostProblem, type UpliftProblem, type VatProblem } from '@fairshare/domain/sharing';
import { declareProblems } from '../platform/problem.js';

export type SharingProblem =
  | CostSharingProblem
  | MoneyProblem
  | FractionProblem
  | OpeningProblem
  | SharedPostProblem
  | 'sharing.opened-already'
  | 'sharing.carry-too-late'
  | 'sharing.not-an-estimate'
  | 'sharing.settled-already'
  | UpliftProblem
  | 'sharing.plan-stopped'
  | 'sharing.plan-name-taken'
  | VatProblem
  | FundingProblem
  | 'sharing.already-invoiced'
  | 'sharing.already-shared'
  | 'sharing.taken-back'
  | 'sharing.not-shared-yet'
  | 'sharing.use-not-known-yet'
  | 'sharing.no-use'
  | 'sharing.not-due-yet'
  | 'sharing.pupil-numbers-missing'
  | 'sharing.credits-are-not-corrected'
  | 'sharing.nothing-to-correct'
  | 'sharing.not-a-member'
  | 'sharing.other-sign';

declareProblems<SharingProblem>({
  'cost-sharing.no-participants': [422, 'Nobody takes part, so there is nobody to divide it among.'],
  'cost-sharing.same-school-twice': [422, 'A school stands twice on the same day.'],
  'cost-sharing.negative-weight': [422, 'A weight is below nothing.'],
  'cost-sharing.not-whole': [422, 'The fixed shares do not make exactly 100 % on every day.'],
  'cost-sharing.no-weight': [422, 'There is a day on which nobody has any weight, so that it cannot be divided.'],
  'cost-sharing.floor-too-high': [422, 'The smallest shares together are more than the charge.'],
  'cost-sharing.cap-too-low': [422, 'The largest shares together are less than the charge.'],
  'money.not-whole-pence': [422, 'Money is whole pence.'],
  'money.not-an-amount': [422, 'This is not an amount of money; write it as 1,234.50.'],
  'money.shares-differ-from-amount': [422, 'The shares do not make up the amount.'],
  'fraction.not-a-number': [422, 'A weight or carry is not a number that can be taken exactly.'],
  'fraction.divided-by-zero': [422, 'A fraction has nothing below the line.'],
  'sharing.post-longer-than-full-time': [422, 'The post has more hours or weeks than full time has.'],
  'sharing.index-not-above-nothing': [422, 'An index is a number above nothing, such as 133.0.'],
  'sharing.carries-do-not-level': [422, 'The carries of the schools are not nothing together; what one was rounded down by, others were rounded up by.'],
  'sharing.opened-already': [409, 'The opening balances are entered already; put them right by a correction.'],
  'sharing.carry-too-late': [409, 'Charges of this agreement are shared already, so that a carry from before comes too late.'],
  'sharing.not-an-estimate': [409, 'This charge is not an estimate; correct it instead.'],
  'sharing.settled-already': [409, 'The actual sum is known already; correct the charge instead.'],
  'sharing.plan-stopped': [409, 'This plan was stopped already.'],
  'sharing.plan-name-taken': [409, 'There is a plan of that name already.'],
  'sharing.vat-rate-out-of-range': [422, 'A rate of VAT is between nothing and 100 %.'],
  'sharing.vat-larger-than-charge': [422, 'The supplier’s VAT is a part of the charge; it cannot be more.'],
  'sharing.not-this-schools-money': [422, 'That money belongs to another school.'],
  'sharing.same-stream-twice': [422, 'A stream is named twice.'],
  'sharing.negative-stream-weight': [422, 'A weight is below nothing.'],
  'sharing.funding-too-small': [409, 'There is not so much left of that money, and it never goes below nothing.'],
  'sharing.funding-is-not-the-share': [422, 'The parts have to make up the share exactly.'],
  'sharing.funding-reason-needed': [422, 'The share is invoiced; say why its funding changes.'],
  'sharing.budget-below-spent': [409, 'More than that is spent already; restricted money never goes below nothing.'],
  'sharing.budget-name-taken': [409, 'There is a budget of that name in this year already.'],
  'sharing.credit-too-large': [422, 'That would give back more than was charged.'],
  'sharing.already-invoiced': [409, 'One of these shares is on another invoice already.'],
  'sharing.already-shared': [409, 'This charge is shared already; correct it instead.'],
  'sharing.taken-back': [409, 'It was taken back before it was shared; nothing is owed.'],
  'sharing.not-shared-yet': [409, 'This charge is not shared yet, so that there is nothing to give back; share it first.'],
  'sharing.use-not-known-yet': [409, ({ sessions, until }) => (typeof sessions === 'number' && typeof until === 'string'
    ? `It is divided by use. ${waitingInWords({ sessions, until })}`
    : 'It is divided by use, which is known when the period of service is over.')],
  'sharing.no-use': [409, 'It is divided by use, and nothing was delivered in the period of service.'],
  'sharing.not-due-yet': [422, 'That is too far ahead; instalments can be charged a month before they are due at most.'],
  'sharing.pupil-numbers-missing': [409, 'There are no pupil numbers for some of the schools on the census date of the rule.'],
  'sharing.credits-are-not-corrected': [409, 'This charge puts another right; correct the first one instead.'],
  'sharing.nothing-to-correct': [409, 'The charge is that already.'],
  'sharing.not-a-member': [422, 'One of these schools is not a member on those days.'],
  'sharing.other-sign': [422, 'A correction does not turn a charge into a payment; enter an adjustment instead.'],
});
