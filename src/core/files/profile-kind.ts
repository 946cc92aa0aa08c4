import type { ProfileKind, ProfileKeys } from '../model/profile.ts';
import type { JsSection } from './js-reading.ts';

/**
 * How botocore gets a profile's credentials: its providers in their order, each taking the profile by the mere presence of its keys.
 * Source: https://github.com/boto/botocore/blob/1.43.11/botocore/credentials.py (`create_credential_resolver`)
 */
export function botocoreKind(keys: ProfileKeys): ProfileKind {
  if (keys.has('web_identity_token_file')) {
    return 'web-identity';
  }
  if (keys.has('role_arn')) {
    return 'assume-role';
  }
  if (keys.has('sso_role_name') || keys.has('sso_account_id')) {
    return keys.has('sso_session') ? 'sso' : 'sso-legacy';
  }
  const accessKeyFile = keys.get('aws_access_key_id')?.file;
  if (accessKeyFile === 'credentials') {
    return 'static';
  }
  if (keys.has('login_session')) {
    return 'login';
  }
  if (keys.has('credential_process')) {
    return 'process';
  }
  return accessKeyFile === 'config' ? 'static' : 'empty';
}

const SSO_LEGACY_KEYS = ['sso_start_url', 'sso_account_id', 'sso_region', 'sso_role_name'];

/**
 * How the JS SDK gets them. Other order, and it wants more than presence.
 * Source: https://github.com/aws/aws-sdk-js-v3/blob/main/packages/credential-provider-ini/src/resolveProfileData.ts
 */
export function jsKind(section: JsSection): ProfileKind {
  if (section.has('role_arn') && section.has('source_profile') !== section.has('credential_source')) {
    return 'assume-role';
  }
  if (section.has('aws_access_key_id') && section.has('aws_secret_access_key')) {
    return 'static';
  }
  if (section.has('web_identity_token_file') && section.has('role_arn')) {
    return 'web-identity';
  }
  if (section.has('credential_process')) {
    return 'process';
  }
  if (section.has('sso_session')) {
    return 'sso';
  }
  if (SSO_LEGACY_KEYS.some((key) => section.has(key))) {
    return 'sso-legacy';
  }
  return section.has('login_session') ? 'login' : 'empty';
}

const KIND_WORDS: Readonly<Record<ProfileKind, string>> = {
  sso: 'its sso-session',
  'sso-legacy': 'its own SSO settings',
  'assume-role': 'its role',
  'web-identity': 'its web identity token',
  process: 'its credential_process',
  login: 'its aws login session',
  static: 'its access key',
  empty: 'no credentials',
};

/** The kind in words that fit behind "uses". */
export function kindWords(kind: ProfileKind): string {
  return KIND_WORDS[kind];
}
