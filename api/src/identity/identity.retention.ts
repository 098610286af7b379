import { declareRetention } from '../platform/retention.js';

declareRetention(
  { kind: 'identity.sessions', sentence: 'Sessions that ended, with the address and the browser they came from.', days: 30, table: 'session', due: 'expires_at < $1' },
  { kind: 'identity.tickets', sentence: 'Links and challenges whose time is over.', days: 7, table: 'ticket', due: 'expires_at < $1' },
);
