import type { ColumnOptions } from 'typeorm';

/** The domain counts instants in milliseconds; the database keeps them as timestamptz. */
const toInstant = { from: (value: Date | null) => (value === null ? null : value.getTime()), to: (value: number | null | undefined) => (typeof value === 'number' ? new Date(value) : value) };

export const instantColumn: ColumnOptions = { type: 'timestamptz', transformer: toInstant };
