import { Injectable } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { formatThousandths } from '@fairshare/domain/kernel/fraction';
import { overlapOf, type DateOnly, type DatePeriod } from '@fairshare/domain/kernel/period';
import type { LeaverPolicy } from '@fairshare/domain/procurement';
import { periodEnd, type CostSharingRule, type DivisionRule, type Participant } from '@fairshare/domain/sharing';
import { BookingsQueries } from '../bookings/bookings.queries.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database.js';
import type { AgreementRecord } from '../procurement/agreement-record.js';
import { ProcurementQueries, type RuleInForce } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import type { ChargeEntity } from './charge.entity.js';
import type { Basis, DividedAnew, Use } from './new-charge.js';
import { inWords } from './rule-in-words.js';
import type { SharingProblem } from './sharing.problems.js';
import { termEnds } from './term-ends.js';

export interface FoundBasis {
  readonly basis: Basis;
  readonly ruleId: string | null;
}

type ChargeToDivide = Pick<ChargeEntity, 'collaborationId' | 'agreementId' | 'serviceFrom' | 'serviceTo' | 'belongsOn' | 'wanted'>;
export type Part = Pick<Participant, 'from' | 'to'> & { readonly urn: string };

const refuse = (code: SharingProblem, facts = {}): never => {
  throw new DomainError<SharingProblem>(code, facts);
};

/** Finds who shares a charge and with what weights: the rule in force, its census, the subscriptions, the delivered minutes. */
@Injectable()
export class Bases {
  readonly #bookings: BookingsQueries;
  readonly #clock: Clock;
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;

  constructor(bookings: BookingsQueries, clock: Clock, procurement: ProcurementQueries, schools: SchoolsQueries) {
    this.#bookings = bookings;
    this.#clock = clock;
    this.#procurement = procurement;
    this.#schools = schools;
  }

