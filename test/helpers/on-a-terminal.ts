import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { DEBIAN_PYTHON, run } from './sandbox-programs.ts';

const SCRIPT = fileURLToPath(new URL('../fixtures/on-a-terminal.py', import.meta.url));

/** How a command on a terminal ended. */
export interface EndedOnTerminal {
  readonly code: number;
  /** How often it asked for an MFA code. */
  readonly asked: number;
  readonly stdout: string;
  /** What the person saw. */
  readonly shown: string;
}

/** Runs a command on a terminal of its own and types these codes as it asks for them; Ctrl-D, who asks for more. */
export async function onTerminal(
  codes: readonly string[],
  command: readonly string[],
  env: Record<string, string>,
): Promise<EndedOnTerminal> {
  const ended = await run([DEBIAN_PYTHON, SCRIPT, JSON.stringify(codes), ...command], env);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  return JSON.parse(ended.stdout) as EndedOnTerminal;
}
