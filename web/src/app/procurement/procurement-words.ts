import type { AgreementEntry, RegisterEntryState, RuleEntry } from '@fairshare/contract/agreements.js';
import type { CredentialEntry, ServiceEntry, SpecialistEntry, SupplierEntry } from '@fairshare/contract/procurement.js';
import { serviceColours, type BaselineMethod, type InstalmentPlan, type PartBasis, type PriceBasis, type ServiceColourName, type Unit } from '@fairshare/domain/procurement/index.js';
import { formatDay } from '../ui/london';
import { formatMoney } from '../ui/money';
import { serviceColour, type ServiceColour } from '../ui/service-colour';
import type { Tone } from '../ui/state';

export const serviceKindNames: Readonly<Record<ServiceEntry['kind'], string>> = {
  'sen-assessment': 'SEN assessment',
  counselling: 'Counselling',
  'educational-psychology': 'Educational psychology',
  'speech-and-language': 'Speech and language',
  'shared-business-manager': 'Shared business manager',
  personnel: 'Personnel advice',
  'absence-insurance': 'Absence insurance',
  'management-information-system': 'Management information system',
  training: 'Training',
  other: 'Something else',
};

export const supplierKindNames: Readonly<Record<SupplierEntry['kind'], string>> = {
  company: 'Company',
  'local-authority': 'Local authority',
  'self-employed': 'Self-employed',
  'member-school': 'Member school’s employee',
};

export const credentialNames: Readonly<Record<CredentialEntry['type'], string>> = {
  'hcpc-registration': 'HCPC registration',
  'accredited-register': 'Accredited register',
  'dbs-letter-of-assurance': 'Letter of assurance on DBS checks',
  insurance: 'Insurance',
  'off-payroll-status': 'Off-payroll status',
  'right-to-work': 'Right to work',
  qualification: 'Qualification',
  other: 'Something else',
};

export const standings: Readonly<Record<SpecialistEntry['standing'], { word: string; tone: Tone }>> = {
  valid: { word: 'Credentials valid', tone: 'good' },
  'expires-soon': { word: 'Expires soon', tone: 'warn' },
  expired: { word: 'Expired', tone: 'bad' },
  none: { word: 'Nothing checked yet', tone: 'warn' },
};

export const priceBasisNames: Readonly<Record<PriceBasis, string>> = {
  hour: 'per hour', 'half-day': 'per half day', day: 'per day', session: 'per session', retainer: 'by retainer only',
};

const unitNames: Readonly<Record<Unit, readonly [one: string, many: string]>> = {
  hour: ['hour', 'hours'], 'half-day': ['half day', 'half days'], day: ['day', 'days'], session: ['session', 'sessions'],
};

export const planNames: Readonly<Record<InstalmentPlan, string>> = {
  once: 'All at once, on the first day',
  'monthly-12': 'Twelve monthly instalments a year',
  'termly-3': 'Three termly instalments a year',
  'sept-march-april-august': '7/12 for September to March, 5/12 for April to August',
};

export const baselineNames: Readonly<Record<BaselineMethod, string>> = {
  'price-paid-before': 'what was paid before',
  'quoted-singly': 'what one school alone was quoted',
  'list-price': 'the supplier’s list price',
  benchmark: 'a published benchmark',
};

export const basisNames: Readonly<Record<PartBasis, string>> = {
  equal: 'Equally', pupils: 'By pupil numbers', 'pupil-premium': 'By pupil-premium numbers', use: 'By use (minutes delivered)', fixed: 'By fixed percentages',
};

const basisInside: Readonly<Record<PartBasis, string>> = {
  equal: 'equally', pupils: 'by pupil numbers', 'pupil-premium': 'by pupil-premium numbers', use: 'by use', fixed: 'by fixed percentages',
};

/** What has to be done next, as a chip and a sentence. */
export const registerStates: Readonly<Record<RegisterEntryState, { word: string; tone: Tone }>> = {
  'not-started': { word: 'Not started', tone: 'info' },
  running: { word: 'Running', tone: 'good' },
  'act-now': { word: 'Begin replacement', tone: 'warn' },
  'notice-passed': { word: 'Ending', tone: 'bad' },
  ended: { word: 'Ended', tone: 'neutral' },
};

export function nextStep(one: Pick<AgreementEntry, 'state' | 'startsOn' | 'endsOn' | 'triggerOn' | 'noticeBy'>): string {
  switch (one.state) {
    case 'not-started':
      return `Begins on ${formatDay(one.startsOn)}.`;
    case 'running':
      return `Begin to replace it on ${formatDay(one.triggerOn)}.`;
    case 'act-now':
      return `Begin to replace it now: notice has to be given by ${formatDay(one.noticeBy)}.`;
    case 'notice-passed':
      return `The day for notice was ${formatDay(one.noticeBy)}; it ends on ${formatDay(one.endsOn)}. Agree what follows.`;
    case 'ended':
      return `Ended on ${formatDay(one.endsOn)}.`;
  }
}

