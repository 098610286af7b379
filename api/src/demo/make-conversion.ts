import { addDays } from '@fairshare/domain/kernel/period';
import { systemScope } from '../platform/actor.js';
import { sql, type Database } from '../platform/database.js';
import { convertedUrn, demoSchools } from './leamington.js';
import type { Story } from './story.js';

/** Invented, and above every number that the national register has given. */
const academyUrn = '199714';

/**
 * One school becomes an academy today, so that nothing was divided among others than it should be: what is to come
 * follows it, what was before keeps the old number, and its money waits for the finance officer to take it over.
 */
export async function makeConversion(story: Story, database: Database): Promise<void> {
  await register(database, story.today);
  await story.coordinator.on(undefined).post(`${story.at}/conversions`, { fromUrn: convertedUrn, on: story.today });
}

/** As an import of the national file would leave it. */
async function register(database: Database, on: string): Promise<void> {
  const { name, pupils, pupilPremium } = demoSchools.find(({ urn }) => urn === convertedUrn) as (typeof demoSchools)[number];
  await database.write(systemScope(), async (tx) => {
    await sql(
      tx,
      `insert into school (urn, name, kind, status, la_code, la_name, establishment_number, type_name, phase, town, opened_on)
       select $2, $3, 'academy', 'open', la_code, la_name, '2099', 'Academy converter', phase, town, $4::date from school where urn = $1`,
      [convertedUrn, academyUrn, name.replace('Primary School', 'Primary Academy'), on],
    );
    await sql(
      tx,
      `insert into pupil_number (urn, measure, census_on, source, thousandths) values ($1, 'pupils', '2019-01-17', 'entered', $2), ($1, 'pupil-premium', '2019-01-17', 'entered', $3)`,
      [academyUrn, pupils * 1000, pupilPremium * 1000],
    );
    await sql(tx, `update school set status = 'closed', closed_on = $2, successor_urn = $3 where urn = $1`, [convertedUrn, addDays(on, -1), academyUrn]);
  });
}
