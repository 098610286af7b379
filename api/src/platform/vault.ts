import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** What the installation's secret is good for: wrapping the keys of people, and finding an e-mail address without keeping it. */
export interface InstallationKeys {
  readonly wrapping: Buffer;
  readonly indexing: Buffer;
}

const ivBytes = 12;
const tagBytes = 16;

export function installationKeys(secret: string): InstallationKeys {
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', secret, 'fairshare', use, 32));
  return { wrapping: derived('wrapping keys of people'), indexing: derived('finding what is encrypted') };
}

export const newKey = () => randomBytes(32);

/** AES-256-GCM; `bound` is what the text belongs to, so that it cannot be moved to somebody else. */
export function encrypt(key: Buffer, content: Buffer, bound: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(bound));
  return Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when the key is another one or a single bit was changed. */
export function decrypt(key: Buffer, sealed: Buffer, bound: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes)).setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes, sealed.length - tagBytes)), decipher.final()]);
}

/** The same for the same text, worth nothing to whoever does not hold the installation's key. */
export function blindIndex(keys: InstallationKeys, text: string): string {
  return createHmac('sha256', keys.indexing).update(text).digest('base64url');
}

/** An id that always is the same for the same words: the key of a school in a collaboration has one. */
export function idFrom(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** `{sealed:<whose key>:<what it says>}`: a text that stands in any column like any other, and says nothing without the key. */
const pattern = /\{sealed:([0-9a-f-]{36}):([\w-]+)\}/g;

const whole = /^\{sealed:[0-9a-f-]{36}:[\w-]+\}$/;

export const isSealed = (text: string) => whole.test(text);

/** Whether a text would be taken for one that the house has sealed, anywhere in it: nobody may send such a text. */
export const looksSealed = (text: string) => text.includes('{sealed:');

/** Whose key a sealed text was sealed with. */
export const keyIdOf = (sealed: string) => (isSealed(sealed) ? sealed.slice(8, 44) : undefined);

export function sealedText(keyId: string, key: Buffer, text: string): string {
  return `{sealed:${keyId}:${encrypt(key, Buffer.from(text, 'utf8'), keyId).toString('base64url')}}`;
}

/** Whose keys a text needs; nobody's for most texts. */
export function keysOf(text: string, into: Set<string>): void {
  if (!text.includes('{sealed:')) return;
  for (const [, keyId] of text.matchAll(pattern)) into.add(keyId as string);
}

/** The text with all that is sealed in it opened; what has no key any more, or was tampered with, is `otherwise`. */
export function openedText(text: string, keys: ReadonlyMap<string, Buffer>, otherwise: string, written: (text: string) => string): string {
  if (!text.includes('{sealed:')) return text;
  return text.replace(pattern, (_, keyId: string, content: string) => {
    const key = keys.get(keyId);
    if (!key) return otherwise;
    try {
      return written(decrypt(key, Buffer.from(content, 'base64url'), keyId).toString('utf8'));
    } catch {
      return otherwise;
    }
  });
}
