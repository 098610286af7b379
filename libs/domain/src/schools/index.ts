// Schools owns schools, collaborations, memberships, pupil numbers and the lines of the school year.
// It says what a row of a national file means, who is a member when, and which days nobody has described yet.
// It refuses to know money and users.
export type { ImportKind, Nation, PupilMeasure, PupilNumber, PupilNumberSource, SchoolKind, SchoolRecord, SchoolStatus } from './school.js';
export type { Membership } from './membership.js';
export { isMemberOn, leadSchoolIsMember, mayBeTakenBack, membershipEndsAfterStart, membershipsNeverOverlap, schoolIsOpenOn } from './membership.js';
export type { CellFault, Column, RowFaultCode } from './row-reader.js';
export { RowReader } from './row-reader.js';
export { giasMapper } from './gias-row.js';
export { premiumCensusOn, pupilPremiumMapper } from './pupil-premium-row.js';
export type { NationalRow, RowMapper, SchoolSaid } from './national-row.js';
export { mergeSchool, recordFault, rowShapeFault } from './national-row.js';
export type { ReadTermDates, TermDate, TermDateFault, TermDateKind } from './term-dates.js';
export { gapsIn, nextYear, readTermDates } from './term-dates.js';
export type { TermEvent } from './term-events.js';
export { readTermEvents } from './term-events.js';
export type { CalendarEditor, CalendarTarget, ShadedSpan } from './school-year.js';
export { lineEndsAfterStart, mayChangeLine, schoolYearStarting, shadingOf, targetIsInside } from './school-year.js';
