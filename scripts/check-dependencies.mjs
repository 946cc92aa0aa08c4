import fs from 'node:fs';
import { inRoot } from './lib/root.mjs';

/** Checks that everybody installs the very same packages: exact versions, a lockfile that fits, a checksum for each package, no scripts. */

/** @type {Record<string, any>} */
const manifest = JSON.parse(fs.readFileSync(inRoot('package.json'), 'utf8'));
/** @type {{ packages: Record<string, any> }} */
const lock = JSON.parse(fs.readFileSync(inRoot('package-lock.json'), 'utf8'));

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies'];

const faults = FIELDS.flatMap((field) => {
  const wanted = manifest[field] ?? {};
  const locked = lock.packages['']?.[field] ?? {};
  const names = new Set([...Object.keys(wanted), ...Object.keys(locked)]);
  return [...names].flatMap((name) => [
    ...(EXACT.test(wanted[name] ?? '')
      ? []
      : [`${field}: ${name} is not pinned to one version (${wanted[name] ?? 'not named'})`]),
    ...(wanted[name] === locked[name] ? [] : [`package-lock.json does not fit package.json: ${name}`]),
    ...(lock.packages[`node_modules/${name}`]?.version === wanted[name]
      ? []
      : [`package-lock.json holds another ${name}`]),
  ]);
});
const unchecked = Object.entries(lock.packages)
  .filter(([folder, entry]) => folder !== '' && entry.link !== true && !String(entry.integrity).startsWith('sha512-'))
  .map(([folder]) => `${folder} has no checksum in package-lock.json`);

/** Packages for other platforms must be in the lockfile too: without them `npm ci` fails there, and elsewhere. */
const forOthers = Object.entries(lock.packages).flatMap(([folder, entry]) =>
  Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !isLocked(folder, name))
    .map((name) => `package-lock.json lacks ${name}, which ${folder} takes on another platform`),
);

/** Whether a package that the one in `folder` depends on is in the lockfile, there or further up. @param {string} folder @param {string} name */
function isLocked(folder, name) {
  const parts = folder.split('/node_modules/');
  const places = parts.map((_, at) => [...parts.slice(0, at + 1), name].join('/node_modules/'));
  return [`node_modules/${name}`, ...places].some((place) => place in lock.packages);
}

/** Packages run nothing of theirs when they are installed, whoever types the command. */
const scripts = /^ignore-scripts=true$/m.test(fs.readFileSync(inRoot('.npmrc'), 'utf8'))
  ? []
  : ['.npmrc lets packages run scripts when they are installed'];

const all = [...faults, ...unchecked, ...forOthers, ...scripts];
console.log(
  all.length === 0 ? `${Object.keys(lock.packages).length - 1} packages, all pinned and checksummed.` : all.join('\n'),
);
process.exitCode = all.length === 0 ? 0 : 1;
