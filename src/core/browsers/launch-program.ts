import { spawn } from 'node:child_process';
import type { Surroundings } from '../session/ports.ts';

/** What became of a program that was started to stay, or to finish soon. */
export type Launch =
  | { readonly kind: 'running' }
  | { readonly kind: 'ended'; readonly exitCode: number }
  | { readonly kind: 'not-started' };

/** Starts a program that outlives us, never through a shell; tells how it ended when that is within `watchMs`, else that it runs. */
export type LaunchProgram = (command: readonly string[], watchMs: number) => Promise<Launch>;

/** A program that has not failed after this long is taken for a browser that runs. */
export const WATCH_MS = 3_000;

/** Starts the machine's own programs, with nothing attached to our terminal. On Windows `hidden` programs get no console's window. */
export function programLauncher(
  { clock, env }: Pick<Surroundings, 'clock' | 'env'>,
  { hidden = true }: { readonly hidden?: boolean } = {},
): LaunchProgram {
  return ([program = '', ...args], watchMs) =>
    new Promise((resolve) => {
      const child = spawn(program, args, { detached: true, stdio: 'ignore', windowsHide: hidden, env });
      const cancel = clock.setTimer(watchMs, () => resolve({ kind: 'running' }));
      const settle = (result: Launch): void => {
        cancel();
        resolve(result);
      };
      child.on('error', () => settle({ kind: 'not-started' }));
      child.on('exit', (exitCode) => settle({ kind: 'ended', exitCode: exitCode ?? 1 }));
      child.unref();
    });
}
