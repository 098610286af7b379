import { addDays, monthOf } from '@fairshare/domain/kernel/period';
import { demoSchools } from './leamington.js';
import { schoolYearOf } from './school-year.js';
import { morningOf, type Story } from './story.js';

const agreedBy = ['Carol Whitnash', 'Helen Marsh', 'Imran Shah'];
const joiner = '130869';
const contracted = ['125610', '125565', '125556', '125562', '142202'];
const trying = demoSchools.filter(({ phase }) => phase === 'Primary').slice(0, 4).map(({ urn }) => urn);

/** What happens once a month, once a year or never: a supplier's bill, a group contract with a school that joins in its course, a price rise, and a charge that no rule divides. */
export async function makeRarities(story: Story): Promise<void> {
  await makeGroupContract(story);
  await makeUplift(story);
  await makeWithoutUse(story);
  await makeBill(story);
}

/** The psychologists' bill of last month: each line passed on by the charge of its session, but for one that the collaboration carries. */
async function makeBill(story: Story): Promise<void> {
  const office = story.financeOfficer.on(undefined);
  const { from, to } = monthOf(addDays(monthOf(story.today).from, -1));
  const { body: list } = await office.get(`${story.at}/agreements?size=200`);
  const agreement = list.items?.find(({ name }) => name === 'Educational psychology') as { id: string; supplier: { id: string } };
  const { body: charged } = await office.get(`${story.at}/charges?${new URLSearchParams({ agreementId: agreement.id, kind: 'booking', from, to, size: '50' })}`);
  const sessions = (charged.items ?? []).map(({ id, description, pence }) => ({ description, pence, chargeId: id })).reverse();
  await office.post(`${story.at}/supplier-bills`, {
    supplierId: agreement.supplier.id, number: `MP-${to.slice(0, 7)}`, billedOn: addDays(to, 2), dueOn: addDays(to, 32),
    lines: [...sessions, { description: 'Printing of reports', pence: 1840, carriedBecause: 'Agreed by the heads as too small to divide' }],
  });
}

/** A management information system at a price for each pupil; a school that joined a month ago pays its own days. */
async function makeGroupContract(story: Story): Promise<void> {
  const startsOn = `${schoolYearOf(addDays(story.today, -70))}-09-01`;
  const endsOn = `${Number(startsOn.slice(0, 4)) + 1}-08-31`;
  const agreementId = await agree(story, {
    name: 'Management information system', startsOn, endsOn, service: { name: 'Management information system', kind: 'management-information-system', forStaff: true },
    supplier: { name: 'Registers & Reports Ltd', kind: 'company', email: 'schools@registers.example', vatNumber: 'GB123456789' },
    rule: { basis: 'pupils' }, urns: contracted, price: { priceBasis: 'half-day', pricePence: 18_000 },
  });
  await story.coordinator.post(`${story.at}/agreements/${agreementId}/subscriptions`, { urn: joiner, from: addDays(story.today, -30) });
  await plan(story, { name: 'Licence for the year', agreementId, startsOn, endsOn, terms: { kind: 'group-contract', per: 'pupil', pricePence: 420, leavers: 'end-of-term' } });
}

/** The shared business manager's price rises this month; what it rises on is charged with it. */
async function makeUplift(story: Story): Promise<void> {
  const { body } = await story.financeOfficer.on(undefined).get(`${story.at}/agreements?size=200`);
  const agreement = body.items?.find(({ name }) => name === 'Shared business manager') as { id: string; endsOn: string };
  await plan(story, { name: 'Pay award of the year', agreementId: agreement.id, startsOn: monthOf(story.today).from, endsOn: agreement.endsOn, terms: { kind: 'uplift', basisPoints: 320 } });
}

/** A month's trial that is divided by use, and nobody used it: a person has to say who pays. */
async function makeWithoutUse(story: Story): Promise<void> {
  const { from, to } = monthOf(addDays(monthOf(story.today).from, -1));
  const agreementId = await agree(story, {
    name: 'Speech therapy, a month’s trial', startsOn: from, endsOn: to, service: { name: 'Speech and language therapy', kind: 'speech-and-language', forStaff: false },
    supplier: { name: 'Avon Speech Therapy Ltd', kind: 'company', email: 'office@speech.example' },
    rule: { basis: 'use' }, urns: trying, price: { priceBasis: 'retainer', retainerPence: 36_000, instalmentPlan: 'once' },
  });
  await chargeDue(story, agreementId);
}

interface Wanted {
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly service: object;
  readonly supplier: object;
  readonly rule: object;
  readonly urns: readonly string[];
  readonly price: object;
}

async function agree(story: Story, { name, startsOn, endsOn, service, supplier, rule, urns, price }: Wanted): Promise<string> {
  const signing = story.coordinator.on(morningOf(addDays(startsOn, -30)));
  const made = async (path: string, body: object) => (await signing.post(`${story.at}/${path}`, body)).body['id'] as string;
  const serviceId = await made('services', service);
  const supplierId = await made('suppliers', supplier);
  const id = await made('agreements', {
    name, serviceId, supplierId, startsOn, endsOn, ...price, subscriptions: urns.map((urn) => ({ urn, from: startsOn })),
    rule: { ...rule, effectiveOn: startsOn, agreedOn: addDays(startsOn, -35), agreedBy },
  });
  story.coordinator.on(undefined);
  return id;
}

/** Makes a plan and charges what is due of its agreement today. */
async function plan(story: Story, body: { agreementId: string } & Record<string, unknown>): Promise<void> {
  await story.financeOfficer.on(undefined).post(`${story.at}/charge-plans`, body);
  await chargeDue(story, body.agreementId);
}

async function chargeDue(story: Story, agreementId: string): Promise<void> {
  const office = story.financeOfficer.on(undefined);
  const { body: due } = await office.get(`${story.at}/charges-due?through=${story.today}`);
  const keys = (due.items ?? []).filter((one) => one['agreementId'] === agreementId).map(({ key }) => key);
  if (keys.length > 0) await office.post(`${story.at}/charges-due`, { through: story.today, keys });
}
