import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { newId } from '../../src/platform/new-id.js';

let app: TestApp;
let here: TestCollaboration;
let elsewhere: TestCollaboration;
const at = (path: string, of = here) => `/api/collaborations/${of.id}${path}`;
const bankDetails = { accountName: 'North Psychology Ltd', sortCode: '20-04-15', accountNumber: '31926819' };
const company = { name: 'North Psychology', kind: 'company', email: 'office@north.example', vatNumber: '123 4567 89', bankDetails };

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-11-23T09:00:00Z');
  here = await app.collaboration({ schools: 3 });
  elsewhere = await app.collaboration({ schools: 2 });
}, 60_000);

describe('services', () => {
  it('When the coordinator adds services, then everybody inside reads them by name, each with a colour of its own', async () => {
    const first = await here.coordinator.post(at('/services'), { name: 'Play therapy', kind: 'counselling' });
    expect(first.status).toBe(201);
    expect(first.body).toEqual({ id: expect.any(String), name: 'Play therapy', kind: 'counselling', colour: 'blue', forStaff: false });
    const second = await here.coordinator.post(at('/services'), { name: 'Autism training', kind: 'training', forStaff: true });
    expect(second.body.colour).toBe('orange');
    for (const client of [here.businessManager, here.head, here.financeOfficer, here.schoolFinanceOfficer, here.auditor, here.sister]) {
      const { status, body } = await client.get(at('/services'));
      expect(status).toBe(200);
      expect(body.items.map((service: { name: string }) => service.name)).toEqual(['Autism training', 'Play therapy']);
    }
  });

  it('When a service takes the name of another, then 409 and nothing changes', async () => {
    const { body: made } = await here.coordinator.post(at('/services'), { name: 'Speech therapy', kind: 'speech-and-language' });
    expect((await here.coordinator.post(at('/services'), { name: 'Speech therapy', kind: 'other' })).body.code).toBe('procurement.name-taken');
    const renamed = await here.coordinator.put(at(`/services/${made.id}`), { name: 'Speech and language', kind: 'speech-and-language' });
    expect(renamed.body).toEqual({ ...made, name: 'Speech and language' });
    expect((await here.coordinator.put(at(`/services/${made.id}`), { name: 'Play therapy', kind: 'other' })).body.code).toBe('procurement.name-taken');
  });

  it.each([
    [{ name: ' ', kind: 'training' }, 'name'],
    [{ name: 'x'.repeat(121), kind: 'training' }, 'name'],
    [{ name: 'Ghost hunting', kind: 'ghosts' }, 'kind'],
    [{ name: 'Ghost hunting', kind: 'other', colour: 'puce' }, 'colour'],
    [{ name: 'Ghost hunting', kind: 'other', pence: 1 }, ''],
    [{}, 'name'],
  ])('When a service is sent as %j, then 422 names the field', async (body, path) => {
    const answer = await here.coordinator.post(at('/services'), body);
    expect([answer.status, answer.body.code]).toEqual([422, 'platform.not-valid']);
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path);
  });
});

describe('who may', () => {
  it('When anybody but the coordinator changes something, then 403', async () => {
    for (const client of [here.businessManager, here.head, here.financeOfficer, here.auditor]) {
      for (const path of ['/services', '/suppliers', '/specialists', '/agreements']) {
        const { status, body } = await client.post(at(path), {});
        expect([status, body.code]).toEqual([403, 'identity.not-allowed']);
      }
    }
  });

  it('When a stranger asks, then it looks as if there were nothing', async () => {
    for (const path of ['/services', '/suppliers', '/specialists', '/agreements', `/agreements/${newId()}`, `/agreements/${newId()}/rules`]) {
      expect((await elsewhere.coordinator.get(at(path))).status).toBe(404);
      expect((await app.anonymous().get(at(path))).status).toBe(401);
    }
    const { body: service } = await here.coordinator.post(at('/services'), { name: 'Ours alone', kind: 'other' });
    const stolen = await elsewhere.coordinator.put(at(`/services/${service.id}`, elsewhere), { name: 'Theirs', kind: 'other' });
    expect([stolen.status, stolen.body.code]).toEqual([404, 'platform.not-found']);
    expect((await elsewhere.coordinator.get(at('/services', elsewhere))).body.total).toBe(0);
  });

  it('When a specialist or a supplier asks for suppliers, then 403', async () => {
    const supplier = await app.person('supplier', { collaborationId: here.id });
    expect((await supplier.get(at('/suppliers'))).status).toBe(403);
    expect((await supplier.get(at('/services'))).status).toBe(200);
  });
});

