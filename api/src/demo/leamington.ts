import type { Role } from '@fairshare/contract/identity';

/**
 * Leamington North Cluster: eleven real schools with their URNs and their pupil numbers of the January 2019 census, as
 * published by the Department for Education under the Open Government Licence v3.0. The people are invented.
 */
export interface DemoSchool {
  readonly urn: string;
  readonly name: string;
  readonly kind: 'maintained' | 'academy';
  readonly typeName: string;
  readonly phase: 'Primary' | 'Secondary';
  readonly estabNumber: string;
  readonly pupils: number;
  readonly pupilPremium: number;
}

const primary = (urn: string, estabNumber: string, name: string, typeName: string, pupils: number, pupilPremium: number): DemoSchool => ({
  urn, estabNumber, name, typeName, kind: 'maintained', phase: 'Primary', pupils, pupilPremium,
});

export const demoSchools: readonly DemoSchool[] = [
  primary('125610', '2606', 'Milverton Primary School', 'Community school', 316, 12),
  primary('125565', '2330', 'Brookhurst Primary School', 'Community school', 411, 17),
  primary('125556', '2315', 'Telford Junior School', 'Community school', 355, 24),
  primary('125562', '2326', 'Telford Infant School', 'Community school', 265, 13),
  primary('130869', '2621', 'Lillington Primary School', 'Community school', 271, 110),
  primary('125660', '3144', 'Cubbington CofE Primary School', 'Voluntary controlled school', 200, 23),
  primary('125701', '3371', "St Paul's CofE Primary School, Leamington Spa", 'Voluntary aided school', 305, 37),
  primary('125714', '3542', "St Peter's Catholic Primary School", 'Voluntary aided school', 102, 4),
  primary('125718', '3546', "Our Lady and St Teresa's Catholic Primary School", 'Voluntary aided school', 164, 34),
  { urn: '142202', estabNumber: '4237', name: 'North Leamington School', kind: 'academy', typeName: 'Academy converter', phase: 'Secondary', pupils: 1162, pupilPremium: 147 },
  { urn: '125756', estabNumber: '4752', name: 'Trinity Catholic School', kind: 'maintained', typeName: 'Voluntary aided school', phase: 'Secondary', pupils: 506, pupilPremium: 109 },
];

/** The school that holds the cluster's money. */
export const leadUrn = '125610';
/** St Peter's, which becomes an academy. */
export const convertedUrn = '125714';

export interface DemoPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Absent for somebody who acts for the whole collaboration, or stands above it. */
  readonly schoolUrn?: string;
}

const at = (name: string) => `${name}@leamington.example`;

/** One person for each role that signs in. */
export const demoPeople: readonly DemoPerson[] = [
  { email: at('business-manager'), name: 'Ruth Ellery', role: 'business-manager', schoolUrn: '125565' },
  { email: at('finance-officer'), name: 'Imran Shah', role: 'finance-officer' },
  { email: at('head'), name: 'Helen Marsh', role: 'head', schoolUrn: '125565' },
  { email: at('coordinator'), name: 'Carol Whitnash', role: 'coordinator' },
  { email: at('governor'), name: 'Grace Okafor', role: 'governor', schoolUrn: '125565' },
  { email: at('auditor'), name: 'Peter Lindley', role: 'auditor' },
  { email: at('supplier'), name: 'Meera Joshi', role: 'supplier' },
  { email: at('specialist'), name: 'Dr Anita Patel', role: 'specialist' },
  { email: at('administrator'), name: 'Sam Okoro', role: 'administrator' },
];
