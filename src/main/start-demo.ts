import { spawn } from 'node:child_process';
import { DemoFailedError } from '../core/app/shell.ts';

/** What the app runs as. */
export interface DemoProgram {
  readonly program: string;
  /** The folder of the app's sources, where the program is the bare runtime; undefined for an installed app. */
  readonly source: string | undefined;
}

/**
 * Starts this app once more as the demo: a process, a Chromium profile, an AWS and a home folder of its own, which end with it. Resolves
 * when it runs; it goes on when this app ends. Throws DemoFailedError.
 */
export function startDemo({ program, source }: DemoProgram): Promise<void> {
  const args = [...(source === undefined ? [] : [source]), '--sandbox'];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore' });
    child.once('error', (error) => reject(new DemoFailedError(error)));
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}
