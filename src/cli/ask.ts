import { MfaNeededError } from '../core/session/mfa/errors.ts';
import type { CliContext } from './cli-context.ts';
import { openTerminal, type Terminal } from './terminal-prompt.ts';
import { UsageError } from './usage-error.ts';

/** Runs something with the user's terminal. Throws UsageError where there is none: `what` says what it was needed for. */
export async function withTerminal<Value>(
  context: CliContext,
  what: string,
  ask: (terminal: Terminal) => Promise<Value>,
): Promise<Value> {
  const terminal = openTerminal(context.surroundings.platform);
  if (terminal === undefined) {
    throw new UsageError(`${what} needs a terminal.`, 'Run it in a terminal, or use the app.');
  }
  try {
    return await ask(terminal);
  } finally {
    terminal.close();
  }
}

/** Two codes in a row of a device, typed on the terminal. Throws MfaNeededError without one. */
export async function askTwoCodes(
  context: CliContext,
  mfaSerial: string,
): Promise<{ readonly firstCode: string; readonly secondCode: string }> {
  const ask = async (question: string): Promise<string> => {
    const terminal = openTerminal(context.surroundings.platform);
    if (terminal === undefined) {
      throw new MfaNeededError(mfaSerial);
    }
    try {
      return (await terminal.readHidden(question, context.signal)).reveal().trim();
    } finally {
      terminal.close();
    }
  };
  const firstCode = await ask('The code the device shows now: ');
  const secondCode = await ask('The next code, when it has changed: ');
  return { firstCode, secondCode };
}
