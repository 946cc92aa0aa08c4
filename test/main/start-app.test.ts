import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { AppSetting } from '../../src/main/app-setting.ts';
import { startApp, type ShellPorts } from '../../src/main/start-app.ts';
import type { WindowPlace } from '../../src/main/window-place.ts';
import { Secret } from '../../src/core/model/secret.ts';
import { commandInputs, isCommandName } from '../../src/shared/commands.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/shared/settings.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';
import type { StandInOptions } from '../helpers/electron-standin-app.ts';
import { standInEvent } from '../helpers/electron-standin-event.ts';
import { liveRole, mfaPrompt, minutesAfterNoon, ssoRole, ssoSession } from '../helpers/electron-state.ts';
import type { StandInMenu } from '../helpers/electron-standin-tray.ts';
import { FakeClock, settle } from '../helpers/fake-clock.ts';
import { FakeCore } from '../helpers/fake-core.ts';
import { scratchFolder } from '../helpers/surroundings.ts';

interface Started {
  readonly electron: ElectronStandIn;
  readonly core: FakeCore & { closed: boolean; powerEvents: string[] };
  readonly clock: FakeClock;
  readonly ports: ShellPorts | undefined;
  readonly folder: string;
  /** Where the window was left, as written down. */
  readonly places: readonly WindowPlace[];
}

class WatchedCore extends FakeCore {
  closed = false;
  readonly powerEvents: string[] = [];

  override close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
  override onPowerEvent(...args: string[]): void {
    this.powerEvents.push(...args);
  }
}

async function start(
  given: Partial<AppSetting> & {
    readonly standIn?: Partial<StandInOptions>;
    readonly failure?: Error;
    readonly isServedElsewhere?: boolean;
    /** What the user had set before. */
    readonly settings?: Partial<Settings>;
    /** What happens while the core is put together. */
    readonly whileMaking?: (electron: ElectronStandIn, ports: ShellPorts) => void;
  } = {},
): Promise<Started> {
  const { standIn, failure, isServedElsewhere, settings = {}, whileMaking, ...setting } = given;
  const folder = await scratchFolder();
  fs.mkdirSync(path.join(folder, 'renderer'));
  const electron = new ElectronStandIn({ userData: folder, ...standIn });
  const clock = new FakeClock();
  const core = new WatchedCore(clock);
  core.state.update((now) => ({ settings: { ...now.settings, ...settings } }));
  const places: WindowPlace[] = [];
  let ports: ShellPorts | undefined;
  await startApp(
    electron.apis,
    {
      argv: ['rolecall'],
      platform: 'linux',
      distDir: folder,
      assetsDir: folder,
      configDir: folder,
      execPath: '/opt/Rolecall/rolecall',
      isSandbox: false,
      isWayland: false,
      clock,
      log: () => {},
      ...setting,
    },
    {
      makeCore: (given) => {
        ports = given;
        whileMaking?.(electron, given);
        return failure === undefined
          ? Promise.resolve(isServedElsewhere === true ? undefined : core)
          : Promise.reject(failure);
      },
      openDemo: () => Promise.resolve(),
      openWindowStore: () => Promise.resolve({ load: () => undefined, save: (place) => places.push(place) }),
    },
  );
  await settle();
  return { electron, core, clock, ports, folder, places };
}

function set({ core }: Started, changes: Partial<Settings>): void {
  core.state.update(({ settings }) => ({ settings: { ...settings, ...changes } }));
}

