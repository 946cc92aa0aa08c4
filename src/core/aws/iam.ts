import type * as IamSdk from '@aws-sdk/client-iam';
import type { LongTermKey, SigningCredentials } from '../model/credentials.ts';
import { Secret } from '../model/secret.ts';
import { MalformedReplyError } from './aws-errors.ts';
import type { AwsRequest } from './client-config.ts';
import { callSigned } from './signed-call.ts';

/** An IAM user. */
export interface IamUser {
  readonly userName: string;
  readonly arn: string;
}

/** An MFA device of a user. */
export interface IamMfaDevice {
  readonly mfaSerial: string;
  readonly enabledAt: Date | undefined;
}

/** A new virtual device that no user has yet. */
export interface NewVirtualDevice {
  readonly mfaSerial: string;
  /** The seed in Base32. */
  readonly seed: Secret;
}

/** An access key as IAM lists it: without its secret. */
export interface IamAccessKey {
  readonly accessKeyId: string;
  readonly active: boolean;
  readonly createdAt: Date | undefined;
}

/** Two codes in a row, which prove a device's clock. */
export interface TwoCodes {
  readonly mfaSerial: string;
  readonly firstCode: Secret;
  readonly secondCode: Secret;
}

type Send = { readonly abortSignal?: AbortSignal };

/** The user these credentials belong to. Throws NotAuthorizedError without `iam:GetUser`, as all calls here do without theirs. */
export function getUser(request: AwsRequest, signer: SigningCredentials): Promise<IamUser> {
  return callIam(request, signer, undefined, async (client, sdk, send) =>
    readUser((await client.send(new sdk.GetUserCommand({}), send)).User),
  );
}

/** The MFA devices of a user, at most 100. */
export function listMfaDevices(
  request: AwsRequest,
  signer: SigningCredentials,
  userName: string,
): Promise<readonly IamMfaDevice[]> {
  return callIam(request, signer, undefined, async (client, sdk, send) => {
    const reply = await client.send(new sdk.ListMFADevicesCommand({ UserName: userName, MaxItems: 100 }), send);
    return (reply.MFADevices ?? []).flatMap(({ SerialNumber: mfaSerial, EnableDate: enabledAt }) =>
      mfaSerial === undefined ? [] : [{ mfaSerial, enabledAt }],
    );
  });
}

/** Makes a virtual device. Throws AlreadyExists as AwsRefusedError `EntityAlreadyExists` where the name is taken. */
export function createVirtualMfaDevice(
  request: AwsRequest,
  signer: SigningCredentials,
  deviceName: string,
): Promise<NewVirtualDevice> {
  return callIam(request, signer, undefined, async (client, sdk, send) => {
    const reply = await client.send(new sdk.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: deviceName }), send);
    const { SerialNumber: mfaSerial, Base32StringSeed: seed } = reply.VirtualMFADevice ?? {};
    if (mfaSerial === undefined || seed === undefined) {
      throw new MalformedReplyError('a virtual MFA device without serial or seed');
    }
    return { mfaSerial, seed: new Secret(new TextDecoder().decode(seed)) };
  });
}

/** Gives a device to a user. Throws AwsRefusedError `InvalidAuthenticationCode` for wrong codes. */
export function enableMfaDevice(
  request: AwsRequest,
  signer: SigningCredentials,
  userName: string,
  codes: TwoCodes,
): Promise<void> {
  return callIam(request, signer, codes.mfaSerial, async (client, sdk, send) => {
    await client.send(new sdk.EnableMFADeviceCommand({ UserName: userName, ...codeParameters(codes) }), send);
  });
}

/** Lets AWS learn a device's clock anew. Throws as `enableMfaDevice`. */
export function resyncMfaDevice(
  request: AwsRequest,
  signer: SigningCredentials,
  userName: string,
  codes: TwoCodes,
): Promise<void> {
  return callIam(request, signer, codes.mfaSerial, async (client, sdk, send) => {
    await client.send(new sdk.ResyncMFADeviceCommand({ UserName: userName, ...codeParameters(codes) }), send);
  });
}

