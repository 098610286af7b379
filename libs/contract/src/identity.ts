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
  /** Whose bills they are, for the role supplier. */
  supplierId: z.uuid().optional(),
  /** The role is held at all academies of this trust that are in the collaboration. */
  trustCode: z.string().optional(),
});
export type Grant = z.infer<typeof GrantSchema>;

export const SessionSchema = z.object({
  user: z.object({ id: z.uuid(), email: z.string(), name: z.string() }),
  /** For whom a delegate acts: the grants are that person's. */
  actingFor: z.object({ userId: z.uuid(), name: z.string() }).optional(),
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

/** How the second step of signing in can be taken. */
export const FactorKindSchema = z.enum(['passkey', 'authenticator', 'recovery-code']);
export type FactorKind = z.infer<typeof FactorKindSchema>;

/** The first step was right: the ticket takes the second one within ten minutes. */
export const SecondFactorAskedSchema = z.object({ ticket: z.string(), ways: z.array(FactorKindSchema) });
export type SecondFactorAsked = z.infer<typeof SecondFactorAskedSchema>;

/** Signed in, or asked for the second factor (answered as 202). */
export const SignedInOrAskedSchema = z.union([SessionSchema, SecondFactorAskedSchema]);

const TicketSchema = z.string().min(20).max(100);
const CodeSchema = z.string().trim().min(6, 'A code has six digits; a recovery code has sixteen signs.').max(40);

/** A code of the authenticator app, or a recovery code. */
export const SecondStepSchema = z.strictObject({ ticket: TicketSchema, code: CodeSchema });
export type SecondStep = z.infer<typeof SecondStepSchema>;

/** What a browser answers for a device, as WebAuthn words it; the library reads it and refuses what does not fit. */
const DeviceAnswerSchema = z.looseObject({ id: z.string().min(1).max(2000), type: z.literal('public-key'), response: z.record(z.string(), z.unknown()) });

/** What the browser hands to the device, as WebAuthn words it, and the ticket that goes back with the answer. */
export const PasskeyOptionsSchema = z.object({ ticket: z.string(), options: z.looseObject({ challenge: z.string() }) });

/** Without a ticket of a first step, the passkey is the only step. */
export const AskForPasskeySchema = z.strictObject({ ticket: TicketSchema.optional() });
export type AskForPasskey = z.infer<typeof AskForPasskeySchema>;

export const PasskeyAnswerSchema = z.strictObject({ ticket: TicketSchema, response: DeviceAnswerSchema });
export type PasskeyAnswer = z.infer<typeof PasskeyAnswerSchema>;

/** Shows once more who is there, for what asks for a recent sign-in: a passkey, or the password and, where there is an authenticator, its code. */
export const SignInAgainSchema = z.strictObject({
  password: z.string().min(1).max(1000).optional(),
  code: CodeSchema.optional(),
  passkey: PasskeyAnswerSchema.optional(),
});
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
  /** Whether they have a passkey or an authenticator app. */
  secondFactor: z.boolean(),
  grants: z.array(GrantSchema.extend({ id: z.uuid() })),
});
export type Person = z.infer<typeof PersonSchema>;
export const PeopleSchema = z.object({ items: z.array(PersonSchema), total: z.number(), page: z.number(), size: z.number() });

/** What the roles of a collaboration can be held at, besides its schools. */
export const RolePlacesSchema = z.object({
  trusts: z.array(z.object({ code: z.string(), name: z.string(), academies: z.number().int() })),
  suppliers: z.array(z.object({ id: z.uuid(), name: z.string() })),
  specialists: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
export type RolePlaces = z.infer<typeof RolePlacesSchema>;

/** Roles that can be held at all academies of a trust at once. */
const trustRoles: ReadonlySet<Role> = new Set(['business-manager', 'finance-officer', 'head', 'governor']);

/** Roles that only make sense over the whole collaboration, or whose place is no school. */
const wholeRoles: ReadonlySet<Role> = new Set(['coordinator', 'auditor', 'specialist', 'supplier']);

/** Gives somebody a role; a person who is new to Fairshare is invited by mail to choose a password. */
export const AddPersonSchema = z
  .strictObject({
    name: z.string().trim().min(1, 'Please give a name.').max(200),
    email: z.email('This is not an e-mail address.').max(254),
    role: RoleSchema.exclude(['administrator']),
    schoolUrn: z.string().regex(/^\d{6}$/, 'A URN has six digits.').optional(),
    /** At all academies of this trust that are members. */
    trustCode: z.string().trim().min(1).max(20).optional(),
    /** Whose bills they read, for the role supplier. */
    supplierId: z.uuid().optional(),
    /** Whose diary it is, for the role specialist. */
    specialistId: z.uuid().optional(),
  })
  .refine((wanted) => (wanted.role === 'supplier') === (wanted.supplierId !== undefined), { path: ['supplierId'], message: 'Say which supplier’s.' })
  .refine((wanted) => (wanted.role === 'specialist') === (wanted.specialistId !== undefined), { path: ['specialistId'], message: 'Say which specialist it is.' })
  .refine(({ trustCode, schoolUrn, role }) => trustCode === undefined || (schoolUrn === undefined && trustRoles.has(role)), { path: ['trustCode'], message: 'This role is not held at a trust.' })
  .refine(({ schoolUrn, role }) => schoolUrn === undefined || !wholeRoles.has(role), { path: ['schoolUrn'], message: 'This role is held in the whole collaboration, not at one school.' });
export type AddPerson = z.infer<typeof AddPersonSchema>;
/**
 * An invitation that was sent. Where mails do not leave the house, the link is there to hand over; it works once. There is none
 * for somebody whom another collaboration knows too: the administrator finds it in the outbox.
 */
export const SentInvitationSchema = z.object({ email: z.string(), link: z.string().nullable() });
export type SentInvitation = z.infer<typeof SentInvitationSchema>;
/** Somebody who has an account already is not invited. */
export const AddedPersonSchema = z.object({ person: PersonSchema, invitation: SentInvitationSchema.nullable() });
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

export const ShownPasskeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Whether the person's other devices have it too. */
  synced: z.boolean(),
  addedAt: z.iso.datetime({ offset: true }),
  lastUsedAt: z.iso.datetime({ offset: true }).nullable(),
});
export type ShownPasskey = z.infer<typeof ShownPasskeySchema>;

