import type { ProblemCode } from '../../shared/finding-codes.ts';

/** The two files of `~/.aws`. */
export type AwsFileKind = 'config' | 'credentials';

/** The families of tools that read them. `aws-cli` stands for everything on botocore: the AWS CLI and boto3. */
export type AwsTool = 'aws-cli' | 'js-sdk';

/**
 * How a profile gets its credentials.
 * `sso-legacy` has `sso_start_url` in the profile itself; `login` is `aws login`; `empty` holds settings only.
 */
export type ProfileKind =
  'sso' | 'sso-legacy' | 'assume-role' | 'web-identity' | 'process' | 'login' | 'static' | 'empty';

/** How bad: `error` stops a tool, `warning` makes tools disagree or surprises, `note` is good to know. */
export type ProblemSeverity = 'error' | 'warning' | 'note';

/** Something wrong in the files, in words for the user. Never holds a secret. */
export interface ProfileProblem {
  readonly code: ProblemCode;
  readonly severity: ProblemSeverity;
  readonly message: string;
  /** What to do. */
  readonly hint: string;
  /** Who suffers. */
  readonly tools: readonly AwsTool[];
  readonly file?: AwsFileKind;
  /** From 1. */
  readonly line?: number;
  /** The profile or sso-session it is about, where it is about one. */
  readonly profile?: string;
  readonly ssoSession?: string;
  readonly key?: string;
}

/** Where something stands. `line` counts from 1. */
export interface FilePlace {
  readonly file: AwsFileKind;
  readonly line: number;
}

/** One key of a profile after the two files are put together. A secret's text is not here: see `readStaticKey`. */
export interface ProfileKey extends FilePlace {
  /** The text of the value; undefined for secrets and for blocks such as `s3 =`. */
  readonly value: string | undefined;
  /** The keys of a block. */
  readonly nested?: ReadonlyMap<string, string>;
}

/** A profile's keys by their lower-case names. A map is one. */
export interface ProfileKeys extends Iterable<[name: string, key: ProfileKey]> {
  readonly size: number;
  get(name: string): ProfileKey | undefined;
  has(name: string): boolean;
}

/** One section that a profile consists of. */
export interface ProfileSection extends FilePlace {
  /** As written between the brackets: the name to edit it by. */
  readonly header: string;
}

/** That a profile holds an access key, and which; never the secret. */
export interface StaticKeyPresence {
  readonly accessKeyId: string;
  /** The file that holds the access key id. */
  readonly file: AwsFileKind;
  readonly hasSecret: boolean;
  /** With a session token: the key ends by itself. */
  readonly isTemporary: boolean;
}

/**
 * One profile as the AWS CLI and boto3 put it together from the two files: key by key, the credentials file over the config file.
 * Where the JS SDK sees something else, `problems` says so.
 */
export interface EffectiveProfile {
  readonly name: string;
  readonly kind: ProfileKind;
  /** The same for the JS SDK; undefined when it does not see the profile. */
  readonly jsKind: ProfileKind | undefined;
  readonly sections: readonly ProfileSection[];
  /** Every key, lower case, with its place. */
  readonly keys: ProfileKeys;
  readonly region?: string;
  readonly output?: string;
  readonly ssoSession?: string;
  /** From the sso-session, or the profile's own in the legacy form. */
  readonly startUrl?: string;
  readonly ssoRegion?: string;
  /** 12 digits; absent when what is written is not. */
  readonly accountId?: string;
  readonly roleName?: string;
  readonly roleArn?: string;
  readonly sourceProfile?: string;
  readonly credentialSource?: string;
  readonly mfaSerial?: string;
  readonly externalId?: string;
  readonly durationSeconds?: number;
  readonly roleSessionName?: string;
  readonly credentialProcess?: string;
  /** aws-vault's key: a command that prints an MFA code. */
  readonly mfaProcess?: string;
  readonly webIdentityTokenFile?: string;
  readonly loginSession?: string;
  readonly endpointUrl?: string;
  readonly services?: string;
  readonly staticKey?: StaticKeyPresence;
  readonly problems: readonly ProfileProblem[];
}

/** One Identity Center as the config file names it: an `[sso-session NAME]`, or the legacy profiles that share a start URL. */
export interface SsoSessionConfig {
  readonly kind: 'named' | 'legacy';
  /** The section's name; of the legacy form the start URL. Unique among all. */
  readonly name: string;
  /** What the AWS CLI's cache file is named after: the same text, hashed. */
  readonly cacheKey: string;
  /** Absent when the section does not say. */
  readonly startUrl?: string;
  readonly ssoRegion?: string;
  readonly scopes: readonly string[];
  readonly place: FilePlace;
  /** The header as written; absent in the legacy form. */
  readonly header?: string;
  /** The profiles that use it. */
  readonly profiles: readonly string[];
  readonly problems: readonly ProfileProblem[];
}

/** All that the two files say. */
export interface AwsProfiles {
  readonly profiles: readonly EffectiveProfile[];
  readonly ssoSessions: readonly SsoSessionConfig[];
  /** What is wrong with the files themselves. Those of one profile are with the profile. */
  readonly problems: readonly ProfileProblem[];
}
