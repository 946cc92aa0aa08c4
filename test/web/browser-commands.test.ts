import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appWindowCommand, browserCommands, defaultBrowserCommands } from '../../src/web/browser-commands.ts';
import { createPageOpener } from '../../src/web/browser-launcher.ts';
import { Secret } from '../../src/core/model/secret.ts';
import type { Launch } from '../../src/core/browsers/launch-program.ts';
import type { Programs } from '../../src/web/run-program.ts';
import { scratchFolder, scratchSurroundings } from '../helpers/surroundings.ts';

const URL = 'http://127.0.0.1:1/x';

describe('BROWSER', () => {
  test.each([
    ['firefox', [['firefox', URL]]],
    [
      'firefox:w3m',
      [
        ['firefox', URL],
        ['w3m', URL],
      ],
    ],
    ['firefox --new-window %s', [['firefox', '--new-window', URL]]],
    ['"/opt/my browser/run" -x', [['/opt/my browser/run', '-x', URL]]],
    ["'/opt/my browser/run'", [['/opt/my browser/run', URL]]],
    ['a; rm -rf ~', [['a;', 'rm', '-rf', '~', URL]]],
    ['$(touch x)', [['$(touch', 'x)', URL]]],
  ])('%j becomes arguments, never shell text', (named, expected) => {
    expect(defaultBrowserCommands({ env: { BROWSER: named, DISPLAY: ':0' }, platform: 'linux' }, URL)).toEqual(
      expected,
    );
  });

  test('wins over the app window', async () => {
    const env = { BROWSER: 'firefox', DISPLAY: ':0', PATH: process.env['PATH'] };
    expect(await appWindowCommand({ env, platform: 'linux' }, URL)).toBeUndefined();
  });
});

describe('without BROWSER', () => {
  test.each([
    ['darwin', {}, ['open']],
    ['win32', {}, [String.raw`C:\Windows\System32\rundll32.exe`]],
    ['win32', { SystemRoot: String.raw`D:\WINNT` }, [String.raw`D:\WINNT\System32\rundll32.exe`]],
    ['linux', { DISPLAY: ':0' }, ['xdg-open', 'gio', 'sensible-browser']],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', 'gio', 'sensible-browser']],
    ['linux', { WSL_DISTRO_NAME: 'Debian' }, ['wslview']],
    ['linux', {}, []],
  ] as const)('%s with %j tries %j', (platform, env, programs) => {
    const commands = defaultBrowserCommands({ env, platform }, URL);
    expect(commands.map(([program]) => program)).toEqual(programs);
    for (const command of commands) {
      expect(command.at(-1)).toContain(URL);
    }
  });

  test('an installed browser of the Chromium family shows the page as a window of its own', async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, 'chromium'), '');
    const machine = { env: { PATH: `relative:${folder}`, DISPLAY: ':0' }, platform: 'linux' as const };
    expect(await appWindowCommand(machine, URL)).toBeUndefined();
    await chmod(join(folder, 'chromium'), 0o755);
    expect(await appWindowCommand(machine, URL)).toEqual([
      join(folder, 'chromium'),
      `--app=${URL}`,
      '--window-size=440,720',
    ]);
    expect(await appWindowCommand({ ...machine, env: { PATH: folder } }, URL)).toBeUndefined();
  });
});

describe('a Linux screen without a default browser', () => {
  async function machineWith(...programs: readonly string[]) {
    const folder = await scratchFolder();
    for (const program of programs) {
      await writeFile(join(folder, program), '', { mode: 0o755 });
    }
    return { folder, machine: { env: { PATH: `${folder}:${folder}`, DISPLAY: ':0' }, platform: 'linux' as const } };
  }

  test('goes on to the browsers that are installed, each once, by its full path', async () => {
    const { folder, machine } = await machineWith('chromium', 'firefox-esr', 'not-a-browser');
    const commands = await browserCommands(machine, URL);
    expect(commands).toEqual([
      ...defaultBrowserCommands(machine, URL),
      [join(folder, 'firefox-esr'), URL],
      [join(folder, 'chromium'), URL],
    ]);
  });

  test('without a screen, or with BROWSER, none is added', async () => {
    const { machine, folder } = await machineWith('chromium');
    expect(await browserCommands({ ...machine, env: { PATH: folder } }, URL)).toEqual([]);
    const named = { ...machine, env: { ...machine.env, BROWSER: 'w3m' } };
    expect(await browserCommands(named, URL)).toEqual([['w3m', URL]]);
  });
});

describe('opening a page', () => {
  function programs(launches: Readonly<Record<string, Launch>>) {
    const started: string[] = [];
    const fake: Programs = {
      launch([program = '']) {
        started.push(program);
        return Promise.resolve(launches[program] ?? { kind: 'not-started' });
      },
      feed: () => Promise.reject(new Error('unused')),
      read: () => Promise.reject(new Error('unused')),
    };
    return { fake, started };
  }

  test('tries one after the other until one does not fail', async () => {
    const surroundings = await scratchSurroundings({ env: { DISPLAY: ':0', PATH: '' } });
    const { fake, started } = programs({
      'xdg-open': { kind: 'ended', exitCode: 3 },
      gio: { kind: 'ended', exitCode: 0 },
    });
    expect(await createPageOpener(surroundings, fake)(new Secret(URL))).toBe(true);
    expect(started).toEqual(['xdg-open', 'gio']);
  });

  test('a browser that goes on running is taken for one that works', async () => {
    const surroundings = await scratchSurroundings({ env: { BROWSER: 'w3m' } });
    expect(await createPageOpener(surroundings, programs({ w3m: { kind: 'running' } }).fake)(new Secret(URL))).toBe(
      true,
    );
  });

  test('says so when none could be started', async () => {
    const surroundings = await scratchSurroundings({ env: { DISPLAY: ':0', PATH: '' } });
    expect(await createPageOpener(surroundings, programs({}).fake)(new Secret(URL))).toBe(false);
  });
});
