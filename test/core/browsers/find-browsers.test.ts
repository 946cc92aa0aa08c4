import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BROWSERS, dataFolders, programPaths, type Machine } from '../../../src/core/browsers/browser-table.ts';
import { findBrowsers } from '../../../src/core/browsers/find-browsers.ts';
import { scratchFolder } from '../../helpers/surroundings.ts';

const LOCAL_STATE = JSON.stringify({
  profile: { info_cache: { Default: { name: 'Private' }, 'Profile 1': { name: 'Work' } } },
});
const PROFILES_INI = '[Profile0]\nName=default-release\n[Profile1]\nName=AWS\n';

async function put(file: string, text = '', mode = 0o644): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { mode });
}

async function summary(machine: Machine) {
  return (await findBrowsers(machine)).map(({ browser, program, profiles }) => [
    browser.id,
    program,
    profiles.map(({ id, name }) => `${id}=${name}`).join(),
  ]);
}

describe('Linux', () => {
  test('browsers are the programs of PATH, their profiles below the configuration folder', async () => {
    const homeDir = await scratchFolder();
    const bin = join(homeDir, 'bin');
    await put(join(bin, 'google-chrome'), '#!/bin/sh', 0o755);
    await put(join(bin, 'firefox-esr'), '#!/bin/sh', 0o755);
    await put(join(bin, 'vivaldi'), 'not a program', 0o644);
    await put(join(homeDir, '.config/google-chrome/Local State'), LOCAL_STATE);
    await put(join(homeDir, '.mozilla/firefox/profiles.ini'), PROFILES_INI);
    expect(await summary({ platform: 'linux', homeDir, env: { PATH: `relative:${bin}` } })).toEqual([
      ['chrome', join(bin, 'google-chrome'), 'Default=Private,Profile 1=Work'],
      ['firefox', join(bin, 'firefox-esr'), 'default-release=default-release,AWS=AWS'],
    ]);
  });

  test('XDG_CONFIG_HOME moves the profiles, a snap keeps its own', async () => {
    const homeDir = await scratchFolder();
    const bin = join(homeDir, 'bin');
    await put(join(bin, 'brave-browser'), '#!/bin/sh', 0o755);
    await put(join(bin, 'firefox'), '#!/bin/sh', 0o755);
    await put(join(homeDir, 'conf/BraveSoftware/Brave-Browser/Local State'), LOCAL_STATE);
    await put(join(homeDir, 'snap/firefox/common/.mozilla/firefox/profiles.ini'), PROFILES_INI);
    const env = { PATH: bin, XDG_CONFIG_HOME: join(homeDir, 'conf') };
    expect(await summary({ platform: 'linux', homeDir, env })).toMatchObject([
      ['brave', expect.any(String), 'Default=Private,Profile 1=Work'],
      ['firefox', expect.any(String), 'default-release=default-release,AWS=AWS'],
    ]);
  });

  test('a list that cannot be read costs the profiles, not the browser', async () => {
    const homeDir = await scratchFolder();
    await put(join(homeDir, 'bin/microsoft-edge'), '#!/bin/sh', 0o755);
    await mkdir(join(homeDir, '.config/microsoft-edge/Local State'), { recursive: true });
    expect(await summary({ platform: 'linux', homeDir, env: { PATH: join(homeDir, 'bin') } })).toEqual([
      ['edge', join(homeDir, 'bin/microsoft-edge'), ''],
    ]);
  });

  test.skipIf(!existsSync('/usr/bin/chromium'))('the Chromium of this machine is found', async () => {
    const homeDir = await scratchFolder();
    const found = await summary({ platform: 'linux', homeDir, env: { PATH: '/usr/bin' } });
    expect(found).toContainEqual(['chromium', '/usr/bin/chromium', '']);
  });
});

test('macOS: browsers are apps of the system’s or the user’s own folder, run by the program inside', async () => {
  const homeDir = await scratchFolder();
  const app = join(homeDir, 'Applications/Brave Browser.app/Contents/MacOS/Brave Browser');
  await put(app, '', 0o755);
  await put(join(homeDir, 'Library/Application Support/BraveSoftware/Brave-Browser/Local State'), LOCAL_STATE);
  expect(await summary({ platform: 'darwin', homeDir, env: {} })).toEqual([
    ['brave', app, 'Default=Private,Profile 1=Work'],
  ]);
});

test('Windows: programs and profiles are where the installers put them', () => {
  const machine: Machine = {
    platform: 'win32',
    homeDir: String.raw`C:\Users\me`,
    env: {
      ProgramFiles: String.raw`C:\Program Files`,
      'ProgramFiles(x86)': String.raw`C:\Program Files (x86)`,
      LOCALAPPDATA: String.raw`C:\Users\me\AppData\Local`,
      APPDATA: String.raw`C:\Users\me\AppData\Roaming`,
    },
  };
  const [chrome, firefox] = ['chrome', 'firefox'].map((id) => BROWSERS.find((browser) => browser.id === id));
  expect(chrome && programPaths(chrome, machine)).toEqual([
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Users\me\AppData\Local\Google\Chrome\Application\chrome.exe`,
  ]);
  expect(chrome && dataFolders(chrome, machine)).toEqual([
    String.raw`C:\Users\me\AppData\Local\Google\Chrome\User Data`,
  ]);
  expect(firefox && dataFolders(firefox, machine)).toEqual([String.raw`C:\Users\me\AppData\Roaming\Mozilla\Firefox`]);
});
