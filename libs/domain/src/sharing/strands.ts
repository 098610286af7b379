import { fraction, multiply, one, type Fraction } from '../kernel/fraction.js';
import type { BasisDivision, DivisionRule } from './cost-sharing-rule.js';

/**
 * A rule without its nesting: one basis, the fraction of the charge it divides, and for whom.
 * A plain rule is one strand of the whole charge; 60/40 between groups with two parts each are four strands.
 */
export interface Strand {
  readonly division: BasisDivision;
  readonly ofCharge: Fraction;
  /** Null when every participant takes part. */
  readonly schools: ReadonlySet<string> | null;
  readonly part?: string;
  readonly group?: string;
}

const wholeCharge: Omit<Strand, 'division'> = { ofCharge: one, schools: null };

/** The strands of a rule whose portions have been checked; one of 0 basis points divides nothing and is left out. */
export function strandsOf(rule: DivisionRule, within: Omit<Strand, 'division'> = wholeCharge): Strand[] {
  if ('parts' in rule) {
    return rule.parts.flatMap(({ name, basisPoints, rule: inner }) => {
      const part = within.part === undefined ? name : `${within.part}, ${name}`;
      return basisPoints === 0 ? [] : strandsOf(inner, { ...within, part, ofCharge: portion(within.ofCharge, basisPoints) });
    });
  }
  if ('groups' in rule) {
    return rule.groups.flatMap(({ name, basisPoints, schools, rule: inner }) => {
      const group = within.group === undefined ? name : `${within.group}, ${name}`;
      const members = new Set(schools);
      return basisPoints === 0 ? [] : strandsOf(inner, { ...within, group, schools: members, ofCharge: portion(within.ofCharge, basisPoints) });
    });
  }
  return [{ ...within, division: rule }];
}

/** Basis points that are not whole are refused later, in their turn; here they only must not break the arithmetic. */
function portion(of: Fraction, basisPoints: number): Fraction {
  return multiply(of, fraction(Math.trunc(basisPoints), 10_000));
}

/** The parts or groups of a rule and of all the rules inside it, each list with the schools it speaks for. */
export interface PortionList {
  readonly portions: readonly { readonly name: string; readonly basisPoints: number; readonly schools?: readonly string[] }[];
  /** Null when it speaks for every participant. */
  readonly among: readonly string[] | null;
}

export function portionListsOf(rule: DivisionRule, among: readonly string[] | null = null): PortionList[] {
  if ('parts' in rule) {
    return [{ portions: rule.parts, among }, ...rule.parts.flatMap((part) => portionListsOf(part.rule, among))];
  }
  if ('groups' in rule) {
    return [{ portions: rule.groups, among }, ...rule.groups.flatMap((group) => portionListsOf(group.rule, group.schools))];
  }
  return [];
}
