import { expect, test } from 'vitest';
import type { KeptFiles } from '../../../src/core/app/kept-files.ts';
import { showKept } from '../../../src/core/app/show-kept.ts';
import { StateStore } from '../../../src/core/app/state-store.ts';
import { seedHome } from '../../../src/sandbox/seed-home.ts';
import { DEFAULT_SETTINGS } from '../../../src/shared/settings.ts';
import { emptyAppState } from '../../helpers/app-state.ts';
import { coreOnSandbox } from '../../helpers/core-on-sandbox.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { startSandbox } from '../../helpers/sandbox.ts';
import { scratchFolder } from '../../helpers/surroundings.ts';

test('a reading that began before the user changed something does not undo it on the screen', async () => {
  const store = new StateStore(new FakeClock(), emptyAppState());
  const onDisk = { theme: 'light' as 'light' | 'dark' };
  const settings = { ...DEFAULT_SETTINGS };
  const slow: { end: () => void } = { end: () => {} };
  const marksRead = new Promise<object>((resolve) => {
    slow.end = () => resolve({});
  });
  const kept = {
    settings: { read: async () => ({ ...settings, theme: onDisk.theme }) },
    marks: { read: () => marksRead },
    recentTargets: { read: async () => [] },
  } as unknown as KeptFiles;
  const shown = showKept(kept, store);
  onDisk.theme = 'dark';
  store.update(() => ({ settings: { ...settings, theme: 'dark' } }));
  const themes: string[] = [];
  store.subscribe(() => themes.push(store.get().settings.theme));
  slow.end();
  await shown;
  expect(store.get().settings.theme).toBe('dark');
  expect(themes).not.toContain('light');
});

test('two apps on one folder that change settings and marks at the same time lose nothing, and show the same', async () => {
  const sandbox = await startSandbox();
  const homeDir = await scratchFolder();
  await seedHome(homeDir, { ssoSession: true, startUrl: sandbox.startUrl, region: sandbox.region });
  const apps = [await coreOnSandbox(sandbox, homeDir), await coreOnSandbox(sandbox, homeDir)] as const;
  const numbers = Array.from({ length: 20 }, (_, index) => index);
  const replies = await Promise.all([
    ...numbers.map((index) =>
      apps[index % 2 === 0 ? 0 : 1].execute('setMarks', { key: `profile:p${index}`, marks: { pinned: true } }),
    ),
    apps[0].execute('updateSettings', { changes: { theme: 'dark' } }),
    apps[1].execute('updateSettings', { changes: { notifyBeforeEndMinutes: 7 } }),
  ]);
  expect(replies.filter(({ ok }) => !ok)).toEqual([]);
  for (const { core } of apps) {
    await expect.poll(() => Object.keys(core.state.get().marks).length, { timeout: 5_000 }).toBe(20);
    await expect
      .poll(() => core.state.get().settings, { timeout: 5_000 })
      .toMatchObject({ theme: 'dark', notifyBeforeEndMinutes: 7 });
  }
});
