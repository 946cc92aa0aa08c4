import type { AwsFileKind } from '../model/profile.ts';
import { splitShellWords } from './shell-words.ts';

/** What a section of one of the two files is to botocore. `dropped`: it has the form of a profile but no usable name. */
export type SectionMeaning =
  | { readonly kind: 'profile' | 'sso-session' | 'services'; readonly name: string }
  | { readonly kind: 'defaults' }
  | { readonly kind: 'dropped' }
  | { readonly kind: 'other'; readonly name: string };

const PREFIXES = ['profile', 'sso-session', 'services'] as const;
// What nearly every name is; anything else goes through shlex.
const PLAIN_NAME = /^[A-Za-z0-9_.@+%:/-]+$/;
/** Python's configparser adds the keys of this section to every other one. */
export const CONFIGPARSER_DEFAULTS = 'DEFAULT';

/**
 * What `[header]` means in a file, as botocore reads it: any header that begins with one of three words counts, if shlex finds
 * exactly two words in it. In the credentials file every header is a profile's name, to the letter.
 * Source: https://github.com/boto/botocore/blob/1.43.11/botocore/configloader.py (`build_profile_map`)
 */
export function sectionMeaning(header: string, file: AwsFileKind): SectionMeaning {
  if (header === CONFIGPARSER_DEFAULTS) {
    return { kind: 'defaults' };
  }
  if (file === 'credentials' || header === 'default') {
    return { kind: 'profile', name: header };
  }
  const prefix = PREFIXES.find((word) => header.startsWith(word));
  if (prefix === undefined) {
    return { kind: 'other', name: header };
  }
  const plainName = header.charAt(prefix.length) === ' ' ? header.slice(prefix.length + 1) : '';
  if (PLAIN_NAME.test(plainName)) {
    return { kind: prefix, name: plainName };
  }
  const words = splitShellWords(header);
  const name = words?.length === 2 ? words[1] : undefined;
  return name === undefined ? { kind: 'dropped' } : { kind: prefix, name };
}

/** The header to write for a profile. Give only names that `isSafeProfileName` accepts. */
export function profileHeader(name: string, file: AwsFileKind): string {
  return file === 'credentials' || name === 'default' ? name : `profile ${name}`;
}
