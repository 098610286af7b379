import { declareRetention } from '../platform/retention.js';

declareRetention(
  { kind: 'audit.answers', sentence: 'Answers that were kept so that a repeated request has no second effect.', days: 30, table: 'idempotency_key', due: 'created_at < $1' },
  { kind: 'audit.mails', sentence: 'Mails in the outbox, with what they said and to whom.', days: 365, table: 'mail', due: `created_at < $1 and state <> 'waiting'` },
  {
    kind: 'audit.mail-keys', sentence: 'Keys of mails that are gone, without which nothing of them can be read in an old backup.', days: 365, table: 'personal_key',
    due: `kind = 'mail' and created_at < $1 and not exists (select from mail m where m.id = personal_key.id)`,
  },
);
