import { isSecretKey } from '../../files/secret-keys.ts';
import { jsProfile, parseJsIni } from '../../files/js-reading.ts';
import type { AwsFileTexts } from '../../files/load-aws-profiles.ts';
import type { AwsProfiles, EffectiveProfile, FilePlace, ProfileKind } from '../../model/profile.ts';
import { stopsWholeFile } from '../doctor/stopping-problems.ts';
import { requireProfile } from '../keys/key-files.ts';

/** One key of a profile. A secret's text is in neither value: then each says only whether the tool reads it. */
export interface ViewedKey {
  readonly name: string;
  readonly isSecret: boolean;
  /** As botocore reads it; undefined where it does not. A block's keys are `s3.max_queue_size`. */
  readonly awsCli: string | undefined;
  readonly jsSdk: string | undefined;
  readonly agree: boolean;
  /** Undefined for what only the JS SDK takes for a key. */
  readonly place: FilePlace | undefined;
}

/** A profile as each family of tools sees it; a kind is undefined where the tool does not see the profile. */
export interface ViewedProfile {
  readonly awsCli: ProfileKind | undefined;
  readonly jsSdk: ProfileKind | undefined;
  /** Those of its sso-session, which both take from there, come last. */
  readonly keys: readonly ViewedKey[];
}

/** What stands for a secret that a tool reads. */
const HIDDEN = '';

/**
 * What botocore and the JS SDK each make of one profile, key by key, with the places. An error in a file keeps botocore from all of it.
 * Throws NotFoundError.
 */
export function viewProfile(profiles: AwsProfiles, texts: AwsFileTexts, name: string): ViewedProfile {
  const profile = requireProfile(profiles, name);
  const stops = profiles.problems.some(({ code }) => stopsWholeFile(code));
  const seenByJs = jsProfile(parseJsIni(texts.config), parseJsIni(texts.credentials), name);
  const js = new Map([...(seenByJs ?? [])].map(([key, value]) => [key, isSecretKey(key) ? HIDDEN : value]));
  const own = flatKeys(profile).map(({ key, value, place }): ViewedKey => {
    const awsCli = stops ? undefined : value;
    const jsSdk = js.get(key);
    // The JS SDK leaves out what is empty; that is the same to every caller.
    return { ...named(key), awsCli, jsSdk, agree: awsCli === jsSdk || (value === '' && !isSecretKey(key)), place };
  });
  const known = new Set(own.map((each) => each.name));
  const others = [...js]
    // In another case it is a key to botocore, and of no use to the JS SDK.
    .filter(([key]) => !known.has(key.toLowerCase()))
    .map(([key, jsSdk]): ViewedKey => ({ ...named(key), awsCli: undefined, jsSdk, agree: false, place: undefined }));
  return {
    awsCli: stops ? undefined : profile.kind,
    jsSdk: profile.jsKind,
    keys: [...own, ...others, ...sessionKeys(profiles, profile, known, stops)],
  };
}

function named(name: string): Pick<ViewedKey, 'name' | 'isSecret'> {
  return { name, isSecret: isSecretKey(name) };
}

function flatKeys(
  profile: EffectiveProfile,
): readonly { readonly key: string; readonly value: string; readonly place: FilePlace }[] {
  return [...profile.keys].flatMap(([key, { value, nested, file, line }]) => {
    const place = { file, line };
    return nested === undefined
      ? [{ key, value: isSecretKey(key) ? HIDDEN : (value ?? ''), place }]
      : [...nested].map(([inner, text]) => ({ key: `${key}.${inner}`, value: text, place }));
  });
}

function sessionKeys(
  { ssoSessions }: AwsProfiles,
  { ssoSession }: EffectiveProfile,
  known: ReadonlySet<string>,
  stops: boolean,
): readonly ViewedKey[] {
  const session = ssoSessions.find(({ kind, name }) => kind === 'named' && name === ssoSession);
  const values = { sso_start_url: session?.startUrl, sso_region: session?.ssoRegion };
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined || known.has(key)
      ? []
      : [{ ...named(key), awsCli: stops ? undefined : value, jsSdk: value, agree: !stops, place: session?.place }],
  );
}
