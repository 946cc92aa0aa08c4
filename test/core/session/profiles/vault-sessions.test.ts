import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src/core/model/clock.ts';
import { VaultSessions } from '../../../../src/core/session/profiles/vault-sessions.ts';
import { scratchFolder } from '../../../helpers/surroundings.ts';

async function listIn(folder?: string) {
  const home = folder ?? (await scratchFolder());
  const path = join(home, 'vault-sessions.json');
  return { home, path, list: new VaultSessions({ path, lockDir: join(home, 'locks'), clock: systemClock() }) };
}

describe('the list of Identity Centers in vault mode', () => {
  test('begins empty: all are shared', async () => {
    const { list } = await listIn();
    expect(list.modeOf('corp')).toBe('shared');
    expect(list.isReadable).toBe(true);
  });

  test('tells at once what another process decided', async () => {
    const { home, list } = await listIn();
    const other = (await listIn(home)).list;
    expect(other.modeOf('corp')).toBe('shared');
    await list.set('corp', 'vault');
    expect([list.modeOf('corp'), other.modeOf('corp'), other.modeOf('else')]).toEqual(['vault', 'vault', 'shared']);
    await other.set('corp', 'shared');
    expect(list.modeOf('corp')).toBe('shared');
  });

  test('two processes that switch two Identity Centers at once lose neither', async () => {
    const { home, list } = await listIn();
    const other = (await listIn(home)).list;
    await Promise.all([list.set('one', 'vault'), other.set('two', 'vault'), list.set('three', 'vault')]);
    expect(['one', 'two', 'three'].map((id) => list.modeOf(id))).toEqual(['vault', 'vault', 'vault']);
  });

  test.each(['', '{', '[]', '{"version":1}', '{"version":1,"value":[1]}', '{"version":2,"value":[]}', '\u0000'])(
    'where it reads %j, every token counts as in the vault, so that none gets into the open',
    async (text) => {
      const { path, list } = await listIn();
      await writeFile(path, text);
      expect(list.modeOf('corp')).toBe('vault');
      expect(list.isReadable).toBe(false);
    },
  );

  test('a folder in its place counts as unreadable too', async () => {
    const { path, list } = await listIn();
    await mkdir(path);
    expect(list.modeOf('corp')).toBe('vault');
  });

  test('the next switch puts an unreadable list aside and keeps those that the profiles show', async () => {
    const { home, path, list } = await listIn();
    await writeFile(path, '{"version":1,');
    await list.set('corp', 'shared', ['corp', 'other']);
    expect([list.modeOf('corp'), list.modeOf('other')]).toEqual(['shared', 'vault']);
    expect((await readdir(home)).some((name) => name.startsWith('vault-sessions.json.unreadable-'))).toBe(true);
  });
});
