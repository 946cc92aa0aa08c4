import type { SsoRoleTarget } from '../../../shared/role-target.ts';
import type { RoleArn } from '../../model/arn.ts';
import type { Partition } from '../../model/partition.ts';

/** Where the first credentials of a chain come from. `profile` is the one that says so. */
export type ChainSource =
  | {
      readonly kind: 'static-key';
      readonly profile: string;
      readonly accessKeyId: string;
      readonly isTemporary: boolean;
    }
  /** A long-term key in our secret store: the profile is protected. */
  | { readonly kind: 'stored-key'; readonly profile: string; readonly accessKeyId: string }
  | { readonly kind: 'sso-role'; readonly profile: string | undefined; readonly target: SsoRoleTarget }
  | { readonly kind: 'process'; readonly profile: string; readonly command: string }
  /** `credential_source`: of this machine, not of a file. */
  | { readonly kind: 'environment' | 'container' | 'instance'; readonly profile: string }
  | {
      readonly kind: 'web-identity';
      readonly profile: string;
      readonly tokenFile: string;
      readonly role: RoleArn;
      readonly roleSessionName: string | undefined;
      readonly region: string | undefined;
    }
  /** `aws login`: `loginSession` is the ARN that names its token file. */
  | {
      readonly kind: 'login';
      readonly profile: string;
      readonly loginSession: string;
      readonly region: string | undefined;
    };

/** One AssumeRole. */
export interface RoleHop {
  readonly profile: string;
  readonly role: RoleArn;
  readonly externalId: string | undefined;
  /** As configured; undefined for AWS's own default of an hour. */
  readonly durationSeconds: number | undefined;
  readonly roleSessionName: string | undefined;
  readonly mfa: MfaOfProfile | undefined;
  /** Where STS is asked, as the profile says. */
  readonly region: string | undefined;
}

/** The MFA device a profile names. */
export interface MfaOfProfile {
  readonly mfaSerial: string;
  readonly mfaProcess: string | undefined;
}

/** How a profile gets its credentials: from the source, through the hops in order. */
export interface ChainPlan {
  /** The profile's name as it stands in the files; undefined for a role of an Identity Center. */
  readonly profile: string | undefined;
  readonly source: ChainSource;
  readonly hops: readonly RoleHop[];
  /** The profile's own region, for calls that have no hop. */
  readonly region: string | undefined;
  /** A device that the profile of the key itself names, for a session of the user's own. */
  readonly mfa: MfaOfProfile | undefined;
  /** The AWS cloud of the key's user where roles that start from the key tell it; for a key without hops. */
  readonly userPartition?: Partition | undefined;
}
