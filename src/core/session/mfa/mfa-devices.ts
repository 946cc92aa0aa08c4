import {
  createVirtualMfaDevice,
  deleteVirtualMfaDevice,
  enableMfaDevice,
  getUser,
  listMfaDevices,
  resyncMfaDevice,
  type IamMfaDevice,
  type NewVirtualDevice,
} from '../../aws/iam.ts';
import { INTERACTIVE_RETRIES, withRetries } from '../../aws/retry.ts';
import { MfaCodeRejectedError } from '../../aws/sts-errors.ts';
import { mfaDeviceName } from '../../model/arn.ts';
import { BadInputError, NotFoundError } from '../../model/errors.ts';
import type { Secret } from '../../model/secret.ts';
import { formatOtpauthUri } from '../../model/totp.ts';
import { findKeyOwner, type KeyOwner, type LongTermKeyParts } from '../keys/long-term-key.ts';
import { requestOf, sendCodes, type UserSignerParts } from '../keys/user-signer.ts';
import type { CallContext } from '../ports.ts';
import { unlessCode } from '../keys/unless-code.ts';
import type { DeviceMemories } from './device-memory.ts';
import { MfaCodeMalformedError } from './errors.ts';
import { qrCode, type QrCode } from './qr-code.ts';
import { removeDevice, requireDevice } from './remove-device.ts';
import { swapDevice } from './swap-device.ts';
import type { SeedKeeper } from './stored-authenticator.ts';
import { parseTokenCode } from './token-code.ts';
import { WINDOW_MS } from './token-code-gate.ts';

/** What caring for devices works with. */
export interface MfaDeviceParts extends LongTermKeyParts, UserSignerParts {
  readonly seeds: SeedKeeper;
  readonly memories: DeviceMemories;
  /** AWS's time. */
  readonly awsNow: () => Date;
}

/** A user's device. */
export interface UserDevice extends IamMfaDevice {
  readonly deviceName: string;
  /** The built-in authenticator makes its codes. */
  readonly hasSeedHere: boolean;
}

/** A device that was made and waits for two codes. What the authenticator app has to learn is in it, and is secret. */
export interface NewDevice {
  readonly profile: string;
  readonly userName: string;
  readonly mfaSerial: string;
  readonly deviceName: string;
  /** Base32, for typing it by hand. */
  readonly seed: Secret;
  readonly otpauthUri: Secret;
  readonly qrCode: QrCode;
}

/** The two codes that prove a device: typed by the user, or made here where the seed is kept. */
export type DeviceCodes = { readonly firstCode: string; readonly secondCode: string } | 'from-kept-seed';

const ISSUER = 'Amazon Web Services';
/** Names to try, for a name is taken in the whole account. */
const NAME_SUFFIXES = ['', '-2', '-3', '-4', '-5'];

/**
 * The MFA devices of the user behind a profile: list, enrol, resync, remove. All calls are the user's own and need no administrator,
 * where the account lets users care for their own devices.
 */
export class MfaDeviceCare {
  readonly #parts: MfaDeviceParts;

  constructor(parts: MfaDeviceParts) {
    this.#parts = parts;
  }

  /** Throws NotAuthorizedError where the user may not look. */
  async list(reference: string, context: CallContext): Promise<readonly UserDevice[]> {
    const { owner, userName } = await this.#user(reference, context);
    const devices = await this.#retried(context, () =>
      listMfaDevices(this.#request(owner, context), owner.key, userName),
    );
    return Promise.all(
      devices.map(async (device) => ({
        ...device,
        deviceName: mfaDeviceName(device.mfaSerial),
        hasSeedHere: await this.#parts.seeds.holds(device.mfaSerial),
      })),
    );
  }

