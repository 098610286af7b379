import { addDays, type DateOnly } from '@fairshare/domain/kernel/period';
import { demoPeople, leadUrn } from './leamington.js';
import type { Agreements } from './make-agreements.js';
import { schoolYearOf } from './school-year.js';
import { morningOf, type Story } from './story.js';

const ownUrn = demoPeople.find(({ role }) => role === 'business-manager')?.schoolUrn ?? '';
const [telfordJunior, telfordInfant] = ['125556', '125562'];

interface Period {
  readonly startsAt: string;
  readonly endsAt: string;
}

/** Where schools are and how far apart, what several do together, and a session that one of them remembers otherwise. */
export async function makeJoint(story: Story, agreements: Agreements): Promise<void> {
  await makePlaces(story);
  await offerTraining(story, agreements);
  await giveTime(story, agreements);
  await object(story);
}

async function makePlaces({ at, coordinator }: Story): Promise<void> {
  const rooms = [[ownUrn, 'The Nest'], [ownUrn, 'Meeting room'], [leadUrn, 'Library'], [telfordJunior, 'Sunshine room']];
  for (const [schoolUrn, name] of rooms) await coordinator.on(undefined).post(`${at}/rooms`, { schoolUrn, name });
  const journeys: readonly (readonly [string, string, number, number])[] = [[ownUrn, leadUrn, 9, 11], [ownUrn, telfordJunior, 14, 14], [leadUrn, telfordJunior, 12, 12], [telfordJunior, telfordInfant, 5, 5]];
  await coordinator.put(`${at}/travel-times`, {
    items: journeys.flatMap(([fromUrn, toUrn, there, back]) => [{ fromUrn, toUrn, minutes: there }, { fromUrn: toUrn, toUrn: fromUrn, minutes: back }]),
  });
}

/** Staff learn together: three schools have taken seats, and some are left. */
async function offerTraining(story: Story, { psychology }: Agreements): Promise<void> {
  const { at, today, coordinator, businessManager } = story;
  const slot = await firstSlot(story, { agreementId: psychology.id, schoolUrn: ownUrn, minutes: '180', from: addDays(today, 21), to: addDays(today, 60) });
  if (!slot) return;
  const { status, body } = await coordinator.on(undefined).try('POST', `${at}/bookings`, { agreementId: psychology.id, specialistId: psychology.specialistId, schoolUrns: [ownUrn], ...slot, place: { schoolUrn: ownUrn }, capacity: 16 });
  if (status !== 201) return;
  const seats = `${at}/bookings/${String(body['id'])}/seats`;
  await businessManager.on(undefined).post(seats, { seats: 4 });
  for (const [schoolUrn, number] of [[leadUrn, 3], [telfordJunior, 2]] as const) await coordinator.post(seats, { schoolUrn, seats: number });
}

/** The lead school's business manager helps two others with their returns, for nothing; one of them gave cover in exchange. */
async function giveTime(story: Story, { management }: Agreements): Promise<void> {
  const { at, today, coordinator } = story;
  const startsOn: DateOnly = `${schoolYearOf(addDays(today, -70))}-09-01`;
  const { body: specialists } = await coordinator.on(undefined).get(`${at}/specialists?size=200`);
  const supplierId = specialists.items?.find(({ id }) => id === management.specialistId)?.['supplierId'];
  const signing = coordinator.on(morningOf(addDays(startsOn, -50)));
  const { body: service } = await signing.post(`${at}/services`, { name: 'Census and returns', kind: 'training', forStaff: true });
  const urns = [ownUrn, telfordJunior, telfordInfant];
  const { body: agreement } = await signing.post(`${at}/agreements`, {
    name: 'Helping one another with returns', serviceId: service['id'], supplierId, startsOn, endsOn: `${Number(startsOn.slice(0, 4)) + 1}-08-31`, priceBasis: 'session', reciprocal: true,
    lengthsMinutes: [90], specialistIds: [management.specialistId], subscriptions: urns.map((urn) => ({ urn, from: startsOn })),
  });
  const agreementId = String(agreement['id']);
  coordinator.on(morningOf(addDays(today, -40)));
  const slot = await firstSlot(story, { agreementId, schoolUrn: telfordJunior, minutes: '90', from: addDays(today, -30), to: addDays(today, -8) });
  if (slot) {
    const schoolUrns = [telfordJunior, telfordInfant];
    const { status, body } = await coordinator.try('POST', `${at}/bookings`, { agreementId, specialistId: management.specialistId, schoolUrns, ...slot, place: { schoolUrn: telfordJunior } });
    const attendance = [{ schoolUrn: telfordJunior, minutes: 90 }, { schoolUrn: telfordInfant, minutes: 60 }];
    if (status === 201) await coordinator.on(new Date(Date.parse(slot.endsAt) + 3_600_000)).post(`${at}/bookings/${String(body['id'])}/deliver`, { attendance });
  }
  await coordinator.on(undefined).post(`${at}/hours-given`, { giverUrn: telfordJunior, takerUrn: leadUrn, minutes: 120, givenOn: addDays(today, -10), what: 'Cover for the school office' });
}

/** The business manager's school says of the last session that it ended early; the coordinator has still to decide. */
async function object({ at, today, businessManager }: Story): Promise<void> {
  const { body } = await businessManager.on(undefined).get(`${at}/bookings?from=${addDays(today, -6)}&to=${today}&state=delivered&schoolUrn=${ownUrn}&size=20`);
  const last = body.items?.at(-1);
  if (last) await businessManager.try('POST', `${at}/bookings/${String(last['id'])}/object`, { reason: 'The session ended half an hour early' });
}

async function firstSlot({ at, coordinator }: Story, query: Record<string, string>): Promise<Period | undefined> {
  const { body } = await coordinator.get(`${at}/slots?${new URLSearchParams(query)}`);
  const [slot] = body['slots'] as Period[];
  return slot && { startsAt: slot.startsAt, endsAt: slot.endsAt };
}