describe('starting', () => {
  test('opens the window, and prepares the popover behind the scenes', async () => {
    const { electron } = await start();
    expect([electron.window('window').isVisible(), electron.window('popover').isVisible()]).toEqual([true, false]);
    expect([electron.app.isSandboxEnabled, electron.protocol.handlers.has('app'), electron.applicationMenu]).toEqual([
      true,
      true,
      null,
    ]);
  });

  test('at login it stays in the tray', async () => {
    const { electron } = await start({ argv: ['rolecall', '--hidden'] });
    expect([electron.hasWindow('window'), electron.trays.length]).toEqual([false, 1]);
  });

  test('at login the icon waits for a panel to stand in, all else does not', async () => {
    const panel = { comes: (): void => undefined };
    const { electron, core, clock } = await start({
      argv: ['rolecall', '--hidden'],
      trayHost: () => new Promise((resolve) => (panel.comes = resolve)),
    });
    core.state.update(() => ({ prompts: [mfaPrompt('p1', true)] }));
    await clock.advance(200);
    expect([electron.trays.length, electron.window('prompt').isFocused()]).toEqual([0, true]);
    panel.comes();
    await settle();
    expect(electron.trays.map(({ image }) => path.basename(image.file))).toEqual(['asking.png']);
  });

  test('asked for by the user before it is up, as at login, the window opens when it is', async () => {
    const { electron } = await start({
      argv: ['rolecall', '--hidden'],
      whileMaking: (early) => early.app.emit('second-instance', standInEvent(), ['rolecall']),
    });
    expect(electron.window('window').isFocused()).toBe(true);
  });

  test('asked for at a page before it is up, it opens there', async () => {
    const { electron } = await start({
      argv: ['rolecall', '--hidden'],
      whileMaking: (_early, { shell }) => shell.openWindow({ page: 'settings' }),
    });
    expect(electron.window('window').url).toBe('app://rolecall/index.html#/settings');
  });

  test('started by macOS at login it stays in the menu bar too', async () => {
    const wasOpenedAtLogin = true;
    const { electron } = await start({ platform: 'darwin', standIn: { wasOpenedAtLogin } });
    expect([electron.hasWindow('window'), electron.trays.length]).toEqual([false, 1]);
  });

  test('on macOS the menu bar leads to the settings, in the user’s language', async () => {
    const started = await start({ platform: 'darwin', argv: ['rolecall', '--hidden'] });
    set(started, { language: 'ja' });
    const menu = started.electron.applicationMenu as unknown as StandInMenu;
    menu.click('appMenu', '設定…');
    expect(started.electron.window('window').url).toBe('app://rolecall/index.html#/settings');
  });

  test('a second instance ends before it makes anything', async () => {
    const { electron, ports } = await start({ standIn: { isFirstInstance: false } });
    expect([electron.app.exits, electron.windows.length, electron.trays.length, ports]).toEqual([[0], 0, 0, undefined]);
  });

  test('a packaged app with a debugging switch ends before it makes anything', async () => {
    const { electron, ports } = await start({
      argv: ['rolecall', '--remote-debugging-port=1'],
      standIn: { isPackaged: true },
    });
    expect([electron.app.exits, electron.windows.length, ports]).toEqual([[1], 0, undefined]);
    expect(electron.errorBoxes).toEqual([
      { title: 'Rolecall cannot start', content: expect.stringContaining('the option --remote-debugging-port:') },
    ]);
  });

  test('a core that cannot be made is told to the user, and the app ends', async () => {
    const { electron } = await start({ failure: new Error('The settings folder cannot be written.') });
    expect(electron.errorBoxes).toEqual([
      { title: 'Rolecall cannot start', content: 'The settings folder cannot be written.' },
    ]);
    expect([electron.app.exits, electron.windows.length]).toEqual([[1], 0]);
  });

  test('where a core serves this user already in another process, it ends without a window', async () => {
    const { electron } = await start({ isServedElsewhere: true });
    expect([electron.app.exits, electron.windows.length, electron.trays.length, electron.errorBoxes]).toEqual([
      [0],
      0,
      0,
      [],
    ]);
  });

  test('on macOS it is in the Dock only while its window is open', async () => {
    const { electron } = await start({ platform: 'darwin' });
    electron.window('window').close();
    electron.app.emit('activate');
    expect(electron.app.policies).toEqual(['accessory', 'regular', 'accessory', 'regular']);
    expect(electron.applicationMenu).not.toBeNull();
  });
});

