import type { IniDocument } from '../../files/ini-document.ts';
import type { AwsFileKind, AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import { planChain } from '../resolve/plan-chain.ts';
import type { ChainPlan } from '../resolve/chain-plan.ts';
import { KEPT_PREFIX, STORED_KEY } from '../resolve/profile-fields.ts';
import { CHAINED_MAX_SECONDS } from '../../aws/sts.ts';
import { helperLine, parseHelperLine } from './helper-line.ts';
import { existingHeader, placeForKeys } from './profile-header.ts';

type Platform = 'linux' | 'darwin' | 'win32';

/** What the edits are made from. */
export interface ProtectInput {
  readonly profiles: AwsProfiles;
  /** The profile whose key is moved. */
  readonly profile: EffectiveProfile;
  readonly accessKeyId: string;
  readonly helperPath: string;
  readonly platform: Platform;
}

/** One section to be changed: keys that step aside, keys that are set, keys that go. */
export interface SectionEdit {
  readonly file: AwsFileKind;
  readonly header: string;
  /** Keys that get our prefix, so that no tool reads them any more, and can get their name back. */
  readonly setAside: readonly string[];
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** Keys by which a tool would find other credentials before it looks at `credential_process`. */
const COMPETING_KEYS = [
  'role_arn',
  'source_profile',
  'credential_source',
  'mfa_serial',
  'external_id',
  'duration_seconds',
  'role_session_name',
  'web_identity_token_file',
  'login_session',
  'credential_process',
] as const;
const SECRET_KEYS = ['aws_access_key_id', 'aws_secret_access_key'] as const;

/** What has to change so that the key is in the store and every program gets its credentials through us. */
export function protectEdits(input: ProtectInput): readonly SectionEdit[] {
  const { profiles, profile, accessKeyId, helperPath, platform } = input;
  const line = (name: string): string => helperLine(helperPath, name, platform);
  const place = placeForKeys(profile);
  const own = (['config', 'credentials'] as const).flatMap((file): readonly SectionEdit[] => {
    const isPlace = place.file === file;
    const header = isPlace ? place.header : existingHeader(profile, file);
    const set: SectionEdit['set'] = isPlace
      ? { credential_process: line(profile.name), [STORED_KEY]: accessKeyId }
      : {};
    const setAside = keysToSetAside(profile, file, platform);
    return header === undefined ? [] : [{ file, header, setAside, set, remove: SECRET_KEYS }];
  });
  const roles = rolesThatNeedHelp(profiles, profile.name, platform).flatMap((role) =>
    roleEdits(role, line(role.name), platform),
  );
  return [...own, ...roles];
}

/** The edits of one file as one pure function; doing it again changes nothing. */
export function applyEdits(edits: readonly SectionEdit[], file: AwsFileKind): (document: IniDocument) => IniDocument {
  const ofFile = edits.filter((edit) => edit.file === file);
  return (document) => ofFile.reduce(applyEdit, document);
}

function applyEdit(document: IniDocument, edit: SectionEdit): IniDocument {
  const { header } = edit;
  const isThere = document.section(header) !== undefined;
  const cleared = isThere
    ? edit.remove.reduce<IniDocument>((now, key) => now.removeKey(header, key), setAside(document, edit))
    : document;
  return Object.keys(edit.set).length === 0 ? cleared : cleared.putSection(header, edit.set);
}

function setAside(document: IniDocument, edit: SectionEdit): IniDocument {
  const { header, set } = edit;
  return edit.setAside.reduce<IniDocument>((now, key) => {
    const value = now.get(header, key);
    if (value === undefined || value === set[key]) {
      return now;
    }
    // What an earlier protection left under the same name means nothing any more.
    return now.removeKey(header, `${KEPT_PREFIX}${key}`).renameKey(header, key, `${KEPT_PREFIX}${key}`);
  }, document);
}

function roleEdits(role: EffectiveProfile, line: string, platform: Platform): readonly SectionEdit[] {
  const roleFile = role.keys.get('role_arn')?.file ?? 'config';
  return (['config', 'credentials'] as const).flatMap((file): readonly SectionEdit[] => {
    const header = existingHeader(role, file);
    return header === undefined
      ? []
      : [
          {
            file,
            header,
            setAside: keysToSetAside(role, file, platform),
            set: file === roleFile ? { credential_process: line } : {},
            remove: [],
          },
        ];
  });
}

/** The competing keys that a profile has in this file. Our own line is not set aside: it would keep itself. */
function keysToSetAside(profile: EffectiveProfile, file: AwsFileKind, platform: Platform): readonly string[] {
  return COMPETING_KEYS.filter((key) => {
    const found = profile.keys.get(key);
    const isOurLine = key === 'credential_process' && parseHelperLine(found?.value ?? '', platform) !== undefined;
    return found?.file === file && !isOurLine;
  });
}

/**
 * The roles that start from this key and that other programs could not assume by themselves once the key is gone: those that want a code,
 * and those that may last longer than what a session of the key could give.
 */
function rolesThatNeedHelp(profiles: AwsProfiles, keyProfile: string, platform: Platform): readonly EffectiveProfile[] {
  return profiles.profiles.filter((candidate) => {
    const plan = candidate.name === keyProfile ? undefined : planIfGood(profiles, candidate.name, platform);
    // A key in the store already: roles written since, or a key that never was in a file.
    const hasKey = plan?.source.kind === 'static-key' || plan?.source.kind === 'stored-key';
    const startsHere = hasKey && plan.source.profile === keyProfile;
    const isOurs = parseHelperLine(candidate.credentialProcess ?? '', platform) !== undefined;
    return (
      startsHere &&
      !isOurs &&
      plan.hops.some(({ mfa, durationSeconds = 0 }) => mfa !== undefined || durationSeconds > CHAINED_MAX_SECONDS)
    );
  });
}

function planIfGood(profiles: AwsProfiles, name: string, platform: Platform): ChainPlan | undefined {
  try {
    return planChain({ profiles, platform }, name);
  } catch {
    // A broken profile is not made worse by being left alone.
    return undefined;
  }
}
