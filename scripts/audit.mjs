import { runProgram } from './lib/run-program.mjs';

/** The exit code for "could not be checked here". */
const SKIPPED = 77;

/**
 * Asks the registry about known weaknesses of the packages that reach users; high ones fail. A registry that does not answer such
 * questions is no reason to fail, but is told.
 */
const { code, output } = await runProgram('npm', ['audit', '--omit=dev', '--audit-level=high', '--audit=true'], {
  quiet: true,
  shell: process.platform === 'win32',
});
const isAnswered = /found \d+ vulnerabilit|\d+ vulnerabilit|Severity:/i.test(output);
if (!isAnswered) {
  const reason = /\b4\d\d [A-Z][\w ]+|\bE[A-Z]{4,}\b/.exec(output)?.[0] ?? 'no answer';
  console.log(`SKIP: the registry does not answer audits here (${reason.trim()}).`);
  process.exitCode = SKIPPED;
} else {
  console.log(output.trim().split('\n').slice(-20).join('\n'));
  process.exitCode = code === 0 ? 0 : 1;
}
