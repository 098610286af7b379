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

const sizeOf = (width: number) => ({ width, height: width < 600 ? 720 : 900 });

/** A person's browser. Motion is off, as for those who ask for none, so that nothing is measured while it moves. */
export async function person(browser: Browser, base: string, look: Look = { width: 1280, scheme: 'light' }): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    baseURL: base,
    viewport: sizeOf(look.width),
    colorScheme: look.scheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  watchTraffic(page);
  return { context, page };
}

interface Traffic {
  open: number;
  since: number;
}

const trafficOf = new WeakMap<Page, Traffic>();

function watchTraffic(page: Page): void {
  const traffic = { open: 0, since: Date.now() };
  const count = (by: number) => () => Object.assign(traffic, { open: traffic.open + by, since: Date.now() });
  page.on('request', count(1)).on('requestfinished', count(-1)).on('requestfailed', count(-1));
  trafficOf.set(page, traffic);
}

/** Waits until a page that stays has changed: for a fifth of a second nothing is asked for, and no skeleton stands on it. */
async function calm(page: Page): Promise<void> {
  const traffic = trafficOf.get(page);
  const atRest = () => traffic === undefined || (traffic.open === 0 && Date.now() - traffic.since > 200);
  const drawn = () => page.evaluate(() => document.querySelectorAll('fs-skeleton').length === 0 && document.querySelector('h1') !== null);
  for (let waited = 0; waited < 15_000; waited += 50) {
    await page.waitForTimeout(50);
    if (atRest() && (await drawn())) return;
  }
  throw new Error(`${page.url()} goes on loading.`);
}

/** Goes to an address as a link inside the product does: the program stays, only the page changes. */
export async function goWithin(page: Page, address: string): Promise<void> {
  await changed(page, () => page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, address));
}

/** Follows the first link that says so, and waits until the page it leads to is drawn. */
export function follow(page: Page, name: string): Promise<void> {
  return changed(page, () => page.getByRole('link', { name }).first().click());
}

/** Turns a laptop's screen into a phone's, or back. */
export function resize(page: Page, width: number): Promise<void> {
  return changed(page, () => page.setViewportSize(sizeOf(width)));
}

async function changed(page: Page, change: () => Promise<void>): Promise<void> {
  await change();
  const traffic = trafficOf.get(page);
  if (traffic) traffic.since = Date.now();
  await calm(page);
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
  if (!(await page.evaluate(() => 'axe' in window))) await prepare(page);
  const light = await findings(page, { type: 'tag', values: standards });
  await wear(page, 'dark');
  const dark = await findings(page, { type: 'rule', values: ['color-contrast'] });
  await wear(page, 'light');
  return [...light, ...dark.map((found) => `dark: ${found}`)];
}

/** Brings axe, and draws what lies below the fold too: the browser leaves those contents in the colours they last had. */
async function prepare(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { content-visibility: visible !important }');
    document.adoptedStyleSheets.push(sheet);
  });
}

/** Changes the scheme and waits until every colour has arrived. */
async function wear(page: Page, colorScheme: Scheme): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(async () => {
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
    await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)));
  });
}

async function findings(page: Page, runOnly: axe.RunOnly): Promise<string[]> {
  const violations = await page.evaluate(async (only) => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    // Style sheets are read ahead only for a rule about turned screens that none of these tags has.
    const found = await inPage.run(document, { runOnly: only, resultTypes: ['violations'], preload: false });
    return found.violations;
  }, runOnly);
  return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(' ')} — ${node.failureSummary?.split('\n')[1]?.trim() ?? v.help}`));
}
