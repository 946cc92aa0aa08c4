import { createAccessKey, deleteAccessKey, listAccessKeys, updateAccessKey, type IamAccessKey } from '../../aws/iam.ts';
import { AwsRefusedError } from '../../aws/aws-errors.ts';
import { INTERACTIVE_RETRIES, withRetries } from '../../aws/retry.ts';
import { getCallerIdentity } from '../../aws/sts.ts';
import { KeyRefusedError } from '../../aws/sts-errors.ts';
import { withFileLock } from '../../files/file-lock.ts';
import type { Clock } from '../../model/clock.ts';
import type { LongTermKey, SigningCredentials } from '../../model/credentials.ts';
import { BadInputError } from '../../model/errors.ts';
import type { CallContext } from '../ports.ts';
import { KeyNotReadyError, RootKeyError, TwoKeysError } from './errors.ts';
import { findKeyOwner, type KeyOwner, type LongTermKeyParts } from './long-term-key.ts';
import { becomesReady } from './new-key-ready.ts';
import type { Rotation, RotationJournal, RotationStage } from './rotation-journal.ts';
import { swapKey } from './swap-key.ts';
import { requestOf, signerWithMfa, type UserSignerParts } from './user-signer.ts';

/** What rotating works with. */
export interface RotationParts extends LongTermKeyParts, UserSignerParts {
  readonly journal: RotationJournal;
  readonly clock: Clock;
}

/** What is known of a profile's key at AWS. */
export interface KeyFacts {
  readonly accessKeyId: string;
  readonly userName: string;
  /** Undefined where AWS does not let the user look. */
  readonly createdAt: Date | undefined;
}

/** A rotation as the user sees it. */
export interface RotationProgress {
  readonly profile: string;
  readonly stage: RotationStage;
  readonly oldAccessKeyId: string;
  readonly newAccessKeyId: string | undefined;
}

/** Longer than a rotation takes that asks nothing of the user. */
const LOCK_TIMEOUT_MS = 120_000;
/** A key that AWS made this near to our asking is the one we asked for: a call takes 20 seconds at most. */
const MADE_WITHIN_MS = 60_000;

/**
 * Changes the access key of a profile: a new one is made, waited for, put in the old one's place, the old one switched off; deleted it is
 * only on the user's word. Each step is noted before the next, so that after a crash `rotate` goes on where it stopped.
 */
export class KeyRotation {
  readonly #parts: RotationParts;

  constructor(parts: RotationParts) {
    this.#parts = parts;
  }

