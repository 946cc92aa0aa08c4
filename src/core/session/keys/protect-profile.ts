import { readFile } from 'node:fs/promises';
import type { FilePreview } from '../../../shared/commands.ts';
import { undoAwsEdit } from '../../files/aws-file-undo.ts';
import type { BackupStore } from '../../files/aws-file-backups.ts';
import type { UndoRecord } from '../../files/aws-file-editor.ts';
import { readStaticKey } from '../../files/static-key.ts';
import type { LongTermKey } from '../../model/credentials.ts';
import { BadInputError } from '../../model/errors.ts';
import type { AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import { ProfileBrokenError } from '../resolve/errors.ts';
import { planChain } from '../resolve/plan-chain.ts';
import type { ChainPlan } from '../resolve/chain-plan.ts';
import { changedOnly, requireProfile, type KeyFiles } from './key-files.ts';
import { applyEdits, protectEdits, type SectionEdit } from './protect-edits.ts';
import type { ProtectionRecord, ProtectionRecords } from './protection-records.ts';
import { sealCopiesWith } from './sealed-copies.ts';
import type { StoredKeys } from './stored-keys.ts';
import { isKeyShared, unprotectConfig, unprotectCredentials, type UnprotectInput } from './unprotect-edits.ts';

/** What protecting works with. */
export interface ProtectionParts {
  readonly files: KeyFiles;
  readonly keys: StoredKeys;
  readonly records: ProtectionRecords;
  /** Where other edits keep plain copies, which may hold the key too. */
  readonly plainCopies: BackupStore;
  /** The absolute path of the helper for `credential_process` lines. */
  readonly helperPath: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
}

/** A profile that can be protected: it holds a long-term key of its own. */
interface Candidate {
  readonly profile: EffectiveProfile;
  readonly key: LongTermKey;
  readonly edits: readonly SectionEdit[];
}

/**
 * Moves long-term keys out of `~/.aws` into the secret store and back. A protected profile is a `credential_process` line of ours, so
 * that programs which cannot ask for a code (Terraform, the JS and Java SDKs) have the user asked instead; so are the role profiles that
 * start from its key and want MFA.
 */
export class ProfileProtection {
  readonly #parts: ProtectionParts;

  constructor(parts: ProtectionParts) {
    this.#parts = parts;
  }

  /** What `protect` would change, secrets masked. Throws as `protect`. */
  async preview(reference: string): Promise<readonly FilePreview[]> {
    const { files } = this.#parts;
    const { edits } = await this.#candidate(reference);
    return changedOnly([
      await files.preview('config', applyEdits(edits, 'config')),
      await files.preview('credentials', applyEdits(edits, 'credentials')),
    ]);
  }

  /**
   * Protects a profile. The key is in the store before anything else happens, and the files change one after the other in an order in
   * which the profile works at every moment; after a crash, doing it again finishes it.
   *
   * Throws NotFoundError, BadInputError for a profile without a key of its own, what the store throws, and what the file editor throws.
   */
  async protect(reference: string): Promise<readonly FilePreview[]> {
    const { files, keys, records, plainCopies } = this.#parts;
    const { profile, key, edits } = await this.#candidate(reference);
    const previews = await this.preview(reference);
    await keys.write(key);
    const config = await files.edit('config', applyEdits(edits, 'config'));
    const credentials = await files.edit('credentials', applyEdits(edits, 'credentials'));
    const undo = [config.undo, credentials.undo].filter((record): record is UndoRecord => record !== undefined);
    await records.write(profile.name, await this.#withEarlier(profile.name, key.accessKeyId, undo));
    for (const file of ['config', 'credentials'] as const) {
      await sealCopiesWith(key.secretAccessKey, await files.targetOf(file), plainCopies, files.sealed);
    }
    return previews.map((preview) => ({ ...preview, applied: true }));
  }

  /** Protecting again, for roles written since, is taken back before what came before it. */
  async #withEarlier(profile: string, accessKeyId: string, undo: readonly UndoRecord[]): Promise<ProtectionRecord> {
    const earlier = await this.#parts.records.read(profile);
    return { accessKeyId, undo: earlier?.accessKeyId === accessKeyId ? [...earlier.undo, ...undo] : undo };
  }

  /** What `unprotect` would change, secrets masked. Throws as `unprotect`. */
  async previewUnprotect(reference: string): Promise<readonly FilePreview[]> {
    const { files } = this.#parts;
    const input = await this.#protected(reference);
    return changedOnly([
      await files.preview('credentials', unprotectCredentials(input, false)),
      await files.preview('config', unprotectConfig(input)),
    ]);
  }

  /**
   * Puts the key back into the credentials file and the profiles back as they were: byte for byte where the same places were not changed
   * since. The key leaves the store last, unless another profile holds it too. Throws NotFoundError, BadInputError for a profile that is not protected, and as `protect`.
   */
  async unprotect(reference: string): Promise<readonly FilePreview[]> {
    const { files, keys, records } = this.#parts;
    const input = await this.#protected(reference);
    const previews = await this.previewUnprotect(reference);
    await this.#undoByCopies(input);
    // Whatever the copies did not bring back; nothing where they did.
    const isKeyBack = await this.#holdsKey(input);
    await files.edit('credentials', unprotectCredentials(input, isKeyBack), { acceptsEmpty: true });
    await files.edit('config', unprotectConfig(input), { acceptsEmpty: true });
    await records.write(input.profile.name, undefined);
    if (!isKeyShared(input)) {
      await keys.remove(input.key.accessKeyId);
    }
    return previews.map((preview) => ({ ...preview, applied: true }));
  }

  /** The credentials file first: the key is back before the line that replaces it goes. */
  async #undoByCopies({ profile, key }: UnprotectInput): Promise<void> {
    const { files, records } = this.#parts;
    const record = await records.read(profile.name);
    if (record?.accessKeyId !== key.accessKeyId) {
      // The key was rotated since: the copy holds one that is dead.
      return;
    }
    for (const undo of record.undo.toReversed()) {
      if (await this.#isUntouchedSince(undo)) {
        await undoAwsEdit(files.deps, undo);
      }
    }
  }

  /** Only a file that nobody changed since gets its old bytes back; in any other our own keys alone are put back. */
  async #isUntouchedSince(undo: UndoRecord): Promise<boolean> {
    const { files } = this.#parts;
    const after = await files.sealed.read(undo.after);
    const before = undo.before === undefined ? new Uint8Array() : await files.sealed.read(undo.before);
    const now = await readFile(undo.path).catch(() => undefined);
    return after !== undefined && before !== undefined && now !== undefined && now.equals(after);
  }

  async #holdsKey({ profile, key }: UnprotectInput): Promise<boolean> {
    const { config, credentials } = await this.#parts.files.readTexts();
    return readStaticKey(config, credentials, profile.name)?.key.accessKeyId === key.accessKeyId;
  }

  async #candidate(reference: string): Promise<Candidate> {
    const { files, keys, helperPath, platform } = this.#parts;
    const profiles = await files.readProfiles();
    const profile = requireProfile(profiles, reference);
    const { source } = planChain({ profiles, platform }, profile.name);
    const inFile = source.kind === 'static-key' && source.profile === profile.name;
    const isProtected = source.kind === 'stored-key' && source.profile === profile.name;
    if (!inFile && !isProtected) {
      throw noOwnKey(profile.name, source);
    }
    const key = inFile ? await this.#keyInFile(profile.name) : await keys.read(source.accessKeyId);
    if (key === undefined) {
      throw new ProfileBrokenError(
        profile.name,
        `The key of the profile ${profile.name} is neither in the files nor in the secret store.`,
        'Add the key again.',
      );
    }
    const edits = protectEdits({ profiles, profile, accessKeyId: key.accessKeyId, helperPath, platform });
    return { profile, key, edits };
  }

  async #keyInFile(profile: string): Promise<LongTermKey | undefined> {
    const { config, credentials } = await this.#parts.files.readTexts();
    const found = readStaticKey(config, credentials, profile);
    if (found?.kind === 'session') {
      throw new BadInputError(
        `The profile ${profile} holds a temporary key, which ends by itself.`,
        'Only long-term keys need protection.',
      );
    }
    return found?.key;
  }

  async #protected(reference: string): Promise<UnprotectInput> {
    const { files, keys, platform } = this.#parts;
    const profiles = await files.readProfiles();
    const profile = requireProfile(profiles, reference);
    const { source } = planChain({ profiles, platform }, profile.name);
    if (source.kind !== 'stored-key' || source.profile !== profile.name) {
      throw new BadInputError(
        `The profile ${profile.name} holds no protected key.`,
        source.kind === 'stored-key'
          ? `Unprotect the profile ${source.profile}, whose key it uses.`
          : 'There is nothing to undo.',
      );
    }
    const key = await keys.read(source.accessKeyId);
    if (key === undefined) {
      throw new ProfileBrokenError(
        profile.name,
        `The key of the protected profile ${profile.name} is not in the secret store.`,
        'Unlock the store it was kept in, or add the key again.',
      );
    }
    return { profiles, profile, key, platform };
  }
}

function noOwnKey(profile: string, source: ChainPlan['source']): BadInputError {
  const owner = source.kind === 'static-key' || source.kind === 'stored-key' ? source.profile : undefined;
  return new BadInputError(
    `The profile ${profile} holds no access key of its own.`,
    owner === undefined ? 'There is nothing to protect.' : `Protect the profile ${owner}, whose key it uses.`,
  );
}

/** Whether a profile's key is in our store. */
export function isProtected(profiles: AwsProfiles, profile: string, platform: 'linux' | 'darwin' | 'win32'): boolean {
  try {
    return planChain({ profiles, platform }, profile).source.kind === 'stored-key';
  } catch {
    return false;
  }
}
