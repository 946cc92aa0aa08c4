import * as v from 'valibot';
import type { FilePreview } from '../../../shared/commands.ts';
import { EDIT_KINDS, type EditKind } from '../../../shared/edit-kinds.ts';
import type { AwsFileEditorDeps, UndoRecord } from '../../files/aws-file-editor.ts';
import { planAwsUndo, undoAwsEdit } from '../../files/aws-file-undo.ts';
import { resolveTarget } from '../../files/atomic-file.ts';
import { FileChangedError } from '../../files/file-errors.ts';
import { JsonStateFile } from '../../files/json-state-file.ts';
import { NotFoundError, toFailure } from '../../model/errors.ts';
import { FileMoveSchema, makeMove, opposite, shownMove, type FileMove } from './file-moves.ts';
import { asApplied, shownPlans } from './profile-files.ts';

/** What is noted of an edit beside its files: `subject` is the profile, the sso-session or the file it was about. */
export interface EditNote {
  readonly kind: EditKind;
  readonly subject: string;
}

/**
 * One noted edit. `state`: `done` can be taken back; `undone` was; `copies-gone` no longer can, as the copies of the files were dropped;
 * `by-its-own-switch` moved more than files, and is taken back where it was made.
 */
export interface LoggedEdit extends EditNote {
  readonly id: string;
  readonly at: Date;
  readonly files: readonly string[];
  readonly state: 'done' | 'undone' | 'copies-gone' | 'by-its-own-switch';
}

/** What the log is kept in. */
export interface UndoLogParts {
  readonly path: string;
  readonly lockDir: string;
  /** The editor the edits were made with: its copies are what undoing needs. */
  readonly editor: AwsFileEditorDeps;
  readonly log: (line: string) => void;
}

const MOST_EDITS = 50;
/** Edits whose files' copies alone do not bring back what was. */
const HAS_OWN_SWITCH: ReadonlySet<EditKind> = new Set(['vault-on', 'vault-off']);

const UndoSchema = v.pipe(
  v.object({ path: v.string(), before: v.optional(v.string()), after: v.string() }),
  v.transform(({ path, before, after }): UndoRecord => ({ path, before, after })),
);
const EntrySchema = v.object({
  id: v.pipe(v.number(), v.integer()),
  atMs: v.number(),
  kind: v.picklist(EDIT_KINDS),
  subject: v.string(),
  undo: v.array(UndoSchema),
  moves: v.optional(v.array(FileMoveSchema), []),
  isUndone: v.boolean(),
});
const LogSchema = v.object({ nextId: v.pipe(v.number(), v.integer()), entries: v.array(EntrySchema) });

type Entry = v.InferOutput<typeof EntrySchema>;
type Log = v.InferOutput<typeof LogSchema>;

/** The last edits of the user's files, whichever feature made them, and how to take each back. Shared by all processes. */
export class UndoLog {
  readonly #parts: UndoLogParts;
  readonly #file: JsonStateFile<Log>;

