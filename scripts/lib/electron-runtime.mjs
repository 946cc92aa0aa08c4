import fs from 'node:fs';
import path from 'node:path';
import { inRoot } from './root.mjs';
import { runNode } from './run-program.mjs';

const PROBE_TIMEOUT_MS = 5_000;
const DOWNLOAD_TIMEOUT_MS = 240_000;
const DEFAULT_MIRROR = 'https://github.com/electron/electron/releases/';

/**
 * Electron's program in `node_modules`, fetched by Electron's own installer when it is missing. npm installs only a wrapper: the
 * runtime (some 110 MB) comes from elsewhere, and not every network lets it through.
 *
 * Must not be imported before the packages are installed. Never throws.
 *
 * @returns {Promise<{ program: string } | { reason: string }>}
 */
export async function electronRuntime() {
  if (needsDisplay() && !hasDisplay()) {
    return { reason: 'there is no display' };
  }
  const installed = installedProgram();
  if (installed !== undefined) {
    return { program: installed };
  }
  if (!(await mirrorAnswers())) {
    return { reason: 'its runtime cannot be downloaded here' };
  }
  console.log('Fetching the Electron runtime (about 110 MB, only once) ...');
  await runNode([inRoot('node_modules/electron/install.js')], { quiet: true, timeoutMs: DOWNLOAD_TIMEOUT_MS });
  const fetched = installedProgram();
  return fetched === undefined ? { reason: 'its runtime could not be downloaded' } : { program: fetched };
}

/** @returns {string | undefined} */
function installedProgram() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? inRoot('node_modules/electron/dist');
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const name = process.platform === 'darwin' || process.platform === 'win32' ? names[process.platform] : 'electron';
  const program = path.join(folder, name);
  return fs.existsSync(program) ? program : undefined;
}

const needsDisplay = () => process.platform !== 'darwin' && process.platform !== 'win32';
const hasDisplay = () => Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

/**
 * Whether anything answers where the installer would download from, so that a network that swallows packets costs seconds, not
 * minutes. Behind a proxy only the installer knows the way, so there it just tries.
 */
async function mirrorAnswers() {
  if (process.env.HTTPS_PROXY ?? process.env.https_proxy ?? process.env.ELECTRON_GET_USE_PROXY) {
    return true;
  }
  try {
    const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? DEFAULT_MIRROR;
    await fetch(mirror, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    return true;
  } catch {
    return false;
  }
}
