import type * as crypto from 'node:crypto';
import type * as promises from 'node:fs/promises';
import { lstat, mkdtemp, open as openFile, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { writeFileAtomic } from '../../../src/core/files/atomic-file.ts';
import { FileFailedError } from '../../../src/core/files/file-errors.ts';

/** The modes that temporary files had from their first moment. */
const modes: number[] = [];

// Whoever guesses the name of the temporary file is one for whom it is always the same.
vi.mock('node:crypto', async (original) => ({
  ...(await original<typeof crypto>()),
  randomBytes: (size: number) => Buffer.alloc(size),
}));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof promises>();
  return {
    ...real,
    open: async (...args: Parameters<typeof openFile>) => {
      const handle = await real.open(...args);
      if (String(args[0]).includes('.rolecall-')) {
        modes.push((await handle.stat()).mode & 0o777);
      }
      return handle;
    },
  };
});

let folder = '';

beforeEach(async () => {
  modes.length = 0;
  folder = await mkdtemp(join(tmpdir(), 'rolecall-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

const temporary = (): string => join(folder, '.config.rolecall-000000000000');

test('a link that was planted under the name of the temporary file is not written through', async () => {
  const victim = join(folder, 'victim');
  await writeFile(victim, 'theirs');
  await symlink(victim, temporary());
  await expect(writeFileAtomic(join(folder, 'config'), 'secret')).rejects.toThrow(FileFailedError);
  expect(await readFile(victim, 'utf8')).toBe('theirs');
});

test('a file that was planted there, open to its maker, does not get the content', async () => {
  const planted = await openFile(temporary(), 'w+', 0o666);
  onTestFinished(() => planted.close());
  await expect(writeFileAtomic(join(folder, 'config'), 'secret')).rejects.toThrow(FileFailedError);
  expect((await planted.readFile()).toString()).toBe('');
});

test('the temporary file is closed to others from its first moment, whatever the umask and the mode it gets', async () => {
  const before = process.umask(0);
  onTestFinished(() => void process.umask(before));
  await writeFileAtomic(join(folder, 'config'), 'secret', { mode: 0o644 });
  expect(modes).toEqual([0o600]);
  expect((await lstat(join(folder, 'config'))).mode & 0o777).toBe(0o644);
});
