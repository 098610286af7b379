import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until, type Client } from '../client.js';

const sharedData = join(import.meta.dirname, '../../../../shared/data');

/** The real file where this machine has it, else null: no test depends on it alone. */
export function realFile(name: 'gias-edubasealldata.csv' | 'dfe-pupil-premium-2019-20.csv'): Buffer | null {
  const path = join(sharedData, name);
  return existsSync(path) ? readFileSync(path) : null;
}

export const giasHeader = [
  'URN', 'LA (code)', 'LA (name)', 'EstablishmentNumber', 'EstablishmentName', 'TypeOfEstablishment (name)', 'EstablishmentTypeGroup (code)',
  'EstablishmentStatus (code)', 'EstablishmentStatus (name)', 'OpenDate', 'CloseDate', 'PhaseOfEducation (name)', 'CensusDate', 'NumberOfPupils',
  'UKPRN', 'Town', 'Postcode', 'Easting', 'Northing',
] as const;
export type GiasHeader = (typeof giasHeader)[number];
export type GiasLine = Record<GiasHeader, string>;

/** A school as the register writes it; `n` tells schools apart. */
export function giasLine(n: number, base = 300_000): GiasLine {
  return {
    URN: String(base + n),
    'LA (code)': '937',
    'LA (name)': 'Warwickshire',
    EstablishmentNumber: String(1000 + (n % 9000)),
    EstablishmentName: `St Thomas à Becket School ${n}`,
    'TypeOfEstablishment (name)': n % 3 ? 'Community school' : 'Academy converter',
    'EstablishmentTypeGroup (code)': n % 3 ? '4' : '10',
    'EstablishmentStatus (code)': '1',
    'EstablishmentStatus (name)': 'Open',
    OpenDate: '01-09-1998',
    CloseDate: '',
    'PhaseOfEducation (name)': 'Primary',
    CensusDate: '17-01-2019',
    NumberOfPupils: String(100 + (n % 400)),
    UKPRN: String(10_000_000 + n),
    Town: 'Leamington Spa',
    Postcode: `CV${30 + (n % 9)} ${n % 10}AB`,
    Easting: String(430_000 + n),
    Northing: String(265_000 + n),
  };
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

export function csvOf(header: readonly string[], lines: readonly (readonly string[])[]): string {
  return [header, ...lines].map((cells) => cells.map(quoted).join(',')).join('\r\n') + '\r\n';
}

export const cellsOf = (line: GiasLine): string[] => giasHeader.map((name) => line[name]);
export const giasCsv = (lines: readonly GiasLine[]) => csvOf(giasHeader, lines.map(cellsOf));
/** The characters used here are the same in Latin-1 and Windows-1252. */
export const windows1252 = (text: string) => Buffer.from(text, 'latin1');

/** Starts an import and waits for its end. */
export async function importFile(administrator: Client, kind: string, content: Uint8Array | string, dryRun = false) {
  const started = await administrator.upload(`/api/schools/import?kind=${kind}&dryRun=${dryRun}`, 'file.csv', content);
  if (started.status !== 202) throw new Error(`The import was answered ${started.status}: ${started.text}`);
  return importEnd(administrator, started.body.id as string);
}

export function importEnd(administrator: Client, id: string) {
  return until(async () => {
    const { body } = await administrator.get(`/api/imports/${id}`);
    return (body.state === 'done' || body.state === 'failed') && body;
  }, 120_000);
}
