import { access, constants } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import type { AwsProfiles } from '../../model/profile.ts';
import { parseHelperLine } from '../keys/helper-line.ts';
import { splitCommand } from '../resolve/split-command.ts';
import type { Finding } from './finding.ts';

type Platform = 'linux' | 'darwin' | 'win32';

/**
 * Profiles that Rolecall serves through a program that is no longer where their line says, as after a move or an update, or through
 * another Rolecall than this one, whose helper is `helperPath`.
 */
export async function checkHelperLines(
  profiles: AwsProfiles,
  platform: Platform,
  helperPath: string,
): Promise<readonly Finding[]> {
  const byPrograms = new Map<string, { readonly programs: readonly string[]; readonly names: string[] }>();
  for (const { name, credentialProcess = '' } of profiles.profiles) {
    const programs = ourPrograms(credentialProcess, platform);
    const key = programs.join('\n');
    const group = byPrograms.get(key) ?? { programs, names: [] };
    byPrograms.set(key, group);
    group.names.push(name);
  }
  byPrograms.delete('');
  const checked = await Promise.all(
    [...byPrograms.values()].map(async ({ programs, names }) => {
      const isThere = await Promise.all(programs.map(isProgram));
      const gone = programs.find((_program, at) => isThere[at] === false);
      return gone !== undefined
        ? [staleFinding(gone, names)]
        : programs.includes(helperPath)
          ? []
          : [otherFinding(programs.at(-1) ?? '', names)];
    }),
  );
  return checked.flat();
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
  return {
    id: `helper-stale:${program}`,
    code: 'helper-stale',
    severity: 'error',
    title: `${asking(names)} a Rolecall that is not there: ${program}`,
    why: 'Every tool fails with such a profile.',
    hint: 'Let the lines name the Rolecall that runs now.',
    ...aboutOnly(names),
    fix: { kind: 'repoint-helper-lines', profiles: names },
  };
}

function otherFinding(program: string, names: readonly string[]): Finding {
  return {
    id: `helper-other:${program}`,
    code: 'helper-other',
    severity: 'info',
    title: `${asking(names)} another Rolecall than this one: ${program}`,
    why: 'It may be an older one, and stops working when that is removed.',
    hint: 'Let the lines name the Rolecall that runs now, unless you keep both on purpose.',
    ...aboutOnly(names),
    fix: { kind: 'repoint-helper-lines', profiles: names },
  };
}

function asking(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return `${names.length === 1 ? 'The profile' : 'The profiles'} ${shown}${more} ${names.length === 1 ? 'asks' : 'ask'}`;
}

function aboutOnly([first, ...others]: readonly string[]): Pick<Finding, 'about'> {
  return first === undefined || others.length > 0 ? {} : { about: { kind: 'profile', name: first } };
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, path.endsWith('.js') || path.endsWith('.mjs') ? constants.R_OK : constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
