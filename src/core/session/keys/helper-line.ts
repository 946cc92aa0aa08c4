import { createHash } from 'node:crypto';
import { BadInputError } from '../../model/errors.ts';
import { splitCommand } from '../resolve/split-command.ts';
import type { SsoRoleTarget } from '../../../shared/role-target.ts';

/** Whose credentials a `credential_process` line of ours hands out. */
export type HelperTarget = { readonly kind: 'profile'; readonly reference: string } | SsoRoleTarget;

type Platform = 'linux' | 'darwin' | 'win32';

/** Names that mean the same to shlex, `sh -c`, cmd and every INI reader. */
const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$/;
/** Paths that mean the same everywhere once they stand between double quotes. */
const POSIX_PATH = /^\/[A-Za-z0-9 ._@+,=:/-]+$/;
const WINDOWS_PATH = /^[A-Za-z]:\\[A-Za-z0-9 ._@+,=\\-]+[A-Za-z0-9._-]$/;
const OUR_PROGRAM = /^rolecall(?:[.-][a-z-]+)?$/i;

/**
 * How a helper line names a profile: by its name where that is plain, else by an id made from it. The JS SDK passes the line through a
 * shell, so no other text may stand in it.
 */
export function profileReference(profile: string): string {
  return PLAIN_NAME.test(profile)
    ? profile
    : `id:${createHash('sha256').update(profile, 'utf8').digest('hex').slice(0, 16)}`;
}

/** The profile that a reference names among those there are: by its name, else by its id. */
export function findReferenced<Profile extends { readonly name: string }>(
  profiles: readonly Profile[],
  reference: string,
): Profile | undefined {
  return (
    profiles.find((profile) => profile.name === reference) ??
    (reference.startsWith('id:') ? profiles.find((profile) => profileReference(profile.name) === reference) : undefined)
  );
}

/**
 * The `credential_process` line that serves this profile. Its words are the same for shlex, `sh -c` and cmd. Throws BadInputError where
 * the helper's path holds characters for which that cannot be.
 */
export function helperLine(helperPath: string, profile: string, platform: Platform): string {
  const pattern = platform === 'win32' ? WINDOWS_PATH : POSIX_PATH;
  if (!pattern.test(helperPath)) {
    throw new BadInputError(
      'Rolecall is installed in a folder whose name cannot stand safely in a credential_process line.',
      'Install it in a folder with a plain path: letters, digits, blanks and . _ @ + , = - only.',
    );
  }
  const program = helperPath.includes(' ') ? `"${helperPath}"` : helperPath;
  return `${program} credentials --profile ${profileReference(profile)}`;
}

/** Whether a `credential_process` is our own helper, and for whom; undefined for any other command. */
export function parseHelperLine(command: string, platform: Platform): HelperTarget | undefined {
  const words = splitCommand(command, platform) ?? [];
  const at = words.indexOf('credentials');
  const program = words[at - 1]?.split(/[\\/]/).at(-1);
  // `node /path/rolecall.js credentials …` is ours too.
  if (at < 1 || at > 2 || program === undefined || !OUR_PROGRAM.test(program)) {
    return undefined;
  }
  const option = optionsOf(words.slice(at + 1));
  const reference = option.get('profile');
  if (reference !== undefined) {
    return { kind: 'profile', reference };
  }
  const [ssoSession, accountId, roleName] = ['sso-session', 'account', 'role'].map((name) => option.get(name));
  return ssoSession === undefined || accountId === undefined || roleName === undefined
    ? undefined
    : { kind: 'sso-role', ssoSession, accountId, roleName };
}

/** `--name value` and `--name=value`. */
function optionsOf(words: readonly string[]): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  words.forEach((word, index) => {
    const [, name, value = words[index + 1]] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name !== undefined && value !== undefined) {
      options.set(name, value);
    }
  });
  return options;
}
