import { DomainError } from '../kernel/domain-error.js';
import type { DateOnly } from '../kernel/period.js';
import type { ProcurementProblem } from './agreement.js';

/** What a part of a rule goes by. `use` is delivered minutes, `fixed` the basis points agreed for each school. */
export const partBases = ['equal', 'pupils', 'pupil-premium', 'use', 'fixed'] as const;
export type PartBasis = (typeof partBases)[number];
export const ruleBases = [...partBases, 'parts', 'groups'] as const;
export type RuleBasis = (typeof ruleBases)[number];

export interface AgreedPart {
  readonly basis: PartBasis;
  readonly basisPoints: number;
}

/** How a group of schools divides its part; fixed percentages belong to the whole. */
export const groupBases = ['equal', 'pupils', 'pupil-premium', 'use'] as const;
export type GroupBasis = (typeof groupBases)[number];

/** A pyramid, a town: its part of every charge, and how that is divided inside. */
export interface AgreedGroup {
  readonly name: string;
  readonly basisPoints: number;
  readonly urns: readonly string[];
  readonly basis: GroupBasis;
}

/** Until when a school that leaves takes part: its last day, or the last day of the term in which that lies. */
export const leaverPolicies = ['to-date', 'end-of-term'] as const;
export type LeaverPolicy = (typeof leaverPolicies)[number];

/** How the schools agreed to share an agreement's charges. Once it has shared one, it is frozen. */
export interface AgreedRule {
  readonly basis: RuleBasis;
  /** Set for `parts` only: 30 % equally and 70 % by pupils. */
  readonly parts: readonly AgreedPart[] | null;
  /** Set for `groups` only: 60/40 between two pyramids, then equally inside. Every school that subscribes is in one. */
  readonly groups: readonly AgreedGroup[] | null;
  readonly leavers: LeaverPolicy;
  /** By URN, together 10,000; set when the rule or a part of it is `fixed`. */
  readonly fixedBasisPoints: Readonly<Record<string, number>> | null;
  readonly capBasisPoints: number | null;
  readonly capPence: number | null;
  readonly floorPence: number | null;
  /** Pupil numbers of the latest census on or before this day; null takes the latest for each charge. */
  readonly censusOn: DateOnly | null;
}

/** The rule as the dividing function takes it; `measure` names which of a school's weights counts. */
export type DividingRule = (DividingBasis | { readonly parts: readonly DividingPortion[] } | { readonly groups: readonly (DividingPortion & { readonly schools: readonly string[] })[] }) & {
  readonly capBasisPoints?: number;
  readonly capPence?: number;
  readonly floorPence?: number;
};

interface DividingPortion {
  readonly name: string;
  readonly basisPoints: number;
  readonly rule: DividingBasis;
}

interface DividingBasis {
  readonly basis: 'equal' | 'weight' | 'fixed';
  readonly measure?: string;
}

/** As schools say it. */
export const basisInWords: Readonly<Record<PartBasis, string>> = {
  equal: 'equally',
  pupils: 'by pupil numbers',
  'pupil-premium': 'by pupil-premium numbers',
  use: 'by use',
  fixed: 'by fixed percentages',
};

const basisOf = (basis: PartBasis): DividingBasis => (basis === 'equal' || basis === 'fixed' ? { basis } : { basis: 'weight', measure: basis });

export function dividingRule(rule: Pick<AgreedRule, 'basis' | 'parts' | 'groups' | 'capBasisPoints' | 'capPence' | 'floorPence'>): DividingRule {
  const bounds = {
    ...(rule.capBasisPoints === null ? {} : { capBasisPoints: rule.capBasisPoints }),
    ...(rule.capPence === null ? {} : { capPence: rule.capPence }),
    ...(rule.floorPence === null ? {} : { floorPence: rule.floorPence }),
  };
  if (rule.basis === 'groups') {
    const groups = (rule.groups ?? []).map(({ name, basisPoints, urns, basis }) => ({ name, basisPoints, schools: urns, rule: basisOf(basis) }));
    return { groups, ...bounds };
  }
  if (rule.basis !== 'parts') return { ...basisOf(rule.basis), ...bounds };
  const parts = (rule.parts ?? []).map((part) => ({ name: basisInWords[part.basis], basisPoints: part.basisPoints, rule: basisOf(part.basis) }));
  return { parts, ...bounds };
}

