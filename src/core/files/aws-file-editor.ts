import { dirname, resolve } from 'node:path';
import { ensurePrivateFolder, resolveTarget, stageFile } from './atomic-file.ts';
import type { BackupStore } from './aws-file-backups.ts';
import { addsSecret, checkedEdit, checkedSnapshot, editOutcome } from './aws-edit-checks.ts';
import type { AwsFileSnapshot } from './aws-file-snapshot.ts';
import { ForeignWrites } from './aws-foreign-writes.ts';
import { BusyError, FileUnsafeError } from './file-errors.ts';
import { withFileLock } from './file-lock.ts';
import type { IniDocument } from './ini-document.ts';
import { unifiedIniDiff } from './unified-diff.ts';
import { sleep, type Clock } from '../model/clock.ts';

/**
 * A change to one of the user's files. It may run several times, each time on what the file holds then, so it must be a pure function
 * that gives the same document back once its work is done (`putSection` rather than `addSection`). It may throw to refuse.
 */
export type IniEdit = (document: IniDocument) => IniDocument;

/** What the editor works with. */
export interface AwsFileEditorDeps {
  /** A folder of our own, for locks. */
  readonly lockDir: string;
  readonly backups: BackupStore;
  readonly clock: Clock;
  /** How long to look out for writers that had the file open when it was replaced. 150 ms unless told. */
  readonly settleMs?: number;
}

/** How to edit. */
export interface AwsEditOptions {
  readonly signal?: AbortSignal;
  /** The edit mends a file that botocore cannot read; it must be readable afterwards. */
  readonly repairs?: boolean;
  /** The user confirmed that the file is meant to be empty, though it was not before. */
  readonly acceptsEmpty?: boolean;
  /** A text that the file held before: it may come back, though botocore could not read it. */
  readonly restores?: string;
  /** Called when the file has been replaced, before others' writes are looked out for, which takes most of the time. Must not throw. */
  readonly onWritten?: () => void;
}

/** How to take an edit back: copies in the backup store. Plain data, to be kept. */
export interface UndoRecord {
  readonly path: string;
  /** Undefined when there was no file. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What an edit did. */
export interface EditResult {
  readonly path: string;
  readonly outcome: 'unchanged' | 'changed' | 'created';
  /** Undefined when nothing changed. */
  readonly undo: UndoRecord | undefined;
}

/** What an edit would do. `diff` is a unified diff with the values of secrets masked, '' when nothing would change. */
export interface AwsEditPlan {
  readonly path: string;
  readonly outcome: EditResult['outcome'];
  readonly diff: string;
}

const PRIVATE_FILE = 0o600;
const SETTLE_MS = 150;
const LOOK_AGAIN_MS = 10;
const LOCK_TIMEOUT_MS = 20_000;
const GIVE_UP_MS = 20_000;

/**
 * Changes `~/.aws/config` or `credentials` so that nothing is lost, whoever else writes at the same time: one Rolecall at a time (lock),
 * the edit made on what the file holds then, a copy first, the file replaced atomically only if it is still the one that was read.
 * The AWS CLI writes in place, without any lock; what it writes into the replaced file, or over ours, is found and both are kept.
 *
 * Throws FileUnsafeError (a file that should not be touched), FileFailedError (the disk), BusyError, or what `edit` throws. The file
 * is then as it was, unless `edit` refused what others made of the file after it had been done once.
 */
export async function editAwsFile(
  deps: AwsFileEditorDeps,
  path: string,
  edit: IniEdit,
  options: AwsEditOptions = {},
): Promise<EditResult> {
  const target = await targetOf(path);
  return withFileLock(
    deps.lockDir,
    `aws-file ${target}`,
    (signal) => new EditRun(deps, path, target, edit, { ...options, signal }).run(),
    {
      signal: options.signal,
      clock: deps.clock,
      timeoutMs: LOCK_TIMEOUT_MS,
    },
  );
}

/** What `editAwsFile` would do, for showing it first. Throws the same errors. Writes nothing. */
export async function planAwsEdit(
  deps: AwsFileEditorDeps,
  path: string,
  edit: IniEdit,
  options: AwsEditOptions = {},
): Promise<AwsEditPlan> {
  const snapshot = await checkedSnapshot(deps, path, await targetOf(path), options);
  try {
    const before = snapshot.document.serialise();
    const after = checkedEdit(path, edit, snapshot.document, options).serialise();
    return { path, outcome: editOutcome(snapshot, after), diff: unifiedIniDiff(path, before, after) };
  } finally {
    await snapshot.close();
  }
}

/** One call of `editAwsFile`, under the lock. */
class EditRun {
  readonly #deps: AwsFileEditorDeps;
  readonly #path: string;
  readonly #target: string;
  readonly #edit: IniEdit;
  readonly #options: AwsEditOptions;
  readonly #foreign: ForeignWrites;
  #outcome: EditResult['outcome'] = 'unchanged';
  /** From our first write on. What others write in between stays when it is undone. */
  #undo: UndoRecord | undefined;

