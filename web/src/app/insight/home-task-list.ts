import type { Approval, ApprovalKind } from '@fairshare/contract/approvals.js';
import type { WorkingPatterns } from '@fairshare/contract/availability.js';
import type { Reconciliation } from '@fairshare/contract/billing.js';
import type { Worklist } from '@fairshare/contract/board.js';
import type { Booking } from '@fairshare/contract/bookings.js';
import type { Dispute } from '@fairshare/contract/books.js';
import type { ChargesDue } from '@fairshare/contract/charges-due.js';
import type { SpecialistEntry } from '@fairshare/contract/procurement.js';
import type { IconName } from '../ui/icons';
import { formatDay, formatWhen } from '../ui/london';
import { formatMoney } from '../ui/money';
import { count } from './value-words';

/** One thing that waits for this person: what it is, and the one click that goes on with it. */
export interface HomeTask {
  readonly key: string;
  readonly icon: IconName;
  readonly pressing: boolean;
  readonly title: string;
  readonly detail: string;
  readonly action: string;
  /** Below the collaboration; absent where the click does it at once. */
  readonly link?: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly booking?: Booking;
}

const schools = (booking: Pick<Booking, 'schools'>) => booking.schools.map(({ name }) => name).join(', ');

/** Beyond the third of a kind, its own page tells the rest. */
const shownOfAKind = 3;

/** A page of what waits; what is beyond it waits too. */
interface PageOfBookings {
  readonly items: readonly Booking[];
  readonly total: number;
}

export function approvals({ items, total }: PageOfBookings): HomeTask[] {
  const waiting = items.filter(({ actions }) => actions.includes('approve'));
  return [
    ...waiting.slice(0, shownOfAKind).map((booking): HomeTask => ({
      key: booking.id, icon: 'calendar', pressing: false, booking, action: 'Approve',
      title: `${booking.serviceName} for ${schools(booking)}`, detail: `Asked for ${formatWhen(booking.startsAt, booking.endsAt)}`,
    })),
    ...more(waiting.length + total - items.length, { key: 'approvals', icon: 'calendar', title: 'requests to approve', action: 'Open the calendar', link: ['calendar'] }),
  ];
}

export function toConfirm({ items, total }: PageOfBookings): HomeTask[] {
  const over = items.filter(({ actions }) => actions.includes('deliver'));
  return [
    ...over.slice(0, shownOfAKind).map((booking): HomeTask => ({
      key: booking.id, icon: 'check', pressing: false, booking, action: 'It took place',
      title: `Did this take place? ${booking.serviceName}, ${schools(booking)}`, detail: formatWhen(booking.startsAt, booking.endsAt),
    })),
    ...more(over.length + total - items.length, { key: 'to-confirm', icon: 'check', title: 'sessions to confirm', action: 'Open my diary', link: ['diary'] }),
  ];
}

function more(total: number, task: Omit<HomeTask, 'pressing' | 'detail'>): HomeTask[] {
  return total > shownOfAKind ? [{ ...task, pressing: false, title: `${total - shownOfAKind} more ${task.title}`, detail: '' }] : [];
}

/** Only what this person can find another time for. */
export function toReplan({ items }: Pick<Worklist, 'items'>): HomeTask[] {
  const mine = items.filter(({ actions }) => actions.includes('move'));
  const [first] = mine;
  if (!first) return [];
  return [{
    key: 'replanning', icon: 'alert', pressing: true, action: 'Find other times', link: ['calendar', 'replanning'],
    title: mine.length === 1 ? `${first.serviceName}, ${schools(first)}, needs another time` : `${mine.length} sessions need another time`,
    detail: `${first.why}${first.dueOn ? ` ${mine.length === 1 ? 'It' : 'The first'} has to take place by ${formatDay(first.dueOn)}.` : ''}`,
  }];
}

/** Where each kind is approved: the page of that thing. */
const approvedOn: Readonly<Record<ApprovalKind, readonly string[]>> = {
  'sharing.charge': ['shared-costs'],
  'sharing.correction': ['shared-costs'],
  'sharing.among': ['shared-costs'],
  'sharing.settlement': ['shared-costs'],
  'sharing.opening': ['shared-costs'],
  'billing.credit-note': ['invoices'],
  'billing.supplier-bill': ['reconciliation'],
  'billing.issuer': ['invoices'],
  'procurement.bank-details': ['agreements', 'suppliers'],
  'schools.limit': ['schools'],
};

/** What somebody else asked for and takes a second person; what one asked for oneself waits for others. */
export function secondPerson(items: readonly Approval[]): HomeTask[] {
  const waiting = items.filter(({ mayApprove }) => mayApprove);
  return [
    ...waiting.slice(0, shownOfAKind).map((one): HomeTask => ({
      key: one.id, icon: 'people', pressing: true, action: 'Look and approve', link: approvedOn[one.kind],
      title: one.pence === null ? one.summary : `${one.summary}: ${formatMoney(one.pence)}`, detail: `${one.askedBy} asked for it; it takes a second person`,
    })),
    ...more(waiting.length, { key: 'second-person', icon: 'people', title: 'that take a second person', action: 'Look at them', link: approvedOn[waiting.at(-1)?.kind ?? 'sharing.charge'] }),
  ];
}

