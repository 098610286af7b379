import { createHash } from 'node:crypto';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { FastifyRequest } from 'fastify';
import { declareProblems } from './problem.js';
import { looksSealed } from './vault.js';

declareProblems({
  'platform.no-file': [422, 'No file was sent; choose a file first.'],
  'platform.empty-file': [422, 'The file is empty.'],
  'platform.wrong-file': [422, ({ expected }) => `This is not a file of the right kind: choose one that ends in ${String(expected)}.`],
});

/**
 * The one file of a multipart request, whole, within the limit. Its name is looked at for its ending only and is never a
 * path; what stands in it is for the reader of that kind of file to refuse.
 */
export async function uploadedFile(request: FastifyRequest, maxBytes: number, endings: readonly string[]): Promise<{ name: string; content: Buffer }> {
  if (!request.isMultipart()) throw new DomainError('platform.media-type');
  const part = await request.file({ limits: { fileSize: maxBytes, files: 1 } });
  if (!part) throw new DomainError('platform.no-file');
  const expected = endings.map((ending) => `.${ending}`);
  if (!expected.some((ending) => part.filename.toLowerCase().endsWith(ending))) throw new DomainError('platform.wrong-file', { expected: expected.join(' or ') });
  const content = await part.toBuffer();
  // The stream may learn that it was cut only after its last piece was read; a part of a file is never taken for the whole.
  if (part.file.truncated) throw new DomainError('platform.too-large');
  if (looksSealed(part.filename) || content.includes('{sealed:')) throw new DomainError('platform.reserved-words');
  if (content.length === 0) throw new DomainError('platform.empty-file');
  // An Idempotency-Key compares bodies; what stands for a file is its digest.
  request.body = { file: createHash('sha256').update(content).digest('base64url') };
  return { name: part.filename, content };
}
