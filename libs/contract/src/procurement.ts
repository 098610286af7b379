import { z } from 'zod';
import {
  credentialTypes, serviceColours, serviceKinds, supplierKinds,
} from '@fairshare/domain/procurement';
import { DateOnlySchema, IdSchema, listOf, UrnSchema } from './list.js';

/** A name as people write it: not empty, not a novel. */
export const NameSchema = z.string('Please give a name.').trim().min(1, 'Please give a name.').max(120, 'A name has 120 characters at most.');
/** Something that has to be paid: from a penny to a hundred million pounds. */
export const PriceSchema = z.number('Money is whole pence.').int('Money is whole pence.').min(1, 'A price is more than nothing.').max(10_000_000_000, 'That is more than a hundred million pounds.');
/** Thousandths of an hour, a half day, a day or a session. */
export const MilliunitsSchema = z.number('Units are thousandths, as a whole number.').int('Units are whole thousandths.').min(1, 'Give more than nothing, or leave it out.').max(1_000_000_000, 'That is more than a million units.');

const ServiceKindSchema = z.enum(serviceKinds, 'Choose a kind of service from the list.');
const ServiceColourSchema = z.enum(serviceColours, 'Choose one of the eight colours.');
const SupplierKindSchema = z.enum(supplierKinds, 'Choose a kind of supplier from the list.');
const CredentialTypeSchema = z.enum(credentialTypes, 'Choose a type of credential from the list.');

// ---- Services

export const ServiceSchema = z.object({ id: IdSchema, name: z.string(), kind: ServiceKindSchema, colour: ServiceColourSchema, forStaff: z.boolean() });
export type ServiceEntry = z.infer<typeof ServiceSchema>;
export const ServiceListSchema = listOf(ServiceSchema);

export const ServiceBodySchema = z.strictObject({
  name: NameSchema,
  kind: ServiceKindSchema,
  /** Left out, the first colour that no other service has. */
  colour: ServiceColourSchema.optional(),
  forStaff: z.boolean().default(false),
});
export type ServiceBody = z.infer<typeof ServiceBodySchema>;

// ---- Suppliers

/** Only the last digits are shown; the whole account is asked for by itself and stands on the trail. */
export const MaskedBankDetailsSchema = z.object({ accountName: z.string(), sortCode: z.string(), accountNumber: z.string() });

export const SupplierSchema = z.object({
  id: IdSchema,
  name: z.string(),
  kind: SupplierKindSchema,
  schoolUrn: UrnSchema.nullable(),
  schoolName: z.string().nullable(),
  email: z.string().nullable(),
  vatNumber: z.string().nullable(),
  bankDetails: MaskedBankDetailsSchema.nullable(),
});
export type SupplierEntry = z.infer<typeof SupplierSchema>;
export const SupplierListSchema = listOf(SupplierSchema);

const withoutGaps = (text: string) => text.replaceAll(/[\s-]/g, '');

export const BankDetailsSchema = z.strictObject({
  accountName: z.string('Name the account.').trim().min(1, 'Name the account.').max(70, 'The name of an account has 70 characters at most.'),
  sortCode: z.string('A sort code has six digits.').transform(withoutGaps).pipe(z.string().regex(/^\d{6}$/, 'A sort code has six digits, such as 20-00-00.')),
  accountNumber: z.string('An account number has eight digits.').transform(withoutGaps).pipe(z.string().regex(/^\d{8}$/, 'An account number has eight digits.')),
});

export type BankDetails = z.infer<typeof BankDetailsSchema>;

export const SupplierBodySchema = z
  .strictObject({
    name: NameSchema,
    kind: SupplierKindSchema,
    /** The member school whose employee delivers. */
    schoolUrn: UrnSchema.nullish(),
    email: z.email('This is not an e-mail address.').max(254).nullish(),
    vatNumber: z
      .string()
      .transform((text) => withoutGaps(text).toUpperCase().replace(/^(?=\d)/, 'GB'))
      .pipe(z.string().regex(/^GB(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/, 'A VAT number is GB and nine digits, such as GB 123 4567 89.'))
      .nullish(),
    /** Left out, they stay as they are; null takes them away. */
    bankDetails: BankDetailsSchema.nullish(),
  })
  .refine((supplier) => (supplier.kind === 'member-school') === Boolean(supplier.schoolUrn), {
    path: ['schoolUrn'],
    message: 'Name the school when its employee delivers, and only then.',
  });
export type SupplierBody = z.infer<typeof SupplierBodySchema>;

// ---- Specialists and their credentials

export const CredentialSchema = z.object({
  id: IdSchema,
  type: CredentialTypeSchema,
  number: z.string().nullable(),
  checkedOn: DateOnlySchema,
  checkedBy: z.string(),
  expiresOn: DateOnlySchema.nullable(),
  state: z.enum(['valid', 'expires-soon', 'expired']),
});
export type CredentialEntry = z.infer<typeof CredentialSchema>;

export const SpecialistSchema = z.object({
  id: IdSchema,
  name: z.string(),
  services: z.array(ServiceSchema.omit({ forStaff: true })),
  supplierId: IdSchema,
  supplierName: z.string(),
  from: DateOnlySchema,
  until: DateOnlySchema.nullable(),
  /** How the credentials stand together today; `none` when nothing was checked yet. */
  standing: z.enum(['valid', 'expires-soon', 'expired', 'none']),
  /** Null for those whose role does not include looking at evidence. */
  credentials: z.array(CredentialSchema).nullable(),
});
export type SpecialistEntry = z.infer<typeof SpecialistSchema>;
export const SpecialistListSchema = listOf(SpecialistSchema);

const inOrder = { path: ['until'], message: 'The last day is before the first.' };
const engagement = { supplierId: IdSchema, from: DateOnlySchema, until: DateOnlySchema.nullish() };

/** Somebody whom another collaboration engaged already is found by the e-mail address and stays one person. */
export const SpecialistBodySchema = z
  .strictObject({ name: NameSchema, email: z.email('This is not an e-mail address.').max(254).nullish(), ...engagement })
  .refine((body) => !body.until || body.until >= body.from, inOrder);
export type SpecialistBody = z.infer<typeof SpecialistBodySchema>;

export const EngagementBodySchema = z.strictObject(engagement).refine((body) => !body.until || body.until >= body.from, inOrder);
export type EngagementBody = z.infer<typeof EngagementBodySchema>;

/** What was looked at and until when it holds; what a DBS certificate says has no field and is refused. */
export const CredentialBodySchema = z
  .strictObject({
    type: CredentialTypeSchema,
    number: z.string().trim().min(1).max(60, 'A number has 60 characters at most.').nullish(),
    checkedOn: DateOnlySchema,
    /** Left out, whoever records it. */
    checkedBy: NameSchema.optional(),
    expiresOn: DateOnlySchema.nullish(),
  })
  .refine((body) => !body.expiresOn || body.expiresOn >= body.checkedOn, { path: ['expiresOn'], message: 'It expired before it was checked.' });
export type CredentialBody = z.infer<typeof CredentialBodySchema>;