/** Takes a device from a user; a virtual one goes on existing until it is deleted. */
export function deactivateMfaDevice(
  request: AwsRequest,
  signer: SigningCredentials,
  userName: string,
  mfaSerial: string,
): Promise<void> {
  return callIam(request, signer, mfaSerial, async (client, sdk, send) => {
    await client.send(new sdk.DeactivateMFADeviceCommand({ UserName: userName, SerialNumber: mfaSerial }), send);
  });
}

/** Deletes a virtual device that no user has. */
export function deleteVirtualMfaDevice(
  request: AwsRequest,
  signer: SigningCredentials,
  mfaSerial: string,
): Promise<void> {
  return callIam(request, signer, mfaSerial, async (client, sdk, send) => {
    await client.send(new sdk.DeleteVirtualMFADeviceCommand({ SerialNumber: mfaSerial }), send);
  });
}

/** The access keys of a user: at most two. */
export function listAccessKeys(
  request: AwsRequest,
  signer: SigningCredentials,
  userName: string,
): Promise<readonly IamAccessKey[]> {
  return callIam(request, signer, undefined, async (client, sdk, send) => {
    const reply = await client.send(new sdk.ListAccessKeysCommand({ UserName: userName }), send);
    return (reply.AccessKeyMetadata ?? []).flatMap(({ AccessKeyId: accessKeyId, Status, CreateDate: createdAt }) =>
      accessKeyId === undefined ? [] : [{ accessKeyId, active: Status === 'Active', createdAt }],
    );
  });
}

/** Makes a second access key; its secret is told this once. Throws AwsRefusedError `LimitExceeded` where there are two. */
export function createAccessKey(
  request: AwsRequest,
  signer: SigningCredentials,
  userName: string,
): Promise<LongTermKey> {
  return callIam(request, signer, undefined, async (client, sdk, send) => {
    const reply = await client.send(new sdk.CreateAccessKeyCommand({ UserName: userName }), send);
    const { AccessKeyId: accessKeyId, SecretAccessKey: secret } = reply.AccessKey ?? {};
    if (accessKeyId === undefined || secret === undefined) {
      throw new MalformedReplyError('an access key without id or secret');
    }
    return { accessKeyId, secretAccessKey: new Secret(secret) };
  });
}

/** Switches an access key on or off. */
export function updateAccessKey(
  request: AwsRequest,
  signer: SigningCredentials,
  userName: string,
  accessKeyId: string,
  active: boolean,
): Promise<void> {
  return callIam(request, signer, undefined, async (client, sdk, send) => {
    const Status = active ? 'Active' : 'Inactive';
    await client.send(new sdk.UpdateAccessKeyCommand({ UserName: userName, AccessKeyId: accessKeyId, Status }), send);
  });
}

/** Deletes an access key for ever. */
export function deleteAccessKey(
  request: AwsRequest,
  signer: SigningCredentials,
  userName: string,
  accessKeyId: string,
): Promise<void> {
  return callIam(request, signer, undefined, async (client, sdk, send) => {
    await client.send(new sdk.DeleteAccessKeyCommand({ UserName: userName, AccessKeyId: accessKeyId }), send);
  });
}

/** Makes a call of IAM for which there is no function of its own here. */
export function signedIam<T>(
  request: AwsRequest,
  signer: SigningCredentials,
  call: (client: IamSdk.IAMClient, sdk: typeof IamSdk, send: Send) => Promise<T>,
): Promise<T> {
  return callIam(request, signer, undefined, call);
}

function callIam<T>(
  request: AwsRequest,
  signer: SigningCredentials,
  mfaSerial: string | undefined,
  call: (client: IamSdk.IAMClient, sdk: typeof IamSdk, send: Send) => Promise<T>,
): Promise<T> {
  return callSigned('iam', request, signer, { mfaSerial }, async ({ clientOptions, sendOptions }) => {
    const sdk = await import('@aws-sdk/client-iam');
    return call(new sdk.IAMClient(clientOptions), sdk, sendOptions);
  });
}

function codeParameters(codes: TwoCodes) {
  return {
    SerialNumber: codes.mfaSerial,
    AuthenticationCode1: codes.firstCode.reveal(),
    AuthenticationCode2: codes.secondCode.reveal(),
  };
}

function readUser(user: IamSdk.User | undefined): IamUser {
  const { UserName: userName, Arn: arn } = user ?? {};
  if (userName === undefined || arn === undefined) {
    throw new MalformedReplyError('a user without name');
  }
  return { userName, arn };
}
