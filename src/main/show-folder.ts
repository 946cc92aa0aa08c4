import type { Shell } from 'electron';
import { FolderNotShownError } from '../core/app/shell.ts';

/** Shows a folder in the file manager of this system. The path is always one of our own. Rejects with FolderNotShownError. */
export async function showFolder(shell: Pick<Shell, 'openPath'>, path: string): Promise<void> {
  // Resolves to the system's complaint, or to an empty text.
  if ((await shell.openPath(path)) !== '') {
    throw new FolderNotShownError(path);
  }
}