describe('suppliers', () => {
  it('When a supplier is added, then its bank details are shown masked, and to those who pay only', async () => {
    const { status, body } = await here.coordinator.post(at('/suppliers'), company);
    expect(status).toBe(201);
    expect(body).toMatchObject({ vatNumber: 'GB123456789', bankDetails: { accountName: 'North Psychology Ltd', sortCode: '••-••-15', accountNumber: '••••6819' } });
    expect((await here.financeOfficer.get(at('/suppliers'))).body.items[0].bankDetails.accountNumber).toBe('••••6819');
    expect((await here.head.get(at('/suppliers'))).body.items[0].bankDetails).toBeNull();
    const trail = await app.sql<{ after: unknown }>(`select after from trail where subject_id = $1`, [body.id]);
    expect(JSON.stringify(trail)).not.toContain('31926819');
  });

  it('When it is changed without bank details, then they stay; with null, they go; with others, the trail says so', async () => {
    const { body: made } = await here.coordinator.post(at('/suppliers'), { ...company, name: 'South Psychology' });
    const { bankDetails: _, ...rest } = { ...company, name: 'South Psychology' };
    expect((await here.coordinator.put(at(`/suppliers/${made.id}`), rest)).body.bankDetails.accountNumber).toBe('••••6819');
    await here.coordinator.put(at(`/suppliers/${made.id}`), { ...rest, bankDetails: { ...bankDetails, accountNumber: '99996819' } });
    const changes = await app.sql<{ changed: boolean }>(`select (after ->> 'bankDetailsChanged')::boolean as changed from trail where subject_id = $1 and action = 'procurement.supplier-changed' order by id`, [made.id]);
    expect(changes.map((row) => row.changed)).toEqual([false, true]);
    expect((await here.coordinator.put(at(`/suppliers/${made.id}`), { ...rest, bankDetails: null })).body.bankDetails).toBeNull();
  });

  it('When a member school delivers, then it has to be a member', async () => {
    const own = await here.coordinator.post(at('/suppliers'), { name: 'Our assessor', kind: 'member-school', schoolUrn: here.urns[0] });
    expect(own.body).toMatchObject({ schoolUrn: here.urns[0], schoolName: `Test School ${here.urns[0]}` });
    const foreign = await here.coordinator.post(at('/suppliers'), { name: 'Their assessor', kind: 'member-school', schoolUrn: elsewhere.urns[0] });
    expect([foreign.status, foreign.body.code]).toEqual([422, 'procurement.not-a-member']);
    const none = await here.coordinator.post(at('/suppliers'), { name: 'Nobody', kind: 'member-school' });
    expect(none.body.errors[0].path).toBe('schoolUrn');
    const company2 = await here.coordinator.post(at('/suppliers'), { name: 'Nobody', kind: 'company', schoolUrn: here.urns[0] });
    expect(company2.status).toBe(422);
  });

  it.each([
    [{ vatNumber: '12' }, 'vatNumber'],
    [{ email: 'nobody' }, 'email'],
    [{ bankDetails: { ...bankDetails, sortCode: '2004' } }, 'bankDetails.sortCode'],
    [{ bankDetails: { ...bankDetails, accountNumber: '1234567' } }, 'bankDetails.accountNumber'],
    [{ bankDetails: { ...bankDetails, accountName: ' ' } }, 'bankDetails.accountName'],
  ])('When a supplier is sent with %j, then 422 names the field', async (wrong, path) => {
    const answer = await here.coordinator.post(at('/suppliers'), { ...company, name: 'Wrong Ltd', ...wrong });
    expect([answer.status, answer.body.errors?.[0].path]).toEqual([422, path]);
  });

  it('When the database is asked for what the house would refuse, then it refuses too', async () => {
    const insert = (kind: string, urn: string | null, sortCode: string | null) =>
      app.sql(`insert into supplier (id, collaboration_id, name, kind, school_urn, account_name, sort_code, account_number) values ($1, $2, $3, $4, $5, $6, $7, $8)`, [
        newId(), here.id, `Raw ${newId()}`, kind, urn, sortCode && 'A', sortCode, sortCode && '12345678',
      ]);
    await expect(insert('member-school', null, null)).rejects.toThrow('supplier_school_when_member');
    await expect(insert('member-school', elsewhere.urns[0] as string, null)).rejects.toThrow('is not a member');
    await expect(insert('company', null, '20-415')).rejects.toThrow('supplier_encrypted');
    await expect(app.sql(`insert into supplier (id, collaboration_id, name, kind, account_name) values ($1, $2, 'Half an account', 'company', '{sealed:x}')`, [newId(), here.id])).rejects.toThrow('supplier_bank_details_whole');
  });
});

