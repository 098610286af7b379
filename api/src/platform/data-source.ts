import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { SnakeNames } from './snake-names.js';

/** The role that the program works as: it owns nothing and passes no policy. */
export const applicationRole = 'fairshare_app';

/** Whole numbers come back as numbers; one that a number cannot hold exactly is a fault, never a rounding. */
function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`The database holds ${text}, which is beyond exact whole numbers.`);
  return value;
}

pg.types.setTypeParser(pg.types.builtins.INT8, wholeNumber);
/** A date is a day as people write it, not an instant. */
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export interface Connection {
  readonly url: string;
  /** Role to take on after connecting; absent when the address itself already is a plain user. */
  readonly role?: string | undefined;
  /** How many connections the program holds at most; ten unless said. */
  readonly connections?: number | undefined;
}

/** `options` of the PostgreSQL start-up message: the role holds for every statement of the connection. */
export function sessionOptions(connection: Connection): string {
  const role = connection.role ? `-c role=${connection.role} ` : '';
  return `${role}-c timezone=UTC -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000`;
}

export function dataSourceOptions(connection: Connection, entities: DataSourceOptions['entities'], migrations: DataSourceOptions['migrations'] = []): DataSourceOptions {
  return {
    type: 'postgres',
    url: connection.url,
    entities: entities ?? [],
    migrations: migrations ?? [],
    migrationsTableName: 'migration',
    namingStrategy: new SnakeNames(),
    synchronize: false,
    logging: false,
    extra: { max: connection.connections ?? 10, connectionTimeoutMillis: 20_000, options: sessionOptions(connection) },
  };
}