export function toDecide({ items, total }: { readonly items: readonly Dispute[]; readonly total: number }): HomeTask[] {
  const [first] = items;
  if (!first) return [];
  return [{
    key: 'disputes', icon: 'message', pressing: true, action: 'Decide', link: ['disputes'],
    title: total === 1 ? `${first.schoolName} disputes ${formatMoney(first.leftPence)}` : `${total} disputes to decide`,
    detail: total === 1 ? first.description : `The first: ${first.schoolName}, ${first.description}`,
  }];
}

export function dueCharges({ total, totalPence }: ChargesDue): HomeTask[] {
  if (total === 0) return [];
  return [{
    key: 'due', icon: 'share', pressing: false, action: 'Look and make them', link: ['shared-costs', 'due'],
    title: `${count(total, 'charge')} ${total === 1 ? 'is' : 'are'} due`, detail: `${formatMoney(totalPence)}, with what each school would pay`,
  }];
}

export function notYetInvoiced(sums: Reconciliation): HomeTask[] {
  if (sums.notYetInvoiced === 0) return [];
  return [{
    key: 'to-invoice', icon: 'invoice', pressing: false, action: 'Make invoices', link: ['invoices'],
    title: `${formatMoney(sums.notYetInvoiced)} of shares is on no invoice yet`, detail: 'One draft for each school; you check them before they go out',
  }];
}

export function bankLines(total: number, certain: number): HomeTask[] {
  if (total === 0) return [];
  return [{
    key: 'bank', icon: 'bank', pressing: false, action: 'Reconcile', link: ['reconciliation'],
    title: `${count(total, 'bank line')} to explain`, detail: certain > 0 ? `${certain} with a certain match` : 'None with a certain match',
  }];
}

export function overdue({ total, outstandingPence }: { readonly total: number; readonly outstandingPence: number }, ours: boolean): HomeTask[] {
  if (total === 0) return [];
  return [{
    key: 'overdue', icon: 'pound', pressing: true, link: ['invoices'], query: { standing: 'overdue' },
    title: `${count(total, 'invoice')} ${total === 1 ? 'is' : 'are'} overdue`,
    detail: ours ? `Your school has ${formatMoney(outstandingPence)} left to pay` : `${formatMoney(outstandingPence)} is still to come`,
    action: ours ? 'Look at it' : 'See which',
  }];
}

export function toReplace(agreements: readonly { readonly id: string; readonly name: string; readonly triggerOn: string; readonly endsOn: string }[]): HomeTask[] {
  return agreements.map((agreement) => ({
    key: agreement.id, icon: 'agreement', pressing: false, action: 'Open it', link: ['agreements', agreement.id],
    title: `Begin to replace ${agreement.name} by ${formatDay(agreement.triggerOn)}`, detail: `It ends on ${formatDay(agreement.endsOn)}`,
  }));
}

export function credentials(specialists: readonly SpecialistEntry[]): HomeTask[] {
  return specialists
    .filter(({ standing }) => standing === 'expired' || standing === 'expires-soon')
    .map((specialist) => {
      const expired = specialist.standing === 'expired';
      const worst = specialist.credentials?.find(({ state }) => state === specialist.standing);
      const on = worst?.expiresOn ? `${expired ? 'It ran out on' : 'It runs out on'} ${formatDay(worst.expiresOn)}. ` : '';
      return {
        key: specialist.id, icon: 'person', pressing: expired, action: 'See the evidence', link: ['agreements', 'specialists'],
        title: `A credential of ${specialist.name} ${expired ? 'has run out' : 'runs out soon'}`,
        detail: `${on}${expired ? 'Nobody can book until it is renewed.' : 'From then on nobody can book.'}`,
      };
    });
}

/** Somebody named in an agreement whose hours nobody has entered is never found free. */
export function withoutHours(specialists: readonly SpecialistEntry[], { items }: WorkingPatterns, on: string): HomeTask[] {
  const working = new Set(items.filter(({ validTo }) => validTo === null || validTo >= on).map(({ specialistId }) => specialistId));
  const missing = specialists.filter(({ id, until }) => !working.has(id) && (until === null || until >= on));
  return [
    ...missing.slice(0, shownOfAKind).map((specialist): HomeTask => ({
      key: `hours-${specialist.id}`, icon: 'clock', pressing: specialist.services.length > 0, action: 'Enter the hours', link: ['working-hours', specialist.id],
      title: `${specialist.name} has no working hours`, detail: 'Nobody can book until somebody says when they work',
    })),
    ...more(missing.length, { key: 'hours', icon: 'clock', title: 'specialists without working hours', action: 'See everybody’s hours', link: ['working-hours'] }),
  ];
}

/** The same for a specialist who looks at their own. */
export function withoutOwnHours({ items }: WorkingPatterns, specialistId: string, on: string): HomeTask[] {
  if (items.some((pattern) => pattern.specialistId === specialistId && (pattern.validTo === null || pattern.validTo >= on))) return [];
  return [{
    key: 'own-hours', icon: 'clock', pressing: true, action: 'Enter my hours', link: ['working-hours', specialistId],
    title: 'You have no working hours yet', detail: 'Schools can book you once you say when you work',
  }];
}
