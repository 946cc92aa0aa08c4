import { chmod, chown, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkModes, type GuardedPath } from '../../../../src/core/session/doctor/check-modes.ts';
import { scratchFolder } from '../../../helpers/surroundings.ts';

async function fileOf(mode: number): Promise<string> {
  const path = join(await scratchFolder(), 'file');
  await writeFile(path, 'x');
  await chmod(path, mode);
  return path;
}

const found = async (guarded: GuardedPath, platform = 'linux') =>
  (await checkModes([guarded], platform)).map(({ severity, fix }) => [
    severity,
    fix?.kind === 'restrict-mode' ? fix.mode.toString(8) : undefined,
  ]);

describe.skipIf(process.platform === 'win32')('modes', () => {
  test.each([
    ['secret', 0o600, []],
    ['secret', 0o400, []],
    ['secret', 0o644, [['warning', '600']]],
    ['secret', 0o660, [['warning', '600']]],
    ['secret', 0o604, [['warning', '600']]],
    ['trusted', 0o644, []],
    ['trusted', 0o600, []],
    ['trusted', 0o664, [['warning', '644']]],
    ['trusted', 0o602, [['warning', '600']]],
  ] as const)('a %s file of mode %o', async (holds, mode, expected) => {
    expect(await found({ path: await fileOf(mode), kind: 'file', holds })).toEqual(expected);
  });

  test('a folder that others can look into is good to know; one they can write to is worse; so are open files in it', async () => {
    const path = join(await scratchFolder(), 'cache');
    await mkdir(path);
    await writeFile(join(path, 'private.json'), '{}', { mode: 0o600 });
    await chmod(path, 0o755);
    expect(await found({ path, kind: 'folder', holds: 'secret' })).toEqual([['info', '700']]);
    await writeFile(join(path, 'open.json'), '{}');
    await chmod(join(path, 'open.json'), 0o644);
    expect(await found({ path, kind: 'folder', holds: 'secret' })).toEqual([
      ['info', '700'],
      ['warning', '600'],
    ]);
    await chmod(path, 0o777);
    expect((await found({ path, kind: 'folder', holds: 'secret' }))[0]).toEqual(['warning', '700']);
    await chmod(path, 0o700);
    expect(await found({ path, kind: 'folder', holds: 'secret' })).toEqual([]);
  });

  test('a link counts as what it leads to', async () => {
    const target = await fileOf(0o644);
    await symlink(target, `${target}-link`);
    expect(await found({ path: `${target}-link`, kind: 'file', holds: 'secret' })).toEqual([['warning', '600']]);
  });

  test("someone else's file is told", async (ctx) => {
    if (process.getuid?.() !== 0) {
      ctx.skip('only root can give a file away');
    }
    const path = await fileOf(0o600);
    await chown(path, 65_534, 65_534);
    const findings = await checkModes([{ path, kind: 'file', holds: 'secret' }], 'linux');
    expect(findings).toMatchObject([{ id: `owner:${path}`, severity: 'warning' }]);
  });

  test('what is not there, and anything on Windows, is fine', async () => {
    expect(await found({ path: '/nowhere/x', kind: 'file', holds: 'secret' })).toEqual([]);
    expect(await found({ path: await fileOf(0o666), kind: 'file', holds: 'secret' }, 'win32')).toEqual([]);
  });
});
