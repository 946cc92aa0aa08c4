import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Marks } from '../../../shared/app-state.ts';
import type { FilePreview } from '../../../shared/commands.ts';
import { writeFileAtomic } from '../../files/atomic-file.ts';
import { readSmallFile } from '../../files/small-file.ts';
import { AlreadyExistsError, BadInputError } from '../../model/errors.ts';
import { buildSetUp, type SetUpChoice, type SetUpSources } from './build-set-up.ts';
import { loadSetUp, readSetUpBytes, sha256Of, type LoadedSetUp, type SetUpReaderParts } from './load-set-up.ts';
import { newErrors } from './new-errors.ts';
import { planImport, type ImportItem, type ImportPlan, type NewMarks } from './plan-import.ts';
import { asApplied, type FileEdit, type ProfileFiles } from './profile-files.ts';
import type { ProfileSync } from './profile-sync.ts';
import { MAX_SET_UP_BYTES, setUpText, type SetUp } from './set-up.ts';
import type { RoleRule } from './sync-options.ts';
import type { UndoLog } from './undo-log.ts';
import { vaultLines, type NewProfileParts } from './vault-line.ts';

/** A value that is kept elsewhere. */
export interface KeptPart<Value> {
  read(): Promise<Value>;
  update(change: (value: Value) => Value): Promise<Value>;
}

/** What exporting and importing work with. */
export interface SetUpFileParts extends SetUpReaderParts, NewProfileParts {
  readonly files: ProfileFiles;
  readonly undoLog: UndoLog;
  readonly sync: ProfileSync;
  readonly marks: KeptPart<Readonly<Record<string, Marks>>>;
  readonly guardRules: KeptPart<readonly RoleRule[]>;
  /** Where a file goes that is saved without a path. */
  readonly downloadsDir: () => Promise<string>;
}

/** What an import would do, or did. */
export interface ImportReport {
  readonly items: readonly ImportItem[];
  readonly newMarks: readonly NewMarks[];
  readonly newRules: readonly RoleRule[];
  readonly previews: readonly FilePreview[];
  /** For `UndoLog.undo` of the profiles and Identity Centers; undefined before, and where none were added. */
  readonly undoId: string | undefined;
}

/** A team's set-up as one file: written without secrets, read from a file or an https address, shown before anything is changed. */
export class SetUpFile {
  readonly #parts: SetUpFileParts;

  constructor(parts: SetUpFileParts) {
    this.#parts = parts;
  }

  /** What of this set-up is chosen to be shared. */
  async build(choice: SetUpChoice): Promise<SetUp> {
    return buildSetUp(await this.#sources(), choice, this.#parts.env);
  }

  /** The text of the file. Throws as `buildSetUp`, and BadInputError for what no import would take. */
  async exportText(choice: SetUpChoice): Promise<string> {
    return setUpText(await this.build(choice), this.#parts.env);
  }

  /** Writes the file. Throws AlreadyExistsError where one is, unless it may be replaced; FileFailedError. */
  async exportTo(path: string, choice: SetUpChoice, options: { readonly mayReplace: boolean }): Promise<void> {
    const text = await this.exportText(choice);
    if (!options.mayReplace && (await readSmallFile(path, MAX_SET_UP_BYTES)) !== undefined) {
      throw new AlreadyExistsError(`${path} is there already.`, 'Choose another name, or give --replace.');
    }
    await writeFileAtomic(path, text);
  }

  /** The SHA-256 of the file with this text, in hex. */
  sha256Of(text: string): string {
    return sha256Of(new TextEncoder().encode(text));
  }

  /** Writes the text where downloads go, under a name that no file has, and gives the path. Throws FileFailedError. */
  async save(text: string): Promise<string> {
    const folder = await this.#parts.downloadsDir();
    for (let number = 1; ; number += 1) {
      const path = join(folder, number === 1 ? 'rolecall-set-up.json' : `rolecall-set-up-${number}.json`);
      if (!existsSync(path)) {
        await writeFileAtomic(path, text);
        return path;
      }
    }
  }

  /** Reads and checks a set-up; nothing is changed. Throws as `loadSetUp`. */
  load(
    source: string,
    options: { readonly signal?: AbortSignal; readonly expectedSha256?: string } = {},
  ): Promise<LoadedSetUp> {
    return loadSetUp(this.#parts, source, options);
  }

  /** The same for a text that is here already. Throws BadInputError. */
  read(text: string, source: string): LoadedSetUp {
    return readSetUpBytes(this.#parts, new TextEncoder().encode(text), source);
  }

  /**
   * What importing would do, with further edits that belong to it. Throws BadInputError where a profile would not work here then, and as
   * the editor does.
   */
  async preview({ setUp }: Pick<LoadedSetUp, 'setUp'>, further: readonly FileEdit[] = []): Promise<ImportReport> {
    const plan = await this.#plan(setUp, further);
    return report(plan, await this.#parts.files.preview(plan.edits), undefined);
  }

  /** Imports what was loaded and shown. What is here already stays as it is. Throws as `preview`; then nothing was changed. */
  async apply(
    { setUp, source }: Pick<LoadedSetUp, 'setUp' | 'source'>,
    further: readonly FileEdit[] = [],
  ): Promise<ImportReport> {
    const { files, undoLog, marks, guardRules, sync } = this.#parts;
    const plan = await this.#plan(setUp, further);
    const previews = await files.preview(plan.edits);
    const undo = await files.apply(plan.edits);
    const undoId = await undoLog.record({ kind: 'import-set-up', subject: source }, undo);
    await marks.update(plan.addMarks);
    if (plan.newRules.length > 0) {
      await guardRules.update((rules) => [...rules, ...plan.newRules]);
    }
    for (const [ssoSession, options] of plan.newSyncOptions) {
      await sync.setOptions(ssoSession, options);
    }
    return report(plan, asApplied(previews), undoId);
  }

  async #plan(setUp: SetUp, further: readonly FileEdit[]): Promise<ImportPlan> {
    const { files } = this.#parts;
    const sources = await this.#sources();
    const added = planImport(setUp, sources, vaultLines(this.#parts));
    const plan = { ...added, edits: onePerFile([...added.edits, ...further]) };
    const [broken] = newErrors(sources.profiles, await files.readAfter(plan.edits));
    if (broken !== undefined) {
      const where = broken.profile === undefined ? '' : ` in the profile ${broken.profile}`;
      throw new BadInputError(`The set-up would not work here${where}: ${broken.message}`, broken.hint);
    }
    return plan;
  }

  async #sources(): Promise<SetUpSources> {
    const { files, marks, guardRules, sync } = this.#parts;
    const [profiles, allMarks, rules, syncOptions] = await Promise.all([
      files.read(),
      marks.read(),
      guardRules.read(),
      sync.allOptions(),
    ]);
    return { profiles, marks: allMarks, guardRules: rules, syncOptions };
  }
}

/** One edit for each file, so that each is shown and written once. */
function onePerFile(edits: readonly FileEdit[]): readonly FileEdit[] {
  return (['config', 'credentials'] as const).flatMap((file): FileEdit[] => {
    const own = edits.filter((each) => each.file === file);
    return own.length === 0 ? [] : [{ file, edit: (document) => own.reduce((now, { edit }) => edit(now), document) }];
  });
}

function report(plan: ImportPlan, previews: readonly FilePreview[], undoId: string | undefined): ImportReport {
  const { items, newMarks, newRules } = plan;
  return { items, newMarks, newRules, previews, undoId };
}
