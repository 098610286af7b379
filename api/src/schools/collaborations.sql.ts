import type { Member } from '@fairshare/contract/schools';
import { bestSource } from './schools.queries.js';

/** $1 is one collaboration or null for all, $2 the day on which members are counted. */
export const collaborationSql = `
  select c.id, c.name, c.zone, c.nation, c.lead_school_urn as "leadSchoolUrn", l.name as "leadSchoolName", c.approval_limit_pence as "approvalLimitPence",
         (select count(distinct m.urn) from membership m where m.collaboration_id = c.id and m.from_on <= $2 and (m.until_on is null or m.until_on >= $2)) as "memberCount",
         count(*) over () as found
    from collaboration c left join school l on l.urn = c.lead_school_urn
   where ($1::uuid is null or c.id = $1)`;

const latest = (measure: string) => `
  left join lateral (select p.thousandths, p.census_on from pupil_number p
    where p.urn = m.urn and p.measure = '${measure}' order by p.census_on desc, ${bestSource} limit 1)`;

/** $1 the collaboration, $2 one membership or null for all, $3 the day on which membership is asked, $4 the same day to leave others out, or null. */
export const memberSql = `
  select m.id, m.urn, s.name, s.kind, s.status, s.la_name as "laName", m.from_on as "from", m.until_on as "until",
         coalesce(c.lead_school_urn = m.urn, false) as "isLead",
         m.from_on <= $3 and (m.until_on is null or m.until_on >= $3) as "isMember",
         (m.recorded_at at time zone c.zone)::date as "recordedOn",
         pupils.thousandths as "pupilThousandths", pupils.census_on as "pupilCensusOn",
         premium.thousandths as "premiumThousandths", premium.census_on as "premiumCensusOn",
         count(*) over () as found
    from membership m
    join collaboration c on c.id = m.collaboration_id
    join school s on s.urn = m.urn
    ${latest('pupils')} pupils on true
    ${latest('pupil-premium')} premium on true
   where m.collaboration_id = $1 and ($2::uuid is null or m.id = $2)
     and ($4::date is null or (m.from_on <= $4 and (m.until_on is null or m.until_on >= $4)))`;

export interface MemberRow extends Omit<Member, 'pupils' | 'pupilPremium' | 'mayBeTakenBack'> {
  readonly recordedOn: string;
  readonly pupilThousandths: number | null;
  readonly pupilCensusOn: string | null;
  readonly premiumThousandths: number | null;
  readonly premiumCensusOn: string | null;
  readonly found: number;
}

export function memberOf(row: MemberRow, today: string): Member {
  return {
    ...row,
    mayBeTakenBack: row.recordedOn === today,
    pupils: dated(row.pupilThousandths, row.pupilCensusOn),
    pupilPremium: dated(row.premiumThousandths, row.premiumCensusOn),
  };
}

function dated(thousandths: number | null, censusOn: string | null): Member['pupils'] {
  return thousandths === null || censusOn === null ? null : { number: thousandths / 1000, censusOn };
}
