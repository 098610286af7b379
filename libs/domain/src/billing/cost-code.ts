/** Where a school books a cost: a maintained school by Consistent Financial Reporting, an academy by the Academies Accounts Return. */
export interface CostCode {
  readonly system: 'CFR' | 'AAR';
  /** `E27`; the accounts return goes by names. */
  readonly code: string;
  readonly name: string;
}

type CostGroup = 'curriculum' | 'professional' | 'training' | 'insurance' | 'systems' | 'agency';

const cfr: Readonly<Record<CostGroup, CostCode>> = {
  curriculum: { system: 'CFR', code: 'E27', name: 'Bought-in professional services – curriculum' },
  professional: { system: 'CFR', code: 'E28a', name: 'Bought-in professional services – other' },
  training: { system: 'CFR', code: 'E09', name: 'Staff development and training' },
  insurance: { system: 'CFR', code: 'E10', name: 'Supply teacher insurance' },
  systems: { system: 'CFR', code: 'E20', name: 'ICT learning resources' },
  agency: { system: 'CFR', code: 'E26', name: 'Agency supply teaching staff' },
};

const aar: Readonly<Record<CostGroup, CostCode>> = {
  curriculum: { system: 'AAR', code: 'Educational consultancy', name: 'Educational consultancy' },
  professional: { system: 'AAR', code: 'Other professional services', name: 'Legal and professional – other' },
  training: { system: 'AAR', code: 'Staff development', name: 'Staff development' },
  insurance: { system: 'AAR', code: 'Insurance', name: 'Insurance' },
  systems: { system: 'AAR', code: 'Technology costs', name: 'Technology costs' },
  agency: { system: 'AAR', code: 'Agency supply staff', name: 'Agency supply staff' },
};

const words: readonly (readonly [RegExp, CostGroup])[] = [
  [/insur/, 'insurance'],
  [/train/, 'training'],
  [/system|software|ict|data/, 'systems'],
  [/supply/, 'agency'],
  [/psycholog|assess|sen|speech|language|teach|sport|music|curriculum/, 'curriculum'],
];

/** What people chose instead, by service and kind of school. */
export interface CostCodeChoice {
  readonly serviceId: string;
  readonly schoolKind: 'maintained' | 'academy';
  readonly code: string;
  readonly name: string;
}

/** Where a kind of school books a service: what was chosen for it, or the proposal by the kind of service. */
export function costCodeOf(schoolKind: 'maintained' | 'academy', service: { readonly id: string | null; readonly kind: string | null }, choices: readonly CostCodeChoice[]): CostCode {
  const chosen = choices.find((choice) => choice.serviceId === service.id && choice.schoolKind === schoolKind);
  return chosen ? { system: schoolKind === 'academy' ? 'AAR' : 'CFR', code: chosen.code, name: chosen.name } : costCode(schoolKind, service.kind);
}

/** A first proposal by the kind of service; a school may book it otherwise. */
export function costCode(school: 'maintained' | 'academy', serviceKind: string | null): CostCode {
  const group = words.find(([pattern]) => pattern.test((serviceKind ?? '').toLowerCase()))?.[1] ?? 'professional';
  return (school === 'academy' ? aar : cfr)[group];
}
