import type { AssumeRoleCommandInput, Credentials } from '@aws-sdk/client-sts';
import type { SigningCredentials, TemporaryCredentials } from '../model/credentials.ts';
import { Secret } from '../model/secret.ts';
import { MalformedReplyError } from './aws-errors.ts';
import type { AwsRequest } from './client-config.ts';
import { callSigned } from './signed-call.ts';
import type { StsSubject } from './sts-errors.ts';

/** The longest session AWS gives to a role that is assumed with a role's or session's credentials. */
export const CHAINED_MAX_SECONDS = 3600;

/** A code of an MFA device, sent once. */
export interface MfaProof {
  readonly mfaSerial: string;
  readonly tokenCode: Secret;
}

/** What AssumeRole is asked for. Times in seconds. */
export interface AssumeRoleInput {
  readonly roleArn: string;
  readonly roleSessionName: string;
  readonly durationSeconds?: number | undefined;
  readonly externalId?: string | undefined;
  readonly mfa?: MfaProof | undefined;
}

/** Who AWS says a caller is. */
export interface CallerIdentity {
  readonly arn: string;
  /** 12 digits. */
  readonly accountId: string;
  readonly userId: string;
}

/**
 * Assumes a role. Throws MfaCodeRejectedError, MfaDeviceUnknownError, NotAuthorizedError, DurationRefusedError, KeyRefusedError,
 * CredentialsExpiredError, and the general errors of `core/aws`. A request with a code is never sent twice.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function assumeRole(
  request: AwsRequest,
  signer: SigningCredentials,
  input: AssumeRoleInput,
): Promise<TemporaryCredentials> {
  const subject: StsSubject = { mfaSerial: input.mfa?.mfaSerial, durationSeconds: input.durationSeconds };
  return callSigned('sts', request, signer, subject, async ({ clientOptions, sendOptions }) => {
    const { STSClient, AssumeRoleCommand } = await import('@aws-sdk/client-sts');
    const client = new STSClient(clientOptions);
    const reply = await client.send(new AssumeRoleCommand(assumeRoleParameters(input)), sendOptions);
    return readCredentials(request, reply.Credentials, accountOfArn(reply.AssumedRoleUser?.Arn));
  });
}

/**
 * Starts a session of an IAM user's own, with or without MFA. Throws as `assumeRole`.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export function getSessionToken(
  request: AwsRequest,
  signer: SigningCredentials,
  input: { readonly durationSeconds: number; readonly mfa?: MfaProof | undefined },
): Promise<TemporaryCredentials> {
  const subject: StsSubject = { mfaSerial: input.mfa?.mfaSerial, durationSeconds: input.durationSeconds };
  return callSigned('sts', request, signer, subject, async ({ clientOptions, sendOptions }) => {
    const { STSClient, GetSessionTokenCommand } = await import('@aws-sdk/client-sts');
    const client = new STSClient(clientOptions);
    const command = new GetSessionTokenCommand({ DurationSeconds: input.durationSeconds, ...mfaParameters(input.mfa) });
    return readCredentials(request, (await client.send(command, sendOptions)).Credentials, undefined);
  });
}

/** Tells who these credentials belong to; needs no permission. Throws KeyRefusedError, CredentialsExpiredError and the general errors. */
export function getCallerIdentity(request: AwsRequest, signer: SigningCredentials): Promise<CallerIdentity> {
  return callSigned('sts', request, signer, {}, async ({ clientOptions, sendOptions }) => {
    const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    const client = new STSClient(clientOptions);
    const reply = await client.send(new GetCallerIdentityCommand({}), sendOptions);
    const { Arn: arn, Account: accountId, UserId: userId } = reply;
    if (arn === undefined || userId === undefined || accountId === undefined || !/^\d{12}$/.test(accountId)) {
      throw new MalformedReplyError('GetCallerIdentity without an identity');
    }
    return { arn, accountId, userId };
  });
}

