import { beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../../src/platform/database.js';
import { systemScope } from '../../src/platform/actor.js';
import { SchoolsQueries } from '../../src/schools/schools.queries.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-11-23T09:00:00Z');
}, 60_000);

const nation = { level: 'nation' };
const warwickshire = { level: 'local-authority', laCode: '937' };
const yearOf = (c: TestCollaboration) => `/api/collaborations/${c.id}/school-year`;

const published = `
Autumn term: Wednesday 2 September 2026 to Friday 18 December 2026
Half-term: Monday 26 October to Friday 30 October 2026
Spring term: Monday 4 January 2027 to Thursday 25 March 2027
Spring half-term 15 February to 19 February 2027
Summer term: Monday 12 April 2027 to Tuesday 20 July 2027
Summer half-term 31 May 2027 to 4 June 2027
INSET day: 1 September 2026
`;

const read = async (c: TestCollaboration, from: string, to: string) => (await c.head.get(`${yearOf(c)}?from=${from}&to=${to}`)).body;

const calendarFile = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//LA//EN',
  ...[['Autumn term starts', '20260902', '20260903'], ['Half term', '20261026', '20261031'], ['Autumn term ends', '20261218', '20261219'], ['Sports day', '20260915', '20260916']].flatMap(([summary, from, to], i) => [
    'BEGIN:VEVENT', `UID:${i}@la`, 'DTSTAMP:20260101T000000Z', `DTSTART;VALUE=DATE:${from}`, `DTEND;VALUE=DATE:${to}`, `SUMMARY:${summary}`, 'END:VEVENT']),
  'END:VCALENDAR'].join('\r\n');

