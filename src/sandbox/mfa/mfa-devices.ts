import { totpCode, totpStep } from './totp.ts';

/** A virtual MFA device. */
export interface MfaDevice {
  readonly serialNumber: string;
  readonly accountId: string;
  readonly deviceName: string;
  readonly seed: Buffer;
  /** The user it is enabled for. */
  userArn?: string;
  enabledAt?: Date;
  /** How many windows its clock is ahead of ours, as found when it was enabled or resynchronised. */
  driftSteps: number;
  /** The latest window whose code was taken. A code of it, or of an earlier one, is never taken again. */
  lastStep: number;
}

/** Codes of the window before and after count too: clocks differ by some seconds. */
const LOGIN_TOLERANCE_STEPS = 1;
/** How far a device's clock may be off when two codes in a row prove it: AWS resynchronises within some minutes. */
const SYNC_TOLERANCE_STEPS = 20;

/** All virtual MFA devices, and the check of their codes. */
export class MfaDevices {
  readonly #devices = new Map<string, MfaDevice>();

  find(serialNumber: string): MfaDevice | undefined {
    return this.#devices.get(serialNumber);
  }

  add(device: Pick<MfaDevice, 'serialNumber' | 'accountId' | 'deviceName' | 'seed'>): MfaDevice {
    const added: MfaDevice = { ...device, driftSteps: 0, lastStep: -1 };
    this.#devices.set(added.serialNumber, added);
    return added;
  }

  remove(serialNumber: string): void {
    this.#devices.delete(serialNumber);
  }

  ofUser(userArn: string): readonly MfaDevice[] {
    return [...this.#devices.values()].filter((device) => device.userArn === userArn);
  }

  ofAccount(accountId: string): readonly MfaDevice[] {
    return [...this.#devices.values()].filter((device) => device.accountId === accountId);
  }

  all(): readonly MfaDevice[] {
    return [...this.#devices.values()];
  }

  /** Takes a code once: true when it is right and neither it nor a later one was taken before. */
  takeCode(device: MfaDevice, code: string, now: Date): boolean {
    const middle = totpStep(now) + device.driftSteps;
    const step = stepsAround(middle, LOGIN_TOLERANCE_STEPS).find(
      (candidate) => candidate > device.lastStep && totpCode(device.seed, candidate) === code,
    );
    if (step === undefined) {
      return false;
    }
    device.lastStep = step;
    return true;
  }

  /**
   * Takes two codes of windows in a row and learns the device's drift from them; false leaves the device as it was.
   * They may be older than the last code taken: a clock that was set back is what resynchronising is for. The same pair counts once.
   */
  synchronize(device: MfaDevice, firstCode: string, secondCode: string, now: Date): boolean {
    const middle = totpStep(now);
    const step = stepsAround(middle, SYNC_TOLERANCE_STEPS).find(
      (candidate) =>
        candidate + 1 !== device.lastStep &&
        totpCode(device.seed, candidate) === firstCode &&
        totpCode(device.seed, candidate + 1) === secondCode,
    );
    if (step === undefined) {
      return false;
    }
    const drift = step + 1 - middle;
    device.driftSteps = Math.abs(drift) <= LOGIN_TOLERANCE_STEPS ? 0 : drift;
    device.lastStep = step + 1;
    return true;
  }
}

function stepsAround(middle: number, tolerance: number): readonly number[] {
  return Array.from({ length: 2 * tolerance + 1 }, (_, index) => middle - tolerance + index);
}
