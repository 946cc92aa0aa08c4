import type { AwsEditOptions, AwsFileEditorDeps, EditResult, IniEdit } from './aws-file-editor.ts';
import { MAX_AWS_FILE_BYTES, takeSnapshot, type AwsFileSnapshot } from './aws-file-snapshot.ts';
import { botocoreErrors } from './botocore-reading.ts';
import { FileUnsafeError } from './file-errors.ts';
import { describeParseError } from './file-problems.ts';
import type { IniDocument } from './ini-document.ts';
import { isSecretKey } from './secret-keys.ts';

/** How long a file may be empty or broken before that is believed; longer where it is known to have had content. */
const PATIENCE_MS = 400;
const LONG_PATIENCE_MS = 1_500;

/**
 * Reads a file that is to be edited, and refuses what should not be: see `takeSnapshot`; a file that is empty and was not; one that
 * botocore cannot read, unless the edit is there to mend it. Throws FileUnsafeError, FileFailedError.
 */
export async function checkedSnapshot(
  deps: AwsFileEditorDeps,
  path: string,
  target: string,
  options: AwsEditOptions,
): Promise<AwsFileSnapshot> {
  const hadContent = (await deps.backups.list(target)).some(({ sizeBytes }) => sizeBytes > 0);
  const waitMs = options.repairs === true ? 0 : hadContent ? LONG_PATIENCE_MS : PATIENCE_MS;
  const snapshot = await takeSnapshot(path, { clock: deps.clock, signal: options.signal, waitMs });
  try {
    if (snapshot.exists && snapshot.bytes.length === 0 && hadContent && options.acceptsEmpty !== true) {
      throw new FileUnsafeError(
        `${path} is empty, and it was not before.`,
        'Restore it from the copy that Rolecall kept, or confirm that it is meant to be empty.',
      );
    }
    if (options.repairs !== true) {
      refuseUnreadable(path, snapshot.document, 'Mend that line first. Nothing has been changed.');
    }
    return snapshot;
  } catch (error) {
    await snapshot.close();
    throw error;
  }
}

/** Runs an edit and refuses what it made when botocore could not read it, or when it is too large. Throws FileUnsafeError. */
export function checkedEdit(
  path: string,
  edit: IniEdit,
  document: IniDocument,
  { restores }: Pick<AwsEditOptions, 'restores'>,
): IniDocument {
  const edited = edit(document);
  const text = edited.serialise();
  if (text !== restores) {
    refuseUnreadable(path, edited, 'The change was dropped.');
  }
  if (Buffer.byteLength(text) > MAX_AWS_FILE_BYTES) {
    throw new FileUnsafeError(`${path} would become larger than 5 MB.`, 'Choose fewer profiles.');
  }
  return edited;
}

/** One line that botocore refuses costs the user every `aws` command, so such a file is neither edited nor written. */
function refuseUnreadable(path: string, document: IniDocument, hint: string): void {
  const [error] = botocoreErrors(document);
  if (error !== undefined) {
    throw new FileUnsafeError(
      `The AWS CLI cannot read ${path}: line ${error.line} ${describeParseError(error)}.`,
      hint,
    );
  }
}

/** What writing this text would do to the file. */
export function editOutcome(snapshot: AwsFileSnapshot, text: string): EditResult['outcome'] {
  if (snapshot.document.serialise() === text) {
    return 'unchanged';
  }
  return snapshot.exists ? 'changed' : 'created';
}

/** Whether `after` holds a secret that `before` does not. */
export function addsSecret(before: IniDocument, after: IniDocument): boolean {
  const known = secretsOf(before);
  return [...secretsOf(after)].some((secret) => !known.has(secret));
}

function secretsOf(document: IniDocument): ReadonlySet<string> {
  const entries = document.chunks.flatMap((section) => section.entries);
  return new Set(entries.filter(({ name, value }) => isSecretKey(name) && value !== '').map(({ value }) => value));
}
