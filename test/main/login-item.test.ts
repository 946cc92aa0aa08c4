import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { autostartEntry, createLoginItem, linuxConfigDir } from '../../src/main/login-item.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';
import { scratchFolder } from '../helpers/surroundings.ts';

test.each(['darwin', 'win32'] as const)('on %s the system is told, and starts it in the tray', (platform) => {
  const electron = new ElectronStandIn({ userData: '' });
  const item = createLoginItem(electron.apis.app, platform, { configDir: '', program: '' });
  item.set(true);
  item.set(false);
  expect(electron.app.loginItems).toEqual([
    { openAtLogin: true, args: ['--hidden'] },
    { openAtLogin: false, args: ['--hidden'] },
  ]);
});

test('on Linux an autostart entry comes and goes', async () => {
  const configDir = path.join(await scratchFolder(), 'not there yet');
  const electron = new ElectronStandIn({ userData: '' });
  const item = createLoginItem(electron.apis.app, 'linux', { configDir, program: '/opt/Rolecall/rolecall' });
  const file = path.join(configDir, 'autostart', 'rolecall.desktop');
  item.set(false);
  item.set(true);
  item.set(true);
  expect(fs.readFileSync(file, 'utf8')).toContain('Exec="/opt/Rolecall/rolecall" --hidden\n');
  item.set(false);
  expect(fs.existsSync(file)).toBe(false);
  expect(electron.app.loginItems).toEqual([]);
});

test.each([
  ['Hidden=true', true],
  ['Hidden = true', true],
  ['X-GNOME-Autostart-enabled=false', true],
  ['X-GNOME-Autostart-enabled=true', false],
  ['Hidden=false', false],
  ['# Hidden=true', false],
])('an autostart entry with %j counts as switched off: %s', async (line, expected) => {
  const configDir = await scratchFolder();
  const { app } = new ElectronStandIn({ userData: '' }).apis;
  const item = createLoginItem(app, 'linux', { configDir, program: '/opt/Rolecall/rolecall' });
  expect(item.isSwitchedOff()).toBe(false);
  item.set(true);
  expect(item.isSwitchedOff()).toBe(false);
  const file = path.join(configDir, 'autostart', 'rolecall.desktop');
  const written = fs.readFileSync(file, 'utf8').replace('X-GNOME-Autostart-enabled=true', line);
  fs.writeFileSync(file, written);
  expect(item.isSwitchedOff()).toBe(expected);
  item.set(true);
  expect(item.isSwitchedOff()).toBe(false);
});

test.each([
  ['darwin', { status: 'requires-approval' }, true],
  ['darwin', { status: 'enabled', openAtLogin: true }, false],
  ['darwin', { status: 'not-registered', openAtLogin: false }, false],
  ['win32', { openAtLogin: true, executableWillLaunchAtLogin: false }, true],
  ['win32', { openAtLogin: true, executableWillLaunchAtLogin: true }, false],
  ['win32', { openAtLogin: false, executableWillLaunchAtLogin: false }, false],
] as const)('on %s, of which the system says %j, it counts as switched off: %s', (platform, loginItem, expected) => {
  const { app } = new ElectronStandIn({ userData: '', loginItem }).apis;
  expect(createLoginItem(app, platform, { configDir: '', program: '' }).isSwitchedOff()).toBe(expected);
});

test.each([
  [undefined, '/home/user/.config'],
  ['/etc/xdg-user', '/etc/xdg-user'],
  // Neither names a folder; the entry would go into whatever folder the app was started in.
  ['', '/home/user/.config'],
  ['.config', '/home/user/.config'],
])('with XDG_CONFIG_HOME %j it lies below %s', (named, expected) => {
  expect(linuxConfigDir({ XDG_CONFIG_HOME: named }, '/home/user')).toBe(expected);
});

describe('the entry starts exactly this program', () => {
  const odd = [
    '/opt/a b/rolecall',
    '/opt/100%/rolecall',
    '/opt/$(id)/x',
    '/opt/`id`/x',
    '/opt/"q"/x',
    '/opt/back\\slash/x',
    '/opt/%f/x',
  ];

  test.each(odd)('%s', (program) => {
    const line = /^Exec=(.*)$/m.exec(autostartEntry(program))?.[1] ?? '';
    expect(readExec(line)).toEqual([program, '--hidden']);
  });
});

/** Reads an Exec value as the Desktop Entry specification says: first the file's escapes, then quotes, then field codes. */
function readExec(value: string): string[] {
  const text = value.replaceAll(
    /\\(.)/g,
    (_, letter: string) => ({ s: ' ', n: '\n', t: '\t', r: '\r' })[letter] ?? letter,
  );
  const words = [...text.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)];
  return words.map(([, quoted, bare]) => (quoted ?? bare ?? '').replaceAll(/\\(["`$\\])/g, '$1').replaceAll('%%', '%'));
}
