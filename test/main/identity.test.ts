import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { APP_ID, setUpIdentity } from '../../src/main/identity.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';

const TOP = path.resolve(import.meta.dirname, '../..');

test('the app calls itself what it is installed as', () => {
  const config = fs.readFileSync(path.join(TOP, 'electron-builder.yml'), 'utf8');
  expect(config).toMatch(new RegExp(`^appId: ${APP_ID}$`, 'm'));
  expect(config).toMatch(/^ {2}syncDesktopName: true$/m);
  const { desktopName } = JSON.parse(fs.readFileSync(path.join(TOP, 'package.json'), 'utf8')) as {
    readonly desktopName: string;
  };
  expect(desktopName).toBe(APP_ID);
});

test.each([
  ['win32', false, [APP_ID], []],
  ['darwin', false, [], []],
  ['linux', false, [], []],
  ['linux', true, [], ['enable-features=GlobalShortcutsPortal']],
] as const)('on %s (Wayland: %s) it says what the system asks for', (platform, isWayland, ids, switches) => {
  const electron = new ElectronStandIn({ userData: '' });
  setUpIdentity(electron.apis.app, { platform, isWayland });
  expect([electron.app.userModelIds, electron.app.switches]).toEqual([ids, switches]);
});
