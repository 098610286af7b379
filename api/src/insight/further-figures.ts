import type { ValueForMoney } from '@fairshare/contract/insight';
import { median, partInBasisPoints, perEachPence, perPupilPence } from '@fairshare/domain/insight';
import { dayNumber } from '@fairshare/domain/kernel/period';
import { bookedSessions, entitlements } from './figures.js';
import { isOn, minutesOf, type ValueFacts } from './value-facts.js';
import { sumOf } from './wording.js';

export function utilisation(facts: ValueFacts): ValueForMoney['utilisation'] {
  return entitlements(facts).map(({ agreement, boughtMilliunits, usedMilliunits }) => ({
    agreementId: agreement.id, name: agreement.name, unit: agreement.terms.unit, boughtMilliunits, usedMilliunits, basisPoints: partInBasisPoints(usedMilliunits, boughtMilliunits),
  }));
}

/** Days from request to session. */
export function waiting(facts: ValueFacts): ValueForMoney['waiting'] {
  const days = bookedSessions(facts).map(({ on, requestedOn }) => Math.max(0, dayNumber(on) - dayNumber(requestedOn)));
  return { medianDays: median(days), longestDays: days.length > 0 ? Math.max(...days) : null, sessions: days.length };
}

export function cancellations(facts: ValueFacts): ValueForMoney['cancellations'] {
  const inPeriod = facts.sessions.filter((s) => isOn(s.on, facts.period) && (!facts.school || s.schools.some(({ urn }) => urn === facts.school?.urn)));
  const cancelled = inPeriod.filter(({ state }) => state === 'cancelled');
  const by = (party: string) => cancelled.filter(({ cancelledBy }) => cancelledBy === party).length;
  return {
    bySchool: by('school'), bySpecialist: by('specialist'), common: by('common'),
    late: cancelled.filter(({ chargedBasisPoints }) => chargedBasisPoints > 0).length,
    latePence: sumOf(facts.shares.filter(({ kind }) => kind === 'late-cancellation')),
    ofSessions: inPeriod.length,
  };
}

/** What each service was used for and what it cost. */
export function services(facts: ValueFacts): ValueForMoney['services'] {
  const rows = new Map<string | null, ValueForMoney['services'][number]>();
  const serviceOf = new Map(facts.agreements.map((a) => [a.id, a.service]));
  const add = (agreementId: string | null, more: { sessions: number; minutes: number; pence: number }) => {
    const service = agreementId ? serviceOf.get(agreementId) : undefined;
    const id = service?.id ?? null;
    const row = rows.get(id) ?? { serviceId: id, name: service?.name ?? 'Without an agreement', colour: service?.colour ?? null, sessions: 0, minutes: 0, pence: 0 };
    rows.set(id, { ...row, sessions: row.sessions + more.sessions, minutes: row.minutes + more.minutes, pence: row.pence + more.pence });
  };
  for (const session of bookedSessions(facts)) add(session.agreementId, { sessions: 1, minutes: minutesOf(session, facts.school), pence: 0 });
  for (const { agreementId, pence } of facts.shares) add(agreementId, { sessions: 0, minutes: 0, pence });
  return [...rows.values()].sort((a, b) => b.pence - a.pence || a.name.localeCompare(b.name));
}

/** Schools side by side; only where all of them are looked at. */
export function comparison(facts: ValueFacts): ValueForMoney['comparison'] {
  if (facts.school) return [];
  const delivered = bookedSessions(facts).filter(({ state }) => state === 'delivered');
  return facts.schools.map(({ urn, name }) => {
    const sessions = delivered.filter((s) => s.schools.some((school) => school.urn === urn)).length;
    const pence = sumOf(facts.shares.filter((share) => share.urn === urn));
    return { urn, name, sessions, pence, perSessionPence: perEachPence(pence, sessions), perPupilPence: perPupilPence(pence, facts.pupilThousandths.get(urn) ?? 0) };
  });
}