  constructor(parts: UndoLogParts) {
    this.#parts = parts;
    this.#file = new JsonStateFile<Log>({
      path: parts.path,
      lockDir: parts.lockDir,
      clock: parts.editor.clock,
      version: 1,
      schema: LogSchema,
      defaults: () => ({ nextId: 1, entries: [] }),
    });
  }

  /**
   * Notes an edit that was made, and gives its id; undefined where nothing changed. Never throws: the edit is made, so a log that
   * cannot be written costs the undo only, and is told in the program's own log.
   */
  async record(
    note: EditNote,
    undo: readonly UndoRecord[],
    moves: readonly FileMove[] = [],
  ): Promise<string | undefined> {
    if (undo.length === 0 && moves.length === 0) {
      return undefined;
    }
    const atMs = this.#parts.editor.clock.now().getTime();
    try {
      const { nextId } = await this.#file.update((log) => ({
        nextId: log.nextId + 1,
        entries: [
          ...log.entries,
          { id: log.nextId, atMs, ...note, undo: [...undo], moves: [...moves], isUndone: false },
        ].slice(-MOST_EDITS),
      }));
      return String(nextId - 1);
    } catch (error) {
      this.#parts.log(
        `A change of ${undo[0]?.path ?? moves[0]?.path} could not be noted, so it cannot be undone: ${toFailure(error).message}`,
      );
      return undefined;
    }
  }

  /** The edits, newest first. Throws FileFailedError. */
  async list(): Promise<readonly LoggedEdit[]> {
    const { entries } = await this.#file.load();
    const copies = await this.#copiesOf(entries);
    return entries.toReversed().map((entry) => ({
      id: String(entry.id),
      at: new Date(entry.atMs),
      kind: entry.kind,
      subject: entry.subject,
      files: [...entry.undo, ...entry.moves].map(({ path }) => path),
      state: stateOf(entry, copies),
    }));
  }

  /** What taking an edit back would change. Throws NotFoundError, and FileChangedError where it can no longer be taken back. */
  async preview(id: string): Promise<readonly FilePreview[]> {
    const entry = await this.#undoable(id);
    const plans = await Promise.all(entry.undo.map((undo) => planAwsUndo(this.#parts.editor, undo)));
    return [...shownPlans(plans), ...entry.moves.toReversed().map((move) => shownMove(opposite(move)))];
  }

  /**
   * Takes an edit back: byte for byte where nobody changed the file since, else only its own lines. All of its files or none. The
   * taking back is an edit of its own, so it can be taken back too. Throws as `preview`, and as the editor does.
   */
  async undo(id: string): Promise<{ readonly previews: readonly FilePreview[]; readonly undoId: string | undefined }> {
    const previews = await this.preview(id);
    const entry = await this.#undoable(id);
    const back = entry.moves.toReversed().map(opposite);
    const done: UndoRecord[] = [];
    try {
      for (const undo of entry.undo.toReversed()) {
        const result = await undoAwsEdit(this.#parts.editor, undo);
        done.push(...(result.undo === undefined ? [] : [result.undo]));
      }
      for (const move of back) {
        await makeMove(move);
      }
    } catch (error) {
      for (const undo of done.toReversed()) {
        await undoAwsEdit(this.#parts.editor, undo).catch(() => undefined);
      }
      throw error;
    }
    await this.#file.update((log) => ({
      ...log,
      entries: log.entries.map((each) => (each.id === entry.id ? { ...each, isUndone: true } : each)),
    }));
    const undoId = await this.record({ kind: 'undo', subject: entry.subject }, done, back);
    return { previews: asApplied(previews), undoId };
  }

  async #undoable(id: string): Promise<Entry> {
    const { entries } = await this.#file.load();
    const entry = entries.find((each) => String(each.id) === id);
    if (entry === undefined) {
      throw new NotFoundError(`There is no noted change ${id}.`, 'Look at the list of changes again.');
    }
    const state = stateOf(entry, await this.#copiesOf([entry]));
    if (state !== 'done') {
      throw new FileChangedError(`The change ${id} ${WHY_NOT[state]}.`, HOW_ELSE[state]);
    }
    return entry;
  }

  /** The ids of all copies there are of the files of these edits. */
  async #copiesOf(entries: readonly Entry[]): Promise<ReadonlySet<string>> {
    const paths = new Set(entries.flatMap(({ undo }) => undo.map(({ path }) => path)));
    const { backups } = this.#parts.editor;
    const lists = await Promise.all(
      [...paths].map(async (path) => backups.list(await resolveTarget(path).catch(() => path))),
    );
    return new Set(lists.flat().map((copy) => copy.id));
  }
}

const WHY_NOT = {
  undone: 'was undone already',
  'copies-gone': 'is too old: the copies of the files from then are no longer kept',
  'by-its-own-switch': 'moved more than lines of a file',
} as const;
const HOW_ELSE = {
  undone: 'There is nothing to do.',
  'copies-gone': 'Change the files by hand, or restore them from a copy of your own.',
  'by-its-own-switch': 'Turn vault mode on or off instead: that brings back every byte.',
} as const;

function stateOf(entry: Entry, copies: ReadonlySet<string>): LoggedEdit['state'] {
  if (HAS_OWN_SWITCH.has(entry.kind)) {
    return 'by-its-own-switch';
  }
  if (entry.isUndone) {
    return 'undone';
  }
  const isThere = (id: string | undefined): boolean => id === undefined || copies.has(id);
  return entry.undo.every(({ before, after }) => isThere(before) && isThere(after)) ? 'done' : 'copies-gone';
}
