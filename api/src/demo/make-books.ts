import { addDays } from '@fairshare/domain/kernel/period';
import { financialYearOf } from '@fairshare/domain/ledger';
import type { Story } from './story.js';

/** The business manager's school. */
const school = '125565';

interface Line {
  readonly shareId: string;
}

/** What the business manager's school pays its shares from; before anything is charged, so that its shares follow. */
export async function makeFunding(story: Story): Promise<void> {
  const at = `${story.at}/funding/${school}`;
  const past = addDays(story.today, -120);
  const years = new Set([past, story.today].map((day) => financialYearOf(day, 'maintained').from));
  for (const on of years) {
    const budget = (kind: string, name: string, pounds: number, conditions: string | null = null) => story.businessManager.put(`${at}/budgets`, { id: null, on, kind, name, conditions, pence: pounds * 100 });
    await budget('pupil-premium', 'Pupil premium', 1200);
    await budget('sport-premium', 'PE and sport premium', 17_800);
    await budget('grant', 'Senior mental health lead grant', 1200, 'Training of a lead, and counselling of pupils');
    await budget('notional-sen', 'Notional SEN', 6000);
  }
  const { body } = await story.businessManager.get(at);
  const services = (body as unknown as { services: { id: string; name: string }[] }).services;
  const rule = (service: string, parts: readonly (readonly [name: string, weight: string])[]) =>
    story.businessManager.put(`${at}/rules`, { serviceId: services.find(({ name }) => name === service)?.id ?? null, on: story.today, parts: parts.map(([name, weight]) => ({ name, weight })) });
  await rule('Educational psychology', [['Notional SEN', '100']]);
  await rule('Counselling', [['Pupil premium', '50'], ['Senior mental health lead grant', '50']]);
}

/** One share of the latest invoice that is disputed, and a period that is closed. */
export async function makeBooks(story: Story): Promise<void> {
  const { body: list } = await story.businessManager.on(undefined).get(`${story.at}/invoices?size=1`);
  const invoiceId = (list.items?.[0] as { id?: string } | undefined)?.id;
  if (invoiceId) {
    const { body: invoice } = await story.businessManager.get(`${story.at}/invoices/${invoiceId}`);
    const line = (invoice as unknown as { lines: Line[] }).lines[0];
    if (line) await story.businessManager.post(`${story.at}/disputes`, { shareId: line.shareId, reason: 'Our diary has a shorter session on that day' });
  }
  await story.financeOfficer.on(undefined).post(`${story.at}/ledger/period-closes`, { throughOn: addDays(`${addDays(story.today, -70).slice(0, 7)}-01`, -1) });
}
