import type { PartitionId } from '../core/model/partition.ts';
import type { PolicyDocument } from './policy/policy-document.ts';

/** Everything the sandbox starts with, as plain data. What changes while it runs lives in `state/`. */
export interface Organization {
  readonly identityCenters: readonly IdentityCenter[];
  readonly accounts: readonly Account[];
}

/** One IAM Identity Center: a start URL, the region it lives in, its people and its permission sets. */
export interface IdentityCenter {
  /** The https start URL as a person would paste it. It names the instance; nothing is fetched from it. */
  readonly startUrl: string;
  /** Other start URLs of the same instance (a custom subdomain and the `d-…` one, say). */
  readonly alsoKnownAs?: readonly string[];
  readonly region: string;
  /** How long the sign-in behind all tokens lasts. */
  readonly sessionSeconds: number;
  readonly users: readonly PortalUser[];
  readonly permissionSets: readonly PermissionSet[];
}

/** A person of an Identity Center and what is assigned to them. */
export interface PortalUser {
  readonly userName: string;
  readonly displayName: string;
  readonly emailAddress: string;
  readonly assignments: readonly Assignment[];
}

/** One permission set in one account. */
export interface Assignment {
  readonly accountId: string;
  readonly permissionSetName: string;
}

/** A permission set; in an account it becomes the role `AWSReservedSSO_<name>_<16 hex digits>`. */
export interface PermissionSet {
  readonly permissionSetName: string;
  readonly sessionSeconds: number;
  readonly policies: readonly NamedPolicy[];
}

/** An AWS account. `accountName` and `emailAddress` are whatever their owner chose: treat them as hostile. */
export interface Account {
  readonly accountId: string;
  readonly accountName: string;
  readonly emailAddress: string;
  readonly partition?: PartitionId;
  readonly buckets?: readonly Bucket[];
  readonly instances?: readonly Instance[];
  readonly roles?: readonly Role[];
  readonly users?: readonly IamUser[];
  /** Identity providers that roles of this account may trust. The sandbox's own is `https://idp.rolecall-demo.example`. */
  readonly oidcProviders?: readonly string[];
}

/** A machine: of EC2 (`i-…`), or one elsewhere that was registered with Systems Manager (`mi-…`). Its names are its owner's: hostile. */
export interface Instance {
  readonly instanceId: string;
  readonly region: string;
  /** The `Name` tag; of a machine elsewhere the name it was registered under. */
  readonly name?: string;
  readonly state: 'running' | 'stopped';
  /** Whether its agent answers; absent where Systems Manager does not manage it. */
  readonly ping?: 'Online' | 'ConnectionLost';
  readonly platformType: 'Linux' | 'Windows';
  readonly platformName: string;
  readonly platformVersion: string;
  readonly privateAddress: string;
  readonly computerName: string;
}

/** An S3 bucket, for ListBuckets. */
export interface Bucket {
  readonly bucketName: string;
  readonly createdAt: Date;
}

/** An IAM role. `path` begins and ends with a slash and defaults to `/`. */
export interface Role {
  readonly roleName: string;
  readonly path?: string;
  readonly trustPolicy: PolicyDocument;
  readonly policies: readonly NamedPolicy[];
  /** 3600 to 43200; 3600 where absent, as in AWS. */
  readonly maxSessionSeconds?: number;
}

/** An IAM user. */
export interface IamUser {
  readonly userName: string;
  readonly path?: string;
  readonly createdAt?: Date;
  readonly policies: readonly NamedPolicy[];
  readonly accessKeys: readonly SeededAccessKey[];
  readonly mfaDevices?: readonly SeededMfaDevice[];
}

/** A policy of a user or role: attached where it has an ARN, inline otherwise. */
export interface NamedPolicy {
  readonly policyName: string;
  readonly policyArn?: string;
  readonly document: PolicyDocument;
}

/** An access key the user has from the start. */
export interface SeededAccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly createdAt?: Date;
}

/** A virtual MFA device that is enabled from the start, and on the sandbox's phone. */
export interface SeededMfaDevice {
  readonly deviceName: string;
  readonly base32Seed: string;
}
