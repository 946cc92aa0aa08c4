import { fileURLToPath } from 'node:url';
import { DEBIAN_PYTHON, run, type Finished } from './sandbox-programs.ts';

const SCRIPT = fileURLToPath(new URL('../fixtures/types-on-a-terminal.py', import.meta.url));

/** Runs a command on a terminal of its own and types this at once when it asks its first question. Stdout is what the person saw. */
export function onATerminalTyped(
  typed: string,
  command: readonly string[],
  env: Record<string, string>,
): Promise<Finished> {
  return run([DEBIAN_PYTHON, SCRIPT, typed, ...command], env);
}
