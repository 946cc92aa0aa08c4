import { FolderNotShownError } from '../core/app/shell.ts';
import { windowsProgram } from '../core/model/windows-program.ts';
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
  const { env, platform } = surroundings;
  const launched = await programs.launch([fileManager(env, platform), path], WATCH_MS);
  // Explorer ends with 1 also when it shows the folder.
  const isShown =
    launched.kind === 'running' || (launched.kind === 'ended' && (launched.exitCode === 0 || platform === 'win32'));
  if (!isShown) {
    throw new FolderNotShownError(path);
  }
}

function fileManager(env: Surroundings['env'], platform: Surroundings['platform']): string {
  switch (platform) {
    case 'linux':
      return 'xdg-open';
    case 'darwin':
      return '/usr/bin/open';
    case 'win32':
      return windowsProgram(env, 'explorer.exe');
  }
}
