import type { LongTermKey } from '../../model/credentials.ts';
import type { AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import type { IniDocument } from '../../files/ini-document.ts';
import { planChain } from '../resolve/plan-chain.ts';
import type { ChainSource } from '../resolve/chain-plan.ts';
import { KEPT_PREFIX, STORED_KEY } from '../resolve/profile-fields.ts';
import { findReferenced, parseHelperLine } from './helper-line.ts';
import { existingHeader } from './profile-header.ts';

type Platform = 'linux' | 'darwin' | 'win32';

/** What is needed to take a protection back without the copies of the files from before it. */
export interface UnprotectInput {
  readonly profiles: AwsProfiles;
  readonly profile: EffectiveProfile;
  readonly key: LongTermKey;
  readonly platform: Platform;
}

/** The config file as it was in meaning: keys that stood aside get their names back, our lines go. */
export function unprotectConfig(input: UnprotectInput): (document: IniDocument) => IniDocument {
  return restoreSections(input, 'config');
}

/** The credentials file as it was in meaning, with the key in it again unless the files hold it already. */
export function unprotectCredentials(
  input: UnprotectInput,
  isKeyBack: boolean,
): (document: IniDocument) => IniDocument {
  const { profile, key } = input;
  const restore = restoreSections(input, 'credentials');
  const header = existingHeader(profile, 'credentials') ?? profile.name;
  return (document) =>
    isKeyBack
      ? restore(document)
      : restore(document).putSection(header, {
          aws_access_key_id: key.accessKeyId,
          aws_secret_access_key: key.secretAccessKey.reveal(),
        });
}

/** Whether another protected profile holds the same key: then the store must keep it. */
export function isKeyShared({ profiles, profile, key, platform }: UnprotectInput): boolean {
  return profiles.profiles.some(({ name }) => {
    const source = sourceIfGood(profiles, name, platform);
    return source?.kind === 'stored-key' && source.accessKeyId === key.accessKeyId && source.profile !== profile.name;
  });
}

/**
 * The profiles that get their credentials from this profile's stored key through our own line: itself and its roles. Not those of another
 * profile that holds the same key, which stays protected.
 */
function servedByKeyOf({ profiles, profile, platform }: UnprotectInput): readonly EffectiveProfile[] {
  return profiles.profiles.filter((candidate) => {
    const source = isServingItself(profiles, candidate, platform)
      ? sourceIfGood(profiles, candidate.name, platform)
      : undefined;
    return source?.kind === 'stored-key' && source.profile === profile.name;
  });
}

function restoreSections(
  input: UnprotectInput,
  file: 'config' | 'credentials',
): (document: IniDocument) => IniDocument {
  const headers = servedByKeyOf(input).flatMap((served) => existingHeader(served, file) ?? []);
  return (document) =>
    headers.reduce<IniDocument>((now, header) => restoreSection(now, header, input.platform), document);
}

function restoreSection(document: IniDocument, header: string, platform: Platform): IniDocument {
  const section = document.section(header);
  if (section === undefined) {
    return document;
  }
  const command = document.get(header, 'credential_process') ?? '';
  const withoutLine =
    parseHelperLine(command, platform) === undefined ? document : document.removeKey(header, 'credential_process');
  const kept = section.entries
    .map(({ name }) => name)
    .filter((name) => name.startsWith(KEPT_PREFIX) && name !== STORED_KEY);
  return kept
    .reduce<IniDocument>((now, name) => {
      const plain = name.slice(KEPT_PREFIX.length);
      // What the user put there since wins.
      return now.get(header, plain) === undefined ? now.renameKey(header, name, plain) : now.removeKey(header, name);
    }, withoutLine)
    .removeKey(header, STORED_KEY);
}

function isServingItself(profiles: AwsProfiles, profile: EffectiveProfile, platform: Platform): boolean {
  const target = parseHelperLine(profile.credentialProcess ?? '', platform);
  return target?.kind === 'profile' && findReferenced(profiles.profiles, target.reference)?.name === profile.name;
}

function sourceIfGood(profiles: AwsProfiles, name: string, platform: Platform): ChainSource | undefined {
  try {
    return planChain({ profiles, platform }, name).source;
  } catch {
    return undefined;
  }
}
