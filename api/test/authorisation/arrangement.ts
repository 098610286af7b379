import type { Role } from '@fairshare/contract/identity';
import { newId } from '../../src/platform/new-id.js';
import { agree, calendarOf, engage, morning } from '../bookings/arrange.js';
import { issuedInvoices, saveIssuer, statement } from '../billing/charging.js';
import { Client, type TestApp, type TestCollaboration } from '../harness.js';
import { ruleOf } from '../sharing/arrange.js';

/** Ids by the name that a path gives them; where one name stands for two things, the words before it are put in front. */
export type Records = Readonly<Record<string, string>>;

/** One collaboration with everything in it: a lead school that holds the money, the asker's own school, and a sister. */
export interface World {
  readonly c: TestCollaboration;
  /** Records of the asker's own school, or of the specialist who asks. */
  readonly own: Records;
  /** The same kinds of records of the sister school and of a colleague. */
  readonly sister: Records;
}

const id = async (app: TestApp, text: string, values: readonly unknown[]): Promise<string> => {
  const [row] = await app.sql<{ id: string }>(text, values);
  if (!row) throw new Error(`Nothing is arranged for: ${text}`);
  return row.id;
};

/** What a school writes for itself on its booking: nobody else reads it but the named specialist. */
export const referenceOf = (urn: string) => `kept by ${urn} alone`;

/** The day of the specification: term has begun and September can be invoiced. */
export const today = '2026-10-05T08:00:00Z';

/** Arranges a collaboration in which every kind of record that a path can name exists for two schools. */
export async function arrangeWorld(app: TestApp): Promise<World> {
  const c = await app.collaboration({ schools: 3 });
  const [, ownUrn, sisterUrn] = c.urns as [string, string, string];
  await calendarOf(app, c.id);
  await saveIssuer(c);
  const invoices = await issuedInvoices(app, c);
  const office = await officeRecords(app, c);
  const shared = async (urn: string) => ({
    ...(await agreementRecords(app, c, urn)),
    ...office,
    urn,
    schoolUrn: urn,
    ...(await paidInvoice(c, invoices.find((invoice) => invoice.urn === urn)?.id as string)),
    shareId: await id(app, 'select id from share where collaboration_id = $1 and urn = $2', [c.id, urn]),
  });
  return { c, own: await schoolRecords(app, c, ownUrn, await shared(ownUrn)), sister: await schoolRecords(app, c, sisterUrn, await shared(sisterUrn)) };
}

/** An invoice of which a penny is said to have been paid, though no line of the bank says so, and a penny was credited. */
async function paidInvoice(c: TestCollaboration, invoiceId: string): Promise<Records> {
  const paid = await c.financeOfficer.post(`/api/collaborations/${c.id}/invoices/${invoiceId}/payments`, { pence: 1, paidOn: '2026-10-01' });
  const credited = await c.financeOfficer.post(`/api/collaborations/${c.id}/invoices/${invoiceId}/credit-notes`, { reason: 'A penny too much', pence: 1 });
  return { invoiceId, paymentId: paid.body.id as string, creditNoteId: credited.body.id as string };
}

/** What belongs to the collaboration as a whole: the same for every school. */
async function officeRecords(app: TestApp, c: TestCollaboration): Promise<Records> {
  const at = `/api/collaborations/${c.id}`;
  const bankDetails = { accountName: 'Dr A Patel Ltd', sortCode: '200000', accountNumber: '55779911' };
  const supplierId = (await c.coordinator.post(`${at}/suppliers`, { name: 'Dr A Patel Ltd', kind: 'company', bankDetails })).body.id as string;
  await c.financeOfficer.upload(`${at}/bank-statements`, 'statement.csv', statement([['26/09/2026', 'DR PATEL', -4000], ['27/09/2026', 'SOMEBODY', 4000]]));
  const bill = await c.financeOfficer.post(`${at}/supplier-bills`, { supplierId, number: 'B-1', billedOn: '2026-09-20', lines: [{ description: 'Sessions', pence: 4000 }] });
  const bankLineId = await id(app, 'select id from bank_line where collaboration_id = $1 and pence < 0', [c.id]);
  const match = await c.financeOfficer.post(`${at}/matches`, { bankLineId, supplierBillId: bill.body.id });
  const plan = await c.financeOfficer.post(`${at}/charge-plans`, {
    name: 'Fee of the lead school', startsOn: '2026-09-01', endsOn: '2027-08-31', terms: { kind: 'administration-fee', every: 'year', pence: 1000 },
  });
  const trustCode = `T-${c.id.slice(-8)}`;
  // Of the trust is the asker's own school alone: somebody of it has there what others have at one school.
  await app.sql(`update school set trust_code = $2 where urn = $1`, [c.urns[1], trustCode]);
  return {
    approvalId: await askedApproval(app, c),
    trustCode,
    supplierId,
    planId: plan.body.id as string,
    billId: bill.body.id as string,
    supplierBillId: bill.body.id as string,
    'lines/:billId/lineId': bill.body.lines[0].id as string,
    matchId: match.body.id as string,
    bankLineId: await id(app, 'select id from bank_line where collaboration_id = $1 and pence > 0', [c.id]),
    runId: await id(app, 'select id from invoice_run where collaboration_id = $1', [c.id]),
  };
}