  /** A rotation that was begun and not finished. */
  async pending(reference: string): Promise<RotationProgress | undefined> {
    const owner = await findKeyOwner(this.#parts, reference);
    const rotation = await this.#parts.journal.find(owner.key.accessKeyId);
    return rotation === undefined ? undefined : progressOf(owner, rotation);
  }

  /** The key's user and age. May ask for a code. Throws NotAuthorizedError where even that is denied. */
  async facts(reference: string, context: CallContext): Promise<KeyFacts> {
    const owner = await findKeyOwner(this.#parts, reference);
    const userName = await this.#userName(owner, context);
    const signer = await this.#signer(owner, context);
    const keys = await listAccessKeys(this.#request(owner, context), signer, userName);
    const { accessKeyId } = owner.key;
    return { accessKeyId, userName, createdAt: keys.find((key) => key.accessKeyId === accessKeyId)?.createdAt };
  }

  /**
   * Brings a rotation to where the old key is switched off. Throws TwoKeysError, RootKeyError, KeyNotReadyError, BusyError,
   * NotAuthorizedError where the user may not change its own keys, and what asking for a code, the store and the files throw.
   */
  rotate(reference: string, context: CallContext): Promise<RotationProgress> {
    return this.#alone(context, async (alone) => {
      const owner = await findKeyOwner(this.#parts, reference);
      let rotation = (await this.#parts.journal.find(owner.key.accessKeyId)) ?? (await this.#begin(owner, alone));
      while (rotation.stage !== 'deactivated') {
        rotation = await this.#advance(owner, rotation, alone);
        await this.#parts.journal.write(rotation);
      }
      return progressOf(owner, rotation);
    });
  }

  /** Deletes the old key for ever. Throws BadInputError where no rotation waits for it. */
  finish(reference: string, context: CallContext): Promise<void> {
    return this.#alone(context, (alone) => this.#finish(reference, alone));
  }

  /** Goes back to the old key: it is switched on again, put back in its place, and the new one deleted. */
  revert(reference: string, context: CallContext): Promise<void> {
    return this.#alone(context, (alone) => this.#revert(reference, alone));
  }

  /** One at a time in all processes: of two side by side, one would take the other's new key for one that a crash left. */
  #alone<Value>(context: CallContext, work: (alone: CallContext) => Promise<Value>): Promise<Value> {
    const options = { signal: context.signal, timeoutMs: LOCK_TIMEOUT_MS };
    return withFileLock(
      this.#parts.files.deps.lockDir,
      'rotate-key',
      (signal) => work({ ...context, signal }),
      options,
    );
  }

  async #finish(reference: string, context: CallContext): Promise<void> {
    const owner = await findKeyOwner(this.#parts, reference);
    const { rotation } = await this.#complete(owner);
    const signer = await this.#signer(owner, context);
    const { userName, old } = rotation;
    await this.#ifThere(() => deleteAccessKey(this.#request(owner, context), signer, userName, old.accessKeyId));
    await this.#parts.keys.remove(old.accessKeyId);
    await this.#parts.journal.remove(rotation);
  }

  async #revert(reference: string, context: CallContext): Promise<void> {
    const { files, keys, journal } = this.#parts;
    const owner = await findKeyOwner(this.#parts, reference);
    const { rotation, next } = await this.#complete(owner);
    const { userName, old } = rotation;
    const request = this.#request(owner, context);
    const signer = await this.#signer({ ...owner, key: next }, context);
    await updateAccessKey(request, signer, userName, old.accessKeyId, true);
    await swapKey(files, keys, next, old);
    await this.#ifThere(() => deleteAccessKey(request, signer, userName, next.accessKeyId));
    await keys.remove(next.accessKeyId);
    await journal.remove(rotation);
  }

  async #begin(owner: KeyOwner, context: CallContext): Promise<Rotation> {
    const userName = await this.#userName(owner, context);
    const signer = await this.#signer(owner, context);
    const existing = await listAccessKeys(this.#request(owner, context), signer, userName);
    const other = existing.find(({ accessKeyId }) => accessKeyId !== owner.key.accessKeyId);
    if (other !== undefined) {
      throw new TwoKeysError(other.accessKeyId, other.active, other.createdAt);
    }
    const keysBefore = existing.map(({ accessKeyId }) => accessKeyId);
    return { stage: 'creating', userName, old: owner.key, next: undefined, keysBefore };
  }

  async #advance(owner: KeyOwner, rotation: Rotation, context: CallContext): Promise<Rotation> {
    const { files, keys } = this.#parts;
    const { old, next, userName } = rotation;
    const oldOwner = { ...owner, key: old };
    if (rotation.stage === 'creating' || next === undefined) {
      const signer = await this.#signer(oldOwner, context);
      await this.#deleteOrphans(oldOwner, rotation, signer, context);
      const asked = { ...rotation, askedAtMs: this.#parts.network.serverClock.now().getTime() };
      await this.#parts.journal.write(asked);
      const created = await createAccessKey(this.#request(owner, context), signer, userName);
      return { ...asked, stage: 'created', next: created };
    }
    if (rotation.stage === 'created') {
      if (!(await becomesReady(this.#request(owner, context), next, this.#parts.clock))) {
        return this.#withoutDeletedKey(owner, rotation, next, context);
      }
      await swapKey(files, keys, old, next);
      return { ...rotation, stage: 'swapped' };
    }
    await this.#deactivate(oldOwner, { ...owner, key: next }, userName, context);
    return { ...rotation, stage: 'deactivated' };
  }

  /** A session of the old key may switch it off; one of the new key would take another code, and is used only where the old is off already. */
  async #deactivate(oldOwner: KeyOwner, newOwner: KeyOwner, userName: string, context: CallContext): Promise<void> {
    const request = this.#request(oldOwner, context);
    const { accessKeyId } = oldOwner.key;
    // Who deleted it by hand meanwhile has done more than switch it off.
    const switchOff = (signer: SigningCredentials): Promise<void> =>
      this.#ifThere(() => updateAccessKey(request, signer, userName, accessKeyId, false));
    try {
      await switchOff(await this.#signer(oldOwner, context));
    } catch (error) {
      if (!(error instanceof KeyRefusedError)) {
        throw error;
      }
      await switchOff(await this.#signer(newOwner, context));
    }
  }

  /**
   * A key that AWS made just before a crash: its secret was never read by anybody. One that was made at another time is the user's own,
   * and may be in use: TwoKeysError.
   */
  async #deleteOrphans(
    owner: KeyOwner,
    rotation: Rotation,
    signer: SigningCredentials,
    context: CallContext,
  ): Promise<void> {
    const request = this.#request(owner, context);
    const now = await listAccessKeys(request, signer, rotation.userName);
    for (const key of now.filter(({ accessKeyId }) => !rotation.keysBefore.includes(accessKeyId))) {
      if (!isMadeAt(key, rotation.askedAtMs)) {
        throw new TwoKeysError(key.accessKeyId, key.active, key.createdAt);
      }
      await deleteAccessKey(request, signer, rotation.userName, key.accessKeyId);
    }
  }

  /** Back to where a key is made, if the user deleted this one by hand before a file named it. Throws KeyNotReadyError if not. */
  async #withoutDeletedKey(
    owner: KeyOwner,
    rotation: Rotation,
    next: LongTermKey,
    context: CallContext,
  ): Promise<Rotation> {
    const isInPlace = owner.key.accessKeyId === next.accessKeyId;
    const keys = isInPlace
      ? []
      : await listAccessKeys(this.#request(owner, context), await this.#signer(owner, context), rotation.userName);
    if (isInPlace || keys.some(({ accessKeyId }) => accessKeyId === next.accessKeyId)) {
      throw new KeyNotReadyError(next.accessKeyId);
    }
    return { ...rotation, stage: 'creating', next: undefined };
  }

  async #complete(owner: KeyOwner): Promise<{ readonly rotation: Rotation; readonly next: LongTermKey }> {
    const rotation = await this.#parts.journal.find(owner.key.accessKeyId);
    if (rotation?.stage !== 'deactivated' || rotation.next === undefined) {
      throw new BadInputError(
        `No rotation of the key of ${owner.profile} waits for an answer.`,
        'Rotate the key first.',
      );
    }
    return { rotation, next: rotation.next };
  }

  async #userName(owner: KeyOwner, context: CallContext): Promise<string> {
    const { retry } = this.#parts;
    const request = this.#request(owner, context);
    const { arn } = await withRetries(retry, INTERACTIVE_RETRIES, context.signal, () =>
      getCallerIdentity(request, owner.key),
    );
    const userName = /:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
    if (userName === undefined) {
      throw new RootKeyError();
    }
    return userName;
  }

  #signer(owner: KeyOwner, context: CallContext): Promise<SigningCredentials> {
    return signerWithMfa(owner, this.#parts, `rotate the access key of ${owner.profile}`, context);
  }

  #request(owner: KeyOwner, context: CallContext) {
    return requestOf(owner, this.#parts, context.signal);
  }

  /** What is gone already need not be deleted. */
  async #ifThere(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isNoSuchEntity(error)) {
        throw error;
      }
    }
  }
}

function progressOf(owner: KeyOwner, rotation: Rotation): RotationProgress {
  return {
    profile: owner.profile,
    stage: rotation.stage,
    oldAccessKeyId: rotation.old.accessKeyId,
    newAccessKeyId: rotation.next?.accessKeyId,
  };
}

function isMadeAt({ createdAt }: IamAccessKey, askedAtMs = -Infinity): boolean {
  return createdAt !== undefined && Math.abs(createdAt.getTime() - askedAtMs) <= MADE_WITHIN_MS;
}

function isNoSuchEntity(error: unknown): boolean {
  return error instanceof AwsRefusedError && error.awsCode.startsWith('NoSuchEntity');
}
