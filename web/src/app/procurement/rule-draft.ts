import type { RuleBody, RuleEntry } from '@fairshare/contract/agreements.js';
import { parsePounds } from '@fairshare/domain/kernel/money.js';
import type { GroupBasis, LeaverPolicy, PartBasis, RuleBasis } from '@fairshare/domain/procurement/index.js';
import { today } from '../ui/london';

/** A cost-sharing rule while somebody writes it: percentages and pounds are still text. */
export interface RuleDraft {
  readonly basis: RuleBasis;
  readonly parts: Readonly<Record<PartBasis, string>>;
  readonly fixed: Readonly<Record<string, string>>;
  readonly groups: readonly GroupDraft[];
  /** By URN, the place of the school's group in the list. */
  readonly groupOf: Readonly<Record<string, number>>;
  readonly leavers: LeaverPolicy;
  readonly capPercent: string;
  readonly capPounds: string;
  readonly floorPounds: string;
  readonly censusOn: string;
  readonly effectiveOn: string;
  readonly agreedOn: string;
  /** One name a line. */
  readonly agreedBy: string;
}

/** A group of schools while somebody writes it. */
export interface GroupDraft {
  readonly name: string;
  readonly percent: string;
  readonly basis: GroupBasis;
}

const twoGroups: readonly GroupDraft[] = [{ name: 'First group', percent: '60', basis: 'equal' }, { name: 'Second group', percent: '40', basis: 'equal' }];

const noParts: RuleDraft['parts'] = { equal: '', pupils: '', 'pupil-premium': '', use: '', fixed: '' };

export function emptyRule(effectiveOn: string): RuleDraft {
  return { basis: 'equal', parts: { ...noParts, equal: '30', pupils: '70' }, fixed: {}, groups: twoGroups, groupOf: {}, leavers: 'to-date', capPercent: '', capPounds: '', floorPounds: '', censusOn: '', effectiveOn, agreedOn: today(), agreedBy: '' };
}

const percentText = (basisPoints: number) => String(basisPoints / 100);
const poundsText = (pence: number | null) => (pence === null ? '' : (pence / 100).toFixed(2));

export function ruleDraftOf(rule: RuleEntry): RuleDraft {
  return {
    basis: rule.basis,
    parts: rule.parts ? { ...noParts, ...Object.fromEntries(rule.parts.map((part) => [part.basis, percentText(part.basisPoints)])) } : { ...noParts, equal: '30', pupils: '70' },
    fixed: Object.fromEntries((rule.fixed ?? []).map((part) => [part.urn, percentText(part.basisPoints)])),
    groups: rule.groups?.map(({ name, basisPoints, basis }) => ({ name, percent: percentText(basisPoints), basis })) ?? twoGroups,
    groupOf: Object.fromEntries((rule.groups ?? []).flatMap((group, place) => group.urns.map((urn) => [urn, place]))),
    leavers: rule.leavers,
    capPercent: rule.capBasisPoints === null ? '' : percentText(rule.capBasisPoints),
    capPounds: poundsText(rule.capPence),
    floorPounds: poundsText(rule.floorPence),
    censusOn: rule.censusOn ?? '',
    effectiveOn: rule.effectiveOn,
    agreedOn: rule.agreedOn,
    agreedBy: rule.agreedBy.join('\n'),
  };
}

/** `33.33` or `33.33 %` as basis points; undefined when it is no percentage with at most two decimals. */
export function parsePercent(text: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?\s*%?$/.exec(text.trim());
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : undefined;
}

/** Pounds as people type them, in pence; undefined when they are no amount. */
export function penceOf(text: string): number | undefined {
  try {
    return parsePounds(text);
  } catch {
    return undefined;
  }
}

export type Faults = Record<string, string>;
const notPercent = 'Write a percentage such as 33.33.';
const notPounds = 'Write an amount such as 1,250.00.';

