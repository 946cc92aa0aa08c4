import { posix, win32 } from 'node:path';
import { isProgram } from '../files/is-program.ts';
import type { Surroundings } from '../session/ports.ts';

/**
 * The absolute path of a program in `PATH`, or undefined. Relative folders are left out: a program of the present folder must not pass for
 * one of the user's.
 */
export async function programInPath(
  program: string,
  { env, platform }: Pick<Surroundings, 'env' | 'platform'>,
): Promise<string | undefined> {
  const path = platform === 'win32' ? win32 : posix;
  const name = platform === 'win32' ? `${program}.exe` : program;
  // On Windows the variable's name is written in more than one way.
  const folders = Object.entries(env).find(([variable]) => variable.toUpperCase() === 'PATH')?.[1] ?? '';
  const files = folders
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name));
  const found = await Promise.all(files.map(isProgram));
  return files.find((_file, at) => found[at]);
}
