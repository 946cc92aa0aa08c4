import { unlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { resolveTarget } from './atomic-file.ts';
import {
  editAwsFile,
  planAwsEdit,
  type AwsEditOptions,
  type AwsEditPlan,
  type AwsFileEditorDeps,
  type EditResult,
  type IniEdit,
  type UndoRecord,
} from './aws-file-editor.ts';
import { mergeChanges } from './aws-file-merge.ts';
import { decodeAwsText, takeSnapshot } from './aws-file-snapshot.ts';
import { FileChangedError, FileFailedError } from './file-errors.ts';
import { withFileLock } from './file-lock.ts';
import { parseIni, type IniDocument } from './ini-document.ts';
import { findManagedBlock } from './managed-block.ts';

/**
 * Takes an edit back. When the file is as the edit left it, it becomes byte for byte what it was (or goes, if the edit created it).
 * When others changed it since, only the edit's own lines are taken back and theirs stay; where both touched the same key, nothing is
 * done and FileChangedError names the place. Otherwise throws as `editAwsFile` does.
 */
export async function undoAwsEdit(
  deps: AwsFileEditorDeps,
  undo: UndoRecord,
  options: AwsEditOptions = {},
): Promise<EditResult> {
  const texts = await undoTexts(deps, undo);
  if (undo.before === undefined && (await removeIfUntouched(deps, undo.path, texts.after))) {
    return { path: undo.path, outcome: 'changed', undo: undefined };
  }
  return editAwsFile(deps, undo.path, undoEdit(undo.path, texts), { ...options, ...takingBack(texts) });
}

/** What `undoAwsEdit` would do. */
export async function planAwsUndo(deps: AwsFileEditorDeps, undo: UndoRecord): Promise<AwsEditPlan> {
  const texts = await undoTexts(deps, undo);
  return planAwsEdit(deps, undo.path, undoEdit(undo.path, texts), takingBack(texts));
}

/** What the user had comes back as it was, also where that was empty or broken. */
function takingBack({ before }: UndoTexts): AwsEditOptions {
  return { repairs: true, acceptsEmpty: true, restores: before };
}

interface UndoTexts {
  readonly before: string;
  readonly after: string;
}

async function undoTexts(deps: AwsFileEditorDeps, undo: UndoRecord): Promise<UndoTexts> {
  const read = async (id: string): Promise<string> => {
    const bytes = await deps.backups.read(id);
    const text = bytes === undefined ? undefined : decodeAwsText(bytes);
    if (text === undefined) {
      throw new FileChangedError(
        `The copy of ${undo.path} from before that change is no longer there.`,
        'Change the file by hand, or restore it from a copy of your own.',
      );
    }
    return text;
  };
  return { before: undo.before === undefined ? '' : await read(undo.before), after: await read(undo.after) };
}

function undoEdit(path: string, { before, after }: UndoTexts): IniEdit {
  const wanted = parseIni(before);
  const left = parseIni(after);
  return (document: IniDocument): IniDocument => {
    const current = document.serialise();
    if (current === before) {
      return document;
    }
    if (current === after) {
      return wanted;
    }
    const { document: merged, conflicts: inSections } = mergeChanges(left, document, wanted);
    const conflicts = [...inSections, ...(losesBlock(document, wanted, merged) ? ["Rolecall's own block"] : [])];
    if (conflicts.length > 0) {
      throw new FileChangedError(
        `${path} was changed since, in the same places: ${conflicts.slice(0, 5).join(', ')}.`,
        'Change these by hand. Nothing has been undone.',
      );
    }
    return merged.serialise() === current ? document : merged;
  };
}

/** Whether the marks of our block, which move as profiles come and go, are no longer one pair, or stand around other sections. */
function losesBlock(current: IniDocument, wanted: IniDocument, merged: IniDocument): boolean {
  const inMerged = blockHeaders(merged);
  if (inMerged === undefined) {
    return blockHeaders(current) !== undefined;
  }
  const known = [current, wanted].map((document) => ({ document, inside: blockHeaders(document) }));
  return merged.sections.some(({ header = '' }) =>
    known.every(
      ({ document, inside }) => document.section(header) === undefined || inside?.has(header) !== inMerged.has(header),
    ),
  );
}

/** The sections in our block; undefined where it cannot be told. */
function blockHeaders(document: IniDocument): ReadonlySet<string> | undefined {
  const block = findManagedBlock(document);
  switch (block.kind) {
    case 'broken':
      return undefined;
    case 'none':
      return new Set();
    case 'found':
      return new Set(block.content.sections.map(({ header = '' }) => header));
  }
}

/** Removes a file that the edit created and nobody touched since. */
async function removeIfUntouched(deps: AwsFileEditorDeps, path: string, after: string): Promise<boolean> {
  const target = await resolveTarget(path).catch(() => resolve(path));
  return withFileLock(
    deps.lockDir,
    `aws-file ${target}`,
    async () => {
      const snapshot = await takeSnapshot(path, { clock: deps.clock, waitMs: 0 });
      try {
        if (!snapshot.exists || snapshot.document.serialise() !== after || !snapshot.isCurrent()) {
          return false;
        }
        unlinkSync(target);
        return true;
      } catch (error) {
        throw new FileFailedError(path, 'written', error);
      } finally {
        await snapshot.close();
      }
    },
    { clock: deps.clock },
  );
}
