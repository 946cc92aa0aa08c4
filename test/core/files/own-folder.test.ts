import { chmod, chown, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { processSurroundings } from '../../../src/core/app/process-surroundings.ts';
import { FileUnsafeError } from '../../../src/core/files/file-errors.ts';
import { requireOwnFolder } from '../../../src/core/files/own-folder.ts';

let folder = '';

beforeEach(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'rolecall-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  folder = join(parent, 'rolecall');
  await mkdir(folder, { mode: 0o700 });
});

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o7777;

test.each([
  [0o700, 0o700],
  [0o755, 0o755],
  [0o777, 0o755],
  [0o770, 0o750],
  [0o2775, 0o2755],
])('a folder of mode %o is of mode %o then: nobody else puts anything in', async (before, after) => {
  await chmod(folder, before);
  requireOwnFolder(folder);
  expect(await modeOf(folder)).toBe(after);
});

test('one that a link leads to is looked at itself', async () => {
  const link = `${folder}-link`;
  await symlink(folder, link);
  await chmod(folder, 0o777);
  requireOwnFolder(link);
  expect(await modeOf(folder)).toBe(0o755);
});

test('one that is not there yet, and a file in its place, are told of by whoever uses them', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '', { mode: 0o644 });
  await chmod(file, 0o666);
  requireOwnFolder(join(folder, 'missing'));
  requireOwnFolder(file);
  expect(await modeOf(file)).toBe(0o666);
});

test('no process begins in a folder of another user, who could put any program in it', async (ctx) => {
  if (process.getuid?.() !== 0) {
    ctx.skip('needs root, to give a folder away');
  }
  await chown(folder, 65534, 65534);
  await chmod(folder, 0o777);
  expect(() => processSurroundings(() => {}, { ROLECALL_HOME: folder })).toThrow(FileUnsafeError);
  expect(await modeOf(folder)).toBe(0o777);
  await chown(folder, 0, 0);
  expect(processSurroundings(() => {}, { ROLECALL_HOME: folder }).rolecallHome).toBe(folder);
});