/** A charge above the limit that somebody asked for who asks nothing else; afterwards there is no limit again. */
async function askedApproval(app: TestApp, c: TestCollaboration): Promise<string> {
  const office = await app.person('finance-officer', { collaborationId: c.id });
  await app.sql('update collaboration set approval_limit_pence = 0 where id = $1', [c.id]);
  const asked = await office.post(`/api/collaborations/${c.id}/charges`, { kind: 'expense', description: 'A minibus', pence: 1000, serviceFrom: '2026-09-15', serviceTo: '2026-09-15' });
  await app.sql('update collaboration set approval_limit_pence = null where id = $1', [c.id]);
  return asked.body.approval.id as string;
}

async function agreementRecords(app: TestApp, c: TestCollaboration, urn: string): Promise<Records> {
  const specialistId = await engage(app, c.id);
  const agreementId = await agree(app, c, [specialistId], { urns: [urn], payAsYouGo: true, needsApproval: true });
  const manager = await app.person('business-manager', { collaborationId: c.id, schoolUrn: urn });
  const booked = await manager.post(`/api/collaborations/${c.id}/bookings`, {
    agreementId, specialistId, schoolUrns: [urn], startsAt: '2026-11-09T10:00:00Z', endsAt: '2026-11-09T11:00:00Z', reference: referenceOf(urn),
  });
  const deliveredBy = await id(app, 'select supplier_id as id from agreement where collaboration_id = $1 and id = $2', [c.id, agreementId]);
  await app.sql('update engagement set supplier_id = $3 where collaboration_id = $1 and specialist_id = $2', [c.id, specialistId, deliveredBy]);
  return {
    agreementId,
    specialistId,
    deliveredBy,
    bookingId: booked.body.id as string,
    roomId: await roomOf(app, c.id, urn),
    ruleId: await ruleOf(app, c.id, agreementId, { effectiveOn: '2026-09-01' }),
    serviceId: await id(app, 'select service_id as id from agreement where collaboration_id = $1 and id = $2', [c.id, agreementId]),
    subscriptionId: await id(app, 'select id from subscription where collaboration_id = $1 and agreement_id = $2', [c.id, agreementId]),
    patternId: await id(app, 'select id from working_pattern where collaboration_id = $1 and specialist_id = $2', [c.id, specialistId]),
    ...(await diaryRecords(app, c.id, specialistId)),
  };
}

async function roomOf(app: TestApp, collaborationId: string, urn: string): Promise<string> {
  const roomId = newId();
  await app.sql('insert into room (id, collaboration_id, school_urn, name) values ($1, $2, $3, $4)', [roomId, collaborationId, urn, `Room ${roomId}`]);
  return roomId;
}

async function diaryRecords(app: TestApp, collaborationId: string, specialistId: string): Promise<Records> {
  const [absenceId, credentialId, extraTimeId] = [newId(), newId(), newId()] as [string, string, string];
  await app.sql(
    `insert into absence (id, collaboration_id, specialist_id, starts_at, ends_at, reason, recorded_by, recorded_at) values ($1, $2, $3, '2027-01-11T08:00:00Z', '2027-01-11T18:00:00Z', 'illness', 'Somebody', $4)`,
    [absenceId, collaborationId, specialistId, morning],
  );
  await app.sql(`insert into credential (id, collaboration_id, specialist_id, type, checked_on, checked_by) values ($1, $2, $3, 'insurance', '2026-09-01', 'Somebody')`, [credentialId, collaborationId, specialistId]);
  await app.sql(`insert into extra_time (id, collaboration_id, specialist_id, starts_at, ends_at) values ($1, $2, $3, '2027-02-06T09:00:00Z', '2027-02-06T12:00:00Z')`, [extraTimeId, collaborationId, specialistId]);
  const calendarId = newId();
  await app.sql(
    `insert into outside_calendar (id, collaboration_id, specialist_id, name, added_by, added_at, read_at, tried_at, known_until) values ($1, $2, $3, 'Own', 'Somebody', $4, $4, $4, '2027-08-31')`,
    [calendarId, collaborationId, specialistId, morning],
  );
  return { absenceId, credentialId, extraTimeId, calendarId };
}

