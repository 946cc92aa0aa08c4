import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { systemErrorCode } from '../core/files/file-errors.ts';
import { ProgramNotStartedError } from './program-not-started-error.ts';

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
 * Throws ProgramNotStartedError; `shell` is the variable that named the user's own shell.
 */
export function runCommand(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  shell?: string,
): Promise<number> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const running: { child?: ChildProcess } = {};
    // Before it starts: it may tell somebody that it is ready sooner than we run on.
    const passOn = (signal: NodeJS.Signals): void => void running.child?.kill(signal);
    const onInterrupt = hasTerminal() ? (): void => {} : passOn;
    for (const signal of PASSED_ON) {
      process.on(signal, passOn);
    }
    process.on('SIGINT', onInterrupt);
    const settle = (finish: () => void): void => {
      for (const signal of PASSED_ON) {
        process.off(signal, passOn);
      }
      process.off('SIGINT', onInterrupt);
      finish();
    };
    const fail = (error: unknown): void => settle(() => reject(startError(error, shell)));
    try {
      running.child = spawn(program, args, { stdio: 'inherit', env });
    } catch (error) {
      // Some reasons are told at once, such as a path through a file, or a name that is too long or empty.
      fail(error);
      return;
    }
    running.child.once('error', fail);
    running.child.once('exit', (code, signal) =>
      settle(() => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))),
    );
  });
}

function startError(error: unknown, shell: string | undefined): ProgramNotStartedError {
  const isMissing = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(systemErrorCode(error) ?? '');
  return new ProgramNotStartedError(!isMissing, wordsFor(!isMissing, shell), error);
}

function wordsFor(exists: boolean, shell: string | undefined): readonly [message: string, hint: string] {
  const what = shell === undefined ? 'program' : 'shell';
  const message = exists ? `The ${what} could not be started.` : `There is no such ${what}.`;
  if (shell !== undefined) {
    return [message, `Set ${shell} to the full path of your shell.`];
  }
  return [message, exists ? 'Check that it is a program you may run.' : 'Check the command after --.'];
}
