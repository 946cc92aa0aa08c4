import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { requireOwnFolder } from '../files/own-folder.ts';
import { systemClock } from '../model/clock.ts';
import { BadInputError } from '../model/errors.ts';
import type { Surroundings } from '../session/ports.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Platform = Surroundings['platform'];

/**
 * What this process runs in. `homeDir` stands for the user's own in the demo and in tests.
 * Throws BadInputError for a `ROLECALL_HOME` that is no absolute path: it would mean another folder in every program; and FileUnsafeError
 * where our folder is another user's.
 */
export function processSurroundings(
  log: (line: string) => void,
  env: Environment = process.env,
  homeDir: string = homedir(),
): Surroundings {
  const platform = platformOf(process.platform);
  const folder = rolecallHome(env, homeDir, platform);
  requireOwnFolder(folder);
  return { clock: systemClock(), env, homeDir, platform, rolecallHome: folder, log };
}

function platformOf(name: NodeJS.Platform): Platform {
  return name === 'win32' || name === 'darwin' ? name : 'linux';
}

/** Our own folder: `ROLECALL_HOME`, else below the platform's folder for configuration. */
function rolecallHome(env: Environment, homeDir: string, platform: Platform): string {
  const chosen = env['ROLECALL_HOME'] ?? '';
  if (chosen !== '') {
    if (!isAbsolute(chosen)) {
      throw new BadInputError('ROLECALL_HOME is no absolute path.', 'Give the whole path, from the root.');
    }
    return chosen;
  }
  switch (platform) {
    case 'darwin':
      return join(homeDir, 'Library', 'Application Support', 'rolecall');
    case 'win32':
      return join(env['APPDATA'] ?? join(homeDir, 'AppData', 'Roaming'), 'rolecall');
    case 'linux':
      return join(absoluteOr(env['XDG_CONFIG_HOME'], join(homeDir, '.config')), 'rolecall');
  }
}

/** The XDG rules: a relative path there counts for nothing. */
function absoluteOr(path: string | undefined, fallback: string): string {
  return path !== undefined && isAbsolute(path) ? path : fallback;
}