describe('the school year', () => {
  it('When an authority’s calendar file is given, then begin and end are a term, and what is none of the school year says so', async () => {
    const cluster = await app.collaboration();
    const paste = (text: string) => cluster.coordinator.post(`${yearOf(cluster)}/paste`, { target: warwickshire, text });
    const added = await paste(calendarFile);
    expect(added.body).toMatchObject({ added: 2, errors: [{ row: 4, code: 'schools.unknown-kind-of-day' }] });
    expect(added.body.lines.map((l: { kind: string; from: string; to: string }) => [l.kind, l.from, l.to])).toEqual([['term', '2026-09-02', '2026-12-18'], ['half-term', '2026-10-26', '2026-10-30']]);
    expect((await read(cluster, '2026-09-01', '2027-07-31')).schools[0].knownUntil).toBe('2026-12-18');
    expect((await paste('BEGIN:VCALENDAR\r\nnot one')).body.code).toBe('schools.not-a-calendar');
  });

  it('When an authority’s dates are pasted, then a dry run shows them, the paste stores them, and a second paste adds nothing', async () => {
    const cluster = await app.collaboration();
    const paste = (dryRun: boolean) => cluster.coordinator.post(`${yearOf(cluster)}/paste`, { target: warwickshire, text: `${published}\nSports day 3 July 2027`, dryRun });
    expect(await paste(true)).toMatchObject({ status: 200, body: { added: 7, alreadyThere: 0, errors: [{ row: 10, code: 'schools.unknown-kind-of-day' }] } });
    expect((await cluster.head.get(`${yearOf(cluster)}/lines?from=2026-09-01&to=2027-08-31`)).body.total).toBe(0);
    expect(await paste(false)).toMatchObject({ body: { added: 7, alreadyThere: 0 } });
    expect(await paste(false)).toMatchObject({ body: { added: 0, alreadyThere: 7 } });
    expect((await cluster.head.get(`${yearOf(cluster)}/lines?from=2026-09-01&to=2027-08-31`)).body.total).toBe(7);
  });

  it('When members inherit, then half-terms, INSET days and bank holidays are shaded and what nobody described is a gap', async () => {
    const cluster = await app.collaboration();
    await cluster.coordinator.post(`${yearOf(cluster)}/paste`, { target: warwickshire, text: published });
    const [first, second] = cluster.urns;
    await cluster.coordinator.post(`${yearOf(cluster)}/lines`, { target: { level: 'school', urn: first }, kind: 'inset', name: 'Staff training', from: '2026-10-23', to: '2026-10-23' });
    const autumn = await read(cluster, '2026-10-19', '2026-11-06');
    expect(autumn.shading).toEqual([
      { from: '2026-10-23', to: '2026-10-23', kind: 'inset', name: 'Staff training', urns: [first] },
      { from: '2026-10-26', to: '2026-10-30', kind: 'holiday', name: 'Half-term', urns: [...cluster.urns] },
    ]);
    expect(autumn.schools.find((school: { urn: string }) => school.urn === second)).toMatchObject({ gaps: [], halfTerms: [{ to: '2026-10-23' }, { from: '2026-11-02' }] });
    const may = await read(cluster, '2027-05-03', '2027-05-07');
    expect(may.shading).toEqual([{ from: '2027-05-03', to: '2027-05-03', kind: 'bank-holiday', name: 'Early May bank holiday', urns: [...cluster.urns] }]);
    const later = await read(cluster, '2027-09-01', '2027-09-10');
    expect(later.shading).toMatchObject([{ kind: 'not-known', from: '2027-09-01', to: '2027-09-10', urns: [...cluster.urns] }]);
  });

  it('When one school is asked for, then only its days are answered', async () => {
    const cluster = await app.collaboration();
    const one = await cluster.head.get(`${yearOf(cluster)}?from=2026-09-01&to=2026-09-30&schoolUrn=${cluster.urns[1]}`);
    expect(one.body.schools.map((school: { urn: string }) => school.urn)).toEqual([cluster.urns[1]]);
    const two = await cluster.head.get(`${yearOf(cluster)}?from=2026-09-01&to=2026-09-30&schoolUrn=${cluster.urns[1]}&schoolUrn=${cluster.urns[0]}`);
    expect(two.body.schools).toHaveLength(2);
  });

  it('When a year is copied, then every line stands 52 weeks later, once', async () => {
    const cluster = await app.collaboration();
    await cluster.coordinator.post(`${yearOf(cluster)}/paste`, { target: warwickshire, text: published });
    expect(await cluster.coordinator.post(`${yearOf(cluster)}/copy`, { year: 2026 })).toMatchObject({ status: 200, body: { added: 7 } });
    expect(await cluster.coordinator.post(`${yearOf(cluster)}/copy`, { year: 2026 })).toMatchObject({ body: { added: 0, alreadyThere: 7 } });
    const { body } = await cluster.head.get(`${yearOf(cluster)}/lines?from=2027-08-25&to=2027-11-30`);
    expect(body.items.map((line: { kind: string; from: string }) => [line.kind, line.from])).toEqual([['inset', '2027-08-31'], ['term', '2027-09-01'], ['half-term', '2027-10-25']]);
  });

  it('When a line is changed or removed, then it is, and the trail knows', async () => {
    const cluster = await app.collaboration();
    const wanted = { target: nation, kind: 'closure', name: 'Snow', from: '2027-01-11', to: '2027-01-12' };
    const added = await cluster.coordinator.post(`${yearOf(cluster)}/lines`, wanted);
    expect(added).toMatchObject({ status: 201, body: { level: 'nation', kind: 'closure', urn: null } });
    expect((await cluster.coordinator.post(`${yearOf(cluster)}/lines`, wanted)).body.code).toBe('schools.calendar-line-twice');
    const changed = await cluster.coordinator.put(`${yearOf(cluster)}/lines/${added.body.id}`, { ...wanted, to: '2027-01-13' });
    expect(changed).toMatchObject({ status: 200, body: { id: added.body.id, to: '2027-01-13' } });
    expect((await cluster.coordinator.delete(`${yearOf(cluster)}/lines/${added.body.id}`)).status).toBe(204);
    expect((await cluster.coordinator.delete(`${yearOf(cluster)}/lines/${added.body.id}`)).status).toBe(404);
    const { body } = await cluster.coordinator.get(`/api/collaborations/${cluster.id}/trail?action=schools.calendar`);
    expect(body.items.map((entry: { action: string }) => entry.action)).toEqual(['schools.calendar-line-removed', 'schools.calendar-line-changed', 'schools.calendar-line-added']);
  });

  it.each([
    ['england', ['2026-12-25', '2026-12-28']],
    ['wales', ['2026-12-25', '2026-12-28']],
    ['scotland', ['2026-11-30', '2026-12-25', '2026-12-28']],
    ['northern-ireland', ['2026-12-25', '2026-12-28']],
  ])('When a collaboration is in %s, then its own bank holidays are known', async (country, expected) => {
    const cluster = await app.collaboration({ schools: 1 });
    await app.sql('update collaboration set nation = $2 where id = $1', [cluster.id, country]);
    const { bankHolidays } = await read(cluster, '2026-11-24', '2026-12-31');
    const weekdays = bankHolidays.map((day: { on: string }) => day.on).filter((on: string) => ![0, 6].includes(new Date(`${on}T12:00Z`).getUTCDay()));
    expect(weekdays).toEqual(expected);
  });

  it('When Northern Ireland’s July is read, then the Twelfth is a bank holiday; in England it is not', async () => {
    const cluster = await app.collaboration({ schools: 1 });
    const names = async () => (await read(cluster, '2027-07-01', '2027-07-31')).bankHolidays.map((day: { on: string }) => day.on);
    expect(await names()).toEqual([]);
    await app.sql(`update collaboration set nation = 'northern-ireland' where id = $1`, [cluster.id]);
    expect(await names()).toEqual(['2027-07-12']);
  });
});