/**
 * A console-worthy session for an IAM user that has no role: what it may do is the intersection of the user's rights and `policyArns`.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
export function getFederationToken(
  request: AwsRequest,
  signer: SigningCredentials,
  input: {
    readonly name: string;
    readonly durationSeconds: number;
    readonly policyArns?: readonly string[];
    readonly policy?: string;
  },
): Promise<TemporaryCredentials> {
  return callSigned(
    'sts',
    request,
    signer,
    { durationSeconds: input.durationSeconds },
    async ({ clientOptions, sendOptions }) => {
      const { STSClient, GetFederationTokenCommand } = await import('@aws-sdk/client-sts');
      const client = new STSClient(clientOptions);
      const command = new GetFederationTokenCommand({
        Name: input.name,
        DurationSeconds: input.durationSeconds,
        ...(input.policy === undefined ? {} : { Policy: input.policy }),
        ...(input.policyArns === undefined ? {} : { PolicyArns: input.policyArns.map((arn) => ({ arn })) }),
      });
      const reply = await client.send(command, sendOptions);
      return readCredentials(request, reply.Credentials, accountOfArn(reply.FederatedUser?.Arn));
    },
  );
}

/**
 * Assumes a role with an identity provider's token; the request is not signed.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function assumeRoleWithWebIdentity(
  request: AwsRequest,
  input: {
    readonly roleArn: string;
    readonly roleSessionName: string;
    readonly token: Secret;
    readonly durationSeconds?: number | undefined;
  },
): Promise<TemporaryCredentials> {
  return callSigned(
    'sts',
    request,
    undefined,
    { durationSeconds: input.durationSeconds },
    async ({ clientOptions, sendOptions }) => {
      const { STSClient, AssumeRoleWithWebIdentityCommand } = await import('@aws-sdk/client-sts');
      const client = new STSClient(clientOptions);
      const command = new AssumeRoleWithWebIdentityCommand({
        RoleArn: input.roleArn,
        RoleSessionName: input.roleSessionName,
        WebIdentityToken: input.token.reveal(),
        ...(input.durationSeconds === undefined ? {} : { DurationSeconds: input.durationSeconds }),
      });
      const reply = await client.send(command, sendOptions);
      return readCredentials(request, reply.Credentials, accountOfArn(reply.AssumedRoleUser?.Arn));
    },
  );
}

function assumeRoleParameters(input: AssumeRoleInput): AssumeRoleCommandInput {
  return {
    RoleArn: input.roleArn,
    RoleSessionName: input.roleSessionName,
    ...(input.durationSeconds === undefined ? {} : { DurationSeconds: input.durationSeconds }),
    ...(input.externalId === undefined ? {} : { ExternalId: input.externalId }),
    ...mfaParameters(input.mfa),
  };
}

function mfaParameters(mfa: MfaProof | undefined): { SerialNumber?: string; TokenCode?: string } {
  return mfa === undefined ? {} : { SerialNumber: mfa.mfaSerial, TokenCode: mfa.tokenCode.reveal() };
}

const MAX_SESSION_MS = 36 * 3600 * 1000;
const SLACK_MS = 60_000;
const MAX_TOKEN_LENGTH = 16_384;

/** Refuses what cannot be temporary credentials of AWS: another kind of key, foreign characters, an end in the past or beyond 36 hours. */
function readCredentials(
  request: AwsRequest,
  raw: Credentials | undefined,
  accountId: string | undefined,
): TemporaryCredentials {
  const {
    AccessKeyId: accessKeyId = '',
    SecretAccessKey: secret = '',
    SessionToken: sessionToken = '',
    Expiration: expiresAt,
  } = raw ?? {};
  const now = request.network.serverClock.now().getTime();
  const problems = [
    { field: 'access key id', wrong: !/^ASIA[A-Z0-9]{12,124}$/.test(accessKeyId) },
    { field: 'secret access key', wrong: !/^[A-Za-z0-9/+=]{16,256}$/.test(secret) },
    {
      field: 'session token',
      wrong: !/^[A-Za-z0-9/+=_-]+$/.test(sessionToken) || sessionToken.length > MAX_TOKEN_LENGTH,
    },
    { field: 'expiration', wrong: !isWithin(expiresAt, now, now + MAX_SESSION_MS + SLACK_MS) },
  ];
  const bad = problems.find((problem) => problem.wrong);
  if (bad !== undefined || expiresAt === undefined) {
    throw new MalformedReplyError(`credentials with an impossible ${bad?.field ?? 'expiration'}`);
  }
  const credentials = {
    accessKeyId,
    secretAccessKey: new Secret(secret),
    sessionToken: new Secret(sessionToken),
    expiresAt,
  };
  return accountId === undefined ? credentials : { ...credentials, accountId };
}

function isWithin(moment: Date | undefined, fromMs: number, toMs: number): boolean {
  return moment !== undefined && moment.getTime() > fromMs && moment.getTime() < toMs;
}

function accountOfArn(arn: string | undefined): string | undefined {
  return /^arn:aws[a-z-]*:sts::(\d{12}):/.exec(arn ?? '')?.[1];
}
