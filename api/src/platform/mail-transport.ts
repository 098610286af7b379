import { createTransport } from 'nodemailer';
import type { SmtpSettings } from './smtp-settings.js';

/** A mail as it is stored: what is sent is made from it alone, so that a repeat is the same mail. */
export interface StoredMail {
  readonly id: string;
  readonly message_id: string;
  readonly to_address: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly calendar_method: 'REQUEST' | 'CANCEL' | 'PUBLISH' | null;
  readonly calendar_content: string | null;
  readonly tries: number;
  readonly created_at: Date;
}

/** Longer than every single step of a delivery may take, shorter than the database lets a transaction wait. */
const longestDelivery = 45_000;

/** Hands one mail to the mail server. @throws what the server or the line to it refused. */
export async function deliverBySmtp(settings: SmtpSettings, from: string, mail: StoredMail): Promise<void> {
  const transport = createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    ...(settings.user ? { auth: { user: settings.user, pass: settings.password ?? '' } } : {}),
    dnsTimeout: 10_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  let tooLong: NodeJS.Timeout | undefined;
  try {
    await Promise.race([
      transport.sendMail({
        from,
        to: mail.to_address,
        subject: mail.subject,
        text: mail.text,
        messageId: mail.message_id,
        date: mail.created_at,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...(mail.html === null ? {} : { html: mail.html }),
        ...(mail.calendar_method ? { icalEvent: { method: mail.calendar_method, filename: 'session.ics', content: mail.calendar_content ?? '' } } : {}),
        disableFileAccess: true,
        disableUrlAccess: true,
      }),
      new Promise((_, refuse) => {
        tooLong = setTimeout(() => refuse(new Error('The mail server took too long.')), longestDelivery);
      }),
    ]);
  } finally {
    clearTimeout(tooLong);
    transport.close();
  }
}

/** The server says that it will never take this mail, so that trying again helps nobody. */
export function refusedForGood(error: unknown): boolean {
  const { responseCode, command } = error as { responseCode?: number; command?: string };
  // A refused sign-in is a fault of the settings: it passes once they are corrected.
  return responseCode !== undefined && responseCode >= 500 && command !== 'CONN' && !command?.startsWith('AUTH');
}