describe('specialists', () => {
  const engage = async (of: TestCollaboration, body: Record<string, unknown>) => {
    const supplier = await of.coordinator.post(at('/suppliers', of), { name: `Supplier ${newId().slice(-8)}`, kind: 'company' });
    return of.coordinator.post(at('/specialists', of), { supplierId: supplier.body.id, from: '2026-09-01', ...body });
  };

  it('When two collaborations engage the same e-mail address, then it is one person with two engagements', async () => {
    const one = await engage(here, { name: 'Dr Anita Patel', email: 'Anita@north.example' });
    const two = await engage(elsewhere, { name: 'A. Patel', email: 'anita@north.example' });
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(two.body.id).toBe(one.body.id);
    expect(two.body.name).toBe('Dr Anita Patel');
    expect((await engage(here, { name: 'Again', email: 'anita@north.example' })).body.code).toBe('procurement.already-engaged');
  });

  it('When a credential is recorded, then it warns before it expires, and evidence is for those who answer for it', async () => {
    const { body: specialist } = await engage(here, { name: 'Sam Reed' });
    expect(specialist).toMatchObject({ standing: 'none', credentials: [] });
    const path = at(`/specialists/${specialist.id}/credentials`);
    const added = await here.coordinator.post(path, { type: 'hcpc-registration', number: 'PYL12345', checkedOn: '2026-09-01', expiresOn: '2026-12-31' });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ standing: 'expires-soon', credentials: [{ type: 'hcpc-registration', number: 'PYL12345', checkedBy: 'Test coordinator', state: 'expires-soon' }] });
    await here.coordinator.post(path, { type: 'dbs-letter-of-assurance', checkedOn: '2026-09-01' });
    expect((await here.head.get(at(`/specialists/${specialist.id}`))).body.credentials).toHaveLength(2);
    expect((await here.financeOfficer.get(at(`/specialists/${specialist.id}`))).body).toMatchObject({ standing: 'expires-soon', credentials: null });
    const self = await app.person('specialist', { collaborationId: here.id, specialistId: specialist.id });
    const other = await app.person('specialist', { collaborationId: here.id, specialistId: newId() });
    expect((await self.get(at(`/specialists/${specialist.id}`))).body.credentials).toHaveLength(2);
    expect((await other.get(at(`/specialists/${specialist.id}`))).body.credentials).toBeNull();
    expect((await elsewhere.coordinator.get(at(`/specialists/${specialist.id}`, elsewhere))).status).toBe(404);
    const wrong = added.body.credentials[0].id;
    expect((await here.coordinator.delete(`${path}/${wrong}`)).status).toBe(204);
    expect((await here.coordinator.delete(`${path}/${wrong}`)).status).toBe(404);
  });

  it.each([
    [{ type: 'dbs-letter-of-assurance', checkedOn: '2026-09-01', contents: 'clear' }, ''],
    [{ type: 'passport', checkedOn: '2026-09-01' }, 'type'],
    [{ type: 'insurance', checkedOn: '2026-02-30' }, 'checkedOn'],
    [{ type: 'insurance', checkedOn: '2026-09-01', expiresOn: '2026-08-31' }, 'expiresOn'],
    [{ type: 'insurance', checkedOn: '2026-09-01', number: 'x'.repeat(61) }, 'number'],
  ])('When a credential is sent as %j, then 422 names the field', async (body, path) => {
    const { body: list } = await here.coordinator.get(at('/specialists'));
    const answer = await here.coordinator.post(at(`/specialists/${list.items[0].id}/credentials`), body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path);
  });

  it('When the engagement names a supplier of others, then it is refused; when it ends, then it says until when', async () => {
    const foreign = await elsewhere.coordinator.post(at('/suppliers', elsewhere), { name: 'Foreign Ltd', kind: 'company' });
    const refused = await here.coordinator.post(at('/specialists'), { name: 'X', supplierId: foreign.body.id, from: '2026-09-01' });
    expect([refused.status, refused.body.code]).toEqual([422, 'procurement.no-such-supplier']);
    const { body: made } = await engage(here, { name: 'Leaver' });
    const path = at(`/specialists/${made.id}`);
    expect((await here.coordinator.put(path, { supplierId: made.supplierId, from: '2026-09-01', until: '2026-08-31' })).body.errors[0].path).toBe('until');
    expect((await here.coordinator.put(path, { supplierId: made.supplierId, from: '2026-09-01', until: '2027-03-31' })).body.until).toBe('2027-03-31');
    expect((await elsewhere.coordinator.put(at(`/specialists/${made.id}`, elsewhere), { supplierId: foreign.body.id, from: '2026-09-01' })).status).toBe(404);
  });
});

describe('what no database could store', () => {
  it.each([
    ['/services', { name: 'A\u0000B', kind: 'other' }],
    ['/suppliers', { name: 'A\u0000B', kind: 'company' }],
  ])('When %s is sent a character that is none, then 4xx and nothing breaks', async (path, body) => {
    const { status } = await here.coordinator.post(at(path), body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  it('When a day lies before any calendar, then 422', async () => {
    const supplier = await here.coordinator.post(at('/suppliers'), { name: 'Before time', kind: 'company' });
    const { status } = await here.coordinator.post(at('/specialists'), { name: 'Methuselah', supplierId: supplier.body.id, from: '0000-01-01' });
    expect(status).toBe(422);
  });
});
