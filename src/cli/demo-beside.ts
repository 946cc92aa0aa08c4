import { DemoFailedError } from '../core/app/shell.ts';

/** Runs the demo until `signal` ends it or its own screen does; calls `onOpen` with how to show it again once it is open. */
export type RunDemo = (signal: AbortSignal, onOpen: (show: () => void) => void) => Promise<void>;

/** The demo in the same process as the app, with nothing in common but the terminal. */
export interface DemoBeside {
  /** Opens it, or shows it where it is open. Throws DemoFailedError. */
  open(): Promise<void>;
  /** Ends it where it runs. */
  close(): Promise<void>;
}

interface RunningDemo {
  readonly shown: Promise<() => void>;
  readonly ended: Promise<void>;
}

/** One demo at most, until `signal` or `close` ends it. */
export function demoBeside(run: RunDemo, signal: AbortSignal): DemoBeside {
  const ending = new AbortController();
  const now: { demo?: RunningDemo | undefined } = {};
  return {
    async open() {
      const { demo } = now;
      if (demo !== undefined) {
        (await demo.shown)();
        return;
      }
      const started = startDemo(run, AbortSignal.any([signal, ending.signal]), () => {
        now.demo = undefined;
      });
      now.demo = started;
      await started.shown.catch((error: unknown) => {
        throw new DemoFailedError(error);
      });
    },
    async close() {
      ending.abort();
      await now.demo?.ended;
    },
  };
}

function startDemo(run: RunDemo, signal: AbortSignal, onEnd: () => void): RunningDemo {
  const parts: { ended?: Promise<void> } = {};
  const shown = new Promise<() => void>((resolve, reject) => {
    parts.ended = run(signal, resolve)
      .then(() => reject(new Error('it ended before it was open')), reject)
      .finally(onEnd);
  });
  return { shown, ended: parts.ended ?? Promise.resolve() };
}
