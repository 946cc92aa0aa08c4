import { CoreError } from '../model/errors.ts';

/** The system refused to read or write a file: disk full, no permission, read-only, broken disk. Nothing was changed. */
export class FileFailedError extends CoreError {
  readonly code = 'file-failed';
  readonly path: string;

  constructor(path: string, what: 'read' | 'written' | 'locked', cause: unknown) {
    const { reason, hint } = explainSystemError(cause);
    super(`${path} could not be ${what}: ${reason}.`, hint, cause);
    this.path = path;
  }
}

/** A file is in a state in which changing it could lose something. Nothing was changed. */
export class FileUnsafeError extends CoreError {
  readonly code = 'file-unsafe';
}

/** A file is no longer what the user looked at, so the change no longer fits. Nothing was changed. */
export class FileChangedError extends CoreError {
  readonly code = 'file-changed';
}

/** Someone else holds what is needed now. */
export class BusyError extends CoreError {
  readonly code = 'busy';
}

/** The `code` of a Node system error (`ENOENT` and so on), or undefined for anything else. */
export function systemErrorCode(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

const NO_PERMISSION = {
  reason: 'permission denied',
  hint: 'Check who owns the file and its folder, and that you may write there. Then try again.',
};
const DISK_FULL = { reason: 'the disk is full', hint: 'Free some space and try again. The old file is intact.' };
const TOO_MANY_FILES = {
  reason: 'too many files are open',
  hint: 'Close other programs, or raise the limit of open files, and try again.',
};

const EXPLANATIONS: Readonly<Record<string, { readonly reason: string; readonly hint: string }>> = {
  EACCES: NO_PERMISSION,
  EPERM: NO_PERMISSION,
  EROFS: {
    reason: 'the disk is read-only',
    hint: 'Make it writable, or point AWS_CONFIG_FILE elsewhere. Then try again.',
  },
  ENOSPC: DISK_FULL,
  EDQUOT: { ...DISK_FULL, reason: 'your disk quota is used up' },
  EFBIG: { reason: 'it would be larger than is allowed here', hint: 'Raise the limit of file sizes and try again.' },
  EIO: { reason: 'the disk reported an error', hint: 'Check the disk. The old file is intact.' },
  EMFILE: TOO_MANY_FILES,
  ENFILE: TOO_MANY_FILES,
  ENOENT: { reason: 'a folder on the way to it does not exist', hint: 'Create the folder and try again.' },
  ENOTDIR: { reason: 'a part of its path is not a folder', hint: 'Check the path, and what is in the way.' },
  ELOOP: { reason: 'its symbolic links lead in a circle', hint: 'Mend the links and try again.' },
  EBUSY: { reason: 'another program is using it', hint: 'Close that program and try again.' },
  EISDIR: { reason: 'it is a folder', hint: 'Move the folder away and try again.' },
  ENAMETOOLONG: { reason: 'its path is too long', hint: 'Use a shorter path.' },
};

function explainSystemError(error: unknown): { readonly reason: string; readonly hint: string } {
  const code = systemErrorCode(error);
  return (
    EXPLANATIONS[code ?? ''] ?? {
      reason: code === undefined ? 'something unexpected happened' : `the system said ${code}`,
      hint: 'Try again. The old file is intact.',
    }
  );
}
