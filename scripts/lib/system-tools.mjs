import fs from 'node:fs';
import path from 'node:path';
import { runProgram } from './run-program.mjs';

/** Programs and files that tests use where they are there, by the Debian package that holds them. */
const DEBIAN_TOOLS = {
  awscli: ['/usr/bin/aws'],
  'python3-boto3': ['/usr/lib/python3/dist-packages/boto3/__init__.py'],
  chromium: ['chromium'],
  'chromium-headless-shell': ['chromium-headless-shell'],
  'gnome-keyring': ['gnome-keyring-daemon'],
  'dbus-daemon': ['dbus-run-session'],
  xvfb: ['Xvfb'],
  xauth: ['xauth'],
  zsh: ['zsh'],
  fish: ['fish'],
  strace: ['strace'],
  // Letters of Chinese and Japanese: without them the pictures of the screen would show boxes, and are not compared.
  'fonts-noto-cjk': ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'],
};

/**
 * Installs what tests need on a Debian machine that this process may change (root in a container or on a build machine). Elsewhere
 * it does nothing: tests that miss a program skip with that reason. Never throws.
 */
export async function ensureSystemTools() {
  const missing = Object.entries(DEBIAN_TOOLS)
    .filter(([, programs]) => !programs.every(isThere))
    .map(([packageName]) => packageName);
  if (missing.length === 0 || process.getuid?.() !== 0 || !isThere('apt-get')) {
    return;
  }
  console.log(`Installing ${missing.join(', ')} for the tests ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram('apt-get', ['update', '-qq'], { quiet: true, env });
  if ((await install(missing, env)) === undefined) {
    return;
  }
  // One that this system's archive does not have must not keep the others away.
  for (const packageName of missing) {
    const trouble = await install([packageName], env);
    if (trouble !== undefined) {
      console.log(`Could not install ${packageName} (tests that need it are skipped): ${trouble}`);
    }
  }
}

/** @param {readonly string[]} packages @param {NodeJS.ProcessEnv} env @returns {Promise<string | undefined>} what went wrong */
async function install(packages, env) {
  const words = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const { code, output } = await runProgram('apt-get', words, { quiet: true, env });
  return code === 0 ? undefined : (output.trim().split('\n').at(-1) ?? '');
}

/** @param {string} program an absolute path, or a name to look up in PATH */
function isThere(program) {
  const places = path.isAbsolute(program)
    ? [program]
    : (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, program));
  return places.some((place) => fs.existsSync(place));
}
