import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { textsFor } from '../../src/main/texts.ts';
import { setUpTray, type TrayParts } from '../../src/main/tray.ts';
import { trayPictureFile } from '../../src/main/tray-picture.ts';
import type { TrayAction } from '../../src/main/tray-menu.ts';
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';
import type { StandInTray } from '../helpers/electron-standin-tray.ts';
import { createTestStore, liveRole, mfaPrompt, ssoRole } from '../helpers/electron-state.ts';

const role = ssoRole('111122223333', 'Admin');
const ASSETS = path.resolve(import.meta.dirname, '../../assets');

function setUp(platform: TrayParts['platform']) {
  const electron = new ElectronStandIn({ userData: '' });
  const { store, clock } = createTestStore();
  const actions: TrayAction[] = [];
  const clicks: unknown[] = [];
  const icon = setUpTray({
    Tray: electron.apis.Tray,
    Menu: electron.apis.Menu,
    nativeImage: electron.apis.nativeImage,
    nativeTheme: electron.apis.nativeTheme,
    platform,
    assetsDir: ASSETS,
    state: store,
    clock,
    texts: (state) => textsFor(state.settings.language, ['en-GB']),
    onClick: (bounds) => clicks.push(bounds),
    onAction: (action) => actions.push(action),
  });
  return { electron, tray: electron.trays[0] as StandInTray, store, clock, actions, clicks, icon };
}

function imageName(tray: StandInTray): string {
  return path.basename(tray.image.file);
}

test('the icon follows the state: signed out, live, expiring, asking', async () => {
  const { tray, store, clock } = setUp('linux');
  expect(imageName(tray)).toBe('signed-out.png');
  store.update(() => ({ liveRoles: [liveRole(role, 12)] }));
  await clock.advance(200);
  expect(imageName(tray)).toBe('live.png');
  await clock.advance(150_000);
  expect(imageName(tray)).toBe('expiring.png');
  store.update(() => ({ prompts: [mfaPrompt('a', false)] }));
  await clock.advance(200);
  expect([imageName(tray), tray.toolTip]).toEqual(['asking.png', 'Rolecall – Rolecall needs your answer']);
});

test('on macOS the icon is a template image with the countdown beside it', async () => {
  const { tray, store, clock } = setUp('darwin');
  expect([imageName(tray), tray.image.isTemplate]).toEqual(['signed-outTemplate.png', true]);
  store.update(() => ({ settings: { ...DEFAULT_SETTINGS, trayCountdown: true }, liveRoles: [liveRole(role, 42)] }));
  await clock.advance(200);
  expect([imageName(tray), tray.title]).toEqual(['liveTemplate.png', '41m']);
  await clock.advance(90_000);
  expect(tray.title).toBe('40m');
});

test('on Windows the icon stands out on the task bar, also when that changes', () => {
  const { electron, tray } = setUp('win32');
  expect(imageName(tray)).toBe('signed-out-on-dark.png');
  electron.nativeTheme.shouldUseDarkColorsForSystemIntegratedUI = false;
  electron.nativeTheme.emit('updated');
  expect(imageName(tray)).toBe('signed-out-on-light.png');
});

test('macOS keeps the icon where the user put it, and counts each of two quick clicks', () => {
  const [mac, linux] = [setUp('darwin').tray, setUp('linux').tray];
  expect([mac.guid, mac.ignoresDoubleClicks]).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), true]);
  expect([linux.guid, linux.ignoresDoubleClicks]).toEqual([undefined, false]);
});

test('looked at after sleep, it shows at once what is over', async () => {
  const { tray, store, clock, icon } = setUp('linux');
  store.update(() => ({ liveRoles: [liveRole(role, 42)] }));
  await clock.advance(200);
  clock.jumpTo('2026-11-23T14:00:00Z');
  icon.refresh();
  expect([imageName(tray), tray.toolTip]).toEqual(['signed-out.png', 'Rolecall – signed out']);
});

test('tells where it is, except on Linux, which does not know', () => {
  expect(setUp('win32').icon.bounds()).toMatchObject({ x: 1780 });
  expect(setUp('linux').icon.bounds()).toEqual({ x: 0, y: 0, width: 0, height: 0 });
});

describe('clicks', () => {
  test.each(['darwin', 'win32'] as const)('on %s a right click opens the menu of that moment', (platform) => {
    const { tray, store, clicks, actions } = setUp(platform);
    tray.click();
    expect([clicks.length, tray.menu]).toEqual([1, undefined]);
    store.update(() => ({ recentTargets: [role] }));
    tray.emit('right-click');
    tray.menu?.click('Admin (111122223333)', 'Open Console');
    expect(actions).toEqual([{ kind: 'open-console', target: role }]);
  });

  test('on Linux the menu is always there, and rebuilt only when it reads otherwise', async () => {
    const { tray, store, clock, actions } = setUp('linux');
    const first = tray.menu;
    store.update(() => ({ clockSkewMs: 5 }));
    await clock.advance(200);
    expect(tray.menu).toBe(first);
    store.update(() => ({ recentTargets: [role] }));
    await clock.advance(200);
    expect(tray.menu).not.toBe(first);
    tray.menu?.click('Quit Rolecall');
    expect(actions).toEqual([{ kind: 'quit' }]);
  });
});

test('a burst of changes is drawn once', async () => {
  const { tray, store, clock } = setUp('linux');
  let drawn = 0;
  tray.setToolTip = () => (drawn += 1);
  for (let minutes = 20; minutes < 120; minutes += 1) {
    store.update(() => ({ liveRoles: [liveRole(role, minutes)] }));
  }
  await clock.advance(200);
  expect(drawn).toBe(1);
});

test('taking it away ends its timers', () => {
  const { tray, store, clock, icon } = setUp('linux');
  store.update(() => ({ clockSkewMs: 1 }));
  icon.close();
  expect([tray.destroyed, clock.pending]).toEqual([true, 0]);
});

describe('the pictures', () => {
  const statuses = ['signed-out', 'live', 'expiring', 'asking'] as const;
  const grounds = [
    { platform: 'darwin', isBarDark: false, points: 16, scales: [2] },
    { platform: 'win32', isBarDark: true, points: 16, scales: [1.25, 1.5, 2, 3] },
    { platform: 'win32', isBarDark: false, points: 16, scales: [1.25, 1.5, 2, 3] },
    { platform: 'linux', isBarDark: false, points: 22, scales: [2] },
  ] as const;

  test.each(grounds)('on $platform (dark: $isBarDark) are there for every scale', ({ points, scales, ...ground }) => {
    for (const status of statuses) {
      const file = trayPictureFile(ASSETS, status, ground);
      expect(pngSize(file)).toEqual([points, points]);
      for (const scale of scales) {
        expect(pngSize(file.replace('.png', `@${scale}x.png`))).toEqual([points * scale, points * scale]);
      }
    }
  });

  test.each(grounds)('on $platform (dark: $isBarDark) no two statuses look the same', (ground) => {
    const pictures = statuses.map((status) => fs.readFileSync(trayPictureFile(ASSETS, status, ground), 'base64'));
    expect(new Set(pictures).size).toBe(statuses.length);
  });
});

/** Width and height from the head of a PNG. */
function pngSize(file: string): readonly [number, number] {
  const head = fs.readFileSync(file);
  return [head.readUInt32BE(16), head.readUInt32BE(20)];
}
