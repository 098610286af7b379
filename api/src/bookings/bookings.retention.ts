import { declareRetention } from '../platform/retention.js';

declareRetention({
  kind: 'bookings.references', sentence: 'The schools’ own references on sessions, which may point to children.', days: 3 * 365, table: 'booking_school', forget: 'reference',
  due: 'reference is not null and exists (select from booking b where b.collaboration_id = booking_school.collaboration_id and b.id = booking_school.booking_id and b.ends_at < $1)',
});
