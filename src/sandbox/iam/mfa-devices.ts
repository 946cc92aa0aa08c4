import { AwsError } from '../http/aws-error.ts';
import { requiredParam, textParam } from '../http/query-params.ts';
import type { SignedOperation } from '../http/query-service.ts';
import type { XmlValue } from '../http/xml.ts';
import { encodeBase32 } from '../mfa/base32.ts';
import type { MfaDevice } from '../mfa/mfa-devices.ts';
import { qrCodePng } from '../mfa/qr-code-png.ts';
import { requireAllowed } from '../policy/authorize.ts';
import { principalAccount } from '../state/principal.ts';
import { noSuchEntity, requireUser, serialNumberOf, type IamCall } from './iam-call.ts';
import { iamPage } from './iam-page.ts';

const MAX_DEVICES_PER_USER = 8;
/** 64 Base32 characters, as AWS's seeds have. */
const SEED_BYTES = 40;
const DEVICE_NAME = { min: 1, max: 226, pattern: /^[\w+=,.@-]+$/ };
const PATH = { min: 1, max: 512, pattern: /^\/(?:[\x21-\x7e]+\/)?$/ };
const CODE = { min: 6, max: 6, pattern: /^\d+$/ };

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html */
export const listMfaDevices: SignedOperation = (call) => {
  const user = requireUser(call, 'iam:ListMFADevices');
  const devices = call.world.mfaDevices.ofUser(user.arn).map((device) => ({
    UserName: user.userName,
    SerialNumber: device.serialNumber,
    EnableDate: device.enabledAt,
  }));
  return iamPage(call.params, 'MFADevices', devices);
};

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html */
export const listVirtualMfaDevices: SignedOperation = (call) => {
  const { params, world, now, caller } = call;
  const { accountId, partition } = principalAccount(caller.principal);
  requireAllowed(caller.principal, 'iam:ListVirtualMFADevices', `arn:${partition}:iam::${accountId}:mfa/*`, now);
  const status = params.get('AssignmentStatus') ?? 'Any';
  const devices = world.mfaDevices
    .ofAccount(accountId)
    .filter((device) => status === 'Any' || (status === 'Assigned') === (device.userArn !== undefined))
    .map((device) => virtualDeviceXml(call, device));
  return iamPage(params, 'VirtualMFADevices', devices);
};

/**
 * Gives a seed and its QR code, once. Both are blobs: Base64 on the wire, and the seed inside is Base32 text.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html
 */
export const createVirtualMfaDevice: SignedOperation = ({ params, world, now, caller }) => {
  const deviceName = requiredParam(params, 'VirtualMFADeviceName', DEVICE_NAME);
  const path = textParam(params, 'Path', PATH) ?? '/';
  const { accountId, partition } = principalAccount(caller.principal);
  const serialNumber = `arn:${partition}:iam::${accountId}:mfa${path}${deviceName}`;
  requireAllowed(caller.principal, 'iam:CreateVirtualMFADevice', serialNumber, now);
  if (world.mfaDevices.find(serialNumber) !== undefined) {
    throw new AwsError(409, 'EntityAlreadyExists', 'MFADevice entity at the same path and name already exists.');
  }
  const device = world.mfaDevices.add({ serialNumber, accountId, deviceName, seed: world.random(SEED_BYTES) });
  const secret = encodeBase32(device.seed);
  const label = encodeURIComponent(`${deviceName}@${accountId}`);
  const uri = `otpauth://totp/Amazon%20Web%20Services:${label}?secret=${secret}&issuer=Amazon%20Web%20Services`;
  return {
    VirtualMFADevice: {
      SerialNumber: serialNumber,
      Base32StringSeed: Buffer.from(secret).toString('base64'),
      QRCodePNG: qrCodePng(uri).toString('base64'),
    },
  };
};

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html */
export const enableMfaDevice: SignedOperation = (call) => {
  const user = requireUser(call, 'iam:EnableMFADevice');
  const device = requireDevice(call);
  if (device.userArn !== undefined) {
    throw new AwsError(409, 'EntityAlreadyExists', 'MFA Device is already in use');
  }
  if (call.world.mfaDevices.ofUser(user.arn).length >= MAX_DEVICES_PER_USER) {
    throw new AwsError(409, 'LimitExceeded', `Cannot exceed quota for MFADevicesPerUser: ${MAX_DEVICES_PER_USER}`);
  }
  synchronize(call, device);
  device.userArn = user.arn;
  device.enabledAt = call.now;
  return undefined;
};

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html */
export const resyncMfaDevice: SignedOperation = (call) => {
  synchronize(call, requireDeviceOfUser(call, 'iam:ResyncMFADevice'));
  return undefined;
};

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html */
export const deactivateMfaDevice: SignedOperation = (call) => {
  const device = requireDeviceOfUser(call, 'iam:DeactivateMFADevice');
  delete device.userArn;
  delete device.enabledAt;
  return undefined;
};

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html */
export const deleteVirtualMfaDevice: SignedOperation = (call) => {
  requireAllowed(call.caller.principal, 'iam:DeleteVirtualMFADevice', serialNumberOf(call), call.now);
  const device = requireDevice(call);
  if (device.userArn !== undefined) {
    throw new AwsError(409, 'DeleteConflict', 'MFA VirtualDevice in use. Must deactivate first.');
  }
  call.world.mfaDevices.remove(device.serialNumber);
  return undefined;
};

function requireDevice(call: IamCall): MfaDevice {
  const serialNumber = serialNumberOf(call);
  const device = call.world.mfaDevices.find(serialNumber);
  if (device === undefined || device.accountId !== principalAccount(call.caller.principal).accountId) {
    throw noSuchEntity(`VirtualMFADevice with serial number ${serialNumber} doesn't exist.`);
  }
  return device;
}

function requireDeviceOfUser(call: IamCall, action: string): MfaDevice {
  const user = requireUser(call, action);
  const device = requireDevice(call);
  if (device.userArn !== user.arn) {
    throw noSuchEntity(
      `MFA device with serial number ${device.serialNumber} is not assigned to user ${user.userName}.`,
    );
  }
  return device;
}

function synchronize(call: IamCall, device: MfaDevice): void {
  const first = requiredParam(call.params, 'AuthenticationCode1', CODE);
  const second = requiredParam(call.params, 'AuthenticationCode2', CODE);
  if (!call.world.mfaDevices.synchronize(device, first, second, call.now)) {
    throw new AwsError(403, 'InvalidAuthenticationCode', 'Authentication code for device is not valid.');
  }
}

function virtualDeviceXml(call: IamCall, device: MfaDevice): XmlValue {
  const user = call.world.directory.iamUsers().find((candidate) => candidate.arn === device.userArn);
  return {
    SerialNumber: device.serialNumber,
    EnableDate: device.enabledAt,
    User:
      user === undefined
        ? undefined
        : {
            Path: user.path ?? '/',
            UserName: user.userName,
            UserId: user.userId,
            Arn: user.arn,
            CreateDate: user.createdAt,
          },
  };
}
