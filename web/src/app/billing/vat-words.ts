import type { VatTreatments } from '@fairshare/contract/books.js';

export type Treatment = VatTreatments['items'][number]['schools'][number]['treatment'];

export const treatmentWords: Readonly<Record<Treatment, string>> = {
  'outside-the-scope': 'Outside the scope',
  'not-a-supply': 'Not a supply',
  exempt: 'Exempt',
  'standard-rated': 'Rated',
  'insurance-premium-tax': 'Insurance premium tax',
  disbursement: 'Disbursement',
};

/** "Rated, 20 %". */
export function treatmentInWords({ treatment, basisPoints }: { readonly treatment: Treatment; readonly basisPoints: number }): string {
  return basisPoints > 0 ? `${treatmentWords[treatment]}, ${basisPoints / 100} %` : treatmentWords[treatment];
}
