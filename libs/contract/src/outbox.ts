import { z } from 'zod';
import { InstantSchema, listOf, PageQuerySchema } from './list.js';

/** `kept`: no mail server is set up, so that an administrator reads it here and passes it on. */
export const MailStateSchema = z.enum(['waiting', 'sent', 'failed', 'kept']);
export type MailState = z.infer<typeof MailStateSchema>;

/** A mail as the list of the outbox shows it, without its text. */
export const OutboxLineSchema = z.object({
  id: z.uuid(),
  to: z.string(),
  subject: z.string(),
  state: MailStateSchema,
  tries: z.number().int(),
  /** What the mail server or the line to it said last; null when nothing went wrong. */
  lastError: z.string().nullable(),
  invitation: z.boolean(),
  createdAt: InstantSchema,
  sentAt: InstantSchema.nullable(),
});
export type OutboxLine = z.infer<typeof OutboxLineSchema>;

/** One page of the outbox, and whether mails leave the house at all. */
export const OutboxSchema = listOf(OutboxLineSchema).extend({ leavesTheHouse: z.boolean() });
export type Outbox = z.infer<typeof OutboxSchema>;

export const OutboxQuerySchema = PageQuerySchema.extend({ state: MailStateSchema.optional() });
export type OutboxQuery = z.infer<typeof OutboxQuerySchema>;

/** One mail as text. */
export const OutboxMailSchema = OutboxLineSchema.extend({
  messageId: z.string(),
  text: z.string(),
  /** The invitation that went with it, as iCalendar; null without one. */
  calendar: z.string().nullable(),
  mayBeSentAgain: z.boolean(),
});
export type OutboxMail = z.infer<typeof OutboxMailSchema>;
