import type { DateOnly } from '../kernel/period.js';

/** An academy keeps the books from September to August, a maintained school from April to March. */
export type SchoolKind = 'maintained' | 'academy';

/** What the register says of a school's life. */
export type SchoolStatus = 'open' | 'open-but-proposed-to-close' | 'closed' | 'proposed-to-open';

export type Nation = 'england' | 'wales' | 'scotland' | 'northern-ireland';

/** A school as the national register has it; null where the register says nothing. */
export interface SchoolRecord {
  /** Unique reference number: six digits, never used again for another school. */
  readonly urn: string;
  readonly name: string;
  readonly kind: SchoolKind;
  readonly status: SchoolStatus;
  /** Three digits that name the local authority. */
  readonly laCode: string | null;
  readonly laName: string | null;
  /** Four digits; with the local authority's three they are the LAEstab number. */
  readonly establishmentNumber: string | null;
  /** UK provider reference number: eight digits. */
  readonly ukprn: string | null;
  readonly typeName: string | null;
  readonly phase: string | null;
  readonly street: string | null;
  readonly town: string | null;
  readonly postcode: string | null;
  /** Metres east on the Ordnance Survey's National Grid. */
  readonly easting: number | null;
  /** Metres north on the Ordnance Survey's National Grid. */
  readonly northing: number | null;
  readonly trustCode: string | null;
  readonly trustName: string | null;
  readonly openedOn: DateOnly | null;
  readonly closedOn: DateOnly | null;
  /** The URN that follows this one, for instance after an academy conversion. */
  readonly successorUrn: string | null;
}

/** `pupils` are those on roll; `pupil-premium` those eligible for the deprivation pupil premium. */
export type PupilMeasure = 'pupils' | 'pupil-premium';

export type ImportKind = 'gias' | 'pupil-premium';

/** Which file gave a number, or that somebody entered it. */
export type PupilNumberSource = ImportKind | 'entered';

/** A number of pupils at a census. */
export interface PupilNumber {
  readonly urn: string;
  readonly measure: PupilMeasure;
  readonly censusOn: DateOnly;
  readonly source: PupilNumberSource;
  /** Half pupils are real (723.5), so that numbers are whole thousandths. */
  readonly thousandths: number;
}
