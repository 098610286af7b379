// The parts of zod that schemas use. The whole package carries every language and JSON Schema both ways,
// which a bundler cannot leave out once somebody writes `z.`; that would be half of the first download.
export * from '../../node_modules/zod/v4/classic/schemas.js';
export * from '../../node_modules/zod/v4/classic/checks.js';
export * from '../../node_modules/zod/v4/classic/errors.js';
export * from '../../node_modules/zod/v4/classic/parse.js';
export * as iso from '../../node_modules/zod/v4/classic/iso.js';
export * as coerce from '../../node_modules/zod/v4/classic/coerce.js';
export type { input, output } from '../../node_modules/zod/v4/classic/in-out.js';
export { NEVER, config, flattenError, formatError, prettifyError, treeifyError } from '../../node_modules/zod/v4/core/index.js';
export type { $brand, infer } from '../../node_modules/zod/v4/core/index.js';
