import { isUtf8 } from 'node:buffer';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CsvError, parse as csvParse, type Options } from 'csv-parse/sync';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { giasMapper, pupilPremiumMapper, type ImportKind, type RowMapper } from '@fairshare/domain/schools';

const pieceBytes = 256 * 1024;
/** UTF-8 written by a spreadsheet begins with these three bytes. */
const byteOrderMark = '\xef\xbb\xbf';
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
  /** The rows in order, some hundreds at a time, each with the number a spreadsheet shows: the header is row 1. Blank lines are passed over. */
  records(): AsyncGenerator<NumberedRow[]>;
}

export interface NumberedRow {
  readonly row: number;
  readonly cells: string[];
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
  const text = isUtf8(content) ? content : Buffer.from(new TextDecoder('windows-1252').decode(content));
  return start.startsWith(byteOrderMark) ? text.subarray(byteOrderMark.length) : text;
}

/** Plain English in UTF-16 is a nought in every second byte. */
function looksLikeUtf16(content: Buffer): boolean {
  const sample = content.subarray(0, 2000);
  return sample.filter((byte) => byte === 0).length > sample.length / 3;
}

function csvOptions(text: Buffer): Options {
  const firstLine = text.subarray(0, headerBytes).toString('utf8').trimStart().split(/\r?\n|\r/, 1)[0] ?? '';
  const delimiter = [',', ';', '\t'].reduce((best, one) => (firstLine.split(one).length > firstLine.split(best).length ? one : best));
  return { delimiter, relaxColumnCount: true, relaxQuotes: true, maxRecordSize: longestRow };
}

function headerOf(text: Buffer, options: Options): string[] {
  let header: string[] | undefined;
  try {
    // A header that is cut off by the slice has no end and is refused as too long.
    [header] = csvParse(text.subarray(0, headerBytes), { ...options, to: 1, skipEmptyLines: true }) as string[][];
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

const quote = 0x22;
const lineFeed = 0x0a;

/** Where a piece may end: after a line, outside quotation marks, when it is long enough. */
function endOfPiece(text: Buffer, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    const byte = text[at];
    if (byte === quote) quoted = !quoted;
    else if (byte === lineFeed && !quoted && at - from >= pieceBytes) return at + 1;
  }
  return text.length;
}

const isBlank = (cells: readonly string[]) => cells.length === 1 && cells[0]?.trim() === '';

/** Reads piece by piece, so that a large file never holds up everybody else; a piece takes some ten milliseconds. */
async function* recordsOf(text: Buffer, options: Options): AsyncGenerator<NumberedRow[]> {
  let rowsBefore = 0;
  let headerSeen = false;
  for (let from = 0, end = 0; from < text.length; from = end) {
    end = endOfPiece(text, from);
    const records = parsePiece(text.subarray(from, end), options, rowsBefore);
    const rows = records.map((cells, i) => ({ row: rowsBefore + i + 1, cells })).filter(({ cells }) => !isBlank(cells));
    rowsBefore += records.length;
    yield headerSeen ? rows : rows.slice(1);
    headerSeen ||= rows.length > 0;
    await nextTurn();
  }
}

function parsePiece(piece: Buffer, options: Options, rowsBefore: number): string[][] {
  try {
    return csvParse(piece, options) as string[][];
  } catch (error) {
    if (error instanceof CsvError) throw new DomainError('schools.quote-never-closed', { row: rowsBefore + Number(error['records'] ?? 0) + 1 });
    throw error;
  }
}
