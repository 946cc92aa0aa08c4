import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, readFile, rename, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { SealedFile } from '../../../src/core/secrets/sealed-file.ts';
import { MASTER_KEY_LENGTH, seal } from '../../../src/core/secrets/sealed-format.ts';
import { StoreFailedError } from '../../../src/core/secrets/store-errors.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { realIo, temporaryFolder } from './store-io.ts';

const BYTES = seal({ kind: 'keyring', account: 'secrets-1' }, Buffer.alloc(MASTER_KEY_LENGTH), Buffer.from('{}'));
const isRoot = process.getuid?.() === 0;

async function fileIn(folder: string): Promise<SealedFile> {
  return new SealedFile(
    path.join(folder, 'secrets', 'secrets.sealed'),
    realIo(path.join(folder, 'locks')),
    new FakeClock(),
  );
}

async function written(): Promise<SealedFile> {
  const file = await fileIn(await temporaryFolder());
  await file.withLock(() => file.write(BYTES));
  return file;
}

test('no file and no folder is no content', async () => {
  expect(await (await fileIn(await temporaryFolder())).read()).toBeUndefined();
});

test('a folder or a pipe in its place is refused, without waiting for the pipe', async (context) => {
  const folder = await temporaryFolder();
  const file = await fileIn(folder);
  await mkdir(file.path, { recursive: true });
  await expect(file.read()).rejects.toBeInstanceOf(StoreFailedError);
  if (process.platform === 'win32') {
    context.skip('Windows has no such pipes');
  }
  const pipe = await fileIn(await temporaryFolder());
  await mkdir(path.dirname(pipe.path));
  execFileSync('mkfifo', [pipe.path]);
  await expect(pipe.read()).rejects.toBeInstanceOf(StoreFailedError);
});

test('a file larger than secrets can be is refused, not read', async () => {
  const file = await written();
  await truncate(file.path, 17 * 1024 * 1024);
  await expect(file.read()).rejects.toBeInstanceOf(StoreFailedError);
});

test('a file or folder of another user is refused', async (context) => {
  if (!isRoot) {
    context.skip('only root can give files away');
  }
  const file = await written();
  await chown(file.path, 65_534, 65_534);
  await expect(file.read()).rejects.toMatchObject({
    code: 'store-failed',
    message: expect.stringContaining('another user') as string,
  });
  const planted = await fileIn(await temporaryFolder());
  await mkdir(path.dirname(planted.path));
  await chown(path.dirname(planted.path), 65_534, 65_534);
  await expect(planted.withLock(() => planted.write(BYTES))).rejects.toMatchObject({ code: 'store-failed' });
});

test('an unreadable file is an error that says so, and stays', async (context) => {
  if (isRoot) {
    context.skip('root may read everything');
  }
  const file = await written();
  await chmod(file.path, 0);
  await expect(file.read()).rejects.toMatchObject({
    code: 'store-failed',
    message: expect.stringContaining('EACCES') as string,
  });
});

test('a file that cannot be reached is an error that says so', async () => {
  const folder = await temporaryFolder();
  const file = await fileIn(folder);
  await writeFile(path.dirname(file.path), 'a file where the folder should be');
  const failure = { code: 'store-failed', message: expect.stringMatching(/ENOTDIR|EEXIST/) as string };
  await expect(file.read()).rejects.toMatchObject(failure);
  await expect(file.withLock(() => file.write(BYTES))).rejects.toMatchObject(failure);
});

test('a link to the file, as in a dotfiles folder, is followed and stays a link', async () => {
  const folder = await temporaryFolder();
  const real = path.join(folder, 'elsewhere');
  await writeFile(real, BYTES, { mode: 0o600 });
  const file = await fileIn(folder);
  await mkdir(path.dirname(file.path));
  await symlink(real, file.path);
  expect((await file.read())?.slot).toEqual({ kind: 'keyring', account: 'secrets-1' });
  const next = seal({ kind: 'keyring', account: 'secrets-2' }, Buffer.alloc(MASTER_KEY_LENGTH), Buffer.from('{}'));
  await file.withLock(() => file.write(next));
  expect((await readFile(real)).equals(next)).toBe(true);
});

test('what is set aside keeps its bytes and never takes the name of another', async () => {
  const file = await written();
  const names = new Set<string>();
  for (let round = 0; round < 5; round += 1) {
    names.add(await file.setAside('damaged'));
    expect(await file.read()).toBeUndefined();
    await file.withLock(() => file.write(BYTES));
    names.add(await file.keepUnderSecondName('replaced'));
    expect(await file.read()).toBeDefined();
  }
  expect(names.size).toBe(10);
  const aside = await file.listAside();
  expect(aside).toHaveLength(10);
  for (const kept of aside) {
    expect((await readFile(kept.path)).equals(BYTES)).toBe(true);
  }
  await aside[0]?.markRecovered();
  expect(await file.listAside()).toHaveLength(9);
});

test.each(['a file', 'a link to one'])('%s kept under a second name does not change with the first', async (which) => {
  const file = await written();
  if (which === 'a link to one') {
    await rename(file.path, `${file.path}.real`);
    await symlink(`${file.path}.real`, file.path);
  }
  const name = await file.keepUnderSecondName('replaced');
  await file.withLock(() => file.write(Buffer.from('other')));
  expect((await readFile(path.join(path.dirname(file.path), name))).equals(BYTES)).toBe(true);
});
