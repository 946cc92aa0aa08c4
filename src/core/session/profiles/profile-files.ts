import type { FilePreview } from '../../../shared/commands.ts';
import {
  editAwsFile,
  planAwsEdit,
  type AwsEditOptions,
  type AwsEditPlan,
  type AwsFileEditorDeps,
  type IniEdit,
  type UndoRecord,
} from '../../files/aws-file-editor.ts';
import { undoAwsEdit } from '../../files/aws-file-undo.ts';
import type { AwsPaths } from '../../files/aws-paths.ts';
import { readAwsProfiles } from '../../files/effective-profiles.ts';
import { parseIni } from '../../files/ini-document.ts';
import { unifiedIniDiff } from '../../files/unified-diff.ts';
import { readAwsFileText, readAwsFileTexts } from '../../files/load-aws-profiles.ts';
import type { AwsFileKind, AwsProfiles } from '../../model/profile.ts';

/** A change of one of the two files, as the editor takes it: pure, and without effect when done again. */
export interface FileEdit {
  readonly file: AwsFileKind;
  readonly edit: IniEdit;
}

/** What changes of the two files work with. */
export interface ProfileFileParts {
  readonly paths: Pick<AwsPaths, 'configFile' | 'credentialsFile'>;
  readonly editor: AwsFileEditorDeps;
}

/** The two files, for changes that may concern both. */
export interface ProfileFiles {
  pathOf(file: AwsFileKind): string;
  /** The text of one file as it is now. The credentials file's holds secrets: keep it no longer than needed. */
  readText(file: AwsFileKind): Promise<string>;
  /** What the files say now. */
  read(): Promise<AwsProfiles>;
  /** What they would say after these edits. Writes nothing. */
  readAfter(edits: readonly FileEdit[]): Promise<AwsProfiles>;
  /** What the edits would change, secrets masked; files that would stay as they are are left out. Throws as the editor does. */
  preview(edits: readonly FileEdit[], options?: AwsEditOptions): Promise<readonly FilePreview[]>;
  /**
   * Makes the edits one after the other; where one fails, those before it are taken back. Gives how to undo those that changed
   * something. Throws as the editor does.
   */
  apply(edits: readonly FileEdit[], options?: AwsEditOptions): Promise<readonly UndoRecord[]>;
  /** What edits changed, by the copies that were taken of either side. */
  changes(undo: readonly UndoRecord[]): Promise<readonly FilePreview[]>;
}

/** Opens the two files for such changes. */
export function profileFiles({ paths, editor }: ProfileFileParts): ProfileFiles {
  const pathOf = (file: AwsFileKind): string => (file === 'config' ? paths.configFile : paths.credentialsFile);
  return {
    pathOf,
    readText: (file) => readAwsFileText(paths, file),
    async read() {
      const { config, credentials } = await readAwsFileTexts(paths);
      return readAwsProfiles(config, credentials);
    },
    async readAfter(edits) {
      const texts = await readAwsFileTexts(paths);
      const after = (file: AwsFileKind): string => edited(texts[file], edits, file);
      return readAwsProfiles(after('config'), after('credentials'));
    },
    async preview(edits, options) {
      const plans = await Promise.all(edits.map(({ file, edit }) => planAwsEdit(editor, pathOf(file), edit, options)));
      return shownPlans(plans);
    },
    async apply(edits, options) {
      const done: UndoRecord[] = [];
      try {
        for (const { file, edit } of edits) {
          const { undo } = await editAwsFile(editor, pathOf(file), edit, options);
          done.push(...(undo === undefined ? [] : [undo]));
        }
        return done;
      } catch (error) {
        await takeBack(editor, done);
        throw error;
      }
    },
    async changes(undo) {
      const plans = await Promise.all(undo.map((record) => changedLines(editor, record)));
      return asApplied(shownPlans(plans));
    },
  };
}

async function changedLines(
  { backups }: AwsFileEditorDeps,
  { path, before, after }: UndoRecord,
): Promise<Pick<AwsEditPlan, 'path' | 'diff'>> {
  const text = async (id: string | undefined): Promise<string> =>
    new TextDecoder().decode(id === undefined ? undefined : await backups.read(id));
  return { path, diff: unifiedIniDiff(path, await text(before), await text(after)) };
}

/** Plans as a screen shows them: without the files that stay as they are, and long ones cut. */
export function shownPlans(plans: readonly Pick<AwsEditPlan, 'path' | 'diff'>[]): readonly FilePreview[] {
  return plans
    .filter(({ diff }) => diff !== '')
    .map(({ path, diff }) => ({ file: path, diff: cutDiff(diff), applied: false }));
}

/** The same previews, once the change was made. */
export function asApplied(previews: readonly FilePreview[]): readonly FilePreview[] {
  return previews.map((preview) => ({ ...preview, applied: true }));
}

/** Nobody reads more, and messages between processes are bounded. */
const MOST_DIFF_LINES = 4_000;

function cutDiff(diff: string): string {
  const lines = diff.split('\n');
  const left = lines.length - MOST_DIFF_LINES;
  return left <= 1 ? diff : [...lines.slice(0, MOST_DIFF_LINES), `... and ${left - 1} more lines`, ''].join('\n');
}

function edited(text: string, edits: readonly FileEdit[], file: AwsFileKind): string {
  const ofFile = edits.filter((each) => each.file === file);
  return ofFile.length === 0 ? text : ofFile.reduce((document, { edit }) => edit(document), parseIni(text)).serialise();
}

/** Newest first. What cannot be taken back stays: the error that led here says what to do, and the copies are there. */
async function takeBack(editor: AwsFileEditorDeps, done: readonly UndoRecord[]): Promise<void> {
  for (const undo of done.toReversed()) {
    await undoAwsEdit(editor, undo).catch(() => undefined);
  }
}