describe('the user', () => {
  test('clicks the icon: the popover opens; clicks a role in the menu: its console', async () => {
    const { electron, core, clock } = await start();
    electron.trays[0]?.click();
    expect(electron.window('popover').isVisible()).toBe(true);
    core.state.update(() => ({ recentTargets: [ssoRole('111122223333', 'Admin')] }));
    await clock.advance(200);
    electron.trays[0]?.menu?.click('Admin (111122223333)', 'Open Console');
    expect(core.commands).toMatchObject([{ name: 'openConsole', input: { target: { roleName: 'Admin' } } }]);
  });

  test('clicks every line of the menu: each is a command of the table', async () => {
    const { electron, core, clock } = await start();
    const role = ssoRole('111122223333', 'Admin');
    core.reply = { ok: true, value: { format: 'fish', clearsInSeconds: 60, expiresAt: minutesAfterNoon(60) } };
    core.state.update(() => ({
      liveRoles: [liveRole(role, 30)],
      ssoSessions: [ssoSession(), ssoSession({ id: 'b', name: 'b', signIn: { kind: 'preparing' } })],
    }));
    await clock.advance(200);
    const menu = electron.trays[0]?.menu;
    const name = 'Admin (111122223333)';
    const lines = [
      ['Open Console At', 'S3'],
      ['Copy Console Link'],
      ['Copy Credentials', 'fish'],
      ['Renew Now'],
      ['Forget Credentials'],
      ['Pin'],
    ];
    lines.forEach((line) => menu?.click(name, ...line));
    menu?.click('acme', 'Sign In');
    menu?.click('acme', 'Open Access Portal');
    menu?.click('b', 'Cancel Sign-In');
    expect(core.commands.map(({ name: command }) => command)).toEqual([
      'openConsole',
      'copyConsoleLink',
      'copyCredentials',
      'renewCredentials',
      'forgetCredentials',
      'setMarks',
      'startSignIn',
      'openLink',
      'cancelSignIn',
    ]);
    core.commands.forEach(({ name: command, input }) => {
      expect(isCommandName(command) && v.safeParse(commandInputs[command], input).success).toBe(true);
    });
  });

  test('is told when a click in the menu fails, but not of what was cancelled', async () => {
    const { electron, core, clock } = await start();
    core.reply = { ok: false, failure: { code: 'no-access', message: 'No access.', hint: 'Ask your administrator.' } };
    core.state.update(() => ({ recentTargets: [ssoRole('111122223333', 'Admin')] }));
    await clock.advance(200);
    electron.trays[0]?.menu?.click('Admin (111122223333)', 'Open Console');
    await settle();
    expect(core.state.get().notices).toMatchObject([
      { severity: 'error', message: 'Rolecall could not do that: No access.' },
    ]);
    core.reply = { ok: false, failure: { code: 'cancelled', message: 'Cancelled.', hint: '' } };
    electron.trays[0]?.menu?.click('Admin (111122223333)', 'Copy Credentials', 'JSON');
    await settle();
    expect(core.state.get().notices.length).toBe(1);
  });

  test('is told what came of a copy in the menu, in which form and for how long', async () => {
    const { electron, core, clock } = await start();
    core.reply = { ok: true, value: { format: 'fish', clearsInSeconds: 60, expiresAt: minutesAfterNoon(60) } };
    core.state.update(() => ({ recentTargets: [ssoRole('111122223333', 'Admin')] }));
    await clock.advance(200);
    electron.trays[0]?.menu?.click('Admin (111122223333)', 'Copy Credentials', 'fish');
    await settle();
    expect(electron.notifications[0]?.options).toMatchObject({
      title: 'Copied: Admin (111122223333)',
      body: 'fish. Leaves the clipboard in 60 seconds.',
      silent: true,
    });
  });

  test('finds a role by the menu: the popover opens, also where a click on the icon shows the menu', async () => {
    const { electron } = await start();
    electron.trays[0]?.menu?.click('Find a Role…');
    expect(electron.window('popover').isVisible()).toBe(true);
  });

  test('opens the settings by the menu', async () => {
    const { electron } = await start({ argv: ['rolecall', '--hidden'] });
    electron.trays[0]?.menu?.click('Settings…');
    expect(electron.window('window').url).toBe('app://rolecall/index.html#/settings');
  });

  test('starts it again: the window comes to the front', async () => {
    const { electron } = await start({ argv: ['rolecall', '--hidden'] });
    electron.app.emit('second-instance', standInEvent(), ['rolecall']);
    await settle();
    expect(electron.window('window').isFocused()).toBe(true);
  });

  test('closes the last window: the app goes on', async () => {
    const { electron } = await start();
    electron.window('window').close();
    electron.app.emit('window-all-closed');
    expect([electron.app.exits, electron.app.listenerCount('window-all-closed')]).toEqual([[], 1]);
  });

  test('follows a link in the popover: the window opens at that page, also when it is open', async () => {
    const { electron, ports } = await start({ argv: ['rolecall', '--hidden'] });
    ports?.shell.openWindow({ page: 'profiles', subject: 'my profile/1' });
    expect(electron.window('window').url).toBe('app://rolecall/index.html#/profiles/my%20profile%2F1');
    ports?.shell.openWindow({ page: 'settings' });
    expect([electron.window('window').url, electron.windows.length]).toEqual([
      'app://rolecall/index.html#/settings',
      2,
    ]);
    ports?.shell.openWindow({});
    expect(electron.window('window').url).toBe('app://rolecall/index.html#/settings');
  });
});

