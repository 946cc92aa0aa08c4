import type { App, Event, PowerMonitor } from 'electron';
import type { Clock } from '../core/model/clock.ts';

/** A core that does not end in this time is left behind: the user wants to go. */
const CLOSE_LIMIT_MS = 5_000;

/**
 * Lets the core end in order (clipboard emptied, logs written) before the app does, also when the machine is shut down. Quitting
 * twice does not start it twice.
 */
export function setUpQuit(
  app: Pick<App, 'on' | 'exit' | 'quit'>,
  powerMonitor: Pick<PowerMonitor, 'on'>,
  clock: Clock,
  close: () => Promise<void>,
): void {
  // `electron.d.ts` leaves out the event, though it tells to prevent it: otherwise Linux goes on at once, and takes the display
  // away before the core has ended.
  powerMonitor.on('shutdown', (...[event]: Pick<Event, 'preventDefault'>[]) => {
    event?.preventDefault();
    app.quit();
  });
  let closing: Promise<void> | undefined;
  app.on('before-quit', (event) => {
    event.preventDefault();
    closing ??= withLimit(close(), clock).then(() => app.exit(0));
  });
}

/** Resolves when `work` is settled, well or not, or when its time is over. */
function withLimit(work: Promise<void>, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.setTimer(CLOSE_LIMIT_MS, resolve);
    void work
      .catch(() => undefined)
      .finally(() => {
        cancel();
        resolve();
      });
  });
}
