import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { systemScope, type Scope } from './actor.js';
import { CONFIG, type Config } from './config.js';
import { Database, sql, type Tx } from './database.js';
import { blindIndex, decrypt, encrypt, idFrom, installationKeys, isSealed, keyIdOf, keysOf, looksSealed, newKey, openedText, sealedText, type InstallationKeys } from './vault.js';

/** Whose key it is: a person's, a school's for its references, or a mail's to somebody who has no account. */
export type KeyKind = 'person' | 'school' | 'mail' | 'check';

/** How a person reads whose key was destroyed. */
export const somebodyGone = 'somebody who has left';

const keptMs = 60_000;
/** A mail to its reader, an invitation in it with its specialists' names, and a name. */
const mostLayers = 6;
const mostKept = 5_000;
/** The one key that belongs to nobody: it shows at start whether the installation's key is the right one. */
const checkId = '00000000-0000-8000-8000-000000000000';

interface Wrapped {
  id: string;
  wrapped: Buffer | null;
}

/**
 * Personal texts are stored encrypted with a key for each person, which is stored wrapped by the installation's key.
 * Destroying a person's key erases every text of theirs, in every table, and leaves the books as they are
 * (docs/decisions/0041-a-key-for-each-person.md). Texts are opened at the very edge: in answers, files and mails.
 */
@Injectable()
export class Personal implements OnModuleInit {
  readonly #database: Database;
  readonly #keys: InstallationKeys;
  readonly #known = new Map<string, { key: Buffer; until: number }>();
  /** Keys made in a transaction are no one else's until it commits. */
  readonly #made = new WeakMap<Tx, Map<string, Buffer>>();

  constructor(database: Database, @Inject(CONFIG) config: Config) {
    this.#database = database;
    this.#keys = installationKeys(config.installationKey);
  }

