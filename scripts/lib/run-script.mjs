import { requireNodeVersion } from './node-version.mjs';

/**
 * Runs a script's work with the words it was called with. What it returns is the exit code; what it throws ends it with one plain
 * message and code 1.
 *
 * @param {(args: readonly string[]) => Promise<number | void>} work
 */
export async function runScript(work) {
  requireNodeVersion();
  try {
    const code = await work(process.argv.slice(2));
    if (code !== undefined) {
      process.exitCode = code;
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
