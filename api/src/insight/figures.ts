import type { ValueForMoney } from '@fairshare/contract/insight';
import { perEachPence, perPupilPence, valueOfUnitsPence, workingsOf } from '@fairshare/domain/insight';
import { formatThousandths } from '@fairshare/domain/kernel/fraction';
import { formatPounds } from '@fairshare/domain/kernel/money';
import type { AgreementRecord } from '../procurement/agreement-record.js';
import { isLive, isOn, minutesOf, type SessionFacts, type ShareFacts, type ValueFacts } from './value-facts.js';
import { clampOn, countOf, dateInWords, hoursInWords, sumOf, whose } from './wording.js';

const agreementName = (facts: ValueFacts, id: string | null) => facts.agreements.find((a) => a.id === id)?.name ?? 'Without an agreement';

/** Sessions of the period that took place or will. */
export const bookedSessions = (facts: ValueFacts): SessionFacts[] =>
  facts.sessions.filter((session) => isLive(session) && isOn(session.on, facts.period) && (!facts.school || session.schools.some(({ urn }) => urn === facts.school?.urn)));

/** What we booked: sessions, minutes, and what the charges of the period come to for the school. */
export function booked(facts: ValueFacts): ValueForMoney['booked'] {
  const sessions = bookedSessions(facts);
  const minutes = sessions.reduce((sum, session) => sum + minutesOf(session, facts.school), 0);
  const pence = sumOf(facts.shares);
  const delivered = sessions.filter(({ state }) => state === 'delivered').length;
  return {
    sessions: sessions.length, delivered, minutes, pence,
    workings: workingsOf({
      title: 'What we booked',
      formula: `${countOf(sessions.length, 'session')} of ${whose(facts)} between ${dateInWords(facts.period.from)} and ${dateInWords(facts.period.to)}, ${delivered} of them delivered, ${hoursInWords(minutes)} in all. Cancelled ones do not count. ${formatPounds(pence)} is the sum of the shares of ${whose(facts)} in the charges that belong to these days; they are listed under the cost per session.`,
      columns: [
        ['Day', false, (s: SessionFacts) => dateInWords(s.on)],
        ['Agreement', false, (s) => agreementName(facts, s.agreementId)],
        ['State', false, (s) => (s.state === 'delivered' ? 'Delivered' : 'To come')],
        ['Minutes', true, (s) => String(minutesOf(s, facts.school))],
      ],
      rows: sessions,
      total: [countOf(sessions.length, 'session'), '', '', String(minutes)],
      record: (s) => ({ kind: 'booking', id: s.id }),
    }),
  };
}

interface LeftRow {
  readonly agreement: AgreementRecord;
  readonly boughtMilliunits: number;
  readonly usedMilliunits: number;
  readonly leftMilliunits: number;
  readonly pence: number | null;
}

/** Units bought in advance and what became of them, by agreement, as of today or the nearest day of the period. */
export function entitlements(facts: ValueFacts): LeftRow[] {
  const on = clampOn(facts.today, facts.period);
  const rows = facts.agreements.filter((a) => isOn(on, { from: a.startsOn, to: a.endsOn })).map((agreement): LeftRow => {
    const all = agreement.subscriptions.reduce((sum, s) => sum + (s.entitlementMilliunits ?? 0), 0);
    const ownSubscriptions = agreement.subscriptions.filter((s) => !facts.school || s.urn === facts.school.urn);
    const boughtMilliunits = ownSubscriptions.reduce((sum, s) => sum + (s.entitlementMilliunits ?? 0), 0);
    const units = facts.units.filter((u) => u.agreementId === agreement.id);
    const leftMilliunits = boughtMilliunits + units.reduce((sum, u) => sum + u.changedMilliunits, 0);
    const usedMilliunits = units.reduce((sum, u) => sum + u.usedMilliunits, 0);
    const paid = { retainerPence: agreement.retainerPence, pricePence: agreement.pricePence, boughtMilliunits: all };
    return { agreement, boughtMilliunits, usedMilliunits, leftMilliunits, pence: valueOfUnitsPence(leftMilliunits, paid) };
  });
  return rows.filter((row) => row.boughtMilliunits > 0);
}

