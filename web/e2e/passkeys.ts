import { expect } from '@jest/globals';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { person, settled } from './browser.js';
import type { Product } from './product.js';

/** A device with a screen lock, which touches itself. */
async function withDevice(page: Page): Promise<{ owner: (there: boolean) => Promise<void>; keys: () => Promise<number> }> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return {
    owner: async (there) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: there });
    },
    keys: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  };
}

const inside = (page: Page) => page.waitForURL((url) => !/sign-in|account/.test(url.pathname));

async function signOut(page: Page): Promise<void> {
  await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
  await page.goto('/sign-in');
  await settled(page);
}

async function password(page: Page, { password: secret }: Product): Promise<void> {
  await page.getByLabel('E-mail').fill('administrator@leamington.example');
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** A passkey is added, signs in alone and as the second step, refuses a stranger's hand, and is taken away again. */
export async function livesWithAPasskey(browser: Browser, product: Product): Promise<void> {
  // Passkeys belong to a name; an address of numbers has none.
  const { context, page } = await person(browser, product.url.replace('127.0.0.1', 'localhost'));
  const device = await withDevice(page);
  await page.goto('/sign-in');
  await password(page, product);
  await inside(page);
  await page.goto('/account');
  await settled(page);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
  expect(await page.locator('fs-recovery-codes li').count()).toBe(10);
  expect(await device.keys()).toBe(1);
  await page.getByRole('button', { name: 'I have kept them' }).click();

  await signOut(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await inside(page);

  await signOut(page);
  await password(page, product);
  await page.getByRole('button', { name: 'Use your passkey' }).click();
  await inside(page);

  await signOut(page);
  await device.owner(false);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForTimeout(1500);
  expect(await page.evaluate(async () => (await fetch('/api/session')).status)).toBe(401);
  await device.owner(true);
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await inside(page);

  await page.goto('/account');
  await settled(page);
  await page.getByRole('button', { name: /^Take away .* on / }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take it away' }).click();
  await page.getByText('The passkey is taken away').waitFor();
  await context.close();
}
