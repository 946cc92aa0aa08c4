import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/root.mjs';
import { ensureSystemTools } from './lib/system-tools.mjs';
import { runScript } from './lib/run-script.mjs';

/**
 * `npm test`: sets everything up, builds, runs all tests. Arguments go to vitest, so `npm test -- test/core` runs a part.
 * The last line of a run is `N passed, N failed, N skipped`.
 * vitest sets the exit code.
 *
 * @param {readonly string[]} args
 */
async function test(args) {
  await ensureInstalled();
  await ensureSystemTools();
  const { build } = await import('./build.mjs');
  await build();
  const { parseCLI, startVitest } = await import('vitest/node');
  const { CountReporter } = await import('./lib/count-reporter.mjs');
  const { filter, options } = parseCLI(['vitest', 'run', ...args]);
  const vitest = await startVitest('test', filter, {
    ...options,
    root: ROOT,
    reporters: ['default', new CountReporter()],
  });
  await vitest.close();
}

await runScript(test);
