import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { readSmallFile } from '../../files/small-file.ts';
import type { Surroundings } from '../ports.ts';

const MOST_BYTES = 64 * 1024;

/**
 * The folder for the user's downloads, else the home folder. Linux desktops name it in the user's language, in a file of shell assignments.
 * Source: https://www.freedesktop.org/wiki/Software/xdg-user-dirs/
 */
export async function downloadsDir({ env, homeDir, platform }: Surroundings): Promise<string> {
  const configDir = env['XDG_CONFIG_HOME'] || join(homeDir, '.config');
  const named = platform === 'linux' ? await namedDir(join(configDir, 'user-dirs.dirs'), homeDir) : undefined;
  const folder = named ?? join(homeDir, 'Downloads');
  return existsSync(folder) ? folder : homeDir;
}

async function namedDir(file: string, homeDir: string): Promise<string | undefined> {
  const bytes = await readSmallFile(file, MOST_BYTES).catch(() => undefined);
  const [, value] = /^\s*XDG_DOWNLOAD_DIR="([^"$`\\]*|\$HOME[^"$`\\]*)"/m.exec(new TextDecoder().decode(bytes)) ?? [];
  const path = value?.replace('$HOME', () => homeDir);
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