/** What is left of what we bought in advance. */
export function left(facts: ValueFacts): ValueForMoney['left'] {
  const rows = entitlements(facts);
  const kinds = [...new Set(rows.map(({ agreement }) => agreement.terms.unit))];
  const [unit] = kinds;
  const total = rows.reduce((sum, { leftMilliunits }) => sum + leftMilliunits, 0);
  const oneKind = kinds.length === 1 && unit !== undefined;
  const pence = rows.reduce((sum, row) => sum + (row.pence ?? 0), 0);
  const units = (milliunits: number, of: string) => `${formatThousandths(milliunits)} ${of}s`;
  return {
    units: kinds.length > 1 ? null : total / 1000,
    unit: oneKind ? unit : null,
    pence,
    agreements: rows.map(({ agreement, ...row }) => ({ agreementId: agreement.id, name: agreement.name, unit: agreement.terms.unit, boughtMilliunits: row.boughtMilliunits, leftMilliunits: row.leftMilliunits, pence: row.pence })),
    workings: workingsOf({
      title: 'What is left of what we bought',
      formula: 'Units bought in advance, less those that bookings have taken, sessions still to come included. They are valued at what they were bought for: the retainer over all its units, or the price of one.',
      columns: [
        ['Agreement', false, (r: LeftRow) => r.agreement.name],
        ['Bought', true, (r) => units(r.boughtMilliunits, r.agreement.terms.unit)],
        ['Used or booked', true, (r) => units(r.usedMilliunits, r.agreement.terms.unit)],
        ['Left', true, (r) => units(r.leftMilliunits, r.agreement.terms.unit)],
        ['Worth', true, (r) => (r.pence === null ? 'not known' : formatPounds(r.pence))],
      ],
      rows,
      total: ['In all', '', '', oneKind ? units(total, unit) : '', formatPounds(pence)],
      record: (r) => ({ kind: 'agreement', id: r.agreement.id }),
    }),
  };
}

/** What it cost us per session that was delivered and per pupil. */
export function unitCost(facts: ValueFacts): ValueForMoney['unitCost'] {
  const pence = sumOf(facts.shares);
  const delivered = bookedSessions(facts).filter(({ state }) => state === 'delivered').length;
  const thousandths = facts.schools.reduce((sum, { urn }) => sum + (facts.pupilThousandths.get(urn) ?? 0), 0);
  const pupils = formatThousandths(thousandths);
  const charges = byCharge(facts.shares.filter((share) => share.pence !== 0));
  return {
    perSessionPence: perEachPence(pence, delivered), perPupilPence: perPupilPence(pence, thousandths), pupils,
    workings: workingsOf({
      title: 'What it cost us per session and per pupil',
      formula: `The shares of ${whose(facts)} in the charges of these days, ${formatPounds(pence)}, divided by ${countOf(delivered, 'delivered session')}, and by ${pupils} pupils of the latest census on or before ${dateInWords(facts.period.to)}. Half a penny is rounded up.`,
      columns: [
        ['Day', false, (c: ShareFacts) => dateInWords(c.belongsOn)],
        ['Charge', false, (c) => c.description],
        ['Agreement', false, (c) => agreementName(facts, c.agreementId)],
        ['Our share', true, (c) => formatPounds(c.pence)],
      ],
      rows: charges,
      total: [countOf(charges.length, 'charge'), '', '', formatPounds(pence)],
      record: (c) => ({ kind: 'charge', id: c.chargeId }),
    }),
  };
}

/** The shares of several schools in one charge, added up. */
function byCharge(shares: readonly ShareFacts[]): ShareFacts[] {
  const charges = new Map<string, ShareFacts>();
  for (const share of shares) {
    const before = charges.get(share.chargeId);
    charges.set(share.chargeId, before ? { ...before, pence: before.pence + share.pence } : share);
  }
  return [...charges.values()];
}
