import { declareProblems } from '../platform/problem.js';

export type SchoolsProblem =
  | 'schools.already-member'
  | 'schools.calendar-line-twice'
  | 'schools.ends-before-start'
  | 'schools.import-running'
  | 'schools.lead-school-not-member'
  | 'schools.membership-has-history'
  | 'schools.no-header'
  | 'schools.no-rows'
  | 'schools.no-such-school'
  | 'schools.no-urn-column'
  | 'schools.not-a-calendar'
  | 'schools.not-a-csv-file'
  | 'schools.not-your-calendar'
  | 'schools.import-broke'
  | 'schools.quote-never-closed'
  | 'schools.school-closed'
  | 'schools.period-too-long'
  | 'schools.no-such-local-authority'
  | 'schools.not-a-member'
  | 'schools.wrong-encoding'
  | 'schools.wrong-kind-of-file';

declareProblems<SchoolsProblem>({
  'schools.already-member': [409, (facts) => `This school is a member already from ${String(facts['from'])}${facts['until'] ? ` until ${String(facts['until'])}` : ''}: change those dates instead.`],
  'schools.calendar-line-twice': [409, 'This line is in the school year already.'],
  'schools.ends-before-start': [422, 'The last day is before the first day.'],
  'schools.import-running': [409, 'A file of this kind is being imported at the moment: wait until it is done.'],
  'schools.lead-school-not-member': [422, 'The lead school has to be a member: add it first, or choose another.'],
  'schools.membership-has-history': [409, 'A membership can be taken back only on the day it was entered: set its last day instead.'],
  'schools.no-header': [422, 'The first line does not name columns: choose the file as it was downloaded, with its header line.'],
  'schools.no-rows': [422, 'There is no school in this file, only a header line.'],
  'schools.no-such-school': [422, 'There is no school with this URN on the register: check the number, or import the register first.'],
  'schools.no-urn-column': [422, 'No column of this file is called URN, so nothing says which school a row is about.'],
  'schools.not-a-calendar': [422, 'This begins as a calendar file and cannot be read as one: download it again, or paste the dates as text.'],
  'schools.not-a-csv-file': [422, 'This is not a CSV file: in a spreadsheet, choose "Save as" and then CSV.'],
  'schools.not-your-calendar': [403, 'A school changes its own INSET days and closures; the coordinator changes the rest.'],
  'schools.import-broke': [500, 'The import stopped for a reason on our side and changed nothing: please start it again.'],
  'schools.quote-never-closed': [422, (facts) => `A quotation mark in row ${String(facts['row'])} or before is never closed, so that the rest of the file cannot be told apart.`],
  'schools.school-closed': [422, (facts) => `This school has closed${facts['successorUrn'] ? `; the school that followed it has the URN ${String(facts['successorUrn'])}` : ''}.`],
  'schools.period-too-long': [422, 'Ask for two years of days at most.'],
  'schools.no-such-local-authority': [422, 'No member of this collaboration belongs to that local authority.'],
  'schools.not-a-member': [422, 'That school is not a member of this collaboration.'],
  'schools.wrong-encoding': [422, 'This file is written as UTF-16: save it again as "CSV UTF-8" and choose that file.'],
  'schools.wrong-kind-of-file': [422, (facts) => `This does not look like the file that was announced: it has no column called ${String(facts['missing'])}.`],
});
