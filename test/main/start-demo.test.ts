import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startDemo } from '../../src/main/start-demo.ts';
import { scratchFolder } from '../helpers/surroundings.ts';

/** A program that writes down what it was started with. */
async function program(): Promise<{ readonly file: string; readonly argv: () => Promise<string> }> {
  const file = join(await scratchFolder(), 'rolecall');
  await writeFile(file, '#!/bin/sh\nprintf "%s\\n" "$@" > "$0.new" && mv "$0.new" "$0.argv"\n', { mode: 0o755 });
  return { file, argv: () => readFile(`${file}.argv`, 'utf8').catch(() => '') };
}

test.skipIf(process.platform === 'win32')('an installed app starts itself with the word for the demo', async () => {
  const { file, argv } = await program();
  await startDemo({ program: file, source: undefined });
  await expect.poll(argv).toBe('--sandbox\n');
});

test.skipIf(process.platform === 'win32')('run from its sources, the runtime is told where they are', async () => {
  const { file, argv } = await program();
  await startDemo({ program: file, source: '/opt/my sources' });
  await expect.poll(argv).toBe('/opt/my sources\n--sandbox\n');
});

test('a program that cannot be started is told, with what to do instead', async () => {
  await expect(startDemo({ program: '/nowhere/rolecall', source: undefined })).rejects.toMatchObject({
    code: 'internal',
    hint: 'Start it in a terminal: rolecall host --sandbox',
  });
});
