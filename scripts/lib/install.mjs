import fs from 'node:fs';
import { inRoot } from './root.mjs';
import { runNode, runProgram } from './run-program.mjs';

/** What npm has to say comes first; its usage text follows. */
const NPM_LINES = 12;

/** @typedef {{ version?: string, optional?: boolean }} LockedPackage */

/**
 * Installs the packages of `package-lock.json` when they are not there, or not those of the lockfile. No install script runs.
 *
 * Throws when npm fails.
 */
export async function ensureInstalled() {
  if (isInstalled()) {
    return;
  }
  console.log('Installing packages (npm ci) ...');
  // NODE_ENV=production would leave out what the build needs.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npmScript = process.env.npm_execpath;
  const { code, output } =
    npmScript !== undefined && npmScript.endsWith('.js')
      ? await runNode([npmScript, ...args], { quiet: true })
      : await runProgram('npm', args, { quiet: true, shell: process.platform === 'win32' });
  if (code !== 0) {
    throw new Error(`npm ci failed:\n${output.trim().split('\n').slice(0, NPM_LINES).join('\n')}`);
  }
}

/** Whether every package of the lockfile that this machine needs is installed in the locked version. */
function isInstalled() {
  const locked = readPackages(inRoot('package-lock.json'));
  const installed = readPackages(inRoot('node_modules/.package-lock.json'));
  return [...locked].every(([folder, wanted]) => {
    const found = installed.get(folder);
    return found === undefined ? wanted.optional === true : found.version === wanted.version;
  });
}

/** What a lockfile lists, by folder; nothing when it cannot be read. @param {string} lockfile @returns {Map<string, LockedPackage>} */
function readPackages(lockfile) {
  try {
    const parsed = JSON.parse(fs.readFileSync(lockfile, 'utf8'));
    /** @type {Map<string, LockedPackage>} */
    const packages = new Map(Object.entries(parsed.packages));
    packages.delete('');
    return packages;
  } catch {
    return new Map();
  }
}