/** The colour that the catalogue gives a service, by its name there. */
export function colourOf(name: ServiceColourName): ServiceColour {
  return serviceColour(serviceColours.indexOf(name));
}

/** `9.5 days`, `1 session`. */
export function unitsInWords(milliunits: number, unit: Unit): string {
  const [one, many] = unitNames[unit];
  return `${(milliunits / 1000).toLocaleString('en-GB', { maximumFractionDigits: 3 })} ${milliunits === 1000 ? one : many}`;
}

export const unitName = (unit: Unit): string => unitNames[unit][0];
/** `sessions`, for “Bought in advance, in sessions”. */
export const unitsName = (unit: Unit): string => unitNames[unit][1];

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `33.33 %`, `40 %`. */
export function percent(basisPoints: number): string {
  return `${(basisPoints / 100).toLocaleString('en-GB', { maximumFractionDigits: 2 })} %`;
}

export function priceInWords(one: Pick<AgreementEntry, 'priceBasis' | 'pricePence' | 'retainerPence' | 'unit'>): string {
  const basis = one.priceBasis === 'retainer' ? one.unit : one.priceBasis;
  const unit = one.pricePence === null ? [] : [`${formatMoney(one.pricePence)} per ${unitName(basis)}`];
  const retainer = one.retainerPence === null ? [] : [`${formatMoney(one.retainerPence)} retainer`];
  return [...retainer, ...unit].join(' + ');
}

export function noticeInWords(notice: AgreementEntry['minimumNotice']): string {
  if ('hours' in notice) return notice.hours === 0 ? 'No notice needed.' : `At least ${notice.hours} hours ahead.`;
  if (notice.days === 0) return 'On the same day at the earliest.';
  return notice.days === 1 ? 'From the next day on.' : `At least ${notice.days} days ahead.`;
}

/** One sentence a band, from much notice to none. */
export function bandsInWords(bands: AgreementEntry['cancellationBands']): string[] {
  if (bands.length === 0) return ['Cancelling never costs anything.'];
  return bands.map(({ atLeastWorkingDays, chargeBasisPoints }) => {
    const when = atLeastWorkingDays === 0 ? 'Later than that, or on the day' : `${atLeastWorkingDays} working ${atLeastWorkingDays === 1 ? 'day' : 'days'} before or more`;
    if (chargeBasisPoints === 0) return `${when}: free.`;
    return chargeBasisPoints === 10_000 ? `${when}: the whole price.` : `${when}: ${percent(chargeBasisPoints)} of the price.`;
  });
}

type Sharing = Pick<RuleEntry, 'basis' | 'parts' | 'groups' | 'leavers' | 'capBasisPoints' | 'capPence' | 'floorPence' | 'censusOn'>;

/** “30 % equally and 70 % by pupil numbers; no school pays more than 40 %”. */
export function ruleInWords(rule: Sharing): string {
  const parts = rule.parts?.map((part) => `${percent(part.basisPoints)} ${basisInside[part.basis]}`) ?? [];
  const groups = rule.groups?.map((group) => `${percent(group.basisPoints)} ${group.name} (${group.urns.length} ${group.urns.length === 1 ? 'school' : 'schools'}, ${basisInside[group.basis]})`) ?? [];
  const how = rule.basis === 'parts' ? listed(parts) : rule.basis === 'groups' ? listed(groups) : basisInside[rule.basis];
  const bounds = [
    rule.capBasisPoints === null ? '' : `no school bears more than ${percent(rule.capBasisPoints)} of a charge`,
    rule.capPence === null ? '' : `no school bears more than ${formatMoney(rule.capPence)} of a charge`,
    rule.floorPence === null ? '' : `each bears at least ${formatMoney(rule.floorPence)} of a charge`,
    rule.leavers === 'to-date' ? '' : 'a school that leaves pays to the end of that term',
    rule.censusOn === null ? '' : `numbers of the census by ${formatDay(rule.censusOn)}`,
  ].filter(Boolean);
  return [capital(how), ...bounds].join('; ');
}

export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export const minutesAsTime = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** `1 hour`, `50 minutes`, `3 hours`. */
export function lengthInWords(minutes: number): string {
  if (minutes % 60 !== 0) return `${minutes} minutes`;
  return minutes === 60 ? '1 hour' : `${minutes / 60} hours`;
}
