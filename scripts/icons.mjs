import fs from 'node:fs';
import { CHROMIUM_ARGS, findChromium } from './lib/find-chromium.mjs';
import { toIcns, toIco } from './lib/icon-files.mjs';
import { appIcon, mark, svg } from './lib/mark.mjs';
import { inRoot } from './lib/root.mjs';
import { TRAY_STATUSES, trayMark } from './lib/tray-mark.mjs';

/**
 * Draws every icon below `assets/` from scripts/lib/mark.mjs and scripts/lib/tray-mark.mjs. The results are committed; run this after changing it.
 */

/** @typedef {{ readonly calm: string, readonly alert: string, readonly off: string, readonly faint: number }} Palette */

/**
 * Windows tells whether its task bar is dark. Linux panels do not, so there the middle tones stand out on light and on dark
 * (at least 3 : 1 on #f6f5f4 and on #1d1d20). macOS colours its template images itself.
 *
 * @type {Readonly<Record<'template' | 'onDark' | 'onLight' | 'anywhere', Palette>>}
 */
const PALETTES = {
  template: { calm: '#000000', alert: '#000000', off: '#000000', faint: 0.6 },
  onDark: { calm: '#ffffff', alert: '#ffb74a', off: '#ffffff', faint: 0.65 },
  onLight: { calm: '#1b1b1b', alert: '#b35900', off: '#1b1b1b', faint: 0.65 },
  anywhere: { calm: '#1f93b5', alert: '#c97a10', off: '#7d848c', faint: 1 },
};

/** @param {import('./lib/tray-mark.mjs').TrayStatus} status @param {Palette} palette */
function trayPicture(status, { calm, alert, off, faint }) {
  const colour = status === 'signed-out' ? off : status === 'live' ? calm : alert;
  return trayMark(status, colour, faint);
}

/** Endings of names by which Electron finds the picture for a display's scale. */
const SCALES = { '': 1, '@1.25x': 1.25, '@1.5x': 1.5, '@2x': 2, '@3x': 3 };

const APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const executablePath = findChromium();
if (executablePath === undefined) {
  console.error('Icons are drawn by a browser of the Chromium family; none was found.');
  process.exit(1);
}
const { chromium } = await import('playwright-core');
const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
const page = await browser.newPage();

/** @param {string} picture an SVG @param {number} size in pixels @returns {Promise<Buffer>} */
async function draw(picture, size) {
  await page.setViewportSize({ width: size, height: size });
  const source = `data:image/svg+xml;base64,${Buffer.from(picture).toString('base64')}`;
  await page.setContent(
    `<style>*{margin:0;background:none}img{display:block}</style><img width=${size} height=${size} src="${source}">`,
  );
  await page.locator('img').evaluate('image => image.decode()');
  return page.screenshot({ omitBackground: true });
}

/** @param {string} file @param {string | Buffer} content */
function write(file, content) {
  fs.writeFileSync(inRoot('assets', file), content);
}

/** @param {string} name @param {string} picture @param {number} size in points @param {readonly (keyof typeof SCALES)[]} scales */
async function writeScaled(name, picture, size, scales) {
  for (const ending of scales) {
    write(`tray/${name}${ending}.png`, await draw(picture, size * SCALES[ending]));
  }
}

fs.rmSync(inRoot('assets/tray'), { recursive: true, force: true });
fs.mkdirSync(inRoot('assets/tray'), { recursive: true });
for (const status of TRAY_STATUSES) {
  await writeScaled(`${status}Template`, trayPicture(status, PALETTES.template), 16, ['', '@2x']);
  for (const [ground, palette] of /** @type {const} */ ([
    ['on-dark', PALETTES.onDark],
    ['on-light', PALETTES.onLight],
  ])) {
    await writeScaled(`${status}-${ground}`, trayPicture(status, palette), 16, ['', '@1.25x', '@1.5x', '@2x', '@3x']);
  }
  // Panels of Linux desktops give icons 22 points, and blow up what is smaller.
  await writeScaled(status, trayPicture(status, PALETTES.anywhere), 22, ['', '@2x']);
}
write('mark.svg', `${svg(mark('#0b6a8a'))}\n`);
write('icon.svg', `${appIcon(0)}\n`);
const full = [];
const inset = [];
for (const size of APP_SIZES) {
  full.push({ size, png: await draw(appIcon(1), size) });
  // Apple's grid leaves a tenth free on every side.
  inset.push({ size, png: await draw(appIcon(3.2), size) });
}
write('icon.png', full.find(({ size }) => size === 512)?.png ?? '');
write('icon.ico', toIco(full.filter(({ size }) => size <= 256)));
write('icon.icns', toIcns(inset));
await browser.close();
console.log('Drew the icons into assets/.');
