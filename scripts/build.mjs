import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fingerprint } from './lib/fingerprint.mjs';
import { inRoot } from './lib/root.mjs';

/**
 * @typedef {{ configFile: string, mode: string, inputs: string[], executable?: string }} Part
 */

const NODE_SOURCES = ['src/core', 'src/shared', 'src/sandbox'];

/**
 * What is built, each into `dist/NAME`; `inputs` are all it is made from.
 *
 * @satisfies {Record<string, Part>}
 */
export const PARTS = {
  renderer: { configFile: 'vite.config.ts', mode: 'production', inputs: ['src/renderer', 'src/shared'] },
  preload: { configFile: 'vite.node.config.ts', mode: 'preload', inputs: ['src/preload', 'src/shared'] },
  main: { configFile: 'vite.node.config.ts', mode: 'main', inputs: ['src/main', ...NODE_SOURCES] },
  cli: {
    configFile: 'vite.node.config.ts',
    mode: 'cli',
    inputs: ['src/cli', 'src/web', ...NODE_SOURCES],
    executable: 'rolecall.js',
  },
  gallery: { configFile: 'vite.config.ts', mode: 'gallery', inputs: ['src/renderer', 'src/shared'] },
};

/** @typedef {keyof typeof PARTS} PartName */

/** What the product consists of. @type {readonly PartName[]} */
export const PRODUCT_PARTS = ['renderer', 'preload', 'main', 'cli'];

/** Files that every part depends on. */
const COMMON_INPUTS = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs'];

/**
 * Builds the parts whose inputs changed since they were built last, and returns their names.
 *
 * Each is built beside its place and then swapped in, so a running app never sees half of one.
 *
 * @param {readonly PartName[]} names
 * @returns {Promise<PartName[]>}
 */
export async function build(names = PRODUCT_PARTS) {
  const stale = names
    .map((name) => ({ name, part: /** @type {Part} */ (PARTS[name]) }))
    .map(({ name, part }) => ({ name, part, stamp: fingerprint([...part.inputs, part.configFile, ...COMMON_INPUTS]) }))
    .filter(({ name, stamp }) => readStamp(name) !== stamp);
  for (const { name, part, stamp } of stale) {
    await buildPart(name, part, stamp);
  }
  return stale.map(({ name }) => name);
}

/** @param {PartName} name @param {Part} part @param {string} stamp */
async function buildPart(name, part, stamp) {
  const vite = await import('vite');
  const fresh = inRoot('dist', `.${name}-${process.pid}`);
  try {
    await vite.build({
      configFile: inRoot(part.configFile),
      mode: part.mode,
      logLevel: 'warn',
      build: { outDir: fresh },
    });
    if (part.executable !== undefined) {
      fs.chmodSync(path.join(fresh, part.executable), 0o755);
    }
    swapIn(fresh, inRoot('dist', name));
    fs.mkdirSync(inRoot('dist', '.stamps'), { recursive: true });
    fs.writeFileSync(inRoot('dist', '.stamps', name), stamp);
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}

/** What the part was built from, or undefined when it is not there. @param {PartName} name */
function readStamp(name) {
  try {
    return fs.existsSync(inRoot('dist', name)) ? fs.readFileSync(inRoot('dist', '.stamps', name), 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** Puts `fresh` where `place` was. Another build may do the same at this moment: then the later one stays. @param {string} fresh @param {string} place */
function swapIn(fresh, place) {
  const old = `${fresh}-old`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      if (fs.existsSync(place)) {
        fs.renameSync(place, old);
      }
      fs.renameSync(fresh, place);
      return;
    } catch (error) {
      if (attempt === 5) {
        throw error;
      }
    } finally {
      fs.rmSync(old, { recursive: true, force: true });
    }
  }
}

/** @param {string} name @returns {name is PartName} */
function isPartName(name) {
  return Object.hasOwn(PARTS, name);
}

async function main() {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !isPartName(name));
  if (unknown.length > 0) {
    console.error(`Unknown part: ${unknown.join(', ')}. Parts: ${Object.keys(PARTS).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  const startedAt = performance.now();
  try {
    const built = await build(names.length === 0 ? PRODUCT_PARTS : names.filter(isPartName));
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(built.length === 0 ? 'Nothing to build.' : `Built ${built.join(', ')} in ${seconds} s.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main();
}
