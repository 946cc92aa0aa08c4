import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import type { TemporaryCredentials } from '../../src/core/model/credentials.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

/** Credentials as the JS SDK takes them, and as its STS answers carry them. */
export interface SdkCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** An STS client of one caller. It tries once. */
export function stsClient(sandbox: Sandbox, credentials: SdkCredentials, region = 'ap-northeast-1'): STSClient {
  return new STSClient({ region, endpoint: sandbox.url, credentials, maxAttempts: 1 });
}

/** An IAM client of one caller. It tries once. */
export function iamClient(sandbox: Sandbox, credentials: SdkCredentials): IAMClient {
  return new IAMClient({ region: 'us-east-1', endpoint: sandbox.url, credentials, maxAttempts: 1 });
}

/** Credentials of ours as the SDK's clients take them. */
export function sdkCredentials({ accessKeyId, secretAccessKey, sessionToken }: TemporaryCredentials): SdkCredentials {
  return { accessKeyId, secretAccessKey: secretAccessKey.reveal(), sessionToken: sessionToken.reveal() };
}

/** The credentials of an STS answer. */
export function credentialsOf(answer: {
  readonly Credentials?: {
    readonly AccessKeyId: string | undefined;
    readonly SecretAccessKey: string | undefined;
    readonly SessionToken: string | undefined;
  };
}): SdkCredentials {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
