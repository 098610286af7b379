import { Injectable } from '@nestjs/common';
import type { ValueForMoney } from '@fairshare/contract/insight';
import { financialYearInWords, financialYearOf, workingsOf } from '@fairshare/domain/insight';
import { formatPounds } from '@fairshare/domain/kernel/money';
import { addDays, type DateOnly, type DatePeriod } from '@fairshare/domain/kernel/period';
import { sharePence, type DueKind } from '@fairshare/domain/sharing';
import type { Tx } from '../platform/database.js';
import type { AgreementRecord } from '../procurement/agreement-record.js';
import { buysInAdvance, chargeForSession } from '../sharing/booking-charge.js';
import { DueCharges, type Applied } from '../sharing/due-charges.js';
import { ExpectedShares } from '../sharing/expected-shares.js';
import type { SessionFacts, SchoolFacts, ValueFacts } from './value-facts.js';
import { countOf, dateInWords, sumOf, whose } from './wording.js';

/** What an agreement will still charge until the year of one kind of school ends. */
export interface Commitment {
  readonly kind: SchoolFacts['kind'];
  /** Null for what belongs to no agreement. */
  readonly agreement: AgreementRecord | null;
  readonly what: string;
  readonly allPence: number;
  /** The part of the schools looked at. */
  readonly pence: number;
  readonly bySchool: ReadonlyMap<string, number>;
}

interface Year {
  readonly kind: SchoolFacts['kind'];
  readonly period: DatePeriod;
  readonly schools: readonly SchoolFacts[];
}

/** What the schools will be charged until their own financial years end, as things stand today. */
@Injectable()
export class Commitments {
  readonly #due: DueCharges;
  readonly #expected: ExpectedShares;

  constructor(due: DueCharges, expected: ExpectedShares) {
    this.#due = due;
    this.#expected = expected;
  }

  async of(tx: Tx, collaborationId: string, facts: ValueFacts): Promise<ValueForMoney['committed']> {
    const years = yearsOf(facts);
    const commitments = await this.list(tx, collaborationId, facts);
    const pence = sumOf(commitments);
    const [first] = years;
    const ends = years.map(({ period }) => period.to).sort();
    return {
      pence,
      financialYear: years.length === 1 && first ? financialYearInWords(first.period) : 'Each school’s own financial year',
      from: facts.today,
      to: ends.at(-1) ?? facts.today,
      workings: workingsOf({
        title: 'What we are committed to',
        formula: this.formula(facts),
        columns: [
          ['Agreement', false, (c: Commitment) => c.agreement?.name ?? noAgreement],
          ['What', false, (c) => c.what],
          ['Of all', true, (c) => formatPounds(c.allPence)],
          ['Our part', true, (c) => formatPounds(c.pence)],
        ],
        rows: commitments,
        total: ['In all', '', '', formatPounds(pence)],
        record: (c) => (c.agreement ? { kind: 'agreement', id: c.agreement.id } : { kind: 'school', id: facts.schools[0]?.urn ?? '' }),
      }),
    };
  }

  /** Every commitment of the schools looked at, for each kind of school until its own year ends. */
  async list(tx: Tx, collaborationId: string, facts: ValueFacts): Promise<Commitment[]> {
    const years = yearsOf(facts);
    const through = years.map(({ period }) => addDays(period.to, 1)).sort().at(-1);
    const planned = through === undefined ? null : await this.#due.forecast(tx, collaborationId, through);
    const commitments: Commitment[] = [];
    for (const year of years) {
      for (const agreement of facts.agreements) {
        const own = [...(await this.#instalments(tx, collaborationId, facts, agreement, year)), ...(await this.#sessions(tx, collaborationId, facts, agreement, year))];
        commitments.push(...own.flatMap((one) => withoutContributors(one, planned ?? [], year)));
      }
      commitments.push(...plannedIn(planned ?? [], facts, year));
    }
    return commitments;
  }

  formula(facts: ValueFacts): string {
    return `Instalments that are not charged yet, booked sessions that no units cover, and what plans and minimum commitments will charge, from ${dateInWords(facts.today)} to the end of the school’s own financial year, and the share of ${whose(facts)} in them that is expected by today’s rules. A rule by use goes by the use so far. While a school pays contributions on account until after its year, they are counted instead of the shares that they are set against. The end depends on the school: 31 March for a maintained school, 31 August for an academy.`;
  }

  async #instalments(tx: Tx, collaborationId: string, facts: ValueFacts, agreement: AgreementRecord, { kind, period, schools }: Year): Promise<Commitment[]> {
    const due = facts.due.filter((d) => d.agreementId === agreement.id && d.dueOn <= period.to);
    const allPence = sumOf(due);
    if (allPence === 0) return [];
    const days = due.map(({ from }) => from).concat(due.map(({ to }) => to)).sort();
    const shares = await this.#expected.of(tx, collaborationId, agreement, allPence, { from: days[0] as DateOnly, to: days.at(-1) as DateOnly });
    return [{ kind, agreement, what: `${countOf(due.length, 'instalment')} until ${dateInWords(period.to)}`, allPence, pence: partOfSchools(shares, schools), bySchool: shares }].filter(({ pence }) => pence !== 0);
  }

  async #sessions(tx: Tx, collaborationId: string, facts: ValueFacts, agreement: AgreementRecord, { kind, period, schools }: Year): Promise<Commitment[]> {
    const coming = facts.sessions.filter((s) => s.agreementId === agreement.id && s.state === 'confirmed' && s.startsAt > facts.nowAt && s.on <= period.to && s.schools.some(({ urn }) => !s.coveredUrns.includes(urn)));
    if (coming.length === 0) return [];
    const priced = coming.map((session) => ({ session, pence: chargeForSession(agreement, session, { orderedOn: session.orderedOn, deliveredOn: session.on }, facts.zone) }));
    const allPence = sumOf(priced);
    if (allPence === 0) return [];
    const shares = buysInAdvance(agreement)
      ? ownParts(priced)
      : await this.#expected.of(tx, collaborationId, agreement, allPence, { from: coming[0]?.on as DateOnly, to: coming.at(-1)?.on as DateOnly }, minutesBySchool(coming));
    return [{ kind, agreement, what: `${countOf(coming.length, 'session')} until ${dateInWords(period.to)}`, allPence, pence: partOfSchools(shares, schools), bySchool: shares }].filter(({ pence }) => pence !== 0);
  }
}