  /**
   * Makes a virtual device, named after the user as policies expect. One that was left half enrolled by an earlier try is made anew. It
   * is nobody's until `finish`; `abandon` removes it.
   */
  async begin(reference: string, context: CallContext): Promise<NewDevice> {
    const { owner, userName } = await this.#user(reference, context);
    const { mfaSerial, seed } = await this.#create(owner, userName, context);
    const accountName = `${userName}@${mfaSerial.split(':')[4] ?? ''}`;
    const otpauthUri = formatOtpauthUri({ seed, issuer: ISSUER, accountName });
    const deviceName = mfaDeviceName(mfaSerial);
    return { profile: owner.profile, userName, mfaSerial, deviceName, seed, otpauthUri, qrCode: qrCode(otpauthUri) };
  }

  /**
   * Gives the device to the user. With `keepSeed` the seed is kept here first, so that it cannot be lost in between. Throws
   * MfaCodeRejectedError (ask again), MfaCodeMalformedError, and what the store throws.
   */
  async finish(device: NewDevice, codes: DeviceCodes, keepSeed: boolean, context: CallContext): Promise<void> {
    const { owner, userName } = await this.#user(device.profile, context);
    const { seeds } = this.#parts;
    if (keepSeed || codes === 'from-kept-seed') {
      await seeds.keep(device.mfaSerial, device.seed);
    }
    const pair = await this.#codePair(device.mfaSerial, codes);
    try {
      await sendCodes(owner, this.#parts, context.signal, (request) =>
        enableMfaDevice(request, owner.key, userName, pair),
      );
    } catch (error) {
      // AWS may have taken the codes although its answer was lost; to a next try it says that the device is in use.
      if (error instanceof MfaCodeRejectedError || !(await this.#isEnabled(device, owner, userName, context))) {
        throw error;
      }
    }
    await this.#noteCodesSent(device.mfaSerial);
  }

  /** Removes a device that was made and not finished, and its seed. Nothing happens where it is gone, or was finished. */
  async abandon(device: NewDevice, context: CallContext): Promise<void> {
    const { owner, userName } = await this.#user(device.profile, context);
    const request = this.#request(owner, context);
    const enabled = await listMfaDevices(request, owner.key, userName);
    if (enabled.some(({ mfaSerial }) => mfaSerial === device.mfaSerial)) {
      return;
    }
    await unlessCode('NoSuchEntity', () => deleteVirtualMfaDevice(request, owner.key, device.mfaSerial));
    await this.#parts.seeds.forget(device.mfaSerial);
  }

  /** Lets AWS learn the device's clock anew, by two codes in a row. Throws as `finish`. */
  async resync(reference: string, mfaSerial: string, codes: DeviceCodes, context: CallContext): Promise<void> {
    const { owner, userName } = await this.#user(reference, context);
    const pair = await this.#codePair(mfaSerial, codes);
    await sendCodes(owner, this.#parts, context.signal, (request) =>
      resyncMfaDevice(request, owner.key, userName, pair),
    );
    await this.#noteCodesSent(mfaSerial);
  }

  /**
   * Takes a device from the user for good, with its seed here. May ask for a code of it, as AWS accounts mostly want. Throws NotFoundError
   * where there is none of this serial, without asking.
   */
  async remove(reference: string, mfaSerial: string, context: CallContext): Promise<void> {
    const { owner, userName } = await this.#user(reference, context);
    await removeDevice(this.#parts, { owner, userName, mfaSerial }, context);
  }

  /** Nobody should read two codes off a device to learn that its name is mistyped. Throws NotFoundError. */
  async requireDevice(reference: string, mfaSerial: string, context: CallContext): Promise<void> {
    const { owner, userName } = await this.#user(reference, context);
    await requireDevice(this.#parts, { owner, userName, mfaSerial }, context);
  }

  /**
   * Puts a new device in an old one's place: the new one is enabled, named in the profiles, and only then the old one removed, with a
   * code of it. Throws as `finish` and `remove`; what was done until then stays, and `remove` ends it.
   */
  async replace(
    oldSerial: string,
    device: NewDevice,
    codes: DeviceCodes,
    keepSeed: boolean,
    context: CallContext,
  ): Promise<void> {
    await this.finish(device, codes, keepSeed, context);
    await swapDevice(this.#parts.files, oldSerial, device.mfaSerial);
    // An earlier try may have come as far as this.
    await this.remove(device.profile, oldSerial, context).catch(unlessNotFound);
  }

  async #create(owner: KeyOwner, userName: string, context: CallContext): Promise<NewVirtualDevice> {
    const request = this.#request(owner, context);
    for (const suffix of NAME_SUFFIXES) {
      const deviceName = `${userName}${suffix}`;
      const made = await unlessCode('EntityAlreadyExists', () =>
        createVirtualMfaDevice(request, owner.key, deviceName),
      );
      if (made !== undefined) {
        return made;
      }
      const remade = await this.#makeAnew(owner, userName, deviceName, context);
      if (remade !== undefined) {
        return remade;
      }
    }
    throw new BadInputError(
      `All names for an MFA device of ${userName} are taken.`,
      'Remove devices that are no longer used.',
    );
  }

  /** A device of this name that nobody has was left by an earlier try; AWS deletes no other. */
  async #makeAnew(
    owner: KeyOwner,
    userName: string,
    deviceName: string,
    context: CallContext,
  ): Promise<NewVirtualDevice | undefined> {
    const request = this.#request(owner, context);
    const [, partition = 'aws', , , accountId = ''] = (await getUser(request, owner.key)).arn.split(':');
    const mfaSerial = `arn:${partition}:iam::${accountId}:mfa/${deviceName}`;
    const enabled = await listMfaDevices(request, owner.key, userName);
    if (enabled.some((device) => device.mfaSerial === mfaSerial)) {
      return undefined;
    }
    const isGone = await unlessCode('DeleteConflict', async () => {
      await deleteVirtualMfaDevice(request, owner.key, mfaSerial);
      return true;
    });
    return isGone === undefined ? undefined : createVirtualMfaDevice(request, owner.key, deviceName);
  }

  /** Whether the user has it by now; false where AWS does not say. */
  async #isEnabled(device: NewDevice, owner: KeyOwner, userName: string, context: CallContext): Promise<boolean> {
    try {
      const enabled = await listMfaDevices(this.#request(owner, context), owner.key, userName);
      return enabled.some(({ mfaSerial }) => mfaSerial === device.mfaSerial);
    } catch {
      return false;
    }
  }

  async #codePair(mfaSerial: string, codes: DeviceCodes) {
    if (codes === 'from-kept-seed') {
      const now = this.#parts.awsNow();
      const before = new Date(now.getTime() - WINDOW_MS);
      const firstCode = await this.#parts.seeds.codeAt(mfaSerial, before);
      return { mfaSerial, firstCode, secondCode: await this.#parts.seeds.codeAt(mfaSerial, now) };
    }
    const firstCode = parseTokenCode(codes.firstCode);
    const secondCode = parseTokenCode(codes.secondCode);
    if (firstCode === undefined || secondCode === undefined) {
      throw new MfaCodeMalformedError();
    }
    if (firstCode.reveal() === secondCode.reveal()) {
      throw new MfaCodeRejectedError(mfaSerial);
    }
    return { mfaSerial, firstCode, secondCode };
  }

  /** AWS takes neither code again: the next one needed is that of the next window. */
  #noteCodesSent(mfaSerial: string): Promise<void> {
    const lastWindow = Math.floor(this.#parts.awsNow().getTime() / WINDOW_MS);
    return this.#parts.memories.update(mfaSerial, (memory) => ({ ...memory, lastWindow }));
  }

  async #user(
    reference: string,
    context: CallContext,
  ): Promise<{ readonly owner: KeyOwner; readonly userName: string }> {
    const owner = await findKeyOwner(this.#parts, reference);
    const { userName } = await this.#retried(context, () => getUser(this.#request(owner, context), owner.key));
    return { owner, userName };
  }

  #request(owner: KeyOwner, context: CallContext) {
    return requestOf(owner, this.#parts, context.signal);
  }

  #retried<Value>(context: CallContext, call: () => Promise<Value>): Promise<Value> {
    return withRetries(this.#parts.retry, INTERACTIVE_RETRIES, context.signal, call);
  }
}

function unlessNotFound(error: unknown): void {
  if (!(error instanceof NotFoundError)) {
    throw error;
  }
}
