// The room `procurement` owns the catalogue, suppliers, specialists and their credentials, agreements and subscriptions.
// It refuses to know calendars: when somebody is free is the availability room's to say.
// What a rule makes of a charge is worked out by the room `sharing`.
export * from './agreed-rule.js';
export * from './agreement.js';
export * from './catalogue.js';
export * from './subscription.js';
