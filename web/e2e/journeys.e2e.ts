import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { axeFindings, follow, goWithin, launch, person, resize, settled, widths } from './browser.js';
import { boardByKeyboard, calendarByKeyboard } from './keyboard.js';
import { livesWithAPasskey } from './passkeys.js';
import { startProduct, type Product } from './product.js';
import { asksWhy, decidesByHalf, disputes, dividesAnew, movesTheRule, recordsABill } from './shared-costs.js';

let browser: Browser;
let product: Product;
beforeAll(async () => {
  // Kept even when the product does not start: a browser left open would keep the whole run from ending.
  const launching = launch().then((launched) => (browser = launched));
  [product] = await Promise.all([startProduct(), launching]);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
}, 60_000);

/** Signs in as a person of the demonstration by the button that the sign-in page offers for it. */
async function signIn(page: Page, role: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(`${role}@leamington.example`);
  await page.getByLabel('Password', { exact: true }).fill(product.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await settled(page);
}

/**
 * Follows a link of the menu and waits for the heading of the page it names: Home shows much of what the other pages do, so
 * that what is read before its heading is gone proves nothing.
 */
async function opens(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name }).first().click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await settled(page);
}

/** Addresses below the collaboration's; after an arrow, what the link says that leads on. */
const pages: Readonly<Record<string, readonly string[]>> = {
  'business-manager': ['', 'calendar', 'calendar?find=time', 'calendar?view=month', 'calendar?view=list', 'calendar/board', 'calendar/left', 'calendar/replanning', 'calendar/waitlist', 'calendar/subscribe', 'agreements', 'shared-costs', 'invoices', 'schools', 'value-for-money', 'my-school', 'my-school/commitments', 'my-school/year', 'my-school/statement', 'disputes?state=all'],
  'finance-officer': ['', 'shared-costs', 'shared-costs/due', 'shared-costs/plans', 'shared-costs/on-account', 'shared-costs/hours', 'shared-costs → Mileage', 'agreements → Counselling → What if', 'invoices', 'invoices → INV0000', 'books/bills', 'reconciliation', 'books', 'books/aged-debt', 'books/vat', 'books/codes', 'disputes'],
  head: ['', 'value-for-money'],
  supplier: ['books/bills'],
  coordinator: ['', 'agreements', 'agreements/services', 'agreements/suppliers', 'agreements/specialists', 'working-hours', 'schools', 'schools/people', 'schools/year', 'schools/places', 'audit', '../../account/away'],
  administrator: ['schools/outbox', '../../audit', '../../retention'],
  specialist: ['', 'diary', 'working-hours', 'working-hours/mine', 'diary/calendars', 'calendar/subscribe'],
};

describe('every page', () => {
  it('is accessible at 1280 and 320 px, light and dark', async () => {
    const found = await Promise.all(Object.entries(pages).map(([role, addresses]) => lookAt(role, addresses)));
    expect(found.flat()).toEqual([]);
  }, 600_000);
});

/** What is wrong with a role's pages: too wide for the screen, or against axe's rules. */
async function lookAt(role: string, addresses: readonly string[]): Promise<string[]> {
  const { context, page } = await person(browser, product.url);
  const findings: string[] = [];
  const look = async (name: string): Promise<void> => {
    for (const width of widths) {
      await resize(page, width);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) findings.push(`${role} ${name} at ${width} px: ${wide} px too wide`);
      findings.push(...(await axeFindings(page)).map((found) => `${role} ${name} at ${width} px: ${found}`));
    }
  };
  if (role === 'business-manager') {
    await page.goto('/sign-in');
    await settled(page);
    await look('sign-in');
  }
  await signIn(page, role);
  const home = new URL(page.url()).pathname.replace(/^(\/c\/[^/]+).*/, '$1');
  for (const address of addresses) {
    const [path, ...links] = address.split(' → ');
    await goWithin(page, new URL(`${home}/${path ?? ''}`, product.url).href);
    for (const name of links) await follow(page, name);
    await look(address);
  }
  await context.close();
  return findings;
}

describe('by the keyboard alone', () => {
  it('a half day is booked and moved on the board, an event drawn and moved on the calendar', async () => {
    const { context, page } = await person(browser, product.url);
    await signIn(page, 'business-manager');
    const home = new URL(page.url()).pathname.replace(/^(\/c\/[^/]+).*/, '$1');
    const inTwoWeeks = new Date(Date.now() + 14 * 86_400_000);
    inTwoWeeks.setUTCDate(inTwoWeeks.getUTCDate() - ((inTwoWeeks.getUTCDay() + 6) % 7));
    const monday = inTwoWeeks.toISOString().slice(0, 10);
    const onBoard = await boardByKeyboard(page, home, monday);
    const onCalendar = await calendarByKeyboard(page, home, monday);
    expect([...onBoard, ...onCalendar]).toEqual([expect.stringMatching(/^(Booked|Asked)/), expect.stringContaining('Moved to'), expect.stringContaining('added'), expect.stringContaining('moved to')]);
    await context.close();
  }, 180_000);
});

describe('shared costs', () => {
  const as = async (role: string): Promise<[page: Page, home: string]> => {
    const { page } = await person(browser, product.url);
    await signIn(page, role);
    return [page, new URL(page.url()).pathname.replace(/^(\/c\/[^/]+).*/, '$1')];
  };

  it('are explained to the penny, move with the rule, are divided by a person where no rule divides them, pass on a supplier’s bill, and are corrected by half of a dispute', async () => {
    const [school, atSchool] = await as('business-manager');
    const [office, atOffice] = await as('finance-officer');
    expect(await asksWhy(office, atOffice)).toEqual([]);
    expect(await movesTheRule(office, atOffice)).toEqual([]);
    // After this the one sum of the reconciliation is zero, as the way of a session expects.
    expect(await dividesAnew(office, atOffice)).toEqual([12_000, 12_000, 12_000]);
    expect(await recordsABill(office, atOffice)).toMatch(/^The schools, by a charge/);
    await disputes(school, atSchool);
    const [disputed, said] = await decidesByHalf(office, atOffice);
    expect(said).toBe(`Upheld: £${(Math.ceil(disputed / 2) / 100).toFixed(2)} taken back`);
    await Promise.all([school.context().close(), office.context().close()]);
  }, 120_000);
});

