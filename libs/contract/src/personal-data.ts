import { z } from 'zod';

/** Erases a person for good: a dry run first says what it would take. */
export const ErasePersonSchema = z.strictObject({ dryRun: z.boolean() });
export type ErasePerson = z.infer<typeof ErasePersonSchema>;

/** How whoever takes a lost second factor away made sure who asks for it. */
export const LostFactorSchema = z.strictObject({ reason: z.string().trim().min(1, 'Say how you made sure that it is them.').max(500) });
export type LostFactor = z.infer<typeof LostFactorSchema>;

export const ErasureSchema = z.object({
  dryRun: z.boolean(),
  name: z.string(),
  roles: z.number().int(),
  sessions: z.number().int(),
  mails: z.number().int(),
  /** Records that stay as they are and will say “somebody who has left”, by kind. */
  records: z.array(z.object({ kind: z.string(), count: z.number().int() })),
});
export type Erasure = z.infer<typeof ErasureSchema>;

/** Everything that is stored about somebody, by kind of record, as it is stored; other people's names are left out. */
export const PersonalDataSchema = z.object({
  about: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
  madeAt: z.iso.datetime(),
  records: z.array(z.object({ kind: z.string(), complete: z.boolean(), items: z.array(z.record(z.string(), z.unknown())) })),
});
export type PersonalData = z.infer<typeof PersonalDataSchema>;
