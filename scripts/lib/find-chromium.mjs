import fs from 'node:fs';
import path from 'node:path';

const NAMES = [
  'chromium',
  'google-chrome-stable',
  'google-chrome',
  'chromium-browser',
  'microsoft-edge',
  'brave-browser',
];

const FIXED_PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    '/Applications/Brave Browser.app/Contents/MacOS/Brave Browser',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** A browser of the Chromium family on this machine, or undefined. `CHROMIUM` names another. @returns {string | undefined} */
export function findChromium() {
  const { platform } = process;
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const fixed = platform === 'darwin' || platform === 'win32' ? FIXED_PLACES[platform] : [];
  const inPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [process.env.CHROMIUM, ...fixed, ...inPath].find((place) => place !== undefined && fs.existsSync(place));
}

/** Chromium refuses its own sandbox to root, as in containers. */
export const CHROMIUM_ARGS = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