describe('a passkey', () => {
  it('is added, signs in alone and as the second step, refuses a stranger’s hand, and is taken away', () => livesWithAPasskey(browser, product), 120_000);
});

describe('the way of a session', () => {
  it('is booked in four actions, delivered, invoiced, paid, reconciled and judged', async () => {
    const booked = await book();
    const days = 45;
    await product.forward(days);
    await deliver(booked, days);
    await invoiceAndPay(booked, days);
    await judge(days);
  }, 600_000);

  /** The business manager: from Home to a confirmed booking. */
  async function book(): Promise<{ day: string }> {
    const { context, page } = await person(browser, product.url);
    await signIn(page, 'business-manager');
    await page.getByRole('link', { name: 'Book time' }).click();
    await page.getByLabel('Service', { exact: true }).selectOption({ label: 'Educational psychology' });
    await settled(page);
    const free = page.getByRole('button', { name: /\d\d:\d\d–\d\d:\d\d · Dr Anita Patel/ }).first();
    await free.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Book', exact: true }).click();
    const said = page.getByText(/^Booked /);
    await said.waitFor();
    const day = (await said.textContent())?.replace('Booked ', '') ?? '';
    expect(day).toMatch(/\d{4}, \d\d:\d\d–\d\d:\d\d$/);
    await context.close();
    return { day };
  }

  /** A browser whose own clock went forward with the product's. */
  async function later(role: string, days: number): Promise<Page> {
    const { page } = await person(browser, product.url);
    await page.clock.setSystemTime(new Date(Date.now() + days * 86_400_000));
    await signIn(page, role);
    return page;
  }

  async function deliver(booked: { day: string }, days: number): Promise<void> {
    // Looked at soon after the session, as a specialist would.
    await product.forward(20);
    const page = await later('specialist', 20);
    await opens(page, 'My diary');
    const day = booked.day.split(', ')[0] as string;
    const row = page.getByRole('listitem').filter({ hasText: day }).filter({ hasText: 'Brookhurst' });
    await row.getByRole('button', { name: 'It took place' }).first().click();
    await page.getByText(/took place$/).last().waitFor();
    await page.context().close();
    await product.forward(days);
  }

  /** The finance officer: a month's run, one invoice looked at, its money on the bank statement, the one sum zero. */
  async function invoiceAndPay(booked: { day: string }, days: number): Promise<void> {
    const page = await later('finance-officer', days);
    await opens(page, 'Invoices');
    const [, , month, year] = booked.day.split(',')[0]?.split(' ') as [string, string, string, string];
    const name = new Date(`1 ${month} ${year} 12:00Z`).toLocaleDateString('en-GB', { month: 'long', year: 'numeric' });
    await page.getByLabel('Month', { exact: true }).selectOption({ label: name });
    await page.getByRole('button', { name: 'Make the drafts' }).click();
    await page.getByRole('button', { name: /^Issue \d+/ }).first().click();
    await page.getByRole('alertdialog').getByRole('button').last().click();
    await page.getByText(/invoices issued/).waitFor();
    await settled(page);
    await page.getByRole('link', { name: /for Brookhurst Primary School/ }).first().click();
    await page.waitForURL(/\/invoices\/[0-9a-f-]{36}$/);
    await page.getByText('Educational psychology').first().waitFor();
    const invoiceId = new URL(page.url()).pathname.split('/').at(-1) as string;
    const collaborationId = new URL(page.url()).pathname.split('/')[2] as string;
    const at = `/api/collaborations/${collaborationId}`;
    const pdf = await page.request.get(`${at}/invoices/${invoiceId}.pdf`);
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    const invoice = (await (await page.request.get(`${at}/invoices/${invoiceId}`)).json()) as { number: string; outstandingPence: number };
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(invoice.number);
    await reconcile(page, invoice.number, invoice.outstandingPence, days);
    const paid = (await (await page.request.get(`${at}/invoices/${invoiceId}`)).json()) as { standing: string; outstandingPence: number };
    expect([paid.standing, paid.outstandingPence]).toEqual(['paid', 0]);
    await page.context().close();
  }

  async function reconcile(page: Page, number: string, pence: number, days: number): Promise<void> {
    const on = new Date(Date.now() + days * 86_400_000).toLocaleDateString('en-GB');
    const header = 'Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance,';
    const line = `${on},BGC,'30-00-00,12345678,BROOKHURST PRIMARY ${number},,${(pence / 100).toFixed(2)},,`;
    await opens(page, 'Reconciliation');
    await page.locator('input[type=file]').setInputFiles({ name: 'statement.csv', mimeType: 'text/csv', buffer: Buffer.from(`${header}\r\n${line}\r\n`) });
    const accept = page.getByRole('button', { name: /^Accept the \d+ that/ });
    await accept.click();
    await accept.waitFor({ state: 'hidden' });
    await page.locator('fs-figure').filter({ hasText: 'Unexplained' }).filter({ hasText: '£0.00' }).waitFor();
  }

  async function judge(days: number): Promise<void> {
    const page = await later('head', days);
    await opens(page, 'Value for money');
    await page.getByText('How is this worked out?').nth(4).waitFor();
    await page.context().close();
  }
});
