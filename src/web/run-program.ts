import { spawn } from 'node:child_process';
import { programLauncher, type LaunchProgram } from '../core/browsers/launch-program.ts';
import type { Surroundings } from '../core/session/ports.ts';

/** By whose time, and with which variables, programs run. */
type Machine = Pick<Surroundings, 'clock' | 'env'>;

/** Runs the machine's programs, never through a shell. Tests give their own. */
export interface Programs {
  readonly launch: LaunchProgram;
  /** Runs one with `input` on its stdin; resolves to its exit code. Rejects when it cannot be started or takes longer than `timeoutMs`. */
  feed(command: readonly string[], input: string, timeoutMs: number): Promise<number>;
  /** Runs one and resolves to what it printed. Rejects as `feed` does, and when it fails. */
  read(command: readonly string[], timeoutMs: number): Promise<string>;
}

const MAX_OUTPUT_BYTES = 1024 * 1024;

/** The machine's own programs. What they say on stderr is not read: it could repeat their input. */
export function systemPrograms(machine: Machine): Programs {
  return {
    launch: programLauncher(machine),
    feed: (command, input, timeoutMs) => feed(machine, command, input, timeoutMs),
    read: (command, timeoutMs) => read(machine, command, timeoutMs),
  };
}

function feed(
  { clock, env }: Machine,
  [program = '', ...args]: readonly string[],
  input: string,
  timeoutMs: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'], windowsHide: true, env });
    const cancel = clock.setTimer(timeoutMs, () => {
      child.kill('SIGKILL');
      reject(new Error(`${program} took too long`));
    });
    child.on('error', (error) => {
      cancel();
      reject(error);
    });
    // `exit`, not `close`: xclip and wl-copy leave a child behind that serves the clipboard.
    child.on('exit', (exitCode) => {
      cancel();
      resolve(exitCode ?? 1);
    });
    // A program that ends without reading its input breaks the pipe; its exit code tells more than that.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

function read({ clock, env }: Machine, [program = '', ...args]: readonly string[], timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true, env });
    const chunks: Buffer[] = [];
    const stop = (why: string): void => {
      child.kill('SIGKILL');
      reject(new Error(`${program} ${why}`));
    };
    const cancel = clock.setTimer(timeoutMs, () => stop('took too long'));
    child.on('error', (error) => {
      cancel();
      reject(error);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (chunks.reduce((sum, { length }) => sum + length, 0) > MAX_OUTPUT_BYTES) {
        stop('printed too much');
      }
    });
    child.on('close', (exitCode) => {
      cancel();
      if (exitCode === 0) {
        resolve(Buffer.concat(chunks).toString('utf8'));
      } else {
        reject(new Error(`${program} failed`));
      }
    });
  });
}
