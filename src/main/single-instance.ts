import type { App } from 'electron';

/**
 * Lets one instance of the app run per user: the first goes on and is told when another is started; the others end with exit
 * code 0 and leave it to the first to come to the front.
 *
 * Returns whether this is the first.
 */
export function setUpSingleInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'exit' | 'on'>,
  onSecondStart: (argv: readonly string[]) => void,
): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return false;
  }
  app.on('second-instance', (_event, argv) => onSecondStart(argv));
  return true;
}
