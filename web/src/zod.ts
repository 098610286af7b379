import * as z from './zod-parts';
export * from './zod-parts';
export { z };