  /** @throws Error with one sentence when the database was sealed with another installation's key. */
  async onModuleInit(): Promise<void> {
    await this.#insert(undefined, checkId, 'check');
    const [row] = await this.#rows(undefined, [checkId]);
    try {
      decrypt(this.#keys.wrapping, row?.wrapped as Buffer, checkId);
    } catch {
      throw new Error('FAIRSHARE_KEY is not the key that this database was encrypted with: give it the right one, or restore secrets.json together with the database.');
    }
    for (const table of ['app_user', 'specialist'] as const) await this.#encryptFormer(table);
  }

  /** People from before names were encrypted are, at the first start that can. */
  async #encryptFormer(table: 'app_user' | 'specialist'): Promise<void> {
    const rows = await this.#database.plain<{ id: string; name: string; email: string | null }>(`select id, name, email from ${table} where name not like '{sealed:%'`);
    if (rows.length === 0) return;
    await this.#database.write(systemScope(), async (tx) => {
      for (const { id, name, email } of rows) {
        await sql(tx, `update ${table} set name = $2, email = $3, email_index = $4 where id = $1`, [
          id, await this.seal(tx, id, name), await this.sealOrNull(tx, id, email), email === null ? null : this.lookup(email),
        ]);
      }
    });
  }

  /** The text as it may be stored. A text that is sealed already stays as it is. */
  async seal(tx: Tx, keyId: string, text: string, kind: KeyKind = 'person'): Promise<string> {
    return isSealed(text) ? text : sealedText(keyId, await this.#keyFor(tx, keyId, kind), text);
  }

  async sealOrNull(tx: Tx, keyId: string, text: string | null | undefined, kind: KeyKind = 'person'): Promise<string | null> {
    return text === null || text === undefined ? null : this.seal(tx, keyId, text, kind);
  }

  /** What somebody typed, with their key: it can name anybody. What no person typed, or holds a sealed name already, stays as it is. */
  async sealTyped<T extends string | null | undefined>(tx: Tx, who: Pick<Scope, 'userId'>, text: T): Promise<T> {
    return who.userId && text && !looksSealed(text) ? ((await this.seal(tx, who.userId, text)) as T) : text;
  }

  /** Seals a text with the names in it as they are sealed: they go with whom they name, whoever reads it. */
  async sealAround(tx: Tx, keyId: string, text: string, kind: KeyKind): Promise<string> {
    return sealedText(keyId, await this.#keyFor(tx, keyId, kind), text);
  }

  /** For a text in which names stand open: it is unreadable once any of those whom these sealed names name is erased. */
  async sealWith(tx: Tx, names: readonly string[], text: string): Promise<string> {
    const ids = [...new Set(names.flatMap((name) => keyIdOf(name) ?? []))];
    const keys = await this.#load(tx, ids);
    return ids.reduce((inner, id) => (keys.has(id) ? sealedText(id, keys.get(id) as Buffer, inner) : inner), text);
  }

  /** As `reveal`, with what was sealed inside of what was sealed: only for texts that the house put together itself. */
  async revealAll<T>(value: T, tx?: Tx): Promise<T> {
    let found = value;
    for (let layer = 0; layer < mostLayers; layer++) {
      const inner = await this.reveal(found, tx);
      if (inner === found) break;
      found = inner;
    }
    return found;
  }

  /** The same value with every sealed text in it opened, however deep it stands; `written` says how it is written where it stands, such as in HTML. */
  async reveal<T>(value: T, tx?: Tx, written: (text: string) => string = asItIs): Promise<T> {
    const wanted = new Set<string>();
    gather(value, wanted);
    if (wanted.size === 0) return value;
    const keys = await this.#load(tx, [...wanted]);
    return opened(value, (text) => openedText(text, keys, somebodyGone, written)) as T;
  }

  /** The same, for one person's own texts: everybody else's are left out. */
  async revealOnly<T>(value: T, keyIds: readonly string[], tx?: Tx): Promise<T> {
    const keys = await this.#load(tx, keyIds);
    // A mail to them has other people's names inside.
    return opened(value, (text) => openedText(openedText(text, keys, 'somebody else', asItIs), keys, 'somebody else', asItIs)) as T;
  }

  /** By it an e-mail address is found that nobody can read: the same for capitals and small letters. */
  lookup(text: string): string {
    return blindIndex(this.#keys, text.trim().toLowerCase());
  }

  /** Everything of theirs is unreadable from now on: here at once, in other processes within a minute. */
  async destroy(tx: Tx, keyIds: readonly string[], at: Date): Promise<void> {
    await sql(tx, 'update personal_key set wrapped = null, destroyed_at = $2 where id = any ($1::uuid[]) and destroyed_at is null', [keyIds, at]);
    for (const id of keyIds) this.#known.delete(id);
  }

  /** A school's references are its own: another collaboration that it belongs to has another key. */
  keyOfSchool(collaborationId: string, urn: string): string {
    return idFrom(`references of ${urn} in ${collaborationId}`);
  }

  async #keyFor(tx: Tx, id: string, kind: KeyKind): Promise<Buffer> {
    const there = this.#made.get(tx)?.get(id) ?? (await this.#load(tx, [id])).get(id);
    if (there) return there;
    const made = await this.#insert(tx, id, kind);
    if (!made) {
      // Somebody else made it meanwhile, or it was destroyed and nothing new may be written under that name.
      const theirs = (await this.#load(tx, [id])).get(id);
      if (!theirs) throw new Error(`The key ${id} was destroyed; nothing can be stored for it.`);
      return theirs;
    }
    const mine = this.#made.get(tx) ?? new Map<string, Buffer>();
    this.#made.set(tx, mine.set(id, made));
    return made;
  }

  async #insert(tx: Tx | undefined, id: string, kind: KeyKind): Promise<Buffer | undefined> {
    const key = newKey();
    const rows = await this.#ask(tx, 'insert into personal_key (id, kind, wrapped) values ($1, $2, $3) on conflict do nothing returning id', [id, kind, encrypt(this.#keys.wrapping, key, id)]);
    return rows.length > 0 ? key : undefined;
  }

  async #load(tx: Tx | undefined, ids: readonly string[]): Promise<Map<string, Buffer>> {
    const now = Date.now();
    const found = new Map<string, Buffer>();
    const missing: string[] = [];
    for (const id of ids) {
      const known = (tx && this.#made.get(tx)?.get(id)) ?? this.#fresh(id, now);
      if (known) found.set(id, known);
      else missing.push(id);
    }
    if (missing.length === 0) return found;
    for (const { id, wrapped } of await this.#rows(tx, missing)) {
      if (!wrapped) continue;
      const key = decrypt(this.#keys.wrapping, wrapped, id);
      found.set(id, key);
      if (this.#known.size >= mostKept) this.#known.clear();
      this.#known.set(id, { key, until: now + keptMs });
    }
    return found;
  }

  #fresh(id: string, now: number): Buffer | undefined {
    const known = this.#known.get(id);
    return known && known.until > now ? known.key : undefined;
  }

  #rows(tx: Tx | undefined, ids: readonly string[]): Promise<Wrapped[]> {
    return this.#ask<Wrapped>(tx, 'select id, wrapped from personal_key where id = any ($1::uuid[])', [ids]);
  }

  /** At the edge there is no transaction any more. */
  #ask<Row>(tx: Tx | undefined, text: string, values: readonly unknown[]): Promise<Row[]> {
    return tx ? sql<Row>(tx, text, values) : this.#database.plain<Row>(text, values);
  }
}

const asItIs = (text: string) => text;

const isPlainTree = (value: unknown): value is Record<string, unknown> | unknown[] =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof Uint8Array);

function gather(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') keysOf(value, into);
  else if (isPlainTree(value)) for (const part of Object.values(value)) gather(part, into);
}

/** Copies only what changes on the way down, so that a long list without names costs a look. */
function opened(value: unknown, open: (text: string) => string): unknown {
  if (typeof value === 'string') return open(value);
  if (!isPlainTree(value)) return value;
  let copy: Record<string, unknown> | unknown[] | undefined;
  for (const [key, part] of Object.entries(value)) {
    const after = opened(part, open);
    if (after === part) continue;
    copy ??= Array.isArray(value) ? [...value] : { ...value };
    (copy as Record<string, unknown>)[key] = after;
  }
  return copy ?? value;
}
