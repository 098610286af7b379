import type { Page } from 'playwright-core';
import { settled } from './browser.js';

/** Presses Tab until somebody stands where the selector says; never the mouse. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 120; i++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Nobody gets to ${selector} with the Tab key.`);
}

const standsOn = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

/** Walks the board by the arrow keys until a free half day, or a free one other than where one stands. */
async function walkToFree(page: Page): Promise<void> {
  for (const key of [...Array<string>(9).fill('ArrowRight'), 'ArrowDown', ...Array<string>(9).fill('ArrowLeft')]) {
    await page.keyboard.press(key);
    if (/(morning|afternoon), Free$/.test(await standsOn(page))) return;
  }
  throw new Error('Nothing is free on the board.');
}

/** Books a half day on the board and moves it to another, by the keyboard alone; answers with what was said. */
export async function boardByKeyboard(page: Page, home: string, monday: string): Promise<string[]> {
  await page.goto(`${home}/calendar/board?week=${monday}`);
  await settled(page);
  await tabTo(page, '[data-cell]');
  await walkToFree(page);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: /^(Book|Ask for approval)$/ }).waitFor();
  await page.keyboard.press('Enter');
  const booked = await said(page, /^(Booked |Asked for approval)/);
  await settled(page);
  await tabTo(page, '.session[draggable="true"]');
  await page.keyboard.press('m');
  await walkToFree(page);
  await page.keyboard.press('Enter');
  return [booked, await said(page, /^Moved to /)];
}

/** Draws a period on the calendar, makes it a shared event, and moves it a day, by the keyboard alone. */
export async function calendarByKeyboard(page: Page, home: string, monday: string): Promise<string[]> {
  await page.goto(`${home}/calendar?date=${monday}`);
  await settled(page);
  await tabTo(page, '.fs-calendar-grid');
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByLabel('Name', { exact: true }).waitFor();
  await page.keyboard.type('Governors’ walk');
  await page.keyboard.press('Enter');
  const added = await said(page, /Governors’ walk added/);
  await settled(page);
  await tabTo(page, '[data-fs-event][aria-label*="Governors’ walk"]');
  await page.keyboard.press('Alt+ArrowRight');
  return [added, await said(page, /Governors’ walk moved to/)];
}

async function said(page: Page, words: RegExp): Promise<string> {
  const toast = page.locator('fs-toasts').getByText(words).last();
  await toast.waitFor();
  return (await toast.textContent()) ?? '';
}
