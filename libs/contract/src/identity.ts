import { z } from 'zod';

/** What somebody is to a school or a collaboration; what a role may do is declared by each room. */
export const RoleSchema = z.enum([
  'administrator', 'coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'specialist', 'supplier', 'auditor',
]);
export type Role = z.infer<typeof RoleSchema>;

/** A role that somebody holds; without a school it holds for the whole collaboration, without a collaboration for the whole system. */
export const GrantSchema = z.object({
  role: RoleSchema,
  collaborationId: z.uuid().optional(),
  schoolUrn: z.string().optional(),
  specialistId: z.uuid().optional(),
});
export type Grant = z.infer<typeof GrantSchema>;

export const SessionSchema = z.object({
  user: z.object({ id: z.uuid(), email: z.string(), name: z.string() }),
  grants: z.array(GrantSchema),
});
export type Session = z.infer<typeof SessionSchema>;

export const SignInSchema = z.strictObject({
  email: z.string().trim().min(3).max(254),
  password: z.string().min(1).max(1000),
});
export type SignIn = z.infer<typeof SignInSchema>;

/** Shorter ones are guessed too quickly from a stolen hash; fifteen and more are suggested. */
export const shortestPassword = 12;

/** Shows once more who is there, for what asks for a recent sign-in. */
export const SignInAgainSchema = z.strictObject({ password: z.string().min(1).max(1000) });
export type SignInAgain = z.infer<typeof SignInAgainSchema>;

/** A password that somebody chooses; common ones and one's own name are refused beyond this. */
export const NewPasswordSchema = z
  .string()
  .min(shortestPassword, `Use at least ${shortestPassword} characters, better 15 or more; a short sentence is easiest to remember.`)
  .max(1000, 'Use 1,000 characters at most.');

/** Who can sign in to the demonstration; the address answers 404 everywhere else. */
export const DemonstrationSchema = z.object({
  people: z.array(z.object({ email: z.string(), name: z.string(), role: RoleSchema })),
  password: z.string(),
});
export type Demonstration = z.infer<typeof DemonstrationSchema>;

/** Whether this installation still waits for the person who will run it. */
export const FirstAdministratorNeededSchema = z.object({ needed: z.boolean() });

export const FirstAdministratorSchema = z.strictObject({
  name: z.string().trim().min(1, 'Please give a name.').max(200),
  email: z.email('This is not an e-mail address.').max(254),
  password: NewPasswordSchema,
});
export type FirstAdministrator = z.infer<typeof FirstAdministratorSchema>;

/** Somebody with a role in a collaboration, as its coordinator sees them. */
export const PersonSchema = z.object({
  userId: z.uuid(),
  name: z.string(),
  email: z.string(),
  active: z.boolean(),
  grants: z.array(GrantSchema.extend({ id: z.uuid() })),
});
export type Person = z.infer<typeof PersonSchema>;
export const PeopleSchema = z.object({ items: z.array(PersonSchema), total: z.number(), page: z.number(), size: z.number() });

/** Gives somebody a role; a person who is new to Fairshare is added with a first password to hand over. */
export const AddPersonSchema = z.strictObject({
  name: z.string().trim().min(1, 'Please give a name.').max(200),
  email: z.email('This is not an e-mail address.').max(254),
  role: RoleSchema.exclude(['administrator', 'specialist', 'supplier']),
  schoolUrn: z.string().regex(/^\d{6}$/, 'A URN has six digits.').optional(),
});
export type AddPerson = z.infer<typeof AddPersonSchema>;
export const AddedPersonSchema = z.object({ person: PersonSchema, firstPassword: z.string().nullable() });
export type AddedPerson = z.infer<typeof AddedPersonSchema>;

// ---- One's own account

/** A browser that one is signed in with. */
export const KnownSessionSchema = z.object({
  id: z.uuid(),
  beganAt: z.iso.datetime({ offset: true }),
  lastSeenAt: z.iso.datetime({ offset: true }),
  /** Where it was signed in from. */
  address: z.string().nullable(),
  /** What the browser calls itself. */
  device: z.string().nullable(),
  thisOne: z.boolean(),
});
export type KnownSession = z.infer<typeof KnownSessionSchema>;
export const KnownSessionsSchema = z.object({ items: z.array(KnownSessionSchema) });

export const OwnNameSchema = z.strictObject({ name: z.string().trim().min(1, 'Please give a name.').max(200) });
export type OwnName = z.infer<typeof OwnNameSchema>;

/** A new password; the one so far is asked for where there is one. */
export const ChangePasswordSchema = z.strictObject({
  current: z.string().max(1000).optional(),
  password: NewPasswordSchema,
});
export type ChangePassword = z.infer<typeof ChangePasswordSchema>;
