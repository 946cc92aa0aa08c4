import { FolderNotShownError } from '../core/app/shell.ts';
import type { Surroundings } from '../core/session/ports.ts';
import { systemPrograms, type Programs } from './run-program.ts';

/** Long enough for a program to say that it cannot; a file manager itself may stay. */
const WATCH_MS = 1_500;

/** Shows a folder in the file manager of this system. The path is always one of our own. Rejects with FolderNotShownError. */
export async function showFolder(
  surroundings: Surroundings,
  path: string,
  programs: Programs = systemPrograms(surroundings),
): Promise<void> {
  const { platform } = surroundings;
  const launched = await programs.launch([FILE_MANAGERS[platform], path], WATCH_MS);
  // Explorer ends with 1 also when it shows the folder.
  const isShown =
    launched.kind === 'running' || (launched.kind === 'ended' && (launched.exitCode === 0 || platform === 'win32'));
  if (!isShown) {
    throw new FolderNotShownError(path);
  }
}

const FILE_MANAGERS = { linux: 'xdg-open', darwin: '/usr/bin/open', win32: 'explorer.exe' } as const;
