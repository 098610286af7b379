import type { BillingProblem } from '@fairshare/domain/billing';
import { formatPounds } from '@fairshare/domain/kernel/money';
import type { Facts } from '@fairshare/domain/kernel/domain-error';
import { declareProblems } from '../platform/problem.js';

const pounds = (value: unknown) => (Number.isSafeInteger(value) ? formatPounds(value as number) : 'nothing');
const text = (facts: Facts, name: string) => (typeof facts[name] === 'string' ? (facts[name] as string) : '');

declareProblems<BillingProblem>({
  'billing.run-exists': [409, 'A run for this period is working already; it will be ready in a moment.'],
  'billing.run-not-done': [409, 'The run is still making drafts; issue them when it is done.'],
  'billing.nothing-to-issue': [409, 'There is no draft left to issue.'],
  'billing.no-lead-school': [409, 'This collaboration has no lead school, so nobody can issue invoices; name one first.'],
  'billing.period-reversed': [422, 'The period ends before it starts.'],
  'billing.period-too-long': [422, 'A run covers two years at most.'],
  'billing.not-a-draft': [409, 'Only a draft can be thrown away; an issued invoice is credited.'],
  'billing.not-issued': [409, 'This invoice is not issued yet.'],
  'billing.line-not-of-invoice': [422, 'One of the lines does not belong to this invoice.'],
  'billing.credit-too-large': [422, (facts) => `That is more than is left to credit, which is ${pounds(facts['leftPence'])}.`],
  'billing.nothing-to-credit': [409, 'All of this invoice is credited already.'],
  'billing.payment-not-positive': [422, 'A payment is above nothing.'],
  'billing.payment-too-large': [422, (facts) => `That is more than is left to pay, which is ${pounds(facts['leftPence'])}.`],
  'billing.payment-in-future': [422, 'A payment cannot be recorded for a day to come.'],
  'billing.journal-not-payable': [409, 'This is a journal in the school’s own books; nothing is paid or credited on it.'],
  'billing.credit-note-not-payable': [409, 'This is a credit note: nothing is paid or credited on it, and what it makes due to the school is held for it.'],
  'billing.dispute-over': [409, 'This dispute is over; what was decided stays decided.'],
  'billing.dispute-too-large': [422, (facts) => `That is more than is left of the share, which is ${pounds(facts['leftPence'])}.`],
  'billing.dispute-open-already': [409, 'This share is disputed already.'],
  'billing.nothing-to-dispute': [409, 'Nothing is left of this share to dispute.'],
  'billing.own-share-not-disputed': [409, 'This is a journal in the school’s own books; put it right there.'],
  'billing.other-payer': [422, 'One bank line pays invoices of one school.'],
  'billing.line-matched-already': [409, 'This bank line or payment is matched already; undo that first.'],
  'billing.match-undone-already': [409, 'This match was undone already.'],
  'billing.wrong-direction': [422, 'Money that came in pays invoices; money that went out pays bills, or goes back to a school.'],
  'billing.amounts-differ': [422, 'The amounts do not fit the bank line.'],
  'billing.no-credit': [409, 'No credit is held for this school.'],
  'billing.not-a-member': [422, 'That school is not a member of this collaboration.'],
  'billing.bill-exists': [409, 'This supplier’s bill with this number is recorded already.'],
  'billing.bill-paid-already': [409, (facts) => `That is more than is left to pay of this bill, which is ${pounds(facts['leftPence'])}.`],
  'billing.cover-too-large': [422, (facts) => `That is more than is left of the line to cover, which is ${pounds(facts['leftPence'])}.`],
  'billing.payment-on-statement': [409, 'A line of the bank’s statement stands behind this payment; undo that match instead.'],
  'billing.refund-too-large': [422, (f) => `Only what is held for the school can be paid back to it: £${(Number(f['heldPence'] ?? 0) / 100).toFixed(2)}.`],
  'billing.credit-passed-on': [409, 'What was over of this payment has been given back or taken over already; undo that first.'],
  'billing.charge-covers-less': [422, (facts) => `That is more than is left of the charge to pass on, which is ${pounds(facts['leftPence'])}; cover the rest by another charge, or carry it.`],
  'billing.statement-not-readable': [422, (facts) => `The file is not a readable CSV${facts['row'] ? `: look at row ${String(facts['row'])}` : ''}.`],
  'billing.statement-wrong-encoding': [422, 'The file is not text; download the statement from the bank as CSV.'],
  'billing.statement-no-header': [422, 'The headings of a bank statement were not found: it needs a date, a description, and an amount or money in and money out.'],
  'billing.statement-no-lines': [422, 'The statement has headings and no lines.'],
  'billing.statement-row': [422, (facts) => `${text(facts, 'count')} of the statement cannot be read; nothing was imported.`],
  'billing.statement-too-long': [422, 'A statement has 20,000 lines at most; import it in parts.'],
  'billing.no-successor': [409, 'The national register names no successor of this school.'],
  'billing.successor-is-no-member': [409, 'The new school is not a member yet: convert the school first, so that its sessions and subscriptions follow.'],
});
