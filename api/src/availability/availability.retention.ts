import { declareRetention } from '../platform/retention.js';

declareRetention({
  kind: 'availability.absence-notes', sentence: 'Notes on why a specialist was away; that they were away stays.', days: 2 * 365, table: 'absence', forget: 'note', due: 'note is not null and ends_at < $1',
});
