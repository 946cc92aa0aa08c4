import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { writeFileAtomic } from '../../../src/core/files/atomic-file.ts';
import { withFileLock } from '../../../src/core/files/file-lock.ts';
import type { SealedFileIo } from '../../../src/core/secrets/sealed-file.ts';

/** The real writer and lock, wired as the product wires them. */
export function realIo(lockFolder: string): SealedFileIo {
  return {
    writeFileAtomic: (file, bytes) => writeFileAtomic(file, bytes, { mode: 0o600 }),
    withFileLock: (file, action) => withFileLock(lockFolder, file, action),
  };
}

/** A folder of this test's own, removed after it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rolecall-secrets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
