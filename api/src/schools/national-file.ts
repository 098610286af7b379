import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { CsvError, parse as csvStream, type Options } from 'csv-parse';
import { parse as csvWhole } from 'csv-parse/sync';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { giasMapper, pupilPremiumMapper, type ImportKind, type RowMapper } from '@fairshare/domain/schools';

const chunkBytes = 256 * 1024;
/** A header of a hundred and thirty columns takes three kilobytes. */
const headerBytes = 64 * 1024;
/** A row this long is a quotation mark that was never closed. */
const longestRow = 512 * 1024;

const mapperOf: Readonly<Record<ImportKind, (header: readonly string[]) => RowMapper>> = { gias: giasMapper, 'pupil-premium': pupilPremiumMapper };

/** A national file whose header has been understood. */
export interface NationalFile {
  readonly header: readonly string[];
  readonly mapper: RowMapper;
  /** Rows after the header; an estimate by lines until the file has been read. */
  readonly rows: number;
  /** The rows in order, each with the number a spreadsheet shows: the header is row 1. Blank lines are passed over. */
  records(): AsyncGenerator<{ row: number; cells: string[] }>;
}

/** @throws DomainError when it is no text, not CSV, has no header, or is another kind of file; nothing has been read then. */
export function openNationalFile(content: Buffer, kind: ImportKind): NationalFile {
  const text = asUtf8(content);
  const options = csvOptions(text);
  const header = headerOf(text, options);
  const mapper = mapperOf[kind](header);
  const rows = Math.max(0, linesIn(text) - 1);
  if (rows === 0) throw new DomainError('schools.no-rows');
  return { header, mapper, rows, records: () => recordsOf(text, options) };
}

/** UTF-8 by its own rules, else Windows-1252, which the register's extract is written in. */
function asUtf8(content: Buffer): Buffer {
  const start = content.subarray(0, 4).toString('latin1');
  if (start.startsWith('\xff\xfe') || start.startsWith('\xfe\xff')) throw new DomainError('schools.wrong-encoding');
  if (start.startsWith('PK\x03\x04') || start.startsWith('%PDF') || start.startsWith('\xd0\xcf\x11\xe0')) throw new DomainError('schools.not-a-csv-file');
  if (content.includes(0)) throw new DomainError(looksLikeUtf16(content) ? 'schools.wrong-encoding' : 'schools.not-a-csv-file');
  return isUtf8(content) ? content : Buffer.from(new TextDecoder('windows-1252').decode(content));
}

/** Plain English in UTF-16 is a nought in every second byte. */
function looksLikeUtf16(content: Buffer): boolean {
  const sample = content.subarray(0, 2000);
  return sample.filter((byte) => byte === 0).length > sample.length / 3;
}

function csvOptions(text: Buffer): Options {
  const firstLine = text.subarray(0, headerBytes).toString('utf8').trimStart().split(/\r?\n|\r/, 1)[0] ?? '';
  const delimiter = [',', ';', '\t'].reduce((best, one) => (firstLine.split(one).length > firstLine.split(best).length ? one : best));
  return { bom: true, delimiter, relaxColumnCount: true, relaxQuotes: true, maxRecordSize: longestRow };
}

function headerOf(text: Buffer, options: Options): string[] {
  let header: string[] | undefined;
  try {
    // A header that is cut off by the slice has no end and is refused as too long.
    [header] = csvWhole(text.subarray(0, headerBytes), { ...options, to: 1, skipEmptyLines: true }) as string[][];
  } catch {
    throw new DomainError('schools.not-a-csv-file');
  }
  if (!header) throw new DomainError('platform.empty-file');
  return header.map((cell) => cell.trim());
}

function linesIn(text: Buffer): number {
  let lines = 0;
  for (let at = text.indexOf(10); at !== -1; at = text.indexOf(10, at + 1)) lines++;
  return text.at(-1) === 10 ? lines : lines + 1;
}

function* chunksOf(text: Buffer): Generator<Buffer> {
  for (let at = 0; at < text.length; at += chunkBytes) yield text.subarray(at, at + chunkBytes);
}

const isBlank = (cells: readonly string[]) => cells.length === 1 && cells[0]?.trim() === '';

async function* recordsOf(text: Buffer, options: Options): AsyncGenerator<{ row: number; cells: string[] }> {
  const parser = Readable.from(chunksOf(text)).pipe(csvStream(options));
  let row = 0;
  let headerSeen = false;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row++;
      if (isBlank(cells)) continue;
      if (headerSeen) yield { row, cells };
      headerSeen = true;
    }
  } catch (error) {
    if (error instanceof CsvError) throw new DomainError('schools.quote-never-closed', { row: Number(error['records'] ?? row) + 1 });
    throw error;
  } finally {
    parser.destroy();
  }
}
