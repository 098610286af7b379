/**
 * The law between rooms: data flows one way. Each rule is a sentence one can read aloud; a spec feeds each one a
 * violation and sees it refuse (tools/walls.spec.mjs).
 */

/** What each room may import besides itself, the platform and the floors below. */
export const mayImport = {
  schools: ['identity'],
  identity: [],
  procurement: ['schools', 'identity'],
  availability: ['procurement', 'schools', 'identity'],
  bookings: ['availability', 'procurement', 'schools', 'identity'],
  ledger: [],
  sharing: ['bookings', 'availability', 'procurement', 'schools', 'ledger', 'identity'],
  billing: ['sharing', 'bookings', 'procurement', 'schools', 'ledger', 'identity'],
  insight: ['billing', 'sharing', 'bookings', 'availability', 'procurement', 'schools', 'ledger', 'identity'],
  audit: [],
};

const rooms = Object.keys(mayImport);
const any = `(${rooms.join('|')})`;

/** On the domain's floor a rule of one room may use the types of those before it. */
const floors = {
  domain: { room: (room) => `^libs/domain/src/${room}/` },
  contract: { room: (room) => `^libs/contract/src/${room}\\.ts$` },
  api: { room: (room) => `^api/src/${room}/` },
  web: { room: (room) => `^web/src/app/${room}/` },
};

const roomRules = Object.entries(floors).flatMap(([floor, { room }]) =>
  rooms.map((name) => ({
    name: `${floor}-${name}-knows-only-rooms-before-it`,
    comment: `On the floor ${floor}, ${name} may import ${mayImport[name].join(', ') || 'no other room'}; news travels the other way as events.`,
    severity: 'error',
    from: { path: room(name), pathNot: '\\.spec\\.ts$' },
    to: {
      path: rooms.filter((other) => other !== name && !mayImport[name].includes(other)).map(room),
    },
  })),
);

export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Files that need each other are one file, or one of them is in the wrong place.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...roomRules,
    {
      name: 'plumbing-knows-no-room',
      comment: 'The platform, the shell and the ui kit carry every room and know none of them.',
      severity: 'error',
      from: { path: '^(api/src/platform|web/src/app/ui)/', pathNot: '\\.spec\\.ts$' },
      to: { path: [`^api/src/${any}/`, `^web/src/app/${any}/`] },
    },
    {
      name: 'shell-opens-rooms-by-routes-only',
      comment: 'The shell lists the routes and navigation of the rooms and looks no further into them.',
      severity: 'error',
      from: { path: '^web/src/app/shell/', pathNot: '\\.spec\\.ts$' },
      to: { path: `^web/src/app/${any}/`, pathNot: '\\.(routes|nav|search)\\.ts$' },
    },
    {
      name: 'domain-is-pure',
      comment: 'The domain imports nothing from outside: no framework, no I/O, no library, no built-in module.',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^libs/domain/' },
    },
    {
      name: 'contract-knows-domain-and-zod',
      comment: 'The contract is schemas over the domain; it crosses the wire and knows neither end.',
      severity: 'error',
      from: { path: '^libs/contract/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^libs/(contract|domain)/', 'node_modules/zod/'] },
    },
    {
      name: 'web-never-imports-api',
      comment: 'The browser reaches the API over HTTP by the contract.',
      severity: 'error',
      from: { path: '^web/src/' },
      to: { path: '^(api|migrations)/' },
    },
    {
      name: 'api-never-imports-web',
      comment: 'The API serves whoever asks; it does not know the pages.',
      severity: 'error',
      from: { path: '^api/' },
      to: { path: '^web/' },
    },
    {
      name: 'migrations-import-nothing',
      comment: 'A migration must mean tomorrow what it meant on its day, whatever becomes of the program.',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { pathNot: 'node_modules/typeorm/' },
    },
    {
      name: 'only-billing-talks-to-stripe',
      comment: 'One folder knows the payment provider.',
      severity: 'error',
      from: { pathNot: '^api/src/billing/stripe/' },
      to: { path: 'node_modules/stripe/' },
    },
    {
      name: 'nobody-imports-the-demonstration',
      comment: 'The demonstration may use every room; only the start and the module list know it.',
      severity: 'error',
      from: { pathNot: '^api/(src/(demo/|app\\.module\\.ts|start\\.ts)|test/)' },
      to: { path: '^api/src/demo/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { conditionNames: ['import', 'default'] },
  },
};
