import type { Page } from 'playwright-core';
import { follow, goWithin } from './browser.js';

/** Pounds as the pages write them, in pence. */
const penceOf = (text: string): number => Number(text.replace(/[^\d.−+-]/g, '').replace('−', '-').replace('.', ''));

const cellsOf = async (page: Page, label: string): Promise<number[]> => (await page.locator(`tbody td[data-label="${label}"]`).allTextContents()).map(penceOf);
const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);

/** Opens the earliest charge whose description begins so. */
async function openCharge(page: Page, home: string, beginning: string): Promise<void> {
  const answer = await page.request.get(`/api/collaborations/${home.split('/')[2] ?? ''}/charges?size=200`);
  const { items } = (await answer.json()) as { items: { id: string; description: string; shared: boolean }[] };
  const charge = items.findLast(({ description, shared }) => shared && description.startsWith(beginning));
  await goWithin(page, `${home}/shared-costs/${charge?.id ?? ''}`);
}

/** Asks of one share of a charge why it is what it is; answers with what does not add up. */
export async function asksWhy(page: Page, home: string): Promise<string[]> {
  await openCharge(page, home, 'Shared business manager, instalment');
  const shares = await cellsOf(page, 'Share');
  const charge = penceOf((await page.locator('tfoot td[data-label="Sum"]').textContent()) ?? '');
  await page.getByRole('button', { name: /^Why this amount\?/ }).first().click();
  const dialog = page.getByRole('dialog');
  const fact = async (name: string) => (await dialog.locator('dl div').filter({ hasText: name }).locator('dd').textContent()) ?? '';
  const [over, under = '1'] = (await fact('Exact share')).replace(' pence', '').split('/');
  const exact = Number(over) / Number(under);
  const charged = penceOf(await fact('Charged'));
  const tookOne = (await fact('Odd penny')) === 'Took one';
  await dialog.getByRole('button', { name: 'Close' }).click();
  return [
    ...(shares.length > 1 ? [] : [`${shares.length} shares`]),
    ...(sum(shares) === charge ? [] : [`the shares make ${sum(shares)}, the charge ${charge}`]),
    ...(charged === shares[0] && charged === Math.floor(exact) + (tookOne ? 1 : 0) ? [] : [`${charged} of exactly ${exact}, odd penny ${tookOne}`]),
  ];
}

/** Moves the rule of an agreement in what-if; answers with what does not add up. */
export async function movesTheRule(page: Page, home: string): Promise<string[]> {
  await goWithin(page, `${home}/agreements`);
  await follow(page, 'Shared business manager');
  await follow(page, 'What if …');
  await page.getByRole('radio', { name: /^In parts/, checked: true }).waitFor();
  const before = await cellsOf(page, 'With this rule');
  await page.getByLabel('Equally', { exact: true }).check();
  // The page draws what it worked out in a frame of its own, which a quick reader would be ahead of.
  for (let tries = 0; tries < 40 && String(await cellsOf(page, 'With this rule')) === String(before); tries++) await page.waitForTimeout(50);
  const [after, charged, differences] = [await cellsOf(page, 'With this rule'), await cellsOf(page, 'Was charged'), await cellsOf(page, 'Difference')];
  await page.getByRole('button', { name: 'As it is now' }).click();
  await page.getByRole('radio', { name: /^In parts/, checked: true }).waitFor();
  const back = await cellsOf(page, 'With this rule');
  return [
    ...(after.some((pence, i) => pence !== before[i]) ? [] : ['no share moved']),
    ...(sum(after) === sum(charged) && sum(differences) === 0 ? [] : [`${sum(after)} of ${sum(charged)}, differences ${sum(differences)}`]),
    ...(back.every((pence, i) => pence === before[i]) ? [] : ['the rule did not come back']),
  ];
}

/** Divides among schools what no rule divides: all that subscribed but one; answers with the shares. */
export async function dividesAnew(page: Page, home: string): Promise<number[]> {
  await goWithin(page, `${home}/shared-costs`);
  await page.getByRole('button', { name: 'Show it' }).click();
  await follow(page, 'Speech therapy, a month’s trial');
  await page.getByRole('button', { name: 'Share it among schools' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('£90.00 each').waitFor();
  await dialog.locator('input:checked').first().uncheck();
  await dialog.getByText('£120.00 each').waitFor();
  await dialog.getByRole('button', { name: 'Share it' }).click();
  await page.getByRole('heading', { name: 'Shares' }).waitFor();
  return cellsOf(page, 'Share');
}

/** A school disputes its share of a charge. */
export async function disputes(page: Page, home: string): Promise<void> {
  await openCharge(page, home, 'Counselling, instalment');
  await page.getByRole('link', { name: 'Dispute our share' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What is wrong with it?').fill('Half of the month had no counsellor');
  await dialog.getByRole('button', { name: 'Dispute it' }).click();
  await page.getByText('Half of the month had no counsellor').waitFor();
}

/** The finance officer decides it by half; answers with what was disputed, and what was said. */
export async function decidesByHalf(page: Page, home: string): Promise<[disputedPence: number, said: string]> {
  await goWithin(page, `${home}/disputes`);
  const one = page.locator('.dispute').filter({ hasText: 'Half of the month had no counsellor' });
  const disputed = penceOf((await one.locator('dl div').filter({ hasText: 'Disputed' }).locator('dd').textContent()) ?? '');
  await one.getByRole('button', { name: /^Decide/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('The school is').selectOption('half');
  await dialog.getByLabel('Why').fill('The diary shows two weeks');
  await dialog.getByRole('button', { name: 'Decide it' }).click();
  const said = page.getByText(/^Upheld: /);
  await said.waitFor();
  return [disputed, (await said.textContent()) ?? ''];
}

/** Records a supplier's bill and says which charge passes it on; answers with what stands beside its line then. */
export async function recordsABill(page: Page, home: string): Promise<string> {
  await goWithin(page, `${home}/books/bills`);
  await page.getByRole('button', { name: 'Record a bill' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Supplier', { exact: true }).selectOption({ label: 'Avon Speech Therapy Ltd' });
  await dialog.getByLabel('Number on the bill').fill('AST-17');
  await dialog.getByLabel('Line 1: what for').fill('The month’s trial');
  await dialog.getByLabel('Amount, £').fill('360.00');
  await dialog.getByRole('button', { name: 'Record it' }).click();
  const line = page.getByRole('region', { name: 'Lines of bill AST-17' }).getByRole('row').filter({ hasText: 'The month’s trial' });
  await line.getByRole('button', { name: /^Say what becomes of it/ }).click();
  const offered = dialog.getByLabel('Who bears it');
  await offered.selectOption({ index: 1 });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await line.getByRole('link').waitFor();
  return (await line.getByRole('link').textContent()) ?? '';
}
