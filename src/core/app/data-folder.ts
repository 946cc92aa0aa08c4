import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileFailedError, systemErrorCode } from '../files/file-errors.ts';
import type { Cache } from '../../shared/settings-commands.ts';
import { activityFile } from './activity-log.ts';
import type { Surroundings } from '../session/ports.ts';

/** Our own folder, as the settings page shows it. */
export interface DataFolderCare {
  readonly path: string;
  /** How much each cache takes. Throws FileFailedError where the folder cannot be read. */
  cacheBytes(): Promise<Readonly<Record<Cache, number>>>;
}

/** The folder of this user. */
export function dataFolderCare({ rolecallHome }: Pick<Surroundings, 'rolecallHome'>): DataFolderCare {
  const activity = activityFile(rolecallHome);
  return {
    path: rolecallHome,
    async cacheBytes() {
      const folder = join(rolecallHome, 'directories');
      const directories = (await namesIn(folder)).map((name) => join(folder, name));
      return { directories: await sizeOf(directories), activity: await sizeOf([activity, `${activity}.1`]) };
    },
  };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return [];
    }
    throw new FileFailedError(folder, 'read', error);
  }
}

async function sizeOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
