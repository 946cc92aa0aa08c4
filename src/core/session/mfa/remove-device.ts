import { AwsRefusedError } from '../../aws/aws-errors.ts';
import { deactivateMfaDevice, deleteVirtualMfaDevice, listMfaDevices } from '../../aws/iam.ts';
import { INTERACTIVE_RETRIES, withRetries } from '../../aws/retry.ts';
import { NotAuthorizedError } from '../../aws/sts-errors.ts';
import { mfaDeviceName } from '../../model/arn.ts';
import type { SigningCredentials } from '../../model/credentials.ts';
import { didYouMean } from '../../model/did-you-mean.ts';
import { NotFoundError } from '../../model/errors.ts';
import type { KeyOwner } from '../keys/long-term-key.ts';
import { unlessCode } from '../keys/unless-code.ts';
import { requestOf, signerWithMfa } from '../keys/user-signer.ts';
import type { CallContext } from '../ports.ts';
import type { MfaDeviceParts } from './mfa-devices.ts';

/** A device and the user it is looked for at. */
export interface DeviceOfUser {
  readonly owner: KeyOwner;
  readonly userName: string;
  readonly mfaSerial: string;
}

/** Takes a device from the user, with its seed here, or clears away what an earlier removal left. Throws NotFoundError. */
export async function removeDevice(parts: MfaDeviceParts, device: DeviceOfUser, context: CallContext): Promise<void> {
  const { mfaSerial } = device;
  const serials = await serialsOf(parts, device, context);
  const isTheirs = serials?.includes(mfaSerial) ?? true;
  const isRemoved = isTheirs ? await takeAway(parts, device, context) : await clearAway(parts, device, context);
  const hadSeed = await parts.seeds.holds(mfaSerial);
  await parts.seeds.forget(mfaSerial);
  await parts.memories.update(mfaSerial, () => ({}));
  if (!isRemoved && !hadSeed) {
    throw unknownDevice(device, serials ?? []);
  }
}

/** Throws NotFoundError where the user has no such device; where the user may not look, AWS will say so in its time. */
export async function requireDevice(parts: MfaDeviceParts, device: DeviceOfUser, context: CallContext): Promise<void> {
  const serials = await serialsOf(parts, device, context);
  if (serials?.includes(device.mfaSerial) === false) {
    throw unknownDevice(device, serials);
  }
}

/** The serials of the user's devices; undefined where the user may not look. */
async function serialsOf(
  parts: MfaDeviceParts,
  { owner, userName }: DeviceOfUser,
  context: CallContext,
): Promise<readonly string[] | undefined> {
  const request = requestOf(owner, parts, context.signal);
  const devices = await unlessRefused(() =>
    withRetries(parts.retry, INTERACTIVE_RETRIES, context.signal, () => listMfaDevices(request, owner.key, userName)),
  );
  return devices?.map(({ mfaSerial }) => mfaSerial);
}

/** Gives false where AWS knows of none of this serial. */
async function takeAway(
  parts: MfaDeviceParts,
  { owner, userName, mfaSerial }: DeviceOfUser,
  context: CallContext,
): Promise<boolean> {
  const first = owner.devices.filter((device) => device.mfaSerial === mfaSerial);
  const devices = first.length > 0 ? first : [{ mfaSerial, mfaProcess: undefined }];
  const title = `remove the MFA device ${mfaDeviceName(mfaSerial)}`;
  const signer = await signerWithMfa({ ...owner, devices }, parts, title, context);
  const request = requestOf(owner, parts, context.signal);
  const isTaken = await unlessCode('NoSuchEntity', async () => {
    await deactivateMfaDevice(request, signer, userName, mfaSerial);
    return true;
  });
  const isDeleted = await deleteVirtual(request, signer, mfaSerial);
  return isTaken === true || isDeleted;
}

/** One that is nobody's was left by a removal that came half way; AWS deletes no other. */
async function clearAway(
  parts: MfaDeviceParts,
  { owner, mfaSerial }: DeviceOfUser,
  context: CallContext,
): Promise<boolean> {
  const request = requestOf(owner, parts, context.signal);
  return (await unlessRefused(() => deleteVirtual(request, owner.key, mfaSerial))) ?? false;
}

async function deleteVirtual(
  request: ReturnType<typeof requestOf>,
  signer: SigningCredentials,
  mfaSerial: string,
): Promise<boolean> {
  const isDeleted =
    mfaSerial.startsWith('arn:') &&
    (await unlessCode('NoSuchEntity', async () => {
      await deleteVirtualMfaDevice(request, signer, mfaSerial);
      return true;
    }));
  return isDeleted === true;
}

async function unlessRefused<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AwsRefusedError || error instanceof NotAuthorizedError) {
      return undefined;
    }
    throw error;
  }
}

function unknownDevice({ userName, mfaSerial }: DeviceOfUser, serials: readonly string[]): NotFoundError {
  const hint = 'Run "rolecall mfa list" for those there are.';
  return new NotFoundError(`${userName} has no MFA device ${mfaSerial}.`, `${didYouMean(mfaSerial, serials)}${hint}`);
}
