import { unlink } from 'node:fs/promises';
import type { FilePreview } from '../../../shared/commands.ts';
import type { AwsEditOptions } from '../../files/aws-file-editor.ts';
import { FileFailedError, systemErrorCode } from '../../files/file-errors.ts';
import { makeMove, shownMove } from '../profiles/file-moves.ts';
import type { HelperPlace } from '../profiles/plan-default.ts';
import { asApplied, type FileEdit, type ProfileFiles } from '../profiles/profile-files.ts';
import type { UndoLog } from '../profiles/undo-log.ts';
import type { VaultMode } from '../profiles/vault-mode.ts';
import type { FindingFix } from './finding.ts';
import { moveOf, shownRemovals, stillOver, type CacheClocks, type MovingFix } from './fix-moves.ts';
import { addProfilePrefix, mendFile } from './mend-file.ts';
import { repointHelperLines } from './repoint-helper-lines.ts';

/** What fixes are made with. */
export interface FixParts extends HelperPlace, CacheClocks {
  readonly files: ProfileFiles;
  readonly undoLog: UndoLog;
  readonly vault: VaultMode;
}

/** A fix that was made. */
export interface AppliedFix {
  readonly previews: readonly FilePreview[];
  /** For `UndoLog.undo`; undefined where nothing changed, and for what has another way back or needs none. */
  readonly undoId: string | undefined;
}

interface PlannedEdit {
  readonly edits: readonly FileEdit[];
  readonly subject: string;
  readonly options: AwsEditOptions;
}

/** Fixes that edit the user's files. */
type EditingFix = Extract<FindingFix, { kind: 'mend-file' | 'add-profile-prefix' | 'repoint-helper-lines' }>;

/** What a fix would change, file by file. Throws as the editor does, and as the fix itself. */
export async function previewFix(parts: FixParts, fix: FindingFix): Promise<readonly FilePreview[]> {
  switch (fix.kind) {
    case 'mend-file':
    case 'add-profile-prefix':
    case 'repoint-helper-lines': {
      const { edits, options } = planEdit(parts, fix);
      return parts.files.preview(edits, options);
    }
    case 'turn-vault-on':
      return parts.vault.preview(fix.ssoSession, 'vault');
    case 'restrict-mode':
    case 'set-aside-file': {
      const move = await moveOf(fix);
      return move === undefined ? [] : [shownMove(move)];
    }
    case 'remove-expired-files':
      return shownRemovals(await stillOver(fix.paths, parts));
  }
}

/** Does what a finding offers. Throws FileFailedError, and as `previewFix`. */
export async function applyFix(parts: FixParts, fix: FindingFix): Promise<AppliedFix> {
  switch (fix.kind) {
    case 'mend-file':
    case 'add-profile-prefix':
    case 'repoint-helper-lines':
      return applyEdit(parts, planEdit(parts, fix));
    case 'turn-vault-on':
      return { previews: await parts.vault.turnOn(fix.ssoSession), undoId: undefined };
    case 'restrict-mode':
    case 'set-aside-file':
      return applyMove(parts, fix);
    case 'remove-expired-files':
      return removeFiles(parts, fix.paths);
  }
}

async function applyEdit({ files, undoLog }: FixParts, { edits, options, subject }: PlannedEdit): Promise<AppliedFix> {
  const previews = await files.preview(edits, options);
  const undoId = await undoLog.record({ kind: 'mend-file', subject }, await files.apply(edits, options));
  return { previews: asApplied(previews), undoId };
}

async function applyMove({ undoLog }: FixParts, fix: MovingFix): Promise<AppliedFix> {
  const move = await moveOf(fix);
  if (move === undefined) {
    return { previews: [], undoId: undefined };
  }
  await makeMove(move);
  const undoId = await undoLog.record({ kind: 'mend-file', subject: fix.path }, [], [move]);
  return { previews: asApplied([shownMove(move)]), undoId };
}

/** No way back is kept: nobody can use what was in them, and it tells whoever reads it which roles the user has. */
async function removeFiles(clocks: CacheClocks, paths: readonly string[]): Promise<AppliedFix> {
  const removed: string[] = [];
  for (const path of paths) {
    // Each is read again right before: a sign-in may have written it anew.
    for (const over of await stillOver([path], clocks)) {
      await removeFile(over);
      removed.push(over);
    }
  }
  return { previews: asApplied(shownRemovals(removed)), undoId: undefined };
}

/** What is gone already needs no fix. */
async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') {
      throw new FileFailedError(path, 'written', error);
    }
  }
}

function planEdit(parts: FixParts, fix: EditingFix): PlannedEdit {
  switch (fix.kind) {
    case 'mend-file': {
      const { file } = fix;
      const edits = [{ file, edit: (document) => mendFile(document, file) } satisfies FileEdit];
      return { edits, subject: parts.files.pathOf(file), options: { repairs: true } };
    }
    case 'add-profile-prefix': {
      const edits = [{ file: 'config', edit: (document) => addProfilePrefix(document, fix.header) } satisfies FileEdit];
      return { edits, subject: fix.header, options: {} };
    }
    case 'repoint-helper-lines':
      return { edits: repointHelperLines(fix.profiles, parts), subject: fix.profiles.join(', '), options: {} };
  }
}
