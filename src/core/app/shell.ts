import { CoreError } from '../model/errors.ts';
import type { ParsedCommand } from '../../shared/commands.ts';

/** The demo could not be started from here. */
export class DemoFailedError extends CoreError {
  readonly code = 'internal';

  constructor(cause: unknown) {
    super('The demo could not be started from here.', 'Start it in a terminal: rolecall host --sandbox', cause);
  }
}

/** What only the process with the windows can do: Electron's main, or the loopback host. */
export interface Shell {
  quit(): void;
  openWindow(where: ParsedCommand<'openWindow'>): void;
  /** Opens the demo in a window of its own, or shows it where it is open. Throws DemoFailedError. */
  openDemo(): Promise<void>;
  /** Shows a folder of ours in the file manager. Rejects with FolderNotShownError. */
  showFolder(path: string): Promise<void>;
}

/** No file manager showed the folder. */
export class FolderNotShownError extends CoreError {
  readonly code = 'file-failed';

  constructor(path: string) {
    super('No file manager could be started.', `Open the folder yourself: ${path}`);
  }
}
