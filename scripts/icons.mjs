import fs from 'node:fs';
import { CHROMIUM_ARGS, findChromium } from './lib/find-chromium.mjs';
import { toIcns, toIco } from './lib/icon-files.mjs';
import { TRAY_STATUSES, appIcon, mark, svg, trayMark } from './lib/mark.mjs';
import { inRoot } from './lib/root.mjs';

/**
 * Draws every icon below `assets/` from the mark in scripts/lib/mark.mjs. The results are committed; run this after changing it.
 */

/** Mid tones that stand out on light and on dark task bars. @type {Record<import('./lib/mark.mjs').TrayStatus, string>} */
const TRAY_COLOURS = { 'signed-out': '#878e96', live: '#1f93b5', expiring: '#dd8a1b', asking: '#dd8a1b' };

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

fs.mkdirSync(inRoot('assets/tray'), { recursive: true });
for (const status of TRAY_STATUSES) {
  const template = svg(trayMark(status, '#000000'));
  const coloured = svg(trayMark(status, TRAY_COLOURS[status]));
  write(`tray/${status}Template.png`, await draw(template, 16));
  write(`tray/${status}Template@2x.png`, await draw(template, 32));
  write(`tray/${status}.png`, await draw(coloured, 16));
  write(`tray/${status}@1.25x.png`, await draw(coloured, 20));
  write(`tray/${status}@1.5x.png`, await draw(coloured, 24));
  write(`tray/${status}@2x.png`, await draw(coloured, 32));
  write(`tray/${status}@3x.png`, await draw(coloured, 48));
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
