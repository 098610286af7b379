import type { Charge, StoredExplanation } from '@fairshare/contract/sharing';
import { describeCredit, describeShare, type SharedCharge } from '@fairshare/domain/sharing';
import type { Basis } from './new-charge.js';

interface ExplainedShare {
  readonly urn: string;
  readonly pence: number;
  readonly explanation: StoredExplanation;
}

/** "Why this amount?" in sentences, by URN, from what was stored when the charge was divided. */
export function sentencesOf(charge: Charge, basis: Basis, shares: readonly ExplainedShare[]): Map<string, string[]> {
  const divided = shares.flatMap(({ urn, pence, explanation }) => (explanation.kind === 'division' ? [{ school: urn, pence, explanation: explanation.division }] : []));
  const whole: SharedCharge = { totalPence: charge.pence, shares: divided };
  const about = { rule: basis.rule, period: basis.spread ? { from: charge.serviceFrom, to: charge.serviceTo } : null };
  return new Map(
    shares.map((share) => [
      share.urn,
      share.explanation.kind === 'credit'
        ? describeCredit({ pence: share.pence, ...share.explanation.credit })
        : [...workingsFor(charge.workings, share.urn), `It is divided ${basis.inWords}.`, ...describeShare(whole, share.urn, about)].map(asSentence),
    ]),
  );
}

/** How the charge came about: what concerns all, and this school's own line. */
function workingsFor(workings: readonly string[], urn: string): string[] {
  return workings.filter((sentence) => !aboutOne.test(sentence) || sentence.startsWith(urn)).map((sentence) => sentence.replace(aboutOne, 'This school:'));
}

const aboutOne = /^(\d{6}):/;

/** A sentence about one school begins with its number; people read its name. */
export function withNames(sentence: string, names: ReadonlyMap<string, string>): string {
  return sentence.replace(aboutOne, (_, urn: string) => `${names.get(urn) ?? urn}:`);
}

const asSentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
