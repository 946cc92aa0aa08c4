import { spawn } from 'node:child_process';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, inRoot } from './lib/root.mjs';
import { runScript } from './lib/run-script.mjs';

/**
 * All checks of the project, each on its own; the last line counts tests and checks: `N passed, N failed, N skipped`.
 */

/** A check that could not be made here ends so. */
const SKIPPED = 77;

/** @type {readonly { name: string, args: readonly string[] }[]} */
const STEPS = [
  { name: 'dependencies', args: [inRoot('scripts/check-dependencies.mjs')] },
  { name: 'audit', args: [inRoot('scripts/audit.mjs')] },
  { name: 'types', args: [inRoot('scripts/types.mjs')] },
  { name: 'lint', args: [inRoot('node_modules/oxlint/bin/oxlint'), '--type-aware'] },
  { name: 'format', args: [inRoot('node_modules/prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'] },
  { name: 'sizes', args: [inRoot('scripts/check-sizes.mjs')] },
  { name: 'package', args: [inRoot('scripts/check-package.mjs')] },
  { name: 'tests', args: [inRoot('scripts/test.mjs')] },
];

/**
 * Runs one check; its output passes through.
 *
 * @param {readonly string[]} args @returns {Promise<{ code: number, output: string, seconds: number }>}
 */
function runStep(args) {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => {
      output += chunk.toString('utf8');
      process.stdout.write(chunk);
    });
    child.on('close', (code) => resolve({ code: code ?? 1, output, seconds: (performance.now() - startedAt) / 1000 }));
  });
}

/** The counts that a test run ends with; undefined for other checks. @param {string} output */
function countsOf(output) {
  const match = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(output.trimEnd().split('\n').at(-1) ?? '');
  return match === null ? undefined : { passed: Number(match[1]), failed: Number(match[2]), skipped: Number(match[3]) };
}

/** Runs every check and tells the counts. @returns {Promise<number>} the exit code */
async function ci() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const summary = [];
  for (const { name, args } of STEPS) {
    console.log(`\n=== ${name}`);
    const { code, output, seconds } = await runStep(args);
    const tests = countsOf(output);
    const verdict = code === 0 ? 'passed' : code === SKIPPED ? 'skipped' : 'failed';
    counts.passed += tests?.passed ?? 0;
    counts.skipped += tests?.skipped ?? 0;
    counts.failed += tests?.failed ?? 0;
    // A test run that failed has counted its own failures, unless it broke before it could.
    if (tests === undefined || (verdict === 'failed' && tests.failed === 0)) {
      counts[verdict] += 1;
    }
    summary.push(`${verdict.padEnd(8)}${name} (${seconds.toFixed(0)} s)`);
  }
  console.log(`\n=== summary\n${summary.join('\n')}\n`);
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed === 0 ? 0 : 1;
}

await runScript(async () => {
  await ensureInstalled();
  return ci();
});