export const noAgreement = 'For the whole collaboration';

/** What plans and promises charge until the year ends, by agreement and kind. */
function plannedIn(planned: readonly Applied[], { agreements }: ValueFacts, { kind, period, schools }: Year): Commitment[] {
  const within = planned.filter(({ due, shares }) => due.belongsOn <= period.to && shares.length > 0);
  const keys = [...new Set(within.map(({ due }) => `${due.agreementId ?? ''} ${due.kind}`))];
  return keys.flatMap((key) => {
    const of = within.filter(({ due }) => `${due.agreementId ?? ''} ${due.kind}` === key);
    const bySchool = new Map<string, number>();
    for (const { urn, pence } of of.flatMap(({ shares }) => shares)) bySchool.set(urn, (bySchool.get(urn) ?? 0) + pence);
    const first = of[0]!.due;
    const what = `${plannedInWords[first.kind] ?? 'Charges to come'} until ${dateInWords(period.to)}`;
    const agreement = agreements.find(({ id }) => id === first.agreementId) ?? null;
    return [{ kind, agreement, what, allPence: sumOf(of.map(({ due }) => due)), pence: partOfSchools(bySchool, schools), bySchool }].filter(({ pence }) => pence !== 0);
  });
}

const plannedInWords: Readonly<Partial<Record<DueKind, string>>> = {
  'administration-fee': 'The lead school’s fee', discount: 'Discounts', 'group-contract': 'The group contract', 'minimum-commitment': 'The minimum commitment, if nothing more is booked',
  'on-account': 'Contributions on account', 'shared-post': 'The shared post', 'true-up': 'Contributions set against actual shares', uplift: 'Price rises',
};

/** Actual shares wait while contributions stand: schools that still pay them when their year ends are asked for no more than those. */
function withoutContributors(commitment: Commitment, planned: readonly Applied[], { period, schools }: Year): Commitment[] {
  const id = commitment.agreement?.id ?? null;
  const standing = planned.filter(({ due }) => due.kind === 'on-account' && due.belongsOn <= period.to && (due.agreementId === null || due.agreementId === id));
  const settled = planned.some(({ due }) => due.kind === 'true-up' && due.belongsOn <= period.to && standing.some((one) => one.due.planId === due.planId));
  if (standing.length === 0 || settled) return [commitment];
  const contributors = new Set(standing.flatMap(({ shares }) => shares.map(({ urn }) => urn)));
  const bySchool = new Map([...commitment.bySchool].filter(([urn]) => !contributors.has(urn)));
  const pence = partOfSchools(bySchool, schools);
  return pence === 0 ? [] : [{ ...commitment, bySchool, pence }];
}

/** The schools looked at, by the end of their financial year. */
function yearsOf({ schools, today }: ValueFacts): Year[] {
  const years = (['maintained', 'academy'] as const).map((kind) => ({ kind, period: financialYearOf(kind, today), schools: schools.filter((s) => s.kind === kind) }));
  return years.filter((year) => year.schools.length > 0);
}

function partOfSchools(shares: ReadonlyMap<string, number>, schools: readonly SchoolFacts[]): number {
  return schools.reduce((sum, { urn }) => sum + (shares.get(urn) ?? 0), 0);
}

/** Sessions beyond what was bought are borne by those who booked them. */
function ownParts(priced: readonly { readonly session: SessionFacts; readonly pence: number }[]): Map<string, number> {
  const parts = new Map<string, number>();
  for (const { session, pence } of priced) {
    const shares = sharePence({ amountPence: pence, rule: { basis: 'weight' }, participants: session.schools.map(({ urn, minutes }) => ({ school: urn, weight: minutes })) });
    for (const share of shares) if (!session.coveredUrns.includes(share.school)) parts.set(share.school, (parts.get(share.school) ?? 0) + share.pence);
  }
  return parts;
}

function minutesBySchool(sessions: readonly SessionFacts[]): { urn: string; minutes: number }[] {
  const minutes = new Map<string, number>();
  for (const { urn, minutes: more } of sessions.flatMap((s) => s.schools)) minutes.set(urn, (minutes.get(urn) ?? 0) + more);
  return [...minutes].map(([urn, sum]) => ({ urn, minutes: sum }));
}
