import { parseDate, parseTime } from './parse-date';

// Thursday.
const today = '2026-10-01';

describe('parseDate', () => {
  it.each([
    ['2026-10-06', '2026-10-06'],
    ['6/10/26', '2026-10-06'],
    ['06/10/2026', '2026-10-06'],
    ['6.10.26', '2026-10-06'],
    ['6-10-2026', '2026-10-06'],
    ['6/10', '2026-10-06'],
    ['6 oct', '2026-10-06'],
    ['6th October', '2026-10-06'],
    ['Oct 6', '2026-10-06'],
    ['6 Oct 2027', '2027-10-06'],
    ['Tue 6 Oct 2026', '2026-10-06'],
    ['Tuesday, 6 October', '2026-10-06'],
    ['1 sept', '2026-09-01'],
    ['5 jan', '2027-01-05'],
    ['today', '2026-10-01'],
    ['Tomorrow', '2026-10-02'],
    ['yesterday', '2026-09-30'],
    ['thu', '2026-10-01'],
    ['tue', '2026-10-06'],
    ['next tue', '2026-10-06'],
    ['next fri', '2026-10-09'],
    ['this wed', '2026-09-30'],
    ['in 2 weeks', '2026-10-15'],
    ['+3d', '2026-10-04'],
    ['29 feb 2028', '2028-02-29'],
  ])('When somebody writes %s, then it is %s', (written, date) => {
    expect(parseDate(written, today)).toBe(date);
  });

  it.each(['31 jun', '29/2/27', '6/13/26', 'mon 6 oct 2026', 'soon', '6', '', 'oct', '2026-02-30'])('When somebody writes “%s”, then it is not sure and asks', (written) => {
    expect(parseDate(written, today)).toBeUndefined();
  });
});

describe('parseTime', () => {
  it.each([
    ['9', '09:00'],
    ['9.30', '09:30'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['9:30am', '09:30'],
    ['2pm', '14:00'],
    ['2', '14:00'],
    ['2.15', '14:15'],
    ['03:00', '03:00'],
    ['12am', '00:00'],
    ['12 pm', '12:00'],
    ['noon', '12:00'],
    ['14h30', '14:30'],
  ])('When somebody writes %s, then it is %s', (written, time) => {
    expect(parseTime(written)).toBe(time);
  });

  it.each(['25', '9:75', '13pm', 'later', ''])('When somebody writes “%s”, then it is no time', (written) => {
    expect(parseTime(written)).toBeUndefined();
  });
});
