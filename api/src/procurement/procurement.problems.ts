import type { ProcurementProblem } from '@fairshare/domain/procurement';
import type { InstalmentProblem } from '@fairshare/domain/sharing';
import { declareProblems } from '../platform/problem.js';

declareProblems<ProcurementProblem | InstalmentProblem>({
  'procurement.ends-before-it-starts': [422, 'The last day is before the first.'],
  'procurement.price-missing': [422, 'Say what one unit is priced at; only a retainer goes without.'],
  'procurement.commitment-not-countable': [
    422, (facts) => `The minimum commitment is counted in units of a ${String(facts['unit'])} and the price is for a ${String(facts['priced'])}. Count both in the same, or offer one length of session only, so that one can be worked out from the other.`,
  ],
  'procurement.retainer-missing': [422, 'A retainer needs its sum and how it is paid by instalments; without a retainer leave both out.'],
  'procurement.half-days-overlap': [422, 'The morning begins and ends before the afternoon does.'],
  'procurement.bands-not-in-order': [422, 'Cancellation bands go from much notice to none, and less notice never costs less.'],
  'procurement.price-in-the-past': [409, 'Charges have been shared already: a new price holds from today at the earliest.'],
  'procurement.price-outside-term': [422, 'The price begins outside the days of the agreement.'],
  'procurement.rule-does-not-add-up': [422, 'The parts of a cost-sharing rule add up to exactly 100 %, each basis once.'],
  'procurement.rule-same-school-twice': [422, 'A school stands twice in the fixed percentages or groups.'],
  'procurement.rule-stranger': [422, 'The rule names a school that does not subscribe to the agreement.'],
  'procurement.rule-school-without-group': [422, 'A school that subscribes is in none of the groups.'],
  'procurement.floor-above-cap': [422, 'The least that a school pays is more than the most.'],
  'procurement.rule-frozen': [409, 'The rule has shared a charge already. Agree a new one that holds from a later date.'],
  'procurement.rule-outside-term': [422, 'The rule begins outside the days of the agreement.'],
  'procurement.rule-exists': [409, 'Another rule holds from this day already.'],
  'procurement.outside-term': [422, 'A subscription lies within the days of the agreement.'],
  'procurement.not-a-member': [422, 'That school is not a member of this collaboration on that day.'],
  'procurement.already-subscribed': [409, 'The school subscribes on these days already.'],
  'procurement.subscription-used': [409, 'A subscription that has begun keeps its first day; end it instead.'],
  'procurement.not-engaged': [422, 'That specialist is not engaged in this collaboration.'],
  'procurement.already-engaged': [409, 'That specialist is engaged in this collaboration already.'],
  'procurement.no-such-service': [422, 'That service is not in the catalogue.'],
  'procurement.no-such-supplier': [422, 'That supplier is not known here.'],
  'procurement.name-taken': [409, 'There is one of that name already.'],
  'procurement.instalments-charged': [409, 'An instalment has been charged already, so that the term, the retainer and its plan stay as they are.'],
  'procurement.in-use': [409, 'Charges have been shared under this agreement: its service, supplier and unit of price stay. Make a new agreement instead.'],
  'procurement.no-rule': [409, 'No cost-sharing rule is agreed for that day yet.'],
  'sharing.term-not-a-year': [422, 'Twelve monthly or three termly instalments need an agreement of whole years; choose once, or September to March and April to August.'],
  'sharing.term-not-whole-months': [422, 'The 7/12 and 5/12 schedule needs an agreement of whole calendar months.'],
  'sharing.term-ends-before-it-starts': [422, 'The last day is before the first.'],
});