describe('who changes the school year', () => {
  it('When a business manager enters an INSET day, then it is for the own school only, and nothing else', async () => {
    const cluster = await app.collaboration();
    const [own, sister] = cluster.urns;
    const post = (body: unknown) => cluster.businessManager.post(`${yearOf(cluster)}/lines`, body);
    const day = { name: 'INSET', from: '2027-02-12', to: '2027-02-12' };
    const added = await post({ ...day, target: { level: 'school', urn: own }, kind: 'inset' });
    expect(added.status).toBe(201);
    for (const body of [
      { ...day, target: { level: 'school', urn: sister }, kind: 'inset' },
      { ...day, target: { level: 'school', urn: own }, kind: 'term' },
      { ...day, target: nation, kind: 'inset' },
    ]) {
      expect(await post(body)).toMatchObject({ status: 403, body: { code: 'schools.not-your-calendar' } });
    }
    expect((await cluster.sister.delete(`${yearOf(cluster)}/lines/${added.body.id}`)).body.code).toBe('schools.not-your-calendar');
    expect((await cluster.businessManager.post(`${yearOf(cluster)}/copy`, { year: 2026 })).body.code).toBe('schools.not-your-calendar');
    expect((await cluster.businessManager.delete(`${yearOf(cluster)}/lines/${added.body.id}`)).status).toBe(204);
  });

  it('When another role, or another collaboration, tries, then it is refused', async () => {
    const cluster = await app.collaboration();
    const other = await app.collaboration();
    const line = { target: nation, kind: 'closure', name: 'Snow', from: '2027-01-11', to: '2027-01-12' };
    const { body } = await cluster.coordinator.post(`${yearOf(cluster)}/lines`, line);
    for (const client of [cluster.head, cluster.financeOfficer, cluster.schoolFinanceOfficer, cluster.auditor]) {
      expect((await client.post(`${yearOf(cluster)}/lines`, line)).status).toBe(403);
      expect((await client.post(`${yearOf(cluster)}/paste`, { target: nation, text: published })).status).toBe(403);
      expect((await client.delete(`${yearOf(cluster)}/lines/${body.id}`)).status).toBe(403);
    }
    expect((await other.coordinator.delete(`${yearOf(cluster)}/lines/${body.id}`)).status).toBe(404);
    expect((await other.coordinator.delete(`${yearOf(other)}/lines/${body.id}`)).status).toBe(404);
    expect((await other.coordinator.put(`${yearOf(other)}/lines/${body.id}`, line)).status).toBe(404);
  });

  it('When what is sent is wrong, then it is refused with its own code', async () => {
    const cluster = await app.collaboration();
    const line = { target: nation, kind: 'closure', name: 'Snow', from: '2027-01-11', to: '2027-01-12' };
    const refused: [unknown, string][] = [
      [{ ...line, to: '2027-01-10' }, 'schools.ends-before-start'],
      [{ ...line, from: '2027-02-30' }, 'platform.not-valid'],
      [{ ...line, kind: 'party' }, 'platform.not-valid'],
      [{ ...line, name: ' ' }, 'platform.not-valid'],
      [{ ...line, target: { level: 'school', urn: '999999' } }, 'schools.not-a-member'],
      [{ ...line, target: { level: 'local-authority', laCode: '201' } }, 'schools.no-such-local-authority'],
      [{ ...line, target: { level: 'local-authority' } }, 'platform.not-valid'],
    ];
    for (const [body, code] of refused) expect(await cluster.coordinator.post(`${yearOf(cluster)}/lines`, body)).toMatchObject({ status: 422, body: { code } });
    expect((await cluster.head.get(`${yearOf(cluster)}?from=2026-09-02&to=2026-09-01`)).body.code).toBe('schools.ends-before-start');
    expect((await cluster.head.get(`${yearOf(cluster)}?from=2020-09-01&to=2026-09-01`)).body.code).toBe('schools.period-too-long');
    expect((await cluster.head.get(`${yearOf(cluster)}?from=soon`)).status).toBe(422);
    expect((await cluster.coordinator.post(`${yearOf(cluster)}/paste`, { target: nation, text: '' })).status).toBe(422);
  });
});

