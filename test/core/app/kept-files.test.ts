import { mkdir, readFile, readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openKeptFiles, type KeptFileTrouble } from '../../../src/core/app/kept-files.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { DEFAULT_SETTINGS } from '../../../src/shared/settings.ts';
import { scratchSurroundings } from '../../helpers/surroundings.ts';

async function kept() {
  const surroundings = await scratchSurroundings({ clock: systemClock({ keepAlive: false }) });
  const { rolecallHome } = surroundings;
  return {
    surroundings,
    files: openKeptFiles(surroundings),
    path: (name: string) => join(rolecallHome, name),
    rolecallHome,
  };
}

describe('settings, marks and recent roles', () => {
  test('begin empty and are kept for the next start, readable by the user alone', async () => {
    const { surroundings, files, path } = await kept();
    expect(await files.settings.read()).toEqual(DEFAULT_SETTINGS);
    await files.settings.update((before) => ({ ...before, theme: 'dark' }));
    await files.marks.update(() => ({ 'profile:x': { pinned: true, colour: 'red', use: 'ask' } }));
    await files.recentTargets.update(() => [{ kind: 'profile', profile: 'x' }]);
    const next = openKeptFiles(surroundings);
    expect(await next.settings.read()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
    expect(await next.marks.read()).toEqual({ 'profile:x': { pinned: true, colour: 'red', use: 'ask' } });
    expect(await next.recentTargets.read()).toEqual([{ kind: 'profile', profile: 'x' }]);
    for (const name of ['settings.json', 'marks.json', 'recent-roles.json']) {
      expect((await stat(path(name))).mode & 0o777).toBe(0o600);
    }
  });

  test('two processes that change different things keep both', async () => {
    const { surroundings, files } = await kept();
    const other = openKeptFiles(surroundings);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? files : other).marks.update((before) => ({
          ...before,
          [`profile:p${index}`]: { pinned: true },
        })),
      ),
    );
    expect(Object.keys(await files.marks.read())).toHaveLength(20);
  });

  test('a change by another process is told', async () => {
    const { surroundings, files } = await kept();
    const told: string[] = [];
    onTestFinished(files.watch(() => told.push('changed')));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await openKeptFiles(surroundings).settings.update((before) => ({ ...before, theme: 'light' }));
    await expect.poll(() => told.length, { timeout: 2_000 }).toBeGreaterThan(0);
  });

  test.each([
    ['cut short', '{"version":1,"val'],
    ['zeros', '\0'.repeat(200)],
    ['noise', '\ufffd\u0001x'],
    ['nested beyond reason', '['.repeat(200_000)],
    ['of a newer version', '{"version":99,"value":{}}'],
    ['of the wrong kind', '{"version":1,"value":7}'],
    ['an array', '[1,2,3]'],
    ['empty', ''],
  ])('a file that is %s is put aside, and all goes on', async (_, text) => {
    const { files, path, rolecallHome, surroundings } = await kept();
    await mkdir(rolecallHome, { recursive: true });
    for (const name of ['settings.json', 'marks.json', 'recent-roles.json']) {
      await writeFile(path(name), text);
    }
    expect(await files.settings.read()).toEqual(DEFAULT_SETTINGS);
    expect(await files.marks.read()).toEqual({});
    expect(await files.recentTargets.read()).toEqual([]);
    await files.settings.update((before) => ({ ...before, theme: 'dark' }));
    expect((await files.settings.read()).theme).toBe('dark');
    const aside = (await readdir(rolecallHome)).filter((name) => name.includes('unreadable'));
    expect(aside).toHaveLength(3);
    expect(await readFile(path(aside[0]!), 'utf8')).toBe(text);
    expect(surroundings.lines).toHaveLength(3);
  });

  test('of a file with something in it that is not understood all else holds, and it is kept as it was', async () => {
    const { path, rolecallHome, surroundings } = await kept();
    const troubles: KeptFileTrouble[] = [];
    const files = openKeptFiles(surroundings, (trouble) => troubles.push(trouble));
    await mkdir(rolecallHome, { recursive: true });
    const good = { account: '*prod*', role: '*' };
    const guardRules = [{ account: '*dev*' }, good];
    const settings = JSON.stringify({ version: 1, value: { theme: 'plaid', language: 'ja', guardRules } });
    const marks = { 'profile:a': { guarded: true, colour: 'mauve' }, 'profile:b': { pinned: true } };
    await writeFile(path('settings.json'), settings);
    await writeFile(path('marks.json'), JSON.stringify({ version: 1, value: marks }));

    expect(await files.settings.read()).toEqual({ ...DEFAULT_SETTINGS, language: 'ja', guardRules: [good] });
    expect(await files.marks.read()).toEqual({ 'profile:a': { guarded: true }, 'profile:b': { pinned: true } });
    expect(troubles).toMatchObject([
      { name: 'settings.json', message: expect.stringMatching(/: theme, guardRules\.0\.role\.$/) as unknown },
      { name: 'marks.json', message: expect.stringMatching(/: profile:a\.colour\.$/) as unknown },
    ]);
    expect(await readFile(path('settings.json'), 'utf8')).toBe(settings);

    await files.settings.update((before) => ({ ...before, theme: 'dark' }));
    expect(await files.settings.read()).toMatchObject({ theme: 'dark', language: 'ja', guardRules: [good] });
    const aside = (await readdir(rolecallHome)).find((name) => name.startsWith('settings.json.unreadable-'));
    expect(await readFile(path(aside ?? ''), 'utf8')).toBe(settings);
    // Of what it reads before it writes, the same is told again; then that it wrote, and where the rest is.
    expect(troubles.at(-1)?.message).toBe('settings.json was written anew, without what Rolecall does not understand.');
    expect(troubles.at(-1)?.hint).toContain(aside);
  });

  test('columns of the table that are none are kept for whoever knows them, and one said in another way than yes or no is told', async () => {
    const { path, rolecallHome, surroundings } = await kept();
    const troubles: KeptFileTrouble[] = [];
    const files = openKeptFiles(surroundings, (trouble) => troubles.push(trouble));
    await mkdir(rolecallHome, { recursive: true });
    const tableColumns = { email: true, owner: true, tags: 'wide' };
    await writeFile(path('settings.json'), JSON.stringify({ version: 1, value: { theme: 'dark', tableColumns } }));
    const read = { ...DEFAULT_SETTINGS, theme: 'dark', tableColumns: { email: true, owner: true } };
    expect(await files.settings.read()).toEqual(read);
    expect(troubles).toMatchObject([{ message: expect.stringContaining('tableColumns.tags') as unknown }]);
  });

  test('truncated at every byte, a file never stops the start', async () => {
    const { files, path } = await kept();
    await files.recentTargets.update(() => [{ kind: 'profile', profile: 'x' }]);
    const { size } = await stat(path('recent-roles.json'));
    const whole = await readFile(path('recent-roles.json'));
    for (let bytes = size - 2; bytes > 0; bytes -= 7) {
      await writeFile(path('recent-roles.json'), whole);
      await truncate(path('recent-roles.json'), bytes);
      expect(await files.recentTargets.read()).toEqual([]);
    }
  });

  test('a file that cannot be read counts as empty and is told in the log', async () => {
    const { files, path, surroundings } = await kept();
    await mkdir(path('settings.json'), { recursive: true });
    expect(await files.settings.read()).toEqual(DEFAULT_SETTINGS);
    expect(surroundings.lines).toHaveLength(1);
  });
});
