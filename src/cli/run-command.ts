import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { NotFoundError, BadInputError } from '../core/model/errors.ts';

/** Signals that are passed on. */
const PASSED_ON: readonly NodeJS.Signals[] = [
  'SIGTERM',
  'SIGHUP',
  'SIGQUIT',
  'SIGUSR1',
  'SIGUSR2',
  'SIGWINCH',
  'SIGCONT',
];

/**
 * Ctrl-C reaches a child by itself, being of the same terminal group, and passed on too it would arrive twice, which some programs take
 * for "at once". Without a terminal nobody but us gets it.
 */
function hasTerminal(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    return process.platform === 'win32';
  }
}

/**
 * Runs a program in our place: same terminal, same folder, signals passed on. Resolves to its exit code, 128 + signal where it was killed.
 * Throws NotFoundError where there is no such program.
 */
export function runCommand(command: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    // Before it starts: it may tell somebody that it is ready sooner than we run on.
    const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
    const onInterrupt = hasTerminal() ? (): void => {} : passOn;
    for (const signal of PASSED_ON) {
      process.on(signal, passOn);
    }
    process.on('SIGINT', onInterrupt);
    const child = spawn(program, args, { stdio: 'inherit', env });
    const settle = (finish: () => void): void => {
      for (const signal of PASSED_ON) {
        process.off(signal, passOn);
      }
      process.off('SIGINT', onInterrupt);
      finish();
    };
    child.once('error', (error: NodeJS.ErrnoException) => settle(() => reject(startError(error))));
    child.once('exit', (code, signal) =>
      settle(() => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))),
    );
  });
}

function startError(error: NodeJS.ErrnoException): Error {
  return error.code === 'ENOENT'
    ? new NotFoundError('There is no such program.', 'Check the command after --.', error)
    : new BadInputError('The program could not be started.', 'Check that it is a program you may run.', error);
}
