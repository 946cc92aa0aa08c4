import { access, constants } from 'node:fs/promises';
import type { AwsProfiles } from '../../model/profile.ts';
import { parseHelperLine } from '../keys/helper-line.ts';
import { splitCommand } from '../resolve/split-command.ts';
import type { Finding } from './finding.ts';

/** Profiles that Rolecall serves through a helper which is no longer where their line says, as after a move or an uninstallation. */
export async function checkHelperLines(
  profiles: AwsProfiles,
  platform: 'linux' | 'darwin' | 'win32',
): Promise<readonly Finding[]> {
  const lines = profiles.profiles.flatMap(({ name, credentialProcess }) =>
    credentialProcess !== undefined && parseHelperLine(credentialProcess, platform) !== undefined
      ? [{ name, program: splitCommand(credentialProcess, platform)?.[0] ?? '' }]
      : [],
  );
  const checked = await Promise.all(lines.map(async (line) => ({ ...line, isThere: await isProgram(line.program) })));
  return checked
    .filter(({ isThere }) => !isThere)
    .map(({ name, program }) => ({
      id: `helper-stale:${name}`,
      severity: 'error',
      title: `Profile ${name} asks a Rolecall that is not there: ${program}`,
      why: 'Every tool fails with this profile.',
      hint: 'Start Rolecall: it mends the line. Or run "rolecall protect" for the profile again.',
    }));
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
