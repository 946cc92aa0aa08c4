import fs from 'node:fs';
import path from 'node:path';
import type * as electron from 'electron';
import { expect, expectTypeOf, test } from 'vitest';
import type { ShellApis } from '../../src/main/shell-apis.ts';

const SRC = path.resolve(import.meta.dirname, '../../src');

test('what the shell uses of Electron is there, as electron.d.ts has it (checked by the compiler)', () => {
  expectTypeOf<typeof electron>().toExtend<ShellApis>();
});

/** Files of ours that hold this text. */
function filesWith(text: RegExp): string[] {
  return fs
    .readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && text.test(fs.readFileSync(path.join(SRC, file), 'utf8')))
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}

test('addresses reach the system’s browser from one place', () => {
  expect(filesWith(/\.openExternal\(/)).toEqual(['main/open-url.ts']);
});

test('pages are heard in one place, and Electron is loaded by the main program and the preload script alone', () => {
  expect(filesWith(/ipcMain\.(handle|on)/)).toEqual(['main/ipc.ts']);
  expect(filesWith(/^import (?!type)[^;]*from 'electron(\/\w+)?';/m)).toEqual(['main/main.ts', 'preload/preload.ts']);
});
