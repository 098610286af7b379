import { addDays } from '@fairshare/domain/kernel/period';
import { demoSchools, leadUrn } from './leamington.js';
import { schoolYearOf } from './school-year.js';
import { morningOf, type Story } from './story.js';

export interface DemoAgreement {
  readonly id: string;
  readonly specialistId: string;
  readonly supplierId: string;
  readonly urns: readonly string[];
}

export interface Agreements {
  readonly psychology: DemoAgreement;
  readonly assessment: DemoAgreement;
  readonly counselling: DemoAgreement;
  readonly management: DemoAgreement;
}

const all = demoSchools.map((s) => s.urn);
const small = demoSchools.filter((s) => s.pupils < 320).map((s) => s.urn);
const primaries = demoSchools.filter((s) => s.phase === 'Primary').map((s) => s.urn);
const trinity = '125756';
const heads = ['Carol Whitnash', 'Helen Marsh', 'Imran Shah'];

type Body = Record<string, unknown>;

/** Four agreements of this school year, each with a different way of sharing its cost. */
export async function makeAgreements(story: Story): Promise<Agreements> {
  // The year in which the past weeks lie; in the last weeks of a school year it runs on, so that there is time to book.
  const year = schoolYearOf(addDays(story.today, -70));
  const startsOn = `${year}-09-01`;
  const years = addDays(story.today, 60) > `${year + 1}-08-31` ? 2 : 1;
  const endsOn = `${year + years}-08-31`;
  const signing = story.coordinator.on(morningOf(addDays(startsOn, -50)));
  const post = async (path: string, body: Body) => (await signing.post(`${story.at}/${path}`, body)).body['id'] as string;
  const term = { startsOn, endsOn };
  const rule = (more: Body) => ({ effectiveOn: startsOn, agreedOn: addDays(startsOn, -55), agreedBy: heads, ...more });
  const subscribe = (urns: readonly string[], entitlementMilliunits?: number) =>
    urns.map((urn) => ({ urn, from: startsOn, ...(entitlementMilliunits ? { entitlementMilliunits } : {}) }));

  const engage = async (name: string, email: string, supplier: Body, credentials: Body[], days: readonly number[]) => {
    const supplierId = await post('suppliers', supplier);
    const specialistId = await post('specialists', { name, email, supplierId, from: startsOn });
    for (const credential of credentials) await post(`specialists/${specialistId}/credentials`, { checkedOn: addDays(startsOn, -60), ...credential });
    const hours = days.flatMap((weekday) => [{ weekday, from: '08:45', to: '12:15' }, { weekday, from: '12:45', to: '16:00' }]);
    await post(`specialists/${specialistId}/working-patterns`, { validFrom: startsOn, termTimeOnly: true, hours });
    return { supplierId, specialistId };
  };
  const dbs = { type: 'dbs-letter-of-assurance', expiresOn: addDays(endsOn, 200) };

  const patel = await engage('Dr Anita Patel', 'specialist@leamington.example', { name: 'Midlands Psychology for Schools Ltd', kind: 'company', email: 'office@psychology.example', vatNumber: 'GB123456789' }, [{ type: 'hcpc-registration', number: 'PYL21877', expiresOn: addDays(story.today, 45) }, dbs], [1, 2, 4]);
  const carter = await engage('Joan Carter', 'joan.carter@trinity.example', { name: 'Trinity Catholic School', kind: 'member-school', schoolUrn: trinity }, [dbs], [2, 3, 5]);
  const bell = await engage('Marcus Bell', 'marcus@counselling.example', { name: 'Marcus Bell Counselling', kind: 'self-employed', email: 'marcus@counselling.example' }, [{ type: 'accredited-register', number: 'BACP 394021', expiresOn: addDays(endsOn, 90) }, dbs], [1, 3, 4]);
  const nair = await engage('Priya Nair', 'priya.nair@milverton.example', { name: 'Milverton Primary School', kind: 'member-school', schoolUrn: leadUrn }, [dbs], [1, 2, 3, 4, 5]);

  const psychology = await post('services', { name: 'Educational psychology', kind: 'educational-psychology' });
  const assessment = await post('services', { name: 'SEN assessment', kind: 'sen-assessment' });
  const counselling = await post('services', { name: 'Counselling', kind: 'counselling' });
  const management = await post('services', { name: 'Shared business manager', kind: 'shared-business-manager', forStaff: true });

  const psychologyId = await post('agreements', {
    name: 'Educational psychology', serviceId: psychology, supplierId: patel.supplierId, ...term, priceBasis: 'half-day', pricePence: 28_500,
    lengthsMinutes: [180, 60], stepMinutes: 30, specialistIds: [patel.specialistId],
    baseline: { name: 'Local authority traded service, half day', pricePence: 34_000, method: 'list-price' },
    rule: rule({ basis: 'pupils', capBasisPoints: 3000 }), subscriptions: subscribe(all),
  });
  const assessmentId = await post('agreements', {
    name: 'SEN assessment by Trinity', serviceId: assessment, supplierId: carter.supplierId, ...term, priceBasis: 'session', pricePence: 4_650,
    lengthsMinutes: [60, 90], stepMinutes: 15, specialistIds: [carter.specialistId],
    baseline: { name: 'Independent assessor, last year’s invoices', pricePence: 6_200, method: 'price-paid-before' },
    rule: rule({ basis: 'use' }), subscriptions: subscribe(all.filter((urn) => urn !== trinity)),
  });
  const counsellingId = await post('agreements', {
    name: 'Counselling', serviceId: counselling, supplierId: bell.supplierId, ...term, priceBasis: 'session', pricePence: 4_200, unit: 'session',
    retainerPence: 960_000 * years, instalmentPlan: 'monthly-12', lengthsMinutes: [50], stepMinutes: 10, specialistIds: [bell.specialistId],
    baseline: { name: 'Three schools buying alone, last year', pricePence: 5_500, method: 'quoted-singly' },
    rule: rule({ basis: 'pupil-premium', floorPence: 2_000 }), subscriptions: subscribe(primaries, 28_000),
  });
  const managementId = await post('agreements', {
    name: 'Shared business manager', serviceId: management, supplierId: nair.supplierId, ...term, priceBasis: 'retainer', retainerPence: 1_680_000 * years, instalmentPlan: 'monthly-12',
    unit: 'day', lengthsMinutes: [180, 60], stepMinutes: 30, specialistIds: [nair.specialistId],
    rule: rule({ basis: 'parts', parts: [{ basis: 'equal', basisPoints: 3000 }, { basis: 'pupils', basisPoints: 7000 }] }), subscriptions: subscribe(small, 18_000),
  });
  return {
    psychology: { id: psychologyId, ...patel, urns: all },
    assessment: { id: assessmentId, ...carter, urns: all.filter((urn) => urn !== trinity) },
    counselling: { id: counsellingId, ...bell, urns: primaries },
    management: { id: managementId, ...nair, urns: small },
  };
}