describe('a question', () => {
  test('pops up, turns the icon, and is refused by closing it', async () => {
    const { electron, core, clock } = await start();
    core.state.update(() => ({ prompts: [mfaPrompt('p1', true)] }));
    await clock.advance(200);
    expect([electron.window('prompt').isFocused(), path.basename(electron.trays[0]?.image.file ?? '')]).toEqual([
      true,
      'asking.png',
    ]);
    electron.window('prompt').close();
    expect(core.commands).toMatchObject([{ name: 'cancelPrompt', input: { promptId: 'p1' } }]);
  });

  test('of a program is told; nothing opens until the user clicks it, then it has the keyboard', async () => {
    const { electron, core, clock } = await start();
    core.state.update(() => ({ prompts: [mfaPrompt('p1', false)] }));
    await clock.advance(1000);
    expect([electron.hasWindow('prompt'), electron.notifications.map(({ options }) => options.title)]).toEqual([
      false,
      ['terraform needs an MFA code'],
    ]);
    electron.notifications[0]?.click();
    await settle();
    expect([electron.window('prompt').isFocused(), electron.notifications[0]?.isShown]).toEqual([true, false]);
  });

  test.each([
    ['a click on the icon', (electron: ElectronStandIn) => electron.trays[0]?.click()],
    ['the menu', (electron: ElectronStandIn) => electron.trays[0]?.menu?.click('Rolecall needs your answer')],
  ])('of a program opens by %s as well; the icon then opens the popover again', async (_name, turnTo) => {
    const { electron, core, clock } = await start();
    core.state.update(() => ({ prompts: [mfaPrompt('p1', false)] }));
    await clock.advance(1000);
    turnTo(electron);
    await settle();
    expect([electron.window('prompt').isFocused(), electron.window('popover').isVisible()]).toEqual([true, false]);
    electron.trays[0]?.click();
    expect(electron.window('popover').isVisible()).toBe(true);
  });

  test('of a program shows itself, without the keyboard, where the system shows no notifications', async () => {
    const { electron, core, clock } = await start();
    electron.hasNotifications = false;
    core.state.update(() => ({ prompts: [mfaPrompt('p1', false)] }));
    await clock.advance(1000);
    expect([electron.window('prompt').isVisible(), electron.window('prompt').isFocused()]).toEqual([true, false]);
  });

  test('answered by a button of its notification opens nothing', async () => {
    const { electron, core, clock } = await start({ platform: 'darwin' });
    const { asker, target } = mfaPrompt('p1', false);
    core.state.update(() => ({
      prompts: [{ kind: 'confirm-use', id: 'p1', asker, target, title: '', guarded: false, userAsked: false }],
    }));
    await clock.advance(1000);
    electron.notifications[0]?.press('Allow');
    expect(core.commands).toMatchObject([{ name: 'answerPrompt', input: { promptId: 'p1', answer: 'accept' } }]);
    expect(electron.hasWindow('prompt')).toBe(false);
  });
});

