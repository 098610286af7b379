import type { AgreementDetail, AgreementInput } from '@fairshare/contract/agreements.js';
import type { BaselineMethod, InstalmentPlan, PriceBasis, Unit } from '@fairshare/domain/procurement/index.js';
import { today } from '../ui/london';
import { minutesAsTime } from './procurement-words';
import { penceOf, type Faults } from './rule-draft';
import { milliunitsOf } from './subscription-dialog';

/** An agreement while somebody writes it: amounts, days and times are still text. */
export interface AgreementDraft {
  readonly name: string;
  readonly serviceId: string;
  readonly supplierId: string;
  readonly specialistIds: readonly string[];
  readonly startsOn: string;
  readonly endsOn: string;
  readonly noticeDays: string;
  readonly leadTimeDays: string;
  readonly priceBasis: PriceBasis;
  readonly pricePounds: string;
  readonly priceAt: 'order' | 'delivery';
  readonly unit: Unit;
  readonly retainerPounds: string;
  readonly instalmentPlan: InstalmentPlan;
  readonly minimumCommitment: string;
  readonly baselineName: string;
  readonly baselinePounds: string;
  readonly baselineMethod: BaselineMethod;
  /** Minutes, with commas between. */
  readonly lengths: string;
  readonly stepMinutes: string;
  readonly morningStart: string;
  readonly morningEnd: string;
  readonly afternoonStart: string;
  readonly afternoonEnd: string;
  readonly noticeUnit: 'days' | 'hours';
  readonly minimumNotice: string;
  readonly horizonDays: string;
  readonly needsApproval: boolean;
  readonly payAsYouGo: boolean;
  readonly objectionDays: string;
  readonly bands: readonly { readonly days: string; readonly percent: string }[];
}

/** The school year that a day is in, and from Easter on the next one: the usual term of an agreement. */
function usualYear(now: string): { startsOn: string; endsOn: string } {
  const year = Number(now.slice(0, 4)) - (now.slice(5) < '04-01' ? 1 : 0);
  return { startsOn: `${year}-09-01`, endsOn: `${year + 1}-08-31` };
}

export function newAgreement(): AgreementDraft {
  return {
    name: '', serviceId: '', supplierId: '', specialistIds: [], ...usualYear(today()), noticeDays: '91', leadTimeDays: '56',
    priceBasis: 'session', pricePounds: '', priceAt: 'order', unit: 'session', retainerPounds: '', instalmentPlan: 'monthly-12', minimumCommitment: '',
    baselineName: '', baselinePounds: '', baselineMethod: 'price-paid-before',
    lengths: '60', stepMinutes: '30', morningStart: '09:00', morningEnd: '12:00', afternoonStart: '13:00', afternoonEnd: '16:00',
    noticeUnit: 'days', minimumNotice: '2', horizonDays: '365', needsApproval: false, payAsYouGo: true, objectionDays: '5',
    bands: [{ days: '5', percent: '0' }, { days: '1', percent: '50' }, { days: '0', percent: '100' }],
  };
}

const pounds = (pence: number | null | undefined) => (pence === null || pence === undefined ? '' : (pence / 100).toFixed(2));

export function agreementDraftOf(one: AgreementDetail): AgreementDraft {
  return {
    name: one.name, serviceId: one.service.id, supplierId: one.supplier.id, specialistIds: one.specialistIds, startsOn: one.startsOn, endsOn: one.endsOn,
    noticeDays: String(one.noticeDays), leadTimeDays: String(one.leadTimeDays), priceBasis: one.priceBasis, pricePounds: pounds(one.pricePence), priceAt: one.priceAt,
    unit: one.unit, retainerPounds: pounds(one.retainerPence), instalmentPlan: one.instalmentPlan ?? 'monthly-12',
    minimumCommitment: one.minimumCommitmentMilliunits === null ? '' : String(one.minimumCommitmentMilliunits / 1000),
    baselineName: one.baseline?.name ?? '', baselinePounds: pounds(one.baseline?.pricePence), baselineMethod: one.baseline?.method ?? 'price-paid-before',
    lengths: one.lengthsMinutes.join(', '), stepMinutes: one.stepMinutes === null ? '' : String(one.stepMinutes),
    morningStart: minutesAsTime(one.morning.startMinute), morningEnd: minutesAsTime(one.morning.endMinute),
    afternoonStart: minutesAsTime(one.afternoon.startMinute), afternoonEnd: minutesAsTime(one.afternoon.endMinute),
    noticeUnit: 'hours' in one.minimumNotice ? 'hours' : 'days',
    minimumNotice: String('hours' in one.minimumNotice ? one.minimumNotice.hours : one.minimumNotice.days),
    horizonDays: String(one.horizonDays), needsApproval: one.needsApproval, payAsYouGo: one.payAsYouGo, objectionDays: String(one.objectionDays),
    bands: one.cancellationBands.map((band) => ({ days: String(band.atLeastWorkingDays), percent: String(band.chargeBasisPoints / 100) })),
  };
}

