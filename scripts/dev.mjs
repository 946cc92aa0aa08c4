import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, inRoot } from './lib/root.mjs';
import { runScript } from './lib/run-script.mjs';

const HELP = `npm run dev [-- OPTIONS]    opens Rolecall and renews it whenever a source file changes

  --sandbox     against the built-in AWS, with nothing of yours touched
  --browser     in a browser, also where Electron is there
  --port N      the port of the screen in a browser (default 4173)`;

const DEFAULT_PORT = '4173';
const SETTLE_MS = 150;

/** @typedef {{ restart(): Promise<void>, stop(): void }} Runner what shows the app, and how to show it anew */

/**
 * The app in Electron, started anew after each change.
 *
 * @param {string} program @param {readonly string[]} args @returns {Runner}
 */
function electronRunner(program, args) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  const stop = () => {
    child?.removeAllListeners('exit');
    child?.kill();
  };
  return {
    stop,
    async restart() {
      stop();
      child = spawn(program, [ROOT, ...args], { cwd: ROOT, stdio: 'inherit' });
      child.on('exit', () => process.exit(0));
    },
  };
}

/**
 * The loopback host on one port, and a browser window that is led to each new host's one-shot address; without a browser the
 * address is printed.
 *
 * @param {readonly string[]} args @param {string} port @returns {Promise<Runner>}
 */
async function hostRunner(args, port) {
  const page = await openPage();
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  const stop = async () => {
    const old = child;
    if (old !== undefined && old.exitCode === null && old.kill()) {
      await new Promise((resolve) => old.once('exit', resolve));
    }
  };
  return {
    stop: () => void stop(),
    async restart() {
      await stop();
      const host = [inRoot('dist/cli/rolecall.js'), 'host', '--no-open', '--port', port, ...args];
      child = spawn(process.execPath, host, { cwd: ROOT, stdio: ['inherit', 'pipe', 'inherit'] });
      child.stdout?.on('data', (/** @type {Buffer} */ chunk) => {
        const text = chunk.toString('utf8');
        const address = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(text)?.[0];
        if (page === undefined || address === undefined) {
          process.stdout.write(text);
        } else {
          // Addresses differ in their fragment only, which alone would not load the page again.
          void page
            .goto('about:blank')
            .then(() => page.goto(address))
            .catch(() => {});
        }
      });
    },
  };
}

/** A window of a Chromium-family browser to show the app in. @returns {Promise<import('playwright-core').Page | undefined>} */
async function openPage() {
  const { CHROMIUM_ARGS, findChromium } = await import('./lib/find-chromium.mjs');
  const executablePath = findChromium();
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  if (executablePath === undefined || !hasDisplay) {
    return undefined;
  }
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, headless: false, args: CHROMIUM_ARGS });
  const page = await browser.newPage({ viewport: null });
  page.on('close', () => process.exit(0));
  return page;
}

/** Calls `action` when files below `src` have changed and come to rest. @param {() => void} action */
function watchSources(action) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  fs.watch(inRoot('src'), { recursive: true }, (_event, file) => {
    if (file !== null && !path.basename(file).startsWith('.')) {
      clearTimeout(timer);
      timer = setTimeout(action, SETTLE_MS);
    }
  });
}

/** @param {readonly string[]} args @returns {Promise<Runner>} */
async function chooseRunner(args) {
  const portAt = args.indexOf('--port');
  const port = portAt === -1 ? DEFAULT_PORT : (args[portAt + 1] ?? DEFAULT_PORT);
  const rest = args.filter((arg, at) => arg !== '--browser' && (portAt === -1 || (at !== portAt && at !== portAt + 1)));
  if (!args.includes('--browser')) {
    const { electronRuntime } = await import('./lib/electron-runtime.mjs');
    const runtime = await electronRuntime();
    if ('program' in runtime) {
      return electronRunner(runtime.program, rest);
    }
    console.log(`Electron is not used, since ${runtime.reason}.`);
  }
  return hostRunner(rest, port);
}

/**
 * Shows the sources as they are now. What was built before keeps running while they cannot be built.
 *
 * @param {() => Promise<readonly string[]>} build @param {Runner} runner
 */
async function rebuild(build, runner) {
  try {
    const built = await build();
    if (built.length > 0) {
      console.log(`Built ${built.join(', ')}.`);
      await runner.restart();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
}

/** @param {readonly string[]} args */
async function dev(args) {
  if (args.includes('--help')) {
    console.log(HELP);
    return;
  }
  await ensureInstalled();
  const { build } = await import('./build.mjs');
  await build();
  const runner = await chooseRunner(args);
  await runner.restart();
  let rebuilding = Promise.resolve();
  watchSources(() => {
    rebuilding = rebuilding.then(() => rebuild(build, runner));
  });
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])) {
    process.on(signal, () => {
      runner.stop();
      process.exit(code);
    });
  }
}

await runScript(dev);