/** Everything about how somebody signs in. */
export const AccountSchema = z.object({
  name: z.string(),
  email: z.string(),
  hasPassword: z.boolean(),
  /** Whether an authenticator app is set up. */
  authenticator: z.boolean(),
  passkeys: z.array(ShownPasskeySchema),
  /** Accounts at providers that sign this person in. */
  outsideAccounts: z.array(z.object({ provider: z.string(), tiedAt: z.iso.datetime({ offset: true }) })),
  recoveryCodesLeft: z.number().int(),
  /** A school or collaboration asks for a second factor, and this session showed none. */
  needsSecondFactor: z.boolean(),
});
export type Account = z.infer<typeof AccountSchema>;

/** The secret for an authenticator app: to scan, or to type. It counts once its first code was shown. */
export const NewAuthenticatorSchema = z.object({ secret: z.string(), uri: z.string() });
export const ConfirmAuthenticatorSchema = z.strictObject({ code: CodeSchema });
export type ConfirmAuthenticator = z.infer<typeof ConfirmAuthenticatorSchema>;

/** Shown once; null where earlier ones go on counting. */
export const RecoveryCodesShownSchema = z.object({ recoveryCodes: z.array(z.string()).nullable() });
export type RecoveryCodesShown = z.infer<typeof RecoveryCodesShownSchema>;

const PasskeyNameSchema = z.string().trim().min(1, 'Give it a name, such as the device it is on.').max(100);
export const NewPasskeySchema = z.strictObject({ ticket: TicketSchema, name: PasskeyNameSchema, response: DeviceAnswerSchema });
export type NewPasskey = z.infer<typeof NewPasskeySchema>;
export const RenamePasskeySchema = z.strictObject({ name: PasskeyNameSchema });
export type RenamePasskey = z.infer<typeof RenamePasskeySchema>;

/** Where everybody with a role has to have a second factor: in the whole collaboration, or at these schools. */
export const SecondFactorRulesSchema = z.strictObject({
  everybody: z.boolean(),
  schoolUrns: z.array(z.string().regex(/^\d{6}$/, 'A URN has six digits.')).max(1000),
});
export type SecondFactorRules = z.infer<typeof SecondFactorRulesSchema>;

// ---- Links in mails

const LinkTokenSchema = z.string().min(20).max(100);
export const LinkSchema = z.strictObject({ token: LinkTokenSchema });
export type Link = z.infer<typeof LinkSchema>;

/** Who is invited, for the page that the link opens. */
export const InvitationSchema = z.object({ name: z.string(), email: z.string() });
export type Invitation = z.infer<typeof InvitationSchema>;
export const AcceptInvitationSchema = z.strictObject({ token: LinkTokenSchema, password: NewPasswordSchema });
export type AcceptInvitation = z.infer<typeof AcceptInvitationSchema>;

export const AskForResetSchema = z.strictObject({ email: z.string().trim().min(3).max(254) });
export type AskForReset = z.infer<typeof AskForResetSchema>;
export const ResetPasswordSchema = z.strictObject({ token: LinkTokenSchema, password: NewPasswordSchema });
export type ResetPassword = z.infer<typeof ResetPasswordSchema>;

// ---- Providers

export const ProviderNameSchema = z.string().min(1).max(40);
export const ProvidersSchema = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });

/** `again` asks for the password there once more; `invitation` ties the account there to who is invited. */
export const BeginAtProviderSchema = z.strictObject({ again: z.boolean().optional(), invitation: LinkTokenSchema.optional() });
export type BeginAtProvider = z.infer<typeof BeginAtProviderSchema>;
export const ProviderUrlSchema = z.object({ url: z.string() });

/** What stood behind the question mark when the provider sent the browser back. */
export const BackFromProviderSchema = z.strictObject({ query: z.string().min(1).max(8000) });
export type BackFromProvider = z.infer<typeof BackFromProviderSchema>;
export const SignedInAskedOrTiedSchema = z.union([SessionSchema, SecondFactorAskedSchema, z.object({ tied: z.literal(true) })]);
