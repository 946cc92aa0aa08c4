import type { Secret } from '../../model/secret.ts';
import { oneLine } from '../resolve/one-line.ts';
import type { RunProgram } from '../resolve/program-runner.ts';
import { splitCommand } from '../resolve/split-command.ts';
import { MfaProcessFailedError } from './errors.ts';
import { parseTokenCode } from './token-code.ts';

/** How long an `mfa_process` may take: time enough to touch a security key. */
export const MFA_PROCESS_TIMEOUT_MS = 30_000;

/** What it takes to run an `mfa_process`. */
export interface MfaProcessCall {
  readonly mfaSerial: string;
  readonly command: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunProgram;
  readonly signal: AbortSignal;
}

/**
 * Runs the command that the user named for codes (`mfa_process = ykman oath accounts code --single aws`), without a shell. It must
 * print the six digits and nothing else, as for aws-vault. Throws MfaProcessFailedError.
 */
export async function runMfaProcess(call: MfaProcessCall): Promise<Secret> {
  const failed = (detail: string): MfaProcessFailedError => new MfaProcessFailedError(call.mfaSerial, detail);
  const words = splitCommand(call.command, call.platform);
  if (words === undefined) {
    throw failed('its command line is empty or leaves a quotation mark open.');
  }
  const { env, run, signal } = call;
  const outcome = await run({ words, env, timeoutMs: MFA_PROCESS_TIMEOUT_MS, signal });
  if (outcome.kind === 'not-started') {
    throw failed(`${outcome.reason}.`);
  }
  if (outcome.kind === 'timed-out') {
    throw failed(`it did not end within ${MFA_PROCESS_TIMEOUT_MS / 1000} seconds.`);
  }
  if (outcome.kind === 'too-much-output') {
    throw failed('it printed more than a code.');
  }
  if (outcome.exitCode !== 0) {
    throw failed(`it ended with exit code ${outcome.exitCode}: ${oneLine(outcome.stderr)}`);
  }
  const code = parseTokenCode(outcome.stdout.replace(/\r?\n$/, ''));
  if (code === undefined) {
    throw failed('what it printed is not six digits.');
  }
  return code;
}
