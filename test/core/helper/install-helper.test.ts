import { chmod, lstat, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { helperOrCommand, installHelper } from '../../../src/core/helper/install-helper.ts';
import { helperLine, parseHelperLine } from '../../../src/core/session/keys/helper-line.ts';
import { scratchFolder } from '../../helpers/surroundings.ts';

const isPosix = process.platform !== 'win32';

async function place() {
  const rolecallHome = join(await scratchFolder(), 'home');
  const nodeFile = process.execPath;
  return { rolecallHome, platform: 'linux', nodeFile, commandFile: '/opt/rolecall/rolecall.js' } as const;
}

test('lies in a folder of its own, closed to others, under a path that a helper line can name', async () => {
  const here = await place();
  const file = await installHelper(here);
  expect(file).toBe(join(here.rolecallHome, 'bin', 'rolecall'));
  expect(parseHelperLine(helperLine(file, 'admin', 'linux'), 'linux')).toEqual({ kind: 'profile', reference: 'admin' });
  if (isPosix) {
    expect((await stat(file)).mode & 0o777).toBe(0o700);
    expect((await stat(join(here.rolecallHome, 'bin'))).mode & 0o777).toBe(0o700);
  }
});

test('is written again when it differs, and only then', async () => {
  const here = await place();
  const file = await installHelper(here);
  const first = await stat(file);
  await installHelper(here);
  expect((await stat(file)).ino).toBe(first.ino);
  await installHelper({ ...here, commandFile: '/opt/other/rolecall.js' });
  expect(await readFile(file, 'utf8')).toContain("'/opt/other/rolecall.js'");
  await writeFile(file, 'echo mine');
  await installHelper(here);
  expect(await readFile(file, 'utf8')).toContain("'/opt/rolecall/rolecall.js'");
});

test.runIf(isPosix)('closes what stands open', async () => {
  const here = await place();
  const file = await installHelper(here);
  await chmod(file, 0o777);
  await chmod(join(here.rolecallHome, 'bin'), 0o777);
  await installHelper(here);
  expect((await stat(file)).mode & 0o777).toBe(0o700);
  expect((await stat(join(here.rolecallHome, 'bin'))).mode & 0o777).toBe(0o700);
});

test.runIf(isPosix)('is not written through a link', async () => {
  const here = await place();
  const elsewhere = join(await scratchFolder(), 'precious');
  await writeFile(elsewhere, 'mine');
  await mkdir(join(here.rolecallHome, 'bin'), { recursive: true });
  await symlink(elsewhere, join(here.rolecallHome, 'bin', 'rolecall'));
  const file = await installHelper(here);
  expect((await lstat(file)).isFile()).toBe(true);
  expect(await readFile(elsewhere, 'utf8')).toBe('mine');
});

test('many that start at once leave one whole helper', async () => {
  const here = await place();
  const files = await Promise.all(Array.from({ length: 20 }, () => installHelper(here)));
  const text = await readFile(files[0] ?? '', 'utf8');
  expect(text.startsWith('#!/bin/sh\n')).toBe(true);
  expect(text.endsWith('fail($exit, $body);\n')).toBe(true);
});

test('a start does not fail over it: the lines then name the whole command, and the log says why', async () => {
  const here = await place();
  await writeFile(here.rolecallHome, 'in the way');
  await expect(installHelper(here)).rejects.toMatchObject({ code: 'file-failed' });
  const lines: string[] = [];
  expect(await helperOrCommand(here, (line) => void lines.push(line))).toBe(here.commandFile);
  expect(lines).toEqual([expect.stringContaining('could not be put in its place')]);
});
