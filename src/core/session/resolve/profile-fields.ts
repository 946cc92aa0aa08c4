import type { EffectiveProfile } from '../../model/profile.ts';

/** What stands before the keys that a protected profile keeps beside its `credential_process`. */
export const KEPT_PREFIX = 'rolecall_';
/** Holds a protected profile's access key id, under which our secret store keeps the secret. */
export const STORED_KEY = `${KEPT_PREFIX}key`;

/** A key that signs, as a profile has it. */
export type KeyOfProfile =
  | {
      readonly kind: 'in-file';
      readonly accessKeyId: string;
      readonly file: 'config' | 'credentials';
      readonly isTemporary: boolean;
      readonly hasSecret: boolean;
    }
  | { readonly kind: 'stored'; readonly accessKeyId: string };

/** The keys of a profile that decide where its credentials come from. Empty values count as absent. */
export interface ProfileFields {
  readonly roleArn: string | undefined;
  readonly sourceProfile: string | undefined;
  readonly credentialSource: string | undefined;
  readonly mfaSerial: string | undefined;
  readonly mfaProcess: string | undefined;
  readonly externalId: string | undefined;
  readonly durationSeconds: string | undefined;
  readonly roleSessionName: string | undefined;
  readonly webIdentityTokenFile: string | undefined;
  readonly credentialProcess: string | undefined;
  readonly loginSession: string | undefined;
  readonly ssoSession: string | undefined;
  readonly ssoStartUrl: string | undefined;
  readonly ssoAccountId: string | undefined;
  readonly ssoRoleName: string | undefined;
  readonly region: string | undefined;
  readonly key: KeyOfProfile | undefined;
}

/** A profile as it stands in the files. */
export function fieldsOf(profile: EffectiveProfile): ProfileFields {
  const { staticKey } = profile;
  const key = staticKey === undefined ? undefined : ({ kind: 'in-file', ...staticKey } as const);
  return readFields(profile, '', key);
}

/** A protected profile as it stood before: what it keeps beside our `credential_process` line, and its key in the store. */
export function keptFieldsOf(profile: EffectiveProfile): ProfileFields {
  const accessKeyId = valueOf(profile, STORED_KEY);
  const kept = readFields(
    profile,
    KEPT_PREFIX,
    accessKeyId === undefined ? undefined : { kind: 'stored', accessKeyId },
  );
  return {
    ...kept,
    mfaProcess: kept.mfaProcess ?? valueOf(profile, 'mfa_process'),
    region: kept.region ?? valueOf(profile, 'region'),
  };
}

function readFields(profile: EffectiveProfile, prefix: string, key: KeyOfProfile | undefined): ProfileFields {
  const read = (name: string): string | undefined => valueOf(profile, `${prefix}${name}`);
  return {
    roleArn: read('role_arn'),
    sourceProfile: read('source_profile'),
    credentialSource: read('credential_source'),
    mfaSerial: read('mfa_serial'),
    mfaProcess: read('mfa_process'),
    externalId: read('external_id'),
    durationSeconds: read('duration_seconds'),
    roleSessionName: read('role_session_name'),
    webIdentityTokenFile: read('web_identity_token_file'),
    credentialProcess: read('credential_process'),
    loginSession: read('login_session'),
    ssoSession: read('sso_session'),
    ssoStartUrl: read('sso_start_url'),
    ssoAccountId: read('sso_account_id'),
    ssoRoleName: read('sso_role_name'),
    region: read('region'),
    key,
  };
}

function valueOf(profile: EffectiveProfile, name: string): string | undefined {
  const value = profile.keys.get(name)?.value;
  return value === '' ? undefined : value;
}
