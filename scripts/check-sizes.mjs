import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from './build.mjs';
import { inRoot } from './lib/root.mjs';

/**
 * Checks that what is loaded at every start stays small. Sizes are in kB (1000 bytes); scripts of the screen count gzipped, as the
 * project states them, programs as they lie on disk, since that is what Node has to read and parse.
 */

/** @typedef {{ what: string, kilobytes: number, limit: number }} Size */

/** @param {string} folder @param {RegExp} names */
function filesOf(folder, names) {
  return fs
    .readdirSync(inRoot(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => names.test(file))
    .map((file) => inRoot(folder, file));
}

/** @param {readonly string[]} files @param {(content: Buffer) => number} size */
const total = (files, size) => files.reduce((sum, file) => sum + size(fs.readFileSync(file)), 0) / 1000;

/** `import … from './x'` and `export … from './x'`, also without blanks; `import('./x')` is on demand. */
const STATIC_IMPORT = /(?:^|[;}\s])(?:import|export)\b\s*(?:[^'"();]*?\bfrom\s*)?['"](\.\/[^'"]+)['"]/gm;

/** A program's entry and what it imports before it runs; what it imports on demand does not count. @param {string} entry @returns {string[]} */
function loadedAtStart(entry) {
  const seen = new Set([inRoot(entry)]);
  for (const file of seen) {
    const source = fs.readFileSync(file, 'utf8');
    for (const [, name = ''] of source.matchAll(STATIC_IMPORT)) {
      seen.add(path.join(path.dirname(file), name));
    }
  }
  return [...seen];
}

/** The script that the screen's page names. */
function screenEntry() {
  const page = fs.readFileSync(inRoot('dist/renderer/index.html'), 'utf8');
  return path.join('dist/renderer', /<script[^>]*\ssrc="\.\/([^"]+)"/.exec(page)?.[1] ?? '');
}

await build();
const gzipped = (/** @type {Buffer} */ content) => gzipSync(content, { level: 9 }).length;
const plain = (/** @type {Buffer} */ content) => content.length;

/** @type {readonly Size[]} */
const sizes = [
  { what: 'screen at start, scripts gzipped', kilobytes: total(loadedAtStart(screenEntry()), gzipped), limit: 150 },
  { what: 'screen, all scripts gzipped', kilobytes: total(filesOf('dist/renderer', /\.js$/), gzipped), limit: 200 },
  {
    what: 'screen, words fetched on demand, gzipped',
    kilobytes: total(filesOf('dist/renderer', /\.json$/), gzipped),
    limit: 30,
  },
  { what: 'screen, styles gzipped', kilobytes: total(filesOf('dist/renderer', /\.css$/), gzipped), limit: 25 },
  { what: 'rolecall command at start', kilobytes: total(loadedAtStart('dist/cli/rolecall.js'), plain), limit: 850 },
  { what: 'app at start', kilobytes: total(loadedAtStart('dist/main/main.js'), plain), limit: 1500 },
  { what: 'preload script', kilobytes: total(filesOf('dist/preload', /\.cjs$/), plain), limit: 10 },
];
for (const { what, kilobytes, limit } of sizes) {
  console.log(`${what}: ${kilobytes.toFixed(1)} kB of ${limit}${kilobytes > limit ? '  TOO LARGE' : ''}`);
}
const inlined = filesOf('dist/renderer', /\.html$/).filter((file) =>
  /<script(?![^>]*\ssrc=)|<style|\son\w+=/i.test(fs.readFileSync(file, 'utf8')),
);
const maps = filesOf('dist', /\.map$/);
for (const file of [...inlined, ...maps]) {
  console.log(`${path.relative(inRoot(), file)} holds inline code or is a source map`);
}
process.exitCode = sizes.some(({ kilobytes, limit }) => kilobytes > limit) || inlined.length + maps.length > 0 ? 1 : 0;