describe('settings', () => {
  test('the theme reaches pages, native menus and the ground of open windows', async () => {
    const started = await start();
    set(started, { theme: 'dark' });
    started.electron.nativeTheme.emit('updated');
    expect(started.electron.nativeTheme.themeSource).toBe('dark');
    const grounds = started.electron.windows.map(({ ground }) => ground);
    expect(new Set(grounds).size).toBe(1);
    expect(grounds[0]).not.toBe(started.electron.window('window').options.backgroundColor);
  });

  test('the shortcut opens the popover; keys that cannot be had are told', async () => {
    const started = await start();
    set(started, { globalShortcut: 'Ctrl+Alt+R' });
    started.electron.globalShortcut.registered.get('Ctrl+Alt+R')?.();
    expect(started.electron.window('popover').isVisible()).toBe(true);
    started.electron.globalShortcut.taken.add('Ctrl+Alt+K');
    set(started, { globalShortcut: 'Ctrl+Alt+K' });
    expect(started.core.state.get().notices).toMatchObject([
      { id: 'shortcut-taken', message: expect.stringContaining('Ctrl+Alt+K') },
    ]);
  });

  test('an installed app starts at login by wish, and takes away only what the user switched off', async () => {
    const started = await start({ standIn: { isPackaged: true }, platform: 'darwin' });
    expect(started.electron.app.loginItems).toEqual([]);
    set(started, { startAtLogin: true });
    set(started, { startAtLogin: false });
    expect(started.electron.app.loginItems).toMatchObject([{ openAtLogin: true }, { openAtLogin: false }]);
  });

  test('what the user switched off by the system is left so at the start, and the setting follows', async () => {
    const loginItem = { openAtLogin: true, executableWillLaunchAtLogin: false };
    const started = await start({
      standIn: { isPackaged: true, loginItem },
      platform: 'win32',
      settings: { startAtLogin: true },
    });
    expect(started.core.commands).toMatchObject([{ name: 'updateSettings', input: { startAtLogin: false } }]);
    set(started, { startAtLogin: false });
    expect(started.electron.app.loginItems).toEqual([]);
    set(started, { startAtLogin: true });
    set(started, { startAtLogin: false });
    expect(started.electron.app.loginItems).toMatchObject([{ openAtLogin: true }, { openAtLogin: false }]);
  });

  test('a start at login that was not switched off is made sure of at every start', async () => {
    const loginItem = { openAtLogin: true, executableWillLaunchAtLogin: true };
    const started = await start({
      standIn: { isPackaged: true, loginItem },
      platform: 'win32',
      settings: { startAtLogin: true },
    });
    expect(started.core.commands).toEqual([]);
    expect(started.electron.app.loginItems).toMatchObject([{ openAtLogin: true }]);
  });

  test('a start at login that the system does not take is told, with its reason', async () => {
    const started = await start({ standIn: { isPackaged: true } });
    // A file where the folder of autostart entries would be made.
    fs.writeFileSync(path.join(started.folder, 'autostart'), '');
    set(started, { startAtLogin: true });
    expect(started.core.state.get().notices).toMatchObject([
      {
        id: 'login-item-failed',
        severity: 'warning',
        hint: expect.stringContaining('EEXIST'),
        action: { kind: 'open-settings', subject: 'startAtLogin' },
      },
    ]);
  });

  test.each([
    ['run from its sources', { standIn: { isPackaged: false } }],
    ['in the sandbox', { standIn: { isPackaged: true }, isSandbox: true }],
  ])('an app %s never touches the login items', async (_name, given) => {
    const started = await start(given);
    set(started, { startAtLogin: true });
    expect([started.electron.app.loginItems, fs.existsSync(path.join(started.folder, 'autostart'))]).toEqual([
      [],
      false,
    ]);
  });

  test('the language of tray and menu changes at once', async () => {
    const started = await start();
    set(started, { language: 'zh-CN' });
    await started.clock.advance(200);
    expect(started.electron.trays[0]?.menu?.lines()[0]).toBe('打开 Rolecall');
    set(started, { language: DEFAULT_SETTINGS.language });
    await started.clock.advance(200);
    expect(started.electron.trays[0]?.menu?.lines()[0]).toBe('Open Rolecall');
  });
});