describe('what other rooms ask', () => {
  it('When a pupil number is asked for at a census, then it is the latest on or before it, a person before a file and the exact file before the rounded one', async () => {
    const cluster = await app.collaboration({ schools: 1 });
    const urn = cluster.urns[0] as string;
    await app.sql(`insert into pupil_number (urn, measure, census_on, source, thousandths) values
      ($1, 'pupils', '2019-01-17', 'gias', 724000), ($1, 'pupils', '2019-01-17', 'pupil-premium', 723500)`, [urn]);
    const queries = app.app.get(SchoolsQueries);
    const ask = (censusOn: string | null) => app.app.get(Database).read(systemScope([cluster.id]), (tx) => queries.pupilNumbers(tx, [urn], 'pupils', censusOn));
    expect((await ask('2019-06-01')).get(urn)).toEqual({ thousandths: 723_500, censusOn: '2019-01-17' });
    expect((await ask(null)).get(urn)).toEqual({ thousandths: 100_000, censusOn: '2025-10-02' });
    expect((await ask('2018-01-01')).size).toBe(0);
  });

  it('When a foreign collaboration is asked for, then it is not found and has no members', async () => {
    const cluster = await app.collaboration();
    const stranger = await app.collaboration();
    const queries = app.app.get(SchoolsQueries);
    const database = app.app.get(Database);
    await expect(database.read(systemScope([stranger.id]), (tx) => queries.collaboration(tx, cluster.id))).rejects.toMatchObject({ code: 'platform.not-found' });
    expect(await database.read(systemScope([stranger.id]), (tx) => queries.members(tx, cluster.id, '2026-11-23'))).toEqual([]);
    expect(await database.read(systemScope([cluster.id]), (tx) => queries.members(tx, cluster.id, '2026-11-23'))).toHaveLength(3);
  });
});
