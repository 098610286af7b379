import type { ValueForMoney } from '@fairshare/contract/insight';
import { milliunitsOf } from '@fairshare/domain/availability';
import { retainerSavingPence, sessionSavingPence, valueOfUnitsPence, workingsOf } from '@fairshare/domain/insight';
import { formatPounds } from '@fairshare/domain/kernel/money';
import { addDays } from '@fairshare/domain/kernel/period';
import { sessionPricePence } from '@fairshare/domain/sharing';
import type { AgreementRecord } from '../procurement/agreement-record.js';
import { buysInAdvance, chargeForSession, priceUnit } from '../sharing/booking-charge.js';
import { bookedSessions } from './figures.js';
import { partOf, type SessionFacts, type ValueFacts } from './value-facts.js';
import { countOf, sumOf, whose } from './wording.js';

type Baseline = NonNullable<AgreementRecord['baseline']>;

interface Saving {
  readonly agreement: AgreementRecord;
  readonly baseline: Baseline;
  readonly compared: string;
  readonly realisedPence: number;
  readonly expectedPence: number;
}

const methods: Readonly<Record<Baseline['method'], string>> = {
  'price-paid-before': 'price paid before',
  'quoted-singly': 'quoted to one school alone',
  'list-price': 'list price',
  benchmark: 'benchmark',
};

/** What we saved by buying together, against the baseline that each agreement states. */
export function saved(facts: ValueFacts): ValueForMoney['saved'] {
  const savings = facts.agreements.flatMap((agreement): Saving[] => {
    const { baseline } = agreement;
    if (!baseline) return [];
    const saving = agreement.priceBasis === 'retainer' ? ofRetainer(facts, agreement, baseline) : ofSessions(facts, agreement, baseline);
    return saving ? [{ agreement, baseline, ...saving }] : [];
  });
  const realisedPence = sumOf(savings.map(({ realisedPence: pence }) => ({ pence })));
  const expectedPence = sumOf(savings.map(({ expectedPence: pence }) => ({ pence })));
  const named = [...new Set(savings.map(({ baseline }) => baseline.method))];
  const [onlyMethod] = named;
  return {
    pence: realisedPence + expectedPence,
    realisedPence, expectedPence,
    baseline: savings.length === 0 ? null : [...new Set(savings.map(({ baseline }) => baseline.name))].join('; '),
    method: named.length > 1 ? 'several' : (onlyMethod ?? null),
    realised: expectedPence === 0 && facts.period.to <= facts.today,
    workings: workingsOf({
      title: 'What we saved by buying together',
      formula: `For each agreement that states a baseline: what the sessions of ${whose(facts)}, or its part of the retainer, would have come to at the baseline’s price, less what they come to at ours. Realised is what has been delivered; expected is what is booked and still to come.`,
      columns: [
        ['Agreement', false, (s: Saving) => s.agreement.name],
        ['Baseline', false, (s) => `${s.baseline.name} (${methods[s.baseline.method]}), ${formatPounds(s.baseline.pricePence)}`],
        ['Compared', false, (s) => s.compared],
        ['Realised', true, (s) => formatPounds(s.realisedPence)],
        ['Expected', true, (s) => formatPounds(s.expectedPence)],
      ],
      rows: savings,
      total: ['In all', '', '', formatPounds(realisedPence), formatPounds(expectedPence)],
      record: (s) => ({ kind: 'agreement', id: s.agreement.id }),
    }),
  };
}

function ofSessions(facts: ValueFacts, agreement: AgreementRecord, baseline: Baseline): Omit<Saving, 'agreement' | 'baseline'> | null {
  const sessions = bookedSessions(facts).filter((s) => s.agreementId === agreement.id);
  if (sessions.length === 0) return null;
  const savings = sessions.map((session) => ({
    delivered: session.state === 'delivered',
    pence: sessionSavingPence({
      baselinePence: sessionPricePence(baseline.pricePence, priceUnit(agreement), session, agreement.terms, facts.zone),
      oursPence: ourPrice(facts, agreement, session),
      ...partOf(session, facts.school),
    }),
  }));
  return {
    compared: countOf(sessions.length, 'session'),
    realisedPence: sumOf(savings.filter(({ delivered }) => delivered)),
    expectedPence: sumOf(savings.filter(({ delivered }) => !delivered)),
  };
}

/** A session out of units that a retainer bought is worth its part of the retainer; any other is worth its price. */
function ourPrice(facts: ValueFacts, agreement: AgreementRecord, session: SessionFacts): number {
  if (buysInAdvance(agreement) && agreement.retainerPence !== null) {
    const boughtMilliunits = agreement.subscriptions.reduce((sum, s) => sum + (s.entitlementMilliunits ?? 0), 0);
    const milliunits = milliunitsOf(agreement.terms.unit, session, agreement.terms, facts.zone);
    const worth = valueOfUnitsPence(milliunits, { retainerPence: agreement.retainerPence, pricePence: agreement.pricePence, boughtMilliunits });
    if (worth !== null) return worth;
  }
  return chargeForSession(agreement, session, { orderedOn: session.orderedOn, deliveredOn: session.on }, facts.zone);
}

function ofRetainer(facts: ValueFacts, agreement: AgreementRecord, baseline: Baseline): Omit<Saving, 'agreement' | 'baseline'> | null {
  const retainerPence = agreement.retainerPence ?? 0;
  const { from, to } = facts.period;
  const compare = (period: { from: string; to: string }) =>
    period.from > period.to ? 0 : retainerSavingPence({ term: { from: agreement.startsOn, to: agreement.endsOn }, retainerPence, baselinePence: baseline.pricePence, ...partOfRetainer(facts, agreement) }, period);
  if (agreement.endsOn < from || agreement.startsOn > to) return null;
  return {
    compared: `${formatPounds(retainerPence)} for the term, by days`,
    realisedPence: compare({ from, to: to < facts.today ? to : facts.today }),
    expectedPence: compare({ from: from > facts.today ? from : addDays(facts.today, 1), to }),
  };
}

/** By what was charged so far; before anything was, each subscriber alike. */
function partOfRetainer(facts: ValueFacts, agreement: AgreementRecord): { ownSharesPence: number; allSharesPence: number } {
  const charged = facts.retainers.find(({ agreementId }) => agreementId === agreement.id);
  if (charged && charged.allPence > 0) return { ownSharesPence: charged.ownPence, allSharesPence: charged.allPence };
  const urns = new Set(agreement.subscriptions.map(({ urn }) => urn));
  const own = facts.school ? Number(urns.has(facts.school.urn)) : urns.size;
  return { ownSharesPence: own, allSharesPence: urns.size };
}
