import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { axeFindings, launch, looks, person, settled } from './browser.js';

const base = process.env['JOURNEYS_URL'] as string;
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
});

describe('the sign-in page', () => {
  it.each(looks)('is accessible at $width px, $scheme', async (look) => {
    const { context, page } = await person(browser, base, look);
    await page.goto('/sign-in');
    await settled(page);
    expect(await axeFindings(page)).toEqual([]);
    await context.close();
  });
});
