import type { ImportReport } from '@fairshare/contract/schools';
import { mergeSchool, recordFault, rowShapeFault, type CellFault, type NationalRow, type PupilNumber, type PupilNumberSource, type SchoolRecord } from '@fairshare/domain/schools';
import type { Tx } from '../platform/database.js';
import type { NationalFile } from './national-file.js';
import { knownSchools, numberKey, saveToRegister, type Known } from './register.js';

/** At least so many rows are stored with one statement. */
const batchRows = 1500;
/** More would help nobody; the counts stay exact. */
const mostErrors = 10_000;
const longestValue = 200;

interface ReadRow {
  readonly row: number;
  readonly said: NationalRow;
}

export interface ImportOptions {
  readonly source: PupilNumberSource;
  readonly dryRun: boolean;
  readonly progress: (rowsDone: number) => Promise<void>;
}

/** Brings the rows of one file into the register and counts what became of each. */
export class RowImport {
  readonly #tx: Tx;
  readonly #file: NationalFile;
  readonly #options: ImportOptions;
  /** In which row each URN stood first. */
  readonly #seenInRow = new Map<string, number>();
  readonly #report: ImportReport = { rows: 0, created: 0, updated: 0, unchanged: 0, rejected: 0, errors: [], errorsLeftOff: 0 };

  constructor(tx: Tx, file: NationalFile, options: ImportOptions) {
    this.#tx = tx;
    this.#file = file;
    this.#options = options;
  }

  async run(): Promise<ImportReport> {
    let batch: ReadRow[] = [];
    let settled = 0;
    for await (const rows of this.#file.records()) {
      this.#report.rows += rows.length;
      for (const { row, cells } of rows) {
        const said = this.#read(row, cells);
        if (said) batch.push({ row, said });
      }
      if (this.#report.rows - settled < batchRows) continue;
      await this.#settle(batch);
      settled = this.#report.rows;
      batch = [];
    }
    await this.#settle(batch);
    return this.#report;
  }

  /** Null for a row that is left out. */
  #read(row: number, cells: string[]): NationalRow | null {
    const shape = rowShapeFault(cells, this.#file.header);
    if (shape) return this.#reject(row, [shape]);
    const said = this.#file.mapper.read(cells);
    const { urn } = said.school;
    const first = this.#seenInRow.get(urn);
    const faults = first === undefined ? said.faults : [this.#twice(urn, first), ...said.faults];
    const namesSchool = !said.faults.some((fault) => fault.code === 'schools.wrong-urn');
    if (first === undefined && namesSchool) this.#seenInRow.set(urn, row);
    return faults.length > 0 ? this.#reject(row, faults) : said;
  }

  #twice(urn: string, first: number): CellFault {
    return { column: this.#file.mapper.columnOf('urn'), value: urn, code: 'schools.duplicate-urn', message: `This URN stands in row ${first} already.` };
  }

  #reject(row: number, faults: readonly CellFault[]): null {
    this.#report.rejected++;
    for (const fault of faults) {
      if (this.#report.errors.length >= mostErrors) this.#report.errorsLeftOff++;
      else this.#report.errors.push({ row, ...fault, value: fault.value.slice(0, longestValue) });
    }
    return null;
  }

  async #settle(batch: readonly ReadRow[]): Promise<void> {
    if (batch.length > 0) {
      const known = await knownSchools(this.#tx, batch.map(({ said }) => said.school.urn), this.#options.source);
      const schools: SchoolRecord[] = [];
      const numbers: PupilNumber[] = [];
      for (const one of batch) this.#decide(one, known, schools, numbers);
      if (!this.#options.dryRun) await saveToRegister(this.#tx, schools, numbers);
    }
    await this.#options.progress(this.#report.rows);
  }

  #decide({ row, said }: ReadRow, known: Known, schools: SchoolRecord[], numbers: PupilNumber[]): void {
    const before = known.schools.get(said.school.urn);
    const after = mergeSchool(before, said);
    const fault = after === before ? null : recordFault(after, this.#file.mapper);
    if (fault) {
      this.#reject(row, [fault]);
      return;
    }
    const fresh = said.numbers.filter((number) => known.numbers.get(numberKey(number)) !== number.thousandths);
    if (after !== before) schools.push(after);
    numbers.push(...fresh);
    const isNew = !before || (said.onlyForNewSchools === true && fresh.length > 0 && fresh.every((number) => !known.numbers.has(numberKey(number))));
    if (isNew) this.#report.created++;
    else if (after !== before || fresh.length > 0) this.#report.updated++;
    else this.#report.unchanged++;
  }
}
