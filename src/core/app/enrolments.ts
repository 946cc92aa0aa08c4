import { randomUUID } from 'node:crypto';
import { NotFoundError } from '../model/errors.ts';
import type { Clock } from '../model/clock.ts';
import type { MfaDeviceCare, NewDevice } from '../session/mfa/mfa-devices.ts';
import type { CallContext } from '../session/ports.ts';

/** A device that nobody confirms is nobody's, and would be in the way of the next try. */
const GIVE_UP_MS = 15 * 60_000;

interface Enrolment {
  readonly device: NewDevice;
  readonly context: CallContext;
  readonly cancelTimer: () => void;
}

/** MFA devices that were made and wait for their two codes. Their seeds stay here; a screen knows them by an id. */
export class Enrolments {
  readonly #devices: MfaDeviceCare;
  readonly #clock: Clock;
  readonly #open = new Map<string, Enrolment>();

  constructor(devices: MfaDeviceCare, clock: Clock) {
    this.#devices = devices;
    this.#clock = clock;
  }

  async begin(profile: string, context: CallContext): Promise<{ readonly id: string; readonly device: NewDevice }> {
    const device = await this.#devices.begin(profile, context);
    const id = randomUUID();
    const cancelTimer = this.#clock.setTimer(GIVE_UP_MS, () => void this.abandon(id).catch(() => undefined));
    this.#open.set(id, { device, context, cancelTimer });
    return { id, device };
  }

  /** Throws NotFoundError where it is over, and what `MfaDeviceCare.finish` throws; after a wrong code it stays open. */
  async finish(
    id: string,
    codes: Parameters<MfaDeviceCare['finish']>[1],
    keepSeed: boolean,
    context: CallContext,
  ): Promise<NewDevice> {
    const enrolment = this.#find(id);
    await this.#devices.finish(enrolment.device, codes, keepSeed, context);
    this.#forget(id, enrolment);
    return enrolment.device;
  }

  /** Removes the device at AWS too. Nothing happens where it is over. */
  async abandon(id: string): Promise<void> {
    const enrolment = this.#open.get(id);
    if (enrolment !== undefined) {
      this.#forget(id, enrolment);
      await this.#devices.abandon(enrolment.device, { ...enrolment.context, signal: new AbortController().signal });
    }
  }

  #find(id: string): Enrolment {
    const found = this.#open.get(id);
    if (found === undefined) {
      throw new NotFoundError('This enrolment is over.', 'Begin it again: the device gets a new picture.');
    }
    return found;
  }

  #forget(id: string, { cancelTimer }: Enrolment): void {
    cancelTimer();
    this.#open.delete(id);
  }
}
