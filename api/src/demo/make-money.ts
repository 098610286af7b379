import { addDays, monthOf } from '@fairshare/domain/kernel/period';
import { demoSchools, leadUrn } from './leamington.js';
import { schoolYearOf } from './school-year.js';
import { morningOf, type Story } from './story.js';

const lateJoiner = '125718';
const insured = demoSchools.filter(({ phase, urn }) => phase === 'Primary' && urn !== lateJoiner).map(({ urn }) => urn);
const onAccount = [leadUrn, '125556', '125562', '130869'];

/** A premium agreed as one sum for the primaries, with what the books before carried into it. Charged with the first month's invoices. */
export async function makeInsurance(story: Story): Promise<void> {
  const year = schoolYearOf(addDays(story.today, -70));
  const startsOn = `${year}-09-01`;
  const signing = story.coordinator.on(morningOf(addDays(startsOn, -50)));
  const made = async (path: string, body: object) => (await signing.post(`${story.at}/${path}`, body)).body['id'] as string;
  const supplierId = await made('suppliers', { name: 'Staff Absence Mutual', kind: 'company', email: 'schools@mutual.example' });
  const serviceId = await made('services', { name: 'Staff absence insurance', kind: 'absence-insurance', forStaff: true });
  const agreementId = await made('agreements', {
    name: 'Staff absence insurance', serviceId, supplierId, startsOn, endsOn: `${year + 1}-08-31`, priceBasis: 'retainer', retainerPence: 1_250_000, instalmentPlan: 'termly-3',
    rule: { basis: 'equal', effectiveOn: startsOn, agreedOn: addDays(startsOn, -55), agreedBy: ['Carol Whitnash', 'Helen Marsh', 'Imran Shah'] },
    subscriptions: insured.map((urn) => ({ urn, from: startsOn })),
  });
  const [first, second, third] = insured as [string, string, string];
  await story.financeOfficer.on(morningOf(startsOn)).post(`${story.at}/opening-balances`, {
    agreementId, on: addDays(startsOn, -1),
    balances: [{ urn: second, pence: 12_050 }, { urn: third, pence: -4025 }],
    carries: [{ urn: first, carriedPence: '1/3' }, { urn: second, carriedPence: '1/3' }, { urn: third, carriedPence: '-2/3' }],
  });
}

/** What comes with living together: a joiner in a charged term, money on account, a decided dispute, chosen VAT and codes, and an overpayment. */
export async function makeMoney(story: Story): Promise<void> {
  const office = story.financeOfficer.on(undefined);
  const { body } = await office.get(`${story.at}/agreements?size=200`);
  const idOf = (name: string) => body.items?.find((one) => one['name'] === name)?.['id'] as string;
  await story.coordinator.on(undefined).post(`${story.at}/agreements/${idOf('Staff absence insurance')}/subscriptions`, { urn: lateJoiner, from: addDays(story.today, -30) });
  await makeOnAccount(story, idOf('SEN assessment by Trinity'));
  await decideDispute(story);
  await office.post(`${story.at}/vat-treatments`, {
    agreementId: idOf('Shared business manager'), urn: '142202', fromOn: monthOf(story.today).from, treatment: 'exempt', rateBasisPoints: 0, reason: 'The adviser’s letter of last month',
  });
  const { body: codes } = await office.get(`${story.at}/cost-codes`);
  const serviceId = codes.items?.find((one) => one['serviceName'] === 'Counselling')?.['serviceId'];
  await office.put(`${story.at}/cost-codes`, { serviceId, schoolKind: 'maintained', choice: { code: 'E27', name: 'Bought in professional services – curriculum' } });
  const { body: open } = await office.get(`${story.at}/invoices?standing=open&size=5`);
  const owed = open.items?.find(({ urn }) => urn !== '125565');
  if (owed) await office.post(`${story.at}/invoices/${String(owed['id'])}/payments`, { pence: Number(owed['outstandingPence']) + 500, paidOn: story.today, reference: 'Cheque, £5.00 too much' });
  await office.post(`${story.at}/ledger/check`);
}

/** Four schools pay their assessments in advance; what they use is set against it at the end of the year. */
async function makeOnAccount(story: Story, agreementId: string): Promise<void> {
  const office = story.financeOfficer.on(undefined);
  const { from } = monthOf(story.today);
  const year = schoolYearOf(story.today);
  const { body: plan } = await office.post(`${story.at}/charge-plans`, {
    name: 'Assessments on account', agreementId, startsOn: from, endsOn: `${year + 1}-08-31`,
    terms: { kind: 'on-account', totalPence: 120_000, instalments: 'once', bySchool: onAccount.map((urn) => ({ urn, pence: 30_000 })) },
  });
  await office.post(`${story.at}/charges-due`, { through: story.today, keys: [`on-account:${String(plan['id'])}:1`] });
}

/** One that was upheld by half, beside the one that is open. */
async function decideDispute(story: Story): Promise<void> {
  const { body: list } = await story.businessManager.on(undefined).get(`${story.at}/invoices?size=10`);
  for (const { id } of list.items ?? []) {
    const { body: invoice } = await story.businessManager.get(`${story.at}/invoices/${String(id)}`);
    const lines = (invoice as unknown as { lines: { shareId: string; netPence: number; disputeId: string | null }[] }).lines;
    const line = lines.find(({ netPence, disputeId }) => netPence > 1000 && disputeId === null);
    if (!line) continue;
    const { body: dispute } = await story.businessManager.post(`${story.at}/disputes`, { shareId: line.shareId, reason: 'Half of the time was spent with another school' });
    await story.coordinator.on(undefined).post(`${story.at}/disputes/${String(dispute['id'])}/decide`, { outcome: 'upheld', part: 'half', reason: 'The diary shows both schools' });
    return;
  }
}
