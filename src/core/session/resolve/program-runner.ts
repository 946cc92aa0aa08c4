import { spawn, type ChildProcess } from 'node:child_process';
import type { Clock } from '../../model/clock.ts';

/** A program to run, without a shell. */
export interface ProgramCall {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** How a program ended. */
export type ProgramOutcome =
  | { readonly kind: 'ended'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'not-started'; readonly reason: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'too-much-output' };

/** Runs a program to its end. Rejects only with the signal's reason. */
export type RunProgram = (call: ProgramCall) => Promise<ProgramOutcome>;

/** What a program may print: node's own limit, which the JS SDK keeps too. */
const MAX_OUTPUT_BYTES = 1024 * 1024;

/**
 * Runs programs for real: no shell, no standard input (one that asks there fails at once; the terminal itself stays reachable),
 * killed at the time limit, at too much output, and when the caller goes away.
 */
export function createProgramRunner(clock: Clock): RunProgram {
  return (call) =>
    new Promise((resolve, reject) => {
      if (call.signal.aborted) {
        reject(call.signal.reason as Error);
        return;
      }
      const child = start(call);
      const run = new ProgramRun(child);
      const onAbort = (): void => finish(() => reject(call.signal.reason as Error));
      const cancelTimer = clock.setTimer(call.timeoutMs, () => finish(() => resolve({ kind: 'timed-out' })));
      const finish = (settle: () => void): void => {
        cancelTimer();
        call.signal.removeEventListener('abort', onAbort);
        run.stop();
        settle();
      };
      call.signal.addEventListener('abort', onAbort, { once: true });
      run.onEnd((outcome) => finish(() => resolve(outcome)));
    });
}

function start(call: ProgramCall): ChildProcess {
  const [program = '', ...args] = call.words;
  return spawn(program, args, {
    env: { ...call.env },
    shell: false,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** One running program and what it has printed so far. */
class ProgramRun {
  readonly #child: ChildProcess;
  readonly #stdout: Buffer[] = [];
  readonly #stderr: Buffer[] = [];
  #bytes = 0;
  #ended = false;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  onEnd(report: (outcome: ProgramOutcome) => void): void {
    const once = (outcome: ProgramOutcome): void => {
      if (!this.#ended) {
        this.#ended = true;
        report(outcome);
      }
    };
    const collect = (chunks: Buffer[]) => (chunk: Buffer) => {
      this.#bytes += chunk.length;
      chunks.push(chunk);
      if (this.#bytes > MAX_OUTPUT_BYTES) {
        once({ kind: 'too-much-output' });
      }
    };
    this.#child.stdout?.on('data', collect(this.#stdout));
    this.#child.stderr?.on('data', collect(this.#stderr));
    this.#child.on('error', (error) => once({ kind: 'not-started', reason: startFailure(error) }));
    this.#child.on('close', (exitCode) =>
      once({ kind: 'ended', exitCode: exitCode ?? 1, stdout: textOf(this.#stdout), stderr: textOf(this.#stderr) }),
    );
  }

  /** Ends the program if it still runs, and stops listening to what its children may go on printing. */
  stop(): void {
    this.#ended = true;
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGKILL');
    }
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

function startFailure(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ENOENT':
      return 'there is no such program';
    case 'EACCES':
      return 'it may not be run';
    default:
      return `it could not be started (${error.code ?? 'unknown reason'})`;
  }
}
