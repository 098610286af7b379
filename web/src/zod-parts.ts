// The parts of zod that schemas use. The whole package carries every language and JSON Schema both ways,
// which a bundler cannot leave out once somebody writes `z.`; that would be half of the first download.
export * from 'zod-source/classic/schemas.js';
export * from 'zod-source/classic/checks.js';
export * from 'zod-source/classic/errors.js';
export * from 'zod-source/classic/parse.js';
export * as iso from 'zod-source/classic/iso.js';
export * as coerce from 'zod-source/classic/coerce.js';
export type { input, output } from 'zod-source/classic/in-out.js';
export { NEVER, config, flattenError, formatError, prettifyError, treeifyError } from 'zod-source/core/index.js';
export type { $brand, infer } from 'zod-source/core/index.js';