/** The bases that a rule uses: its own, or those of its parts. */
export function basesOf(rule: Pick<AgreedRule, 'basis' | 'parts' | 'groups'>): readonly PartBasis[] {
  if (rule.basis === 'groups') return [...new Set((rule.groups ?? []).map((group) => group.basis))];
  return rule.basis === 'parts' ? (rule.parts ?? []).map((part) => part.basis) : [rule.basis];
}

/**
 * Refuses a rule that does not add up to 10,000 basis points, names somebody who does not subscribe or names a basis twice.
 * @param urns the schools that may be named.
 */
export function assertRule(rule: AgreedRule, urns: readonly string[]): void {
  const bases = basesOf(rule);
  if (new Set(bases).size !== bases.length) throw new DomainError<ProcurementProblem>('procurement.rule-does-not-add-up', { reason: 'a basis stands twice' });
  const partPoints = (rule.parts ?? []).reduce((sum, part) => sum + part.basisPoints, 0);
  if ((rule.basis === 'parts') !== (rule.parts !== null) || (rule.parts !== null && partPoints !== 10_000)) {
    throw new DomainError<ProcurementProblem>('procurement.rule-does-not-add-up', { basisPoints: partPoints });
  }
  assertGroups(rule, urns);
  const fixed = Object.entries(rule.fixedBasisPoints ?? {});
  const fixedPoints = fixed.reduce((sum, [, basisPoints]) => sum + basisPoints, 0);
  if (bases.includes('fixed') !== (rule.fixedBasisPoints !== null) || (rule.fixedBasisPoints !== null && fixedPoints !== 10_000)) {
    throw new DomainError<ProcurementProblem>('procurement.rule-does-not-add-up', { basisPoints: fixedPoints });
  }
  const stranger = fixed.find(([urn]) => !urns.includes(urn));
  if (stranger) throw new DomainError<ProcurementProblem>('procurement.rule-stranger', { urn: stranger[0] });
  if (rule.floorPence !== null && rule.capPence !== null && rule.floorPence > rule.capPence) {
    throw new DomainError<ProcurementProblem>('procurement.floor-above-cap', { floorPence: rule.floorPence, capPence: rule.capPence });
  }
}

/** Groups make one whole, and every school that subscribes is in exactly one of them. */
function assertGroups({ basis, groups }: AgreedRule, urns: readonly string[]): void {
  const points = (groups ?? []).reduce((sum, group) => sum + group.basisPoints, 0);
  if ((basis === 'groups') !== (groups !== null) || (groups !== null && points !== 10_000)) throw new DomainError<ProcurementProblem>('procurement.rule-does-not-add-up', { basisPoints: points });
  if (groups === null) return;
  const named = groups.flatMap((group) => group.urns);
  const twice = named.find((urn, index) => named.indexOf(urn) !== index);
  if (twice) throw new DomainError<ProcurementProblem>('procurement.rule-same-school-twice', { urn: twice });
  const stranger = named.find((urn) => !urns.includes(urn));
  if (stranger) throw new DomainError<ProcurementProblem>('procurement.rule-stranger', { urn: stranger });
  const without = urns.find((urn) => !named.includes(urn));
  if (without) throw new DomainError<ProcurementProblem>('procurement.rule-school-without-group', { urn: without });
}

/** Refuses a rule that begins before what has been used already, or outside the agreement. */
export function assertRuleMayFollow(
  effectiveOn: DateOnly,
  term: { readonly startsOn: DateOnly; readonly endsOn: DateOnly },
  earlier: readonly { readonly effectiveOn: DateOnly; readonly frozen: boolean }[],
): void {
  if (effectiveOn < term.startsOn || effectiveOn > term.endsOn) throw new DomainError<ProcurementProblem>('procurement.rule-outside-term', { effectiveOn, ...term });
  const used = earlier.filter((rule) => rule.frozen && rule.effectiveOn >= effectiveOn).map((rule) => rule.effectiveOn);
  if (used.length > 0) throw new DomainError<ProcurementProblem>('procurement.rule-frozen', { effectiveOn, usedFrom: used.sort().at(-1) });
}

/** The rule of a day: the latest that began on or before it. */
export function ruleOn<R extends { readonly effectiveOn: DateOnly }>(rules: readonly R[], on: DateOnly): R | undefined {
  return [...rules].sort((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : 1)).filter((rule) => rule.effectiveOn <= on).at(-1);
}
