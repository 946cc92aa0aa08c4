import type { FilePreview } from '../../../shared/commands.ts';
import type { AwsNetwork } from '../../aws/client-config.ts';
import { getCallerIdentity, type CallerIdentity } from '../../aws/sts.ts';
import { profileHeader } from '../../files/aws-sections.ts';
import type { IniDocument } from '../../files/ini-document.ts';
import { isSafeProfileName } from '../../files/profile-name.ts';
import type { LongTermKey } from '../../model/credentials.ts';
import { notARegion } from '../../model/did-you-mean.ts';
import { AlreadyExistsError, BadInputError } from '../../model/errors.ts';
import { partitionOfRegion } from '../../model/partition.ts';
import { Secret } from '../../model/secret.ts';
import { STORED_KEY } from '../resolve/profile-fields.ts';
import { regionsOfEnvironment, partitionOfKey, stsRegion } from '../resolve/sts-region.ts';
import { RootKeyError } from './errors.ts';
import { helperLine } from './helper-line.ts';
import { existingHeader } from './profile-header.ts';
import type { KeyFiles } from './key-files.ts';
import type { StoredKeys } from './stored-keys.ts';

/** What adding a key works with. */
export interface AddKeyParts {
  readonly files: KeyFiles;
  readonly keys: StoredKeys;
  readonly network: AwsNetwork;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly helperPath: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
}

/** A key to be put in, as the user pasted it. */
export interface NewKey {
  readonly profile: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly region?: string | undefined;
}

/** Lines of programs that keep the user's own keys: who puts a key in here leaves them. */
const KEPT_ELSEWHERE = /^\s*(?:\S*[\\/])?(?:aws-vault|d?granted)(?:\.exe)?\s/;
/** Keys by which a profile has credentials already. */
const CREDENTIAL_KEYS = [
  'aws_access_key_id',
  'role_arn',
  'credential_process',
  'sso_account_id',
  'sso_role_name',
  'login_session',
  'web_identity_token_file',
];

/**
 * Puts an access key straight into the secret store, with a profile that uses it; it is in no file at any time. The key is tried first.
 *
 * A line by which another keeper of keys (aws-vault, Granted) serves the profile is replaced. Throws BadInputError for what is no
 * long-term key or no good name, AlreadyExistsError for a profile that has credentials, RootKeyError,
 * KeyRefusedError for a key AWS does not know, and what store and files throw.
 */
export async function addKey(
  parts: AddKeyParts,
  input: NewKey,
  signal: AbortSignal,
): Promise<{ readonly identity: CallerIdentity; readonly previews: readonly FilePreview[] }> {
  const key = parseKey(input);
  const values = await newValues(parts, input, key);
  const wishes = [input.region, ...regionsOfEnvironment(parts.env)];
  const region = stsRegion(partitionOfKey(undefined, wishes), wishes);
  const identity = await getCallerIdentity({ network: parts.network, region, signal }, key);
  if (identity.arn.endsWith(':root')) {
    throw new RootKeyError();
  }
  await parts.keys.write(key);
  const edit = (document: IniDocument): IniDocument => document.putSection(values.header, values.keys);
  const preview = await parts.files.preview('config', edit);
  await parts.files.edit('config', edit);
  return { identity, previews: [{ ...preview, applied: true }] };
}

async function newValues(
  parts: AddKeyParts,
  input: NewKey,
  key: LongTermKey,
): Promise<{ readonly header: string; readonly keys: Readonly<Record<string, string>> }> {
  const profiles = await parts.files.readProfiles();
  const existing = profiles.profiles.find(({ name }) => name === input.profile);
  if (existing === undefined && !isSafeProfileName(input.profile) && input.profile !== 'default') {
    throw new BadInputError('That cannot be the name of a profile.', 'Use letters, digits and . _ @ + - only.');
  }
  const isKept = KEPT_ELSEWHERE.test(existing?.credentialProcess ?? '');
  const inTheWay = CREDENTIAL_KEYS.filter((name) => !(isKept && name === 'credential_process'));
  if (existing !== undefined && inTheWay.some((name) => existing.keys.has(name))) {
    throw new AlreadyExistsError(
      `The profile ${input.profile} has credentials already.`,
      'Choose another name, or remove them from the profile first.',
    );
  }
  if (input.region !== undefined && partitionOfRegion(input.region) === undefined) {
    throw notARegion(input.region);
  }
  const line = helperLine(parts.helperPath, input.profile, parts.platform);
  const inConfig = existing === undefined ? undefined : existingHeader(existing, 'config');
  const header = inConfig ?? profileHeader(input.profile, 'config');
  const region: Readonly<Record<string, string>> = input.region === undefined ? {} : { region: input.region };
  return { header, keys: { ...region, credential_process: line, [STORED_KEY]: key.accessKeyId } };
}

function parseKey(input: NewKey): LongTermKey {
  const accessKeyId = input.accessKeyId.trim();
  const secret = input.secretAccessKey.reveal().trim();
  if (accessKeyId.startsWith('ASIA')) {
    throw new BadInputError(
      'That is a temporary key, which ends by itself.',
      'Paste the long-term access key of the user.',
    );
  }
  if (!/^AKIA[A-Z0-9]{12,124}$/.test(accessKeyId)) {
    throw new BadInputError('That is no access key id.', 'It begins with AKIA and has 20 letters and digits.');
  }
  if (!/^[A-Za-z0-9/+=]{16,128}$/.test(secret)) {
    throw new BadInputError(
      'That is no secret access key.',
      'It has 40 characters: letters, digits, / and +. Copy it whole.',
    );
  }
  return { accessKeyId, secretAccessKey: new Secret(secret) };
}
