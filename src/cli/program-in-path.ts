import { access, constants, stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import type { Surroundings } from '../core/session/ports.ts';

/** Whether a program that we start by its bare name would be found. */
export async function isInPath(
  program: string,
  { env, platform }: Pick<Surroundings, 'env' | 'platform'>,
): Promise<boolean> {
  const path = platform === 'win32' ? win32 : posix;
  const name = platform === 'win32' ? `${program}.exe` : program;
  // On Windows the variable's name is written in more than one way.
  const folders = Object.entries(env).find(([variable]) => variable.toUpperCase() === 'PATH')?.[1] ?? '';
  const files = folders.split(path.delimiter).flatMap((folder) => (folder === '' ? [] : [path.join(folder, name)]));
  const found = await Promise.all(files.map(isProgram));
  return found.includes(true);
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
