import { z } from 'zod';

/** A fault of one row; the row counts as a spreadsheet does, the header being row 1. */
export const RowFaultSchema = z.object({
  row: z.number().int(),
  column: z.string(),
  value: z.string(),
  code: z.string(),
  message: z.string(),
});
export type RowFault = z.infer<typeof RowFaultSchema>;

/** What an import did, or in a dry run would do. `rows` is all rows of the file without its header. */
export const ImportReportSchema = z.object({
  rows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.number().int(),
  errors: z.array(RowFaultSchema),
});
export type ImportReport = z.infer<typeof ImportReportSchema>;
