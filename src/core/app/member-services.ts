import { join } from 'node:path';
import type { AwsNetwork } from '../aws/client-config.ts';
import type { AwsFileEditorDeps } from '../files/aws-file-editor.ts';
import type { AwsPaths } from '../files/aws-paths.ts';
import { parseRoleArn, isMfaSerial } from '../model/arn.ts';
import { notARegion } from '../model/did-you-mean.ts';
import { AlreadyExistsError, BadInputError } from '../model/errors.ts';
import type { Random } from '../model/random.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { isSafeProfileName } from '../files/profile-name.ts';
import type { IniDocument } from '../files/ini-document.ts';
import { partitionOfRegion } from '../model/partition.ts';
import { addKey } from '../session/keys/add-key.ts';
import { keyFiles, type KeyFiles } from '../session/keys/key-files.ts';
import { mendCredentialsFile, previewMending } from '../session/keys/mend-credentials.ts';
import { ProfileProtection } from '../session/keys/protect-profile.ts';
import { protectionRecords } from '../session/keys/protection-records.ts';
import { KeyRotation } from '../session/keys/rotate-key.ts';
import { rotationJournal } from '../session/keys/rotation-journal.ts';
import { storedKeys } from '../session/keys/stored-keys.ts';
import { checkSetup } from '../session/guide/check-setup.ts';
import { MfaDeviceCare } from '../session/mfa/mfa-devices.ts';
import { storedAuthenticator } from '../session/mfa/stored-authenticator.ts';
import type { Surroundings } from '../session/ports.ts';
import { stsPorts, type CredentialServices } from '../session/resolve/create-credential-service.ts';
import type { FilePreview } from '../../shared/commands.ts';
import type { MemberServices, NewRoleProfile, ProtectionService } from './services.ts';

/** What the use cases of people with an IAM user are built on. */
export interface MemberParts {
  readonly surroundings: Surroundings;
  readonly network: AwsNetwork;
  readonly random: Random;
  readonly paths: AwsPaths;
  readonly lockDir: string;
  readonly editor: AwsFileEditorDeps;
  readonly secretStore: SecretStore;
  readonly helperPath: string;
  readonly access: Pick<CredentialServices, 'mfaRoles' | 'deviceMemories'>;
}

/** Builds what concerns keys and devices. */
export function createMemberServices(parts: MemberParts): {
  readonly members: MemberServices;
  readonly protection: ProtectionService;
} {
  const { surroundings, network, random, paths, lockDir, secretStore, helperPath, access } = parts;
  const { clock, env, platform } = surroundings;
  const files = keyFiles({ paths, lockDir, clock, store: secretStore });
  const keys = storedKeys(secretStore);
  const signing = {
    ...stsPorts({ surroundings, network, random }),
    files,
    keys,
    platform,
    env,
    mfaRoles: access.mfaRoles,
  };
  const awsNow = (): Date => network.serverClock.now();
  return {
    members: {
      addKey: async (input, signal) =>
        (await addKey({ files, keys, network, env, helperPath, platform }, input, signal)).identity,
      addRoleProfile: (input, options) => addRoleProfile(files, input, options.preview),
      devices: new MfaDeviceCare({
        ...signing,
        seeds: storedAuthenticator(secretStore),
        memories: access.deviceMemories,
        awsNow,
      }),
      rotation: new KeyRotation({ ...signing, journal: rotationJournal(secretStore), clock }),
      check: (reference, context) => checkSetup({ ...signing, awsNow }, reference, context),
      mendCredentials: (options) => (options.preview ? previewMending(files) : mendCredentialsFile(files)),
    },
    protection: createProtection(parts, files, keys),
  };
}

function createProtection(
  { surroundings, lockDir, editor, helperPath }: MemberParts,
  files: KeyFiles,
  keys: ReturnType<typeof storedKeys>,
): ProtectionService {
  const { platform, rolecallHome } = surroundings;
  const records = protectionRecords(join(rolecallHome, 'protected-profiles.json'), lockDir);
  const protection = new ProfileProtection({ files, keys, records, plainCopies: editor.backups, helperPath, platform });
  return {
    protect: (profile, { preview }) => (preview ? protection.preview(profile) : protection.protect(profile)),
    unprotect: (profile, { preview }) =>
      preview ? protection.previewUnprotect(profile) : protection.unprotect(profile),
  };
}

/** Writes a profile that assumes a role. Throws BadInputError for a value no AWS tool takes, AlreadyExistsError for a name in use. */
async function addRoleProfile(files: KeyFiles, input: NewRoleProfile, isPreview: boolean): Promise<FilePreview> {
  checkRoleProfile(input);
  const known = await files.readProfiles();
  if (known.profiles.some(({ name }) => name === input.profile)) {
    throw new AlreadyExistsError(`There is a profile ${input.profile} already.`, 'Choose another name.');
  }
  if (!known.profiles.some(({ name }) => name === input.sourceProfile)) {
    throw new BadInputError(`There is no profile ${input.sourceProfile} to start from.`, 'Add the access key first.');
  }
  const { roleArn, sourceProfile, mfaSerial, region } = input;
  const edit = (document: IniDocument): IniDocument =>
    document.putSection(`profile ${input.profile}`, {
      role_arn: roleArn,
      ...(mfaSerial === undefined ? {} : { mfa_serial: mfaSerial }),
      source_profile: sourceProfile,
      ...(region === undefined ? {} : { region }),
    });
  const preview = await files.preview('config', edit);
  if (isPreview) {
    return preview;
  }
  await files.edit('config', edit);
  return { ...preview, applied: true };
}

function checkRoleProfile({ profile, roleArn, mfaSerial, region }: NewRoleProfile): void {
  if (!isSafeProfileName(profile)) {
    throw new BadInputError('That cannot be the name of a profile.', 'Use letters, digits and . _ @ + - only.');
  }
  if (parseRoleArn(roleArn) === undefined) {
    throw new BadInputError('That is no ARN of a role.', 'It looks like arn:aws:iam::111122223333:role/NAME.');
  }
  if (mfaSerial !== undefined && !isMfaSerial(mfaSerial)) {
    throw new BadInputError(
      'That is no MFA device.',
      'It looks like arn:aws:iam::111122223333:mfa/NAME, or is the number on a hardware device.',
    );
  }
  if (region !== undefined && partitionOfRegion(region) === undefined) {
    throw notARegion(region);
  }
}