/** What entitlement is counted in: the unit of the price, or for a retainer the one that was chosen. */
export function basisUnit({ priceBasis, unit }: Pick<AgreementDraft, 'priceBasis' | 'unit'>): Unit {
  return priceBasis === 'retainer' ? unit : priceBasis;
}

type Terms = Omit<AgreementInput, 'pricePence' | 'rule' | 'subscriptions'>;

/** What was typed as the API takes it, and what of it cannot be read. Fields that the form leaves alone keep what they had. */
export function termsOf(draft: AgreementDraft, kept: AgreementDetail | undefined): { terms: Terms; pricePence: number | null; faults: Faults } {
  const faults: Faults = {};
  const money = (text: string, path: string) => optional(text, penceOf, path, 'Write an amount such as 1,250.00.', faults);
  const whole = (text: string, path: string) => wholeNumber(text, path, faults);
  const time = (text: string, path: string) => minuteOf(text, path, faults);
  const retainerPence = money(draft.retainerPounds, 'retainerPence');
  const baselinePence = money(draft.baselinePounds, 'baseline.pricePence');
  const notice = whole(draft.minimumNotice, 'minimumNotice');
  const terms: Terms = {
    name: draft.name, serviceId: draft.serviceId, supplierId: draft.supplierId, specialistIds: [...draft.specialistIds],
    startsOn: draft.startsOn, endsOn: draft.endsOn, noticeDays: whole(draft.noticeDays, 'noticeDays'), leadTimeDays: whole(draft.leadTimeDays, 'leadTimeDays'),
    priceBasis: draft.priceBasis, priceAt: draft.priceAt, unit: basisUnit(draft),
    retainerPence, instalmentPlan: retainerPence === null ? null : draft.instalmentPlan,
    minimumCommitmentMilliunits: optional(draft.minimumCommitment, milliunitsOf, 'minimumCommitmentMilliunits', 'Write units such as 9.5.', faults),
    baseline: baselinePence === null && !draft.baselineName.trim() ? null : { name: draft.baselineName, pricePence: baselinePence ?? 0, method: draft.baselineMethod },
    lengthsMinutes: draft.lengths.split(',').filter((text) => text.trim()).map((text) => whole(text, 'lengthsMinutes')),
    stepMinutes: draft.stepMinutes.trim() ? whole(draft.stepMinutes, 'stepMinutes') : null,
    morning: { startMinute: time(draft.morningStart, 'morning.startMinute'), endMinute: time(draft.morningEnd, 'morning.endMinute') },
    afternoon: { startMinute: time(draft.afternoonStart, 'afternoon.startMinute'), endMinute: time(draft.afternoonEnd, 'afternoon.endMinute') },
    minimumNotice: draft.noticeUnit === 'hours' ? { hours: notice } : { days: notice },
    horizonDays: whole(draft.horizonDays, 'horizonDays'), needsApproval: draft.needsApproval, payAsYouGo: draft.payAsYouGo, objectionDays: whole(draft.objectionDays, 'objectionDays'),
    cancellationBands: draft.bands.map((band, index) => ({
      atLeastWorkingDays: whole(band.days, `cancellationBands.${index}.atLeastWorkingDays`),
      chargeBasisPoints: Math.round(whole(band.percent, `cancellationBands.${index}.chargeBasisPoints`) * 100),
    })),
    beforeMinutes: kept?.beforeMinutes ?? 0, afterMinutes: kept?.afterMinutes ?? 0,
    requiredCredentials: (kept?.requiredCredentials ?? null) as Terms['requiredCredentials'],
  };
  return { terms, pricePence: money(draft.pricePounds, 'pricePence'), faults: { ...missing(draft), ...faults } };
}

/** What has to be chosen or given before the API is asked. */
function missing(draft: AgreementDraft): Faults {
  const faults: Faults = {};
  if (!draft.serviceId) faults['serviceId'] = 'Choose a service.';
  if (!draft.supplierId) faults['supplierId'] = 'Choose a supplier.';
  if (draft.priceBasis !== 'retainer' && !draft.pricePounds.trim()) faults['pricePence'] = 'Say what one unit is priced at; only a retainer goes without.';
  if (draft.priceBasis === 'retainer' && !draft.retainerPounds.trim()) faults['retainerPence'] = 'Say what is paid for the whole term.';
  return faults;
}

function optional(text: string, parse: (text: string) => number | undefined, path: string, sentence: string, faults: Faults): number | null {
  if (!text.trim()) return null;
  const found = parse(text);
  if (found === undefined) faults[path] = sentence;
  return found ?? null;
}

function wholeNumber(text: string, path: string, faults: Faults): number {
  const found = /^\d{1,5}$/.test(text.trim()) ? Number(text) : undefined;
  if (found === undefined) faults[path] = 'Write a whole number.';
  return found ?? 0;
}

function minuteOf(text: string, path: string, faults: Faults): number {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  if (!match) faults[path] = 'Write a time such as 09:00.';
  return match ? Number(match[1]) * 60 + Number(match[2]) : 0;
}
