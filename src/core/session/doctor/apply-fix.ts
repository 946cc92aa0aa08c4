import { chmod, rename, stat, unlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FilePreview } from '../../../shared/commands.ts';
import type { AwsEditOptions } from '../../files/aws-file-editor.ts';
import { FileFailedError, systemErrorCode } from '../../files/file-errors.ts';
import type { Clock } from '../../model/clock.ts';
import { asApplied, type FileEdit, type ProfileFiles } from '../profiles/profile-files.ts';
import type { HelperPlace } from '../profiles/plan-default.ts';
import type { UndoLog } from '../profiles/undo-log.ts';
import type { VaultMode } from '../profiles/vault-mode.ts';
import { isOver, readCacheEntry } from './cache-entry.ts';
import type { FindingFix } from './finding.ts';
import { addProfilePrefix, mendFile } from './mend-file.ts';
import { repointHelperLines } from './repoint-helper-lines.ts';

/** What fixes are made with. */
export interface FixParts extends HelperPlace {
  readonly files: ProfileFiles;
  readonly undoLog: UndoLog;
  readonly vault: VaultMode;
  readonly clock: Clock;
  /** The present by AWS's clock. */
  readonly awsNow: () => Date;
}

interface PlannedEdit {
  readonly edits: readonly FileEdit[];
  readonly subject: string;
  readonly options: AwsEditOptions;
}

/** Fixes that edit the user's files. */
type EditingFix = Extract<FindingFix, { kind: 'mend-file' | 'add-profile-prefix' | 'repoint-helper-lines' }>;

/** What a fix would change in the user's files; none for fixes that edit none. Throws as the editor does, and as the fix itself. */
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
    case 'set-aside-file':
    case 'remove-expired-files':
      return [];
  }
}

/** Does what a finding offers, and gives what it changed in the user's files. Throws FileFailedError, and as `previewFix`. */
export async function applyFix(parts: FixParts, fix: FindingFix): Promise<readonly FilePreview[]> {
  switch (fix.kind) {
    case 'mend-file':
    case 'add-profile-prefix':
    case 'repoint-helper-lines':
      return applyEdit(parts, planEdit(parts, fix));
    case 'turn-vault-on':
      return parts.vault.turnOn(fix.ssoSession);
    case 'restrict-mode':
      await onFile(fix.path, async () => chmod(fix.path, (await stat(fix.path)).mode & fix.mode));
      return [];
    case 'set-aside-file':
      await onFile(fix.path, () => rename(fix.path, `${fix.path}.broken-${parts.clock.now().getTime()}`));
      return [];
    case 'remove-expired-files':
      for (const path of fix.paths) {
        await onFile(path, () => removeIfOver(parts, path));
      }
      return [];
  }
}

async function applyEdit(
  { files, undoLog }: FixParts,
  { edits, options, subject }: PlannedEdit,
): Promise<readonly FilePreview[]> {
  const previews = await files.preview(edits, options);
  await undoLog.record({ kind: 'mend-file', subject }, await files.apply(edits, options));
  return asApplied(previews);
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

/** By either clock, whichever is behind: what may still hold stays. */
async function removeIfOver({ clock, awsNow }: FixParts, path: string): Promise<void> {
  const now = new Date(Math.min(clock.now().getTime(), awsNow().getTime()));
  if (isOver(await readCacheEntry(path, basename(path), clock), now)) {
    await unlink(path);
  }
}

/** What is gone already needs no fix. */
async function onFile(path: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') {
      throw new FileFailedError(path, 'written', error);
    }
  }
}
