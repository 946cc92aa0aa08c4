import { access, constants } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import type { AwsProfiles } from '../../model/profile.ts';
import { parseHelperLine } from '../keys/helper-line.ts';
import { splitCommand } from '../resolve/split-command.ts';
import type { Finding } from './finding.ts';

type Platform = 'linux' | 'darwin' | 'win32';

/** Profiles that Rolecall serves through a program that is no longer where their line says, as after a move or an update. */
export async function checkHelperLines(profiles: AwsProfiles, platform: Platform): Promise<readonly Finding[]> {
  const byProgram = new Map<string, string[]>();
  for (const { name, credentialProcess = '' } of profiles.profiles) {
    for (const program of ourPrograms(credentialProcess, platform)) {
      const names = byProgram.get(program) ?? [];
      byProgram.set(program, names);
      names.push(name);
    }
  }
  const checked = await Promise.all(
    [...byProgram].map(async ([program, names]) => ({ program, names, isThere: await isProgram(program) })),
  );
  return checked.filter(({ isThere }) => !isThere).map(({ program, names }) => staleFinding(program, names));
}

/** What one of our own lines runs, as far as it is said by absolute path: the helper, or a runtime and the helper's script. */
export function ourPrograms(command: string, platform: Platform): readonly string[] {
  if (parseHelperLine(command, platform) === undefined) {
    return [];
  }
  const words = splitCommand(command, platform) ?? [];
  const path = platform === 'win32' ? win32 : posix;
  return words.slice(0, words.indexOf('credentials')).filter((word) => path.isAbsolute(word));
}

function staleFinding(program: string, names: readonly string[]): Finding {
  const shown = names.slice(0, 5).join(', ');
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return {
    id: `helper-stale:${program}`,
    severity: 'error',
    title: `${names.length === 1 ? 'The profile' : 'The profiles'} ${shown}${more} ${names.length === 1 ? 'asks' : 'ask'} a Rolecall that is not there: ${program}`,
    why: 'Every tool fails with such a profile.',
    hint: 'Let the lines name the Rolecall that runs now.',
    fix: { kind: 'repoint-helper-lines', profiles: names },
  };
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, path.endsWith('.js') || path.endsWith('.mjs') ? constants.R_OK : constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
