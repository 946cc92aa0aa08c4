import { spawn } from 'node:child_process';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, inRoot } from './lib/root.mjs';
import { runScript } from './lib/run-script.mjs';

/** A runtime that ends in error this soon never showed a window. */
const EARLY_EXIT_MS = 10_000;

const HELP = `npm start [-- OPTIONS]      opens Rolecall

  --sandbox     against the built-in AWS, with nothing of yours touched
  --browser     in a browser window, also where Electron could be used
  --no-open     (with --browser) prints the address only
  --port N      (with --browser) the port to serve the screen on`;

/**
 * Opens the app: in Electron, or where Electron's runtime cannot be had, the same screen through the loopback host.
 *
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
async function start(args) {
  if (args.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  await ensureInstalled();
  const { build } = await import('./build.mjs');
  const built = await build();
  if (built.length > 0) {
    console.log(`Built ${built.join(', ')}.`);
  }
  const forwarded = args.filter((arg) => arg !== '--browser');
  return args.includes('--browser') ? openHost(forwarded) : openElectron(forwarded);
}

/** @param {readonly string[]} args @returns {Promise<number>} */
async function openElectron(args) {
  const { electronRuntime } = await import('./lib/electron-runtime.mjs');
  const runtime = await electronRuntime();
  if ('reason' in runtime) {
    console.log(`Electron is not used, since ${runtime.reason}; opening the same screen in a browser.`);
    return openHost(args);
  }
  const startedAt = performance.now();
  const { code, wasTold } = await runForeground(runtime.program, [ROOT, ...args]);
  if (code === 0 || wasTold || performance.now() - startedAt > EARLY_EXIT_MS) {
    return code;
  }
  console.log(`Electron could not start here (exit code ${code}); opening the same screen in a browser.`);
  return openHost(args);
}

/** @param {readonly string[]} args */
async function openHost(args) {
  const { code } = await runForeground(process.execPath, [inRoot('dist/cli/rolecall.js'), 'host', ...args]);
  return code;
}

/**
 * Runs a program that owns the terminal. Ctrl+C reaches it by itself; this process waits for it to end. `wasTold`: it did not end
 * of its own accord.
 *
 * @param {string} program @param {readonly string[]} args @returns {Promise<{ code: number, wasTold: boolean }>}
 */
function runForeground(program, args) {
  return new Promise((resolve) => {
    let wasTold = false;
    /** @type {import('node:child_process').ChildProcess | undefined} */
    let child = undefined;
    // Before it starts: a signal may come as soon as it does.
    process.on('SIGINT', () => {
      wasTold = true;
    });
    process.on('SIGTERM', (signal) => {
      wasTold = true;
      child?.kill(signal);
    });
    child = spawn(program, [...args], { cwd: ROOT, stdio: 'inherit' });
    child.on('error', () => resolve({ code: 127, wasTold }));
    child.on('exit', (code, signal) => resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 143), wasTold }));
  });
}

await runScript(start);
