import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const machinesOwn = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The machine's own Chromium when there is one, else the one inside an npm package. */
export async function launch(): Promise<Browser> {
  const own = machinesOwn.find((path) => existsSync(path));
  if (own && process.env['FAIRSHARE_BROWSER'] !== 'package') return chromium.launch({ executablePath: own, args: quiet });
  // The package unpacks its libraries (nss, fonts) only when it believes itself in this environment.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  const unwanted = new Set(['--single-process', '--disable-web-security', '--headless=shell', "--headless='shell'"]);
  return chromium.launch({ executablePath: await packaged.executablePath(), args: [...packaged.args.filter((arg) => !unwanted.has(arg)), ...quiet] });
}

export type Scheme = 'light' | 'dark';

export interface Look {
  readonly width: number;
  readonly scheme: Scheme;
}

/** A laptop and the narrowest phone. */
export const widths = [1280, 320] as const;

/** A person's browser. Motion is off, as for those who ask for none, so that nothing is measured while it moves. */
export async function person(browser: Browser, base: string, look: Look = { width: 1280, scheme: 'light' }): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width: look.width, height: look.width < 600 ? 720 : 900 },
    colorScheme: look.scheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return { context, page };
}

/** Waits until nothing is loading: no skeleton on the page and the network at rest. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelectorAll('fs-skeleton').length === 0 && document.querySelector('h1') !== null);
}

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds in both schemes, as lines that name the rule and the place. A scheme changes colours and nothing else, so
 * that every rule looks at the page in light and the rule about colours once more in the dark.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const light = await findings(page, { type: 'tag', values: standards });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(() => new Promise(requestAnimationFrame).then(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)))));
  const dark = await findings(page, { type: 'rule', values: ['color-contrast'] });
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((found) => `dark: ${found}`)];
}

async function findings(page: Page, runOnly: axe.RunOnly): Promise<string[]> {
  const violations = await page.evaluate(async (only) => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    const found = await inPage.run(document, { runOnly: only, resultTypes: ['violations'] });
    return found.violations;
  }, runOnly);
  return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(' ')} — ${node.failureSummary?.split('\n')[1]?.trim() ?? v.help}`));
}
