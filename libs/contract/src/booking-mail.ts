import { z } from 'zod';

/** `mine`: what I booked, and what others booked for my school; `school`: every session of my schools; `none`: no mails about sessions. */
export const MailWishSchema = z.strictObject({ sessions: z.enum(['mine', 'school', 'none']) });
export type MailWishBody = z.infer<typeof MailWishSchema>;
