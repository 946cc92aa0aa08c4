import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { whyNoBrowser } from '../helpers/browser.ts';
import { openScreens, type ScreenOptions, type Screens } from './screen-harness.ts';

/**
 * Compares screens with approved pictures. `UPDATE_PICTURES=1` approves what is there now; look at it before you commit it. Letters
 * are drawn differently by other fonts and browsers, so pictures are compared only where both are as they were when approved.
 */
const FOLDER = path.join(process.cwd(), 'test/renderer/approved');
const SURROUNDINGS = path.join(FOLDER, 'surroundings.json');
const UPDATE = process.env['UPDATE_PICTURES'] === '1';

/** A pixel has changed when a channel differs by more than this, out of 255. */
const TOLERANCE = 24;
/** Smoothing of edges differs a little from run to run. */
const CHANGED_SHARE = 0.001;

let screens: Screens | undefined;
let gallery: Screens | undefined;

beforeAll(async () => {
  if (whyNoBrowser() === undefined) {
    screens = await openScreens();
    gallery = await openScreens('gallery');
    if (UPDATE) {
      fs.mkdirSync(FOLDER, { recursive: true });
      fs.writeFileSync(SURROUNDINGS, `${JSON.stringify(surroundings(screens.browser), null, 2)}\n`);
    }
  }
});

afterEach(async () => {
  await screens?.closePages();
  await gallery?.closePages();
});

afterAll(async () => {
  await screens?.close();
  await gallery?.close();
});

beforeEach((context) => {
  const reason = whyNoBrowser() ?? whyIncomparable();
  if (reason !== undefined) {
    context.skip(reason);
  }
});

/** What letters look like here: the browser, and the fonts that it finds. */
function surroundings(browser: Browser): { readonly browser: string; readonly font: string } {
  const font = execFileSync('fc-match', ['Noto Sans CJK JP'], { encoding: 'utf8' }).trim();
  return { browser: browser.version().split('.')[0] ?? '', font };
}

function whyIncomparable(): string | undefined {
  if (screens === undefined || UPDATE) {
    return undefined;
  }
  const approved = fs.readFileSync(SURROUNDINGS, 'utf8').trim();
  const here = JSON.stringify(surroundings(screens.browser), null, 2);
  return approved === here ? undefined : `pictures were approved with ${approved}, and here is ${here}`;
}

const PICTURES: readonly (readonly [name: string, options: ScreenOptions])[] = [
  ['popover-light', { theme: 'light' }],
  ['popover-dark', { theme: 'dark' }],
  ['popover-japanese', { language: 'ja', scale: 2 }],
  ['popover-chinese', { language: 'zh-CN', theme: 'dark' }],
  ['popover-200-percent', { scale: 2 }],
  ['popover-first-run', { scenario: 'sandbox' }],
  ['popover-offline', { scenario: 'offline' }],
  ['popover-expired', { scenario: 'expired', theme: 'dark' }],
  ['popover-forced-colours', { forcedColors: true, theme: 'dark' }],
  ['device-code', { scenario: 'sign-in-device' }],
  ['prompt-dark', { view: 'prompt', scenario: 'mfa-rejected', theme: 'dark', height: 440 }],
  ['window-light', { view: 'window', height: 640 }],
  ['window-narrow', { view: 'window', place: '/sessions', width: 400, theme: 'dark' }],
];

test.for(PICTURES)('%s looks as approved', async ([name, options]) => {
  const screen = await screens?.show(options);
  await screen?.page.waitForTimeout(100);
  await expectPicture(name, await screen?.page.screenshot());
});

test('the table that has the keyboard has a whole ring around it, as approved', async () => {
  const screen = await screens?.show({ view: 'window', height: 640, theme: 'dark' });
  await screen?.page.locator('.table').focus();
  await screen?.page.keyboard.press('ArrowDown');
  await screen?.page.waitForTimeout(100);
  await expectPicture('window-table-focus', await screen?.page.screenshot());
});

test.for(['light', 'dark'] as const)('every component looks as approved in the %s theme', async (theme) => {
  const screen = await gallery?.show({ theme, width: 1240, height: 900 });
  await screen?.page.waitForTimeout(100);
  await expectPicture(`gallery-${theme}`, await screen?.page.screenshot({ fullPage: true }));
});

test.for([
  ['contrast', { contrast: 'more' }],
  ['contrast-dark', { contrast: 'more', theme: 'dark' }],
  ['forced-colours', { forcedColors: true }],
] as const)('every component looks as approved with %s', async ([name, options]) => {
  const screen = await gallery?.show({ ...options, width: 1240, height: 900 });
  await screen?.page.waitForTimeout(100);
  await expectPicture(`gallery-${name}`, await screen?.page.screenshot({ fullPage: true }));
});

test.for([['Menu'], ['Dialog'], ['Toast']] as const)('the open %s looks as approved', async ([name]) => {
  const screen = await gallery?.show({ width: 900, height: 700 });
  await screen?.page.getByRole('button', { name, exact: true }).click();
  await screen?.page.waitForTimeout(100);
  await expectPicture(`gallery-${name.toLowerCase()}`, await screen?.page.screenshot());
});

async function expectPicture(name: string, picture: Buffer | undefined): Promise<void> {
  const file = path.join(FOLDER, `${name}.png`);
  if (picture === undefined || screens === undefined) {
    return;
  }
  if (UPDATE) {
    fs.writeFileSync(file, picture);
    return;
  }
  const share = await changedShare(screens.browser, fs.readFileSync(file), picture);
  if (share > CHANGED_SHARE) {
    fs.mkdirSync(path.join(process.cwd(), 'dist/pictures'), { recursive: true });
    fs.writeFileSync(path.join(process.cwd(), 'dist/pictures', `${name}.png`), picture);
  }
  expect(share, `dist/pictures/${name}.png differs from test/renderer/approved/${name}.png`).toBeLessThanOrEqual(
    CHANGED_SHARE,
  );
}

/** How much of a picture differs from another, 0 to 1; compared by the browser, which can read them. */
async function changedShare(browser: Browser, approved: Buffer, picture: Buffer): Promise<number> {
  const page = await browser.newPage();
  const share = await page.evaluate<number>(`(async () => {
    const pixels = async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context.drawImage(bitmap, 0, 0);
      return { width: bitmap.width, height: bitmap.height, data: context.getImageData(0, 0, bitmap.width, bitmap.height).data };
    };
    const [a, b] = await Promise.all([pixels('${approved.toString('base64')}'), pixels('${picture.toString('base64')}')]);
    if (a.width !== b.width || a.height !== b.height) return 1;
    let changed = 0;
    for (let at = 0; at < a.data.length; at += 4) {
      if ([0, 1, 2].some((channel) => Math.abs(a.data[at + channel] - b.data[at + channel]) > ${TOLERANCE})) changed += 1;
    }
    return changed / (a.data.length / 4);
  })()`);
  await page.close();
  return share;
}