test('a notice becomes a notification whose click renews, which is confirmed', async () => {
  const { electron, core } = await start({ argv: ['rolecall', '--hidden'] });
  core.reply = { ok: true, value: { expiresAt: minutesAfterNoon(60) } };
  const target = ssoRole('111122223333', 'Admin');
  core.notify({
    id: 'n',
    severity: 'warning',
    message: 'Ends soon.',
    hint: 'Renew.',
    action: { kind: 'renew', target },
  });
  electron.notifications[0]?.click();
  expect(core.commands).toMatchObject([{ name: 'renewCredentials', input: { target } }]);
  await settle();
  expect(electron.notifications[1]?.options).toMatchObject({ title: 'Renewed: Admin (111122223333)', silent: true });
});

test('sleep, wake, lock and network reach the core', async () => {
  const { electron, core, clock } = await start();
  ['resume', 'lock-screen', 'unlock-screen', 'user-did-resign-active'].forEach((event) =>
    electron.powerMonitor.emit(event),
  );
  electron.isOnline = false;
  await clock.advance(6000);
  expect(core.powerEvents).toEqual(['resume', 'lock', 'unlock', 'lock', 'offline']);
});

test('after sleep the icon shows at once what has ended', async () => {
  const { electron, core, clock } = await start();
  core.state.update(() => ({ liveRoles: [liveRole(ssoRole('111122223333', 'Admin'), 60)] }));
  await clock.advance(200);
  expect(path.basename(electron.trays[0]?.image.file ?? '')).toBe('live.png');
  clock.jumpTo('2026-11-23T20:00:00Z');
  electron.powerMonitor.emit('resume');
  expect(path.basename(electron.trays[0]?.image.file ?? '')).toBe('signed-out.png');
});

test('addresses go to the system’s browser, secrets to the clipboard with their marks', async () => {
  const { electron, ports } = await start();
  await ports?.browser.open(new Secret('https://console.aws.amazon.com/'));
  await ports?.clipboard.write(new Secret('AKIA'));
  expect(electron.opened).toEqual(['https://console.aws.amazon.com/']);
  expect(Object.keys(electron.clipboard.content).length).toBe(2);
});

describe('quitting', () => {
  test('lets the core end first, once, then goes', async () => {
    const { electron, core, clock, ports } = await start();
    ports?.shell.quit();
    electron.app.quit();
    await settle();
    expect([core.closed, electron.app.exits, electron.trays[0]?.destroyed]).toEqual([true, [0], true]);
    expect(clock.pending).toBe(0);
  });

  test('writes down where the window stands that is open then', async () => {
    const { electron, places } = await start();
    electron.window('window').setBounds({ x: 40, y: 60, width: 900, height: 700 });
    electron.app.quit();
    await settle();
    expect(places).toEqual([{ x: 40, y: 60, width: 900, height: 700, maximized: false }]);
  });

  test('goes in order, too, when the machine is shut down', async () => {
    const { electron, core } = await start();
    const event = standInEvent();
    electron.powerMonitor.emit('shutdown', event);
    await settle();
    // Not prevented, the system would take the app away at once.
    expect([core.closed, electron.app.exits, event.defaultPrevented]).toEqual([true, [0], true]);
  });

  test('does not wait for ever', async () => {
    const { electron, core, clock } = await start();
    core.close = () => new Promise(() => {});
    electron.app.quit();
    await settle();
    expect(electron.app.exits).toEqual([]);
    await clock.advance(5000);
    expect(electron.app.exits).toEqual([0]);
  });

  test('goes even when the core fails to end', async () => {
    const { electron, core } = await start();
    core.close = () => Promise.reject(new Error('disk full'));
    electron.app.quit();
    await settle();
    expect(electron.app.exits).toEqual([0]);
  });
});