async function schoolRecords(app: TestApp, c: TestCollaboration, urn: string, so: Records): Promise<Records> {
  const at = `/api/collaborations/${c.id}`;
  const manager = await app.person('business-manager', { collaborationId: c.id, schoolUrn: urn });
  const feed = await manager.post(`${at}/feeds`, { kind: 'school', schoolUrn: urn });
  const event = await manager.post(`${at}/events`, { kind: 'meeting', title: 'Governors', time: { from: '2026-11-10', to: '2026-11-10' } });
  const shareId = await id(app, 'select share_id as id from invoice_line l join invoice i on i.id = l.invoice_id where l.collaboration_id = $1 and i.urn = $2', [c.id, urn]);
  const dispute = await manager.post(`${at}/disputes`, { shareId, reason: 'We were not told' });
  const waits = await manager.post(`${at}/waitlist`, { agreementId: so['agreementId'], schoolUrns: [urn], minutes: 60, from: '2026-11-16', to: '2026-11-20' });
  const held = await manager.post(`${at}/holds`, { agreementId: so['agreementId'], specialistId: so['specialistId'], schoolUrns: [urn], startsAt: '2026-11-16T10:00:00Z', endsAt: '2026-11-16T11:00:00Z' });
  const offerId = newId();
  await app.sql(
    `insert into waitlist_offer (id, collaboration_id, entry_id, booking_id, specialist_id, freed_at, offered_at, expires_at) values ($1, $2, $3, $4, $5, '2026-11-16T10:00:00Z', $6, '2026-10-06T08:00:00Z')`,
    [offerId, c.id, waits.body.id, held.body.id, so['specialistId'], today],
  );
  const lineId = newId();
  await app.sql(`insert into calendar_entry (id, collaboration_id, level, urn, kind, name, from_on, to_on) values ($1, $2, 'school', $3, 'inset', 'Training', '2027-01-04', '2027-01-04')`, [lineId, c.id, urn]);
  return {
    ...so,
    shareId,
    disputeId: dispute.body.id as string,
    entryId: waits.body.id as string,
    offerId,
    feedId: feed.body.id as string,
    eventId: event.body.items[0].id as string,
    file: (feed.body.path as string).replace('/api/feeds/', ''),
    chargeId: await id(app, 'select charge_id as id from share where collaboration_id = $1 and urn = $2', [c.id, urn]),
    membershipId: await id(app, 'select id from membership where collaboration_id = $1 and urn = $2', [c.id, urn]),
    userId: manager.userId as string,
    grantId: await id(app, 'select id from role_grant where user_id = $1', [manager.userId]),
    'school-year/lines/lineId': lineId,
  };
}

/** Over everything, at one school, over one diary, or over what one supplier delivers. */
export type Reach = 'all' | 'school' | 'diary' | 'supplier';

export interface Asker {
  readonly name: string;
  readonly role: Role;
  readonly reach: Reach;
  readonly client: Client;
  /** The asker's own records: the school's, and what only the person who made it may see. */
  readonly own: Records;
}

/** Who asks: every role where it usually sits, and the finance officer of one school as well as that of them all. */
export async function askersOf(app: TestApp, { c, own }: World): Promise<Asker[]> {
  const whole = { collaborationId: c.id };
  const atSchool = { ...whole, schoolUrn: own['urn'] as string };
  const asker = async (name: string, role: Role, reach: Reach, where: Parameters<TestApp['person']>[1]): Promise<Asker> => {
    const client = await app.person(role, where);
    const feed = await client.post(`/api/collaborations/${c.id}/feeds`, reach === 'diary' ? { kind: 'specialist', specialistId: own['specialistId'] } : { kind: 'school', schoolUrn: own['urn'] });
    return { name, role, reach, client, own: feed.status === 201 ? { ...own, feedId: feed.body.id as string } : own };
  };
  return Promise.all([
    asker('administrator', 'administrator', 'all', {}),
    asker('coordinator', 'coordinator', 'all', whole),
    asker('auditor', 'auditor', 'all', whole),
    asker('finance officer of all', 'finance-officer', 'all', whole),
    asker('finance officer of a school', 'finance-officer', 'school', atSchool),
    asker('business manager', 'business-manager', 'school', atSchool),
    asker('head', 'head', 'school', atSchool),
    asker('governor', 'governor', 'school', atSchool),
    asker('specialist', 'specialist', 'diary', { ...whole, specialistId: own['specialistId'] as string }),
    asker('supplier', 'supplier', 'supplier', { ...whole, supplierId: own['deliveredBy'] as string }),
    asker('somebody of a trust', 'business-manager', 'school', { ...whole, trustCode: own['trustCode'] as string }),
    delegateOf(app, c, own),
  ]);
}

/** Somebody who reads only, and acts today for a business manager who is away. */
async function delegateOf(app: TestApp, c: TestCollaboration, own: Records): Promise<Asker> {
  const where = { collaborationId: c.id, schoolUrn: own['urn'] as string };
  const away = await app.person('business-manager', where);
  const stand = await app.person('governor', where);
  await app.sql(`insert into delegation (id, from_user_id, to_user_id, from_on, until_on, created_at) values ($1, $2, $3, '2026-10-01', '2026-10-31', $4)`, [newId(), away.userId, stand.userId, today]);
  const client = new Client(app.url, stand.userId, `${stand.cookie}; fairshare_acting_for=${away.userId}`);
  const feedId = newId();
  await app.sql(`insert into calendar_feed (id, collaboration_id, token_hash, kind, subject, created_by, created_at) values ($1::uuid, $2, 'of ' || $1::uuid::text, 'school', $3, $4, $5)`, [feedId, c.id, own['urn'], stand.userId, today]);
  return { name: 'a delegate', role: 'business-manager', reach: 'school', client, own: { ...own, feedId } };
}
