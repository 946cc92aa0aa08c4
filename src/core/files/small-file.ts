import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { FileFailedError, systemErrorCode } from './file-errors.ts';

/**
 * The bytes of a file that is not expected to be large. Undefined when there is none. Never waits for the other end of a pipe.
 *
 * Throws FileFailedError when it cannot be read, is no regular file, or is larger than `maxBytes`.
 */
export async function readSmallFile(path: string, maxBytes: number): Promise<Uint8Array | undefined> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat();
      if (!stats.isFile() || stats.size > maxBytes) {
        throw Object.assign(new Error('not a small regular file'), { code: stats.isFile() ? 'EFBIG' : 'EINVAL' });
      }
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw new FileFailedError(path, 'read', error);
  }
}