/** The sharing part of a rule, and what is wrong with what was typed. Basis points stay as they were typed: nothing is rounded to fit. */
export function sharingOf(draft: RuleDraft, urns: readonly string[]): { rule: Pick<RuleBody, 'basis' | 'parts' | 'groups' | 'leavers' | 'fixed' | 'capBasisPoints' | 'capPence' | 'floorPence'>; faults: Faults } {
  const faults: Faults = {};
  const points = (text: string, path: string) => pointsOf(text, path, faults);
  const pence = (text: string, path: string) => {
    if (!text.trim()) return null;
    const found = penceOf(text);
    if (found === undefined || found <= 0) faults[path] = notPounds;
    return found ?? null;
  };
  const parts = draft.basis === 'parts' ? partsOf(draft, points) : null;
  const groups = draft.basis === 'groups' ? groupsOf(draft, urns, points, faults) : null;
  const usesFixed = draft.basis === 'fixed' || parts?.some((part) => part.basis === 'fixed');
  const fixed = usesFixed ? urns.flatMap((urn) => positive(points(draft.fixed[urn] ?? '', `fixed.${urn}`)).map((basisPoints) => ({ urn, basisPoints }))) : null;
  if (parts) wholeOrFault(parts, 'parts', faults);
  if (fixed) wholeOrFault(fixed, 'fixed', faults);
  const cap = points(draft.capPercent, 'capBasisPoints');
  return { rule: { basis: draft.basis, parts, groups, leavers: draft.leavers, fixed, capBasisPoints: cap || null, capPence: pence(draft.capPounds, 'capPence'), floorPence: pence(draft.floorPounds, 'floorPence') }, faults };
}

/** The whole rule as the API takes it. */
export function ruleBodyOf(draft: RuleDraft, urns: readonly string[]): { body: RuleBody; faults: Faults } {
  const { rule, faults } = sharingOf(draft, urns);
  const agreedBy = draft.agreedBy.split('\n').map((name) => name.trim()).filter(Boolean);
  if (agreedBy.length === 0) faults['agreedBy'] = 'Name the people who agreed it, one a line.';
  return { body: { ...rule, effectiveOn: draft.effectiveOn, censusOn: draft.censusOn || null, agreedOn: draft.agreedOn, agreedBy }, faults };
}

const positive = (basisPoints: number): number[] => (basisPoints > 0 ? [basisPoints] : []);

function pointsOf(text: string, path: string, faults: Faults): number {
  if (!text.trim()) return 0;
  const found = parsePercent(text);
  if (found === undefined || found > 10_000) faults[path] = notPercent;
  return found ?? 0;
}

function partsOf(draft: RuleDraft, points: (text: string, path: string) => number) {
  return (Object.keys(noParts) as PartBasis[]).flatMap((basis) => positive(points(draft.parts[basis], `parts.${basis}`)).map((basisPoints) => ({ basis, basisPoints })));
}

/** The group of a school: as it was chosen, or by its half of the list, so that there is something to look at from the start. */
export function groupOfSchool(draft: RuleDraft, urn: string, urns: readonly string[]): number {
  return draft.groupOf[urn] ?? (urns.indexOf(urn) < urns.length / 2 ? 0 : 1);
}

/** The groups with their schools. */
function groupsOf(draft: RuleDraft, urns: readonly string[], points: (text: string, path: string) => number, faults: Faults) {
  const groups = draft.groups.map(({ name, percent, basis }, place) => ({
    name: name.trim() || `Group ${place + 1}`, basisPoints: points(percent, `groups.${place}`), basis, urns: urns.filter((urn) => groupOfSchool(draft, urn, urns) === place),
  }));
  wholeOrFault(groups, 'groups', faults);
  const empty = groups.findIndex((group) => group.urns.length === 0 || group.basisPoints === 0);
  if (empty >= 0) faults[`groups.${empty}`] = 'A group has a part and at least one school.';
  return groups;
}

function wholeOrFault(list: readonly { readonly basisPoints: number }[], path: string, faults: Faults): void {
  const sum = list.reduce((total, { basisPoints }) => total + basisPoints, 0);
  if (sum !== 10_000) faults[path] = `Together they are ${sum / 100} %; they have to be exactly 100 %.`;
}