  constructor(deps: AwsFileEditorDeps, path: string, target: string, edit: IniEdit, options: AwsEditOptions) {
    this.#deps = deps;
    this.#path = path;
    this.#target = target;
    this.#edit = edit;
    this.#options = options;
    this.#foreign = new ForeignWrites(path, deps.clock, deps.settleMs ?? SETTLE_MS);
  }

  async run(): Promise<EditResult> {
    const giveUpMs = this.#deps.clock.now().getTime() + GIVE_UP_MS;
    try {
      for (;;) {
        const turn = await this.#tryTurn();
        const isLate = this.#deps.clock.now().getTime() > giveUpMs;
        // Not to be cancelled: what others wrote meanwhile must get into the file.
        if (turn === 'done' || (turn === 'looked' && (isLate || (await this.#foreign.areOver())))) {
          return this.#result();
        }
        if (isLate && this.#undo === undefined) {
          throw new BusyError(`Another program keeps changing ${this.#path}.`, 'Wait until it is done and try again.');
        }
      }
    } finally {
      await this.#foreign.close();
    }
  }

  /** One turn. A file that became unfit after our change is left as others made it. */
  async #tryTurn(): Promise<'done' | 'looked' | 'again'> {
    try {
      return await this.#turn();
    } catch (error) {
      if (this.#undo === undefined || !(error instanceof FileUnsafeError)) {
        throw error;
      }
      return 'done';
    }
  }

  /** Reads, edits and writes once. `again` when the file changed under the edit; nothing has been written then. */
  async #turn(): Promise<'done' | 'looked' | 'again'> {
    const snapshot = await checkedSnapshot(this.#deps, this.#path, this.#target, this.#options);
    try {
      const truth = this.#foreign.truthFor(snapshot);
      if (truth === undefined) {
        await snapshot.close();
        await sleep(this.#deps.clock, LOOK_AGAIN_MS);
        return 'again';
      }
      const edited = await this.#edited(snapshot, truth);
      if (edited.serialise() === snapshot.document.serialise()) {
        await snapshot.close();
        return this.#undo === undefined ? 'done' : 'looked';
      }
      if (this.#undo !== undefined && !snapshot.exists) {
        // Someone removed the file after our change, and wants it so.
        return 'done';
      }
      return (await this.#write(snapshot, edited)) ? 'looked' : 'again';
    } catch (error) {
      await snapshot.close();
      throw error;
    }
  }

  /** When the edit refuses what others made of the file after our change, what they wrote must get into it all the same. */
  async #edited(snapshot: AwsFileSnapshot, truth: IniDocument): Promise<IniDocument> {
    try {
      return checkedEdit(this.#path, this.#edit, truth, this.#options);
    } catch (error) {
      if (this.#undo !== undefined && snapshot.exists && truth.serialise() !== snapshot.document.serialise()) {
        await this.#write(snapshot, truth);
      }
      throw error;
    }
  }

  /** False when the file changed meanwhile. */
  async #write(snapshot: AwsFileSnapshot, document: IniDocument): Promise<boolean> {
    const content = Buffer.from(document.serialise());
    if (!snapshot.exists) {
      await ensurePrivateFolder(dirname(this.#path));
    }
    // Before anything else: without its copies an edit does not happen.
    const undo = this.#undo ?? (await this.#saveCopies(snapshot, content));
    const staged = await stageFile(this.#path, content, {
      clock: this.#deps.clock,
      // The user's choice of who may read the file was made without this secret.
      ...(addsSecret(snapshot.document, document) ? { mode: PRIVATE_FILE } : {}),
    });
    try {
      await staged.commit(() => {
        if (!snapshot.isCurrent()) {
          throw new ChangedMeanwhile();
        }
      });
    } catch (error) {
      if (error instanceof ChangedMeanwhile) {
        await snapshot.close();
        await (undo === this.#undo ? undefined : this.#removeCopies(undo));
        return false;
      }
      throw error;
    }
    this.#foreign.replaced(snapshot, document, content);
    if (this.#undo === undefined) {
      this.#outcome = snapshot.exists ? 'changed' : 'created';
      this.#undo = undo;
      this.#options.onWritten?.();
    }
    return true;
  }

  async #saveCopies(snapshot: AwsFileSnapshot, content: Uint8Array): Promise<UndoRecord> {
    const { backups } = this.#deps;
    // One after the other: the store names them by their order.
    const before = snapshot.exists ? await backups.save(this.#target, snapshot.bytes) : undefined;
    return { path: this.#path, before, after: await backups.save(this.#target, content) };
  }

  async #removeCopies(undo: UndoRecord): Promise<void> {
    const { backups } = this.#deps;
    await backups.remove(undo.after);
    await (undo.before === undefined ? undefined : backups.remove(undo.before));
  }

  #result(): EditResult {
    return { path: this.#path, outcome: this.#outcome, undo: this.#undo };
  }
}

/** The file changed between reading and writing: read it again. Never leaves this module. */
class ChangedMeanwhile extends Error {}

/** The file behind the path, so that a link and its target share lock and copies. */
async function targetOf(path: string): Promise<string> {
  try {
    return await resolveTarget(path);
  } catch {
    // The folder is not there yet; or the path is broken, which reading it will tell in full.
    return resolve(path);
  }
}
