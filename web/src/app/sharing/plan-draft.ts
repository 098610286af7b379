import type { ChargePlanInput } from '@fairshare/contract/charges-due.js';
import type { PlanKind } from '@fairshare/domain/sharing/index.js';
import { parsePercent } from '../procurement/rule-draft';
import { today } from '../ui/london';
import { penceOf, schoolYearStart } from './charge-words';

/** A plan while somebody writes it: everything is still text. */
export interface PlanDraft {
  readonly kind: PlanKind;
  readonly name: string;
  readonly agreementId: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly instalments: 'once' | 'monthly-12' | 'termly-3' | 'sept-march-april-august';
  /** A part in per cent, where the kind has one. */
  readonly percent: string;
  /** A sum in pounds: of a fee, for each school or pupil, in all, or the full-time salary. */
  readonly pounds: string;
  readonly every: 'month' | 'quarter' | 'year';
  readonly per: 'school' | 'pupil';
  readonly leavers: 'to-date' | 'end-of-term' | 'nothing-back';
  /** One a line: "40 units, 5 %". */
  readonly tiers: string;
  readonly indexName: string;
  readonly indexBefore: string;
  readonly indexAfter: string;
  readonly hoursPerWeek: string;
  readonly fullTimeHours: string;
  readonly weeksPaid: string;
  readonly weeksInYear: string;
  readonly insurancePercent: string;
  readonly insuranceFrom: string;
  readonly pensionPercent: string;
}

export function emptyPlan(): PlanDraft {
  const startsOn = schoolYearStart(today());
  return {
    kind: 'administration-fee', name: '', agreementId: '', startsOn, endsOn: `${Number(startsOn.slice(0, 4)) + 1}-08-31`, instalments: 'monthly-12', percent: '', pounds: '', every: 'quarter',
    per: 'school', leavers: 'to-date', tiers: '', indexName: '', indexBefore: '', indexAfter: '', hoursPerWeek: '', fullTimeHours: '37', weeksPaid: '44.5', weeksInYear: '52.143',
    insurancePercent: '15', insuranceFrom: '5000', pensionPercent: '',
  };
}

type Faults = Record<string, string>;

/** What is sent, and what was wrong with what was typed. */
export function planBodyOf(draft: PlanDraft): { body: ChargePlanInput; faults: Faults } {
  const faults: Faults = {};
  const terms = termsOf(draft, {
    pence: (text) => {
      const pence = penceOf(text);
      if (pence === undefined) faults['pounds'] = 'Write an amount such as 1,250.00.';
      return pence ?? 1;
    },
    points: (text, path) => {
      const points = parsePercent(text);
      if (points === undefined) faults[path] = 'Write a percentage such as 2.5.';
      return points ?? 1;
    },
    fault: (path, sentence) => (faults[path] = sentence),
  });
  const { name, agreementId, startsOn, endsOn } = draft;
  return { body: { name, startsOn, endsOn, terms, ...(agreementId ? { agreementId } : {}) }, faults };
}

interface Reading {
  readonly pence: (text: string) => number;
  readonly points: (text: string, path: string) => number;
  readonly fault: (path: string, sentence: string) => void;
}

function termsOf(draft: PlanDraft, read: Reading): ChargePlanInput['terms'] {
  switch (draft.kind) {
    case 'administration-fee':
      return { kind: draft.kind, every: draft.every, ...(draft.percent.trim() ? { basisPoints: read.points(draft.percent, 'percent') } : { pence: read.pence(draft.pounds) }) };
    case 'discount':
      return { kind: draft.kind, tiers: tiersOf(draft.tiers, read) };
    case 'group-contract':
      return { kind: draft.kind, per: draft.per, pricePence: read.pence(draft.pounds), leavers: draft.leavers };
    case 'on-account':
      return { kind: draft.kind, totalPence: read.pence(draft.pounds), instalments: draft.instalments };
    case 'shared-post':
      return {
        kind: draft.kind, fullTimeSalaryPence: read.pence(draft.pounds), hoursPerWeek: draft.hoursPerWeek, fullTimeHours: draft.fullTimeHours, weeksPaid: draft.weeksPaid, weeksInYear: draft.weeksInYear,
        insuranceBasisPoints: read.points(draft.insurancePercent || '0', 'insurancePercent'), insuranceFromPence: penceOf(draft.insuranceFrom || '0') ?? 0,
        pensionBasisPoints: read.points(draft.pensionPercent || '0', 'pensionPercent'), instalments: draft.instalments,
      };
    case 'uplift':
      return draft.percent.trim()
        ? { kind: draft.kind, basisPoints: read.points(draft.percent, 'percent') }
        : { kind: draft.kind, index: { name: draft.indexName, before: draft.indexBefore, after: draft.indexAfter } };
  }
}

/** "40 units, 5 %" a line. */
function tiersOf(text: string, read: Reading) {
  return text.split('\n').filter((line) => line.trim()).map((line) => {
    const match = /^\s*([\d.]+)\s*(?:units?)?\s*[,:;]\s*([\d.]+)\s*%?\s*$/.exec(line);
    if (!match) read.fault('tiers', 'Write a volume and a percentage a line: 40 units, 5 %.');
    return { fromMilliunits: Math.round(Number(match?.[1] ?? 1) * 1000), basisPoints: Math.round(Number(match?.[2] ?? 1) * 100) };
  });
}
