// The room `billing` as far as it is about what people decide: disputes, VAT by relationship, and where schools book a service.
import { z } from 'zod';
import { DateOnlySchema, IdSchema, InstantSchema, listOf, PageQuerySchema, PenceSchema, UrnSchema } from './list.js';

const Pence = z.number().int();
const why = z.string('Say why, in a few words.').trim().min(3, 'Say why, in a few words.').max(500);

export const DisputeStateSchema = z.enum(['open', 'upheld', 'rejected', 'withdrawn']);

/** A school says that its share is wrong. Until that is decided the share is not due. */
export const DisputeSchema = z.object({
  id: IdSchema,
  shareId: IdSchema,
  chargeId: IdSchema,
  description: z.string(),
  urn: UrnSchema,
  schoolName: z.string(),
  /** Set once the share is on an issued invoice. */
  invoiceId: IdSchema.nullable(),
  invoiceNumber: z.string().nullable(),
  /** What the school was charged: with VAT once it is invoiced. */
  chargedPence: Pence,
  /** What is left of it after credits. */
  leftPence: Pence,
  reason: z.string(),
  state: DisputeStateSchema,
  openedAt: InstantSchema,
  openedBy: z.string(),
  decidedAt: InstantSchema.nullable(),
  decidedBy: z.string().nullable(),
  decision: z.string().nullable(),
  upheldPence: Pence,
  creditNoteNumber: z.string().nullable(),
  creditChargeId: IdSchema.nullable(),
});
export type Dispute = z.infer<typeof DisputeSchema>;
export const DisputesSchema = listOf(DisputeSchema).extend({ openPence: Pence });
export const DisputesQuerySchema = PageQuerySchema.extend({ state: DisputeStateSchema.optional(), schoolUrn: UrnSchema.optional() });
export type DisputesQuery = z.infer<typeof DisputesQuerySchema>;

export const OpenDisputeSchema = z.strictObject({ shareId: IdSchema, reason: why });
export type OpenDispute = z.infer<typeof OpenDisputeSchema>;

/** Upheld wholly, by half or by an amount, or rejected; the reason stands on the credit note. */
export const DecideDisputeSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('upheld'), part: z.enum(['whole', 'half']), reason: why }),
  z.strictObject({ outcome: z.literal('upheld-by-amount'), pence: PenceSchema.min(1, 'Give an amount above nothing.'), reason: why }),
  z.strictObject({ outcome: z.literal('rejected'), reason: why }),
]);
export type DecideDispute = z.infer<typeof DecideDisputeSchema>;

export const VatTreatmentSchema = z.enum(['outside-the-scope', 'not-a-supply', 'exempt', 'standard-rated', 'insurance-premium-tax', 'disbursement']);

/** How one agreement is treated for one school, and why. */
export const VatOfSchoolSchema = z.object({
  urn: UrnSchema,
  schoolName: z.string(),
  kind: z.enum(['maintained', 'academy']),
  treatment: VatTreatmentSchema,
  basisPoints: z.number().int(),
  reason: z.string(),
  words: z.string(),
  /** Whether somebody chose it; otherwise it is the default. */
  isChosen: z.boolean(),
});
export const VatOfAgreementSchema = z.object({
  agreementId: IdSchema, agreementName: z.string(), serviceName: z.string(), supplierName: z.string(), schools: z.array(VatOfSchoolSchema),
});
export const VatTreatmentsSchema = z.object({ on: DateOnlySchema, isRegistered: z.boolean(), items: z.array(VatOfAgreementSchema) });
export type VatTreatments = z.infer<typeof VatTreatmentsSchema>;
export const VatTreatmentsQuerySchema = z.object({ on: DateOnlySchema.optional() });
export type VatTreatmentsQuery = z.infer<typeof VatTreatmentsQuerySchema>;

/** A treatment for an agreement, a school, or one school in one agreement, from a day on; null goes back to the default. */
export const ChooseVatSchema = z.strictObject({
  agreementId: IdSchema.nullable(),
  urn: UrnSchema.nullable(),
  fromOn: DateOnlySchema,
  treatment: VatTreatmentSchema.nullable(),
  rateBasisPoints: z.number().int().min(0).max(10_000).default(0),
  reason: why,
}).refine((choice) => choice.agreementId !== null || choice.urn !== null, { path: ['agreementId'], message: 'Say for which agreement or school.' })
  .refine((choice) => (choice.rateBasisPoints > 0) === (choice.treatment === 'standard-rated'), { path: ['rateBasisPoints'], message: 'A rate belongs to what is rated, and to nothing else.' });
export type ChooseVat = z.infer<typeof ChooseVatSchema>;

const SchoolKind = z.enum(['maintained', 'academy']);
const CodeSchema = z.object({ code: z.string(), name: z.string(), isChosen: z.boolean() });

/** Where schools book each service: maintained schools by CFR, academies by AAR. */
export const CostCodesSchema = z.object({
  items: z.array(z.object({ serviceId: IdSchema, serviceName: z.string(), maintained: CodeSchema, academy: CodeSchema })),
});
export type CostCodes = z.infer<typeof CostCodesSchema>;

/** Both or neither: null goes back to the proposal. Invoices that were issued keep what they had. */
export const ChooseCostCodeSchema = z.strictObject({
  serviceId: IdSchema,
  schoolKind: SchoolKind,
  choice: z.strictObject({ code: z.string().trim().min(1, 'Give the code.').max(40), name: z.string().trim().min(1, 'Give the name of the code.').max(100) }).nullable(),
});
export type ChooseCostCode = z.infer<typeof ChooseCostCodeSchema>;