  /** @throws `sharing.…` when something that the rule needs is not known (yet). */
  async of(tx: Tx, charge: ChargeToDivide): Promise<FoundBasis> {
    const { rule, participants } = charge.wanted ?? {};
    if (rule && participants) return { ruleId: null, basis: { rule, participants, spread: true, inWords: inWords(rule) } };
    if (!charge.agreementId) return { ruleId: null, basis: await this.#amongMembers(tx, charge) };
    const inForce = await this.#procurement.ruleInForce(tx, charge.collaborationId, charge.agreementId, charge.belongsOn);
    return { ruleId: inForce.ruleId, basis: await this.#byRule(tx, charge, charge.agreementId, inForce) };
  }

  /** @throws `platform.not-found` for an agreement that is foreign or missing. */
  async assertAgreement(tx: Tx, collaborationId: string, agreementId: string): Promise<void> {
    await this.#procurement.agreement(tx, collaborationId, agreementId);
  }

  /** @throws `sharing.not-a-member` for a school that was no member on any of the days. */
  async assertMembers(tx: Tx, collaborationId: string, urns: readonly string[], from: DateOnly, to: DateOnly): Promise<void> {
    const members = new Set((await this.#schools.members(tx, collaborationId, from, to)).map(({ urn }) => urn));
    const strangers = urns.filter((urn) => !members.has(urn));
    if (strangers.length > 0) refuse('sharing.not-a-member', { urns: strangers });
  }

  async #amongMembers(tx: Tx, charge: ChargeToDivide): Promise<Basis> {
    const members = await this.#schools.members(tx, charge.collaborationId, charge.serviceFrom, charge.serviceTo);
    const participants = members.map(({ urn, from, until }) => ({ school: urn, from, to: until }));
    const rule: CostSharingRule = { basis: 'equal' };
    return { rule, participants, spread: true, inWords: 'equally among the members' };
  }

  async #byRule(tx: Tx, charge: ChargeToDivide, agreementId: string, inForce: RuleInForce): Promise<Basis> {
    const measures = measuresOf(inForce.rule, inForce.measure);
    const agreement = await this.#procurement.agreement(tx, charge.collaborationId, agreementId);
    const period = { from: charge.serviceFrom, to: charge.serviceTo };
    const anew = charge.wanted?.anew;
    const parts = (await this.partsOf(tx, charge.collaborationId, agreement, inForce.leavers, period)).map((part) => ({ ...part, urn: anew?.successors[part.urn] ?? part.urn }));
    const use = measures.has('use') ? followed(await this.#use(tx, charge, agreementId), anew) : [];
    const onlyUse = measures.has('use') && measures.size === 1 && isPlain(inForce.rule);
    const among = onlyUse ? undated(parts, use) : parts;
    const weights = await this.#weights(tx, measures, inForce, among, { use, anew });
    const participants = among.map(({ urn, from, to }) => ({
      school: urn,
      ...(onlyUse ? {} : { from, to }),
      basisPoints: inForce.fixedBasisPoints[urn] ?? 0,
      ...weightOf(weights, urn, inForce.measure),
    }));
    return { rule: inForce.rule, participants, spread: !onlyUse, inWords: inWords(inForce.rule, inForce) };
  }

  /** Who subscribes on some of the days, and on which; a leaver's last day is its own or the end of that term, as the rule says. */
  async partsOf(tx: Tx, collaborationId: string, agreement: AgreementRecord, leavers: LeaverPolicy, period: DatePeriod): Promise<Part[]> {
    const ends = leavers === 'to-date' ? undefined : await termEnds(this.#schools, tx, collaborationId, agreement.subscriptions.filter(({ until }) => until !== null && until < agreement.endsOn));
    const days = agreement.subscriptions.map(({ urn, from, until }) => ({ urn, from, to: ends && until !== null ? (ends.get(`${urn} ${until}`) ?? until) : until }));
    return days.filter(({ from, to }) => overlapOf(period, from, to));
  }

  /** Minutes are known when the period of service is over; a booking brings its own. */
  async #use(tx: Tx, charge: ChargeToDivide, agreementId: string): Promise<readonly Use[]> {
    if (charge.wanted?.use) return charge.wanted.use;
    if (charge.serviceTo >= this.#clock.today()) refuse('sharing.use-not-known-yet', { knownAfter: charge.serviceTo });
    await this.#everySessionIsKnown(tx, charge, agreementId);
    const use = await this.#bookings.deliveredUse(tx, charge.collaborationId, agreementId, charge.serviceFrom, charge.serviceTo);
    if (!use.some(({ minutes }) => minutes > 0)) refuse('sharing.no-use', { from: charge.serviceFrom, to: charge.serviceTo });
    return use;
  }

  /** For a while it waits for sessions that nobody has confirmed: what is divided without them would be divided anew. */
  async #everySessionIsKnown(tx: Tx, { collaborationId, serviceFrom: from, serviceTo: to }: ChargeToDivide, agreementId: string): Promise<void> {
    const agreement = await this.#procurement.agreement(tx, collaborationId, agreementId);
    const { waits } = periodEnd({ from, to }, await this.#bookings.openSessions(tx, collaborationId, [agreement]), this.#clock.today());
    if (waits) refuse('sharing.use-not-known-yet', { knownAfter: to, ...waits });
  }

  async #weights(tx: Tx, measures: ReadonlySet<string>, inForce: RuleInForce, parts: readonly Part[], { use, anew }: { use: readonly Use[]; anew: DividedAnew | undefined }) {
    const urns = [...new Set(parts.map(({ urn }) => urn))];
    const weights = new Map<string, Map<string, string>>();
    for (const measure of ['pupils', 'pupil-premium'] as const) {
      if (!measures.has(measure)) continue;
      const before = new Map(urns.flatMap((urn) => (anew?.weights[urn]?.[measure] === undefined ? [] : [[urn, anew.weights[urn][measure]] as const])));
      const numbers = await this.#schools.pupilNumbers(tx, urns.filter((urn) => !before.has(urn)), measure, inForce.censusOn ?? anew?.on ?? null);
      const without = urns.filter((urn) => !before.has(urn) && !numbers.has(urn));
      if (without.length > 0) refuse('sharing.pupil-numbers-missing', { measure, censusOn: inForce.censusOn, urns: without });
      weights.set(measure, new Map([...before, ...[...numbers].map(([urn, { thousandths }]) => [urn, formatThousandths(thousandths)] as const)]));
    }
    if (measures.has('use')) {
      const minutes = new Map(use.map((u) => [u.urn, String(u.minutes)]));
      weights.set('use', new Map(urns.map((urn) => [urn, minutes.get(urn) ?? '0'])));
    }
    return weights;
  }
}

function weightOf(weights: ReadonlyMap<string, ReadonlyMap<string, string>>, urn: string, measure: string): Pick<Participant, 'weight' | 'weights'> {
  if (weights.size === 0) return {};
  const all = Object.fromEntries([...weights].map(([name, of]) => [name, of.get(urn) ?? '0']));
  const own = all[measure];
  return { weights: all, ...(own === undefined ? {} : { weight: own }) };
}

/** Minutes of a school count for the one that took over its share. */
function followed(use: readonly Use[], anew: DividedAnew | undefined): Use[] {
  const minutes = new Map<string, number>();
  for (const one of use) {
    const urn = anew?.successors[one.urn] ?? one.urn;
    minutes.set(urn, (minutes.get(urn) ?? 0) + one.minutes);
  }
  return [...minutes].map(([urn, sum]) => ({ urn, minutes: sum }));
}

/** Subscribers, and others who took part all the same, each once. */
function undated(parts: readonly Part[], use: readonly Use[]): Part[] {
  return [...new Set([...parts.map(({ urn }) => urn), ...use.map(({ urn }) => urn)])].map((urn) => ({ urn }));
}

const isPlain = (rule: DivisionRule) => 'basis' in rule;

/** The measures by which a rule weighs, its parts and groups included. */
export function measuresOf(rule: DivisionRule, measure: string): Set<string> {
  if ('parts' in rule) return new Set(rule.parts.flatMap((part) => [...measuresOf(part.rule, measure)]));
  if ('groups' in rule) return new Set(rule.groups.flatMap((group) => [...measuresOf(group.rule, measure)]));
  return rule.basis === 'weight' ? new Set([rule.measure ?? measure]) : new Set();
}
