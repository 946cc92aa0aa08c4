import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { MainWindow } from '../../src/main/main-window.ts';
import { PopoverWindow, type PopoverCall } from '../../src/main/popover-window.ts';
import { PromptWindow } from '../../src/main/prompt-window.ts';
import { createWindowFactory, windowOptions, type CreateWindow } from '../../src/main/window-factory.ts';
import { isReachable, type WindowPlace } from '../../src/main/window-place.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';
import { mfaPrompt, WINDOW_SETTING } from '../helpers/electron-state.ts';
import { FakeClock, settle } from '../helpers/fake-clock.ts';

let electron = new ElectronStandIn({ userData: '' });
let createWindow: CreateWindow;

beforeEach(() => {
  electron = new ElectronStandIn({ userData: '' });
  createWindow = createWindowFactory(electron.apis.BrowserWindow, WINDOW_SETTING);
});

describe('every window', () => {
  test.each(
    (['popover', 'window', 'prompt'] as const).flatMap((kind) =>
      (['linux', 'darwin', 'win32'] as const).map((platform) => [kind, platform] as const),
    ),
  )('a %s on %s is walled in', (kind, platform) => {
    const { webPreferences, show } = windowOptions(kind, { ...WINDOW_SETTING, platform });
    expect(show).toBe(false);
    expect(webPreferences).toEqual({
      preload: WINDOW_SETTING.preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    });
  });

  test('what a caller adds cannot loosen the walls', () => {
    createWindow('window', { webPreferences: { sandbox: false, nodeIntegration: true }, x: 5 });
    const made = electron.window('window').options;
    expect([made.x, made.webPreferences?.sandbox, made.webPreferences?.nodeIntegration]).toEqual([5, true, false]);
  });

  test('is made in one place only', () => {
    const src = path.resolve(import.meta.dirname, '../../src');
    const files = fs.readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
    const makers = files.filter((file) =>
      /new\s+(?:\w+\.)*(?:BrowserWindow|BaseWindow|BrowserView|WebContentsView|Window)\b/.test(
        fs.readFileSync(path.join(src, file), 'utf8'),
      ),
    );
    expect(makers).toEqual([path.join('main', 'window-factory.ts')]);
  });

  test('shows our page, with its view as the hash', () => {
    createWindow('popover');
    expect(electron.windows.map(({ url }) => url)).toEqual(['app://rolecall/index.html#popover']);
  });
});

describe('the popover', () => {
  const icon = { x: 1780, y: 1044, width: 24, height: 24 };
  const click: PopoverCall = { by: 'click', icon };
  const keys: PopoverCall = { by: 'keys', icon };
  const nowhere = { x: 0, y: 0, width: 0, height: 0 };

  function create(platform: 'linux' | 'darwin' | 'win32' = 'linux') {
    const clock = new FakeClock();
    return { clock, popover: new PopoverWindow(createWindow, electron.apis.screen, clock, platform) };
  }

  test('opens at the icon, takes the keyboard, and goes when the focus does', () => {
    const { popover } = create();
    popover.toggle(click);
    const window = electron.window('popover');
    expect([window.isVisible(), window.isFocused(), window.getBounds()]).toEqual([
      true,
      true,
      { x: 1552, y: 432, width: 360, height: 600 },
    ]);
    window.loseFocus();
    expect(window.isVisible()).toBe(false);
  });

  test('a second click closes it, although the click itself took the focus first', async () => {
    const { clock, popover } = create();
    popover.toggle(click);
    await clock.advance(2000);
    electron.window('popover').loseFocus();
    await clock.advance(50);
    popover.toggle(click);
    expect(electron.window('popover').isVisible()).toBe(false);
    popover.toggle(click);
    expect(electron.window('popover').isVisible()).toBe(true);
  });

  test('a click long after it went opens it again: the same window, its page not loaded anew', async () => {
    const { clock, popover } = create();
    popover.toggle(click);
    let loads = 0;
    electron.window('popover').on('stand-in-load', () => (loads += 1));
    electron.window('popover').loseFocus();
    await clock.advance(1000);
    popover.toggle(click);
    expect([electron.windows.length, electron.window('popover').isVisible(), loads]).toEqual([1, true, 0]);
  });

  test('when its page closes itself, as on Escape, it is put away and not thrown away', () => {
    const { popover } = create();
    popover.toggle(click);
    const window = electron.window('popover');
    window.close();
    expect([window.isVisible(), window.isDestroyed()]).toEqual([false, false]);
  });

  test('a page that died is made anew at the next click', () => {
    const { popover } = create();
    popover.toggle(click);
    electron.window('popover').webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    expect(electron.hasWindow('popover')).toBe(false);
    popover.toggle(click);
    expect([electron.windows.length, electron.window('popover').isVisible()]).toEqual([2, true]);
  });

  test('on Windows it gives the keyboard back before it goes', () => {
    const { popover } = create('win32');
    popover.toggle(click);
    const window = electron.window('popover');
    let blurredWhileVisible: boolean | undefined;
    window.prependOnceListener('blur', () => (blurredWhileVisible ??= window.isVisible()));
    popover.toggle(keys);
    expect([blurredWhileVisible, window.isVisible()]).toEqual([true, false]);
  });

  test('opens at the pointer where the platform does not tell where the clicked icon is', () => {
    electron.screen.pointer = { x: 900, y: 10 };
    create().popover.toggle({ by: 'click', icon: nowhere });
    expect(electron.window('popover').getBounds()).toMatchObject({ x: 720, y: 18 });
  });

  describe('by keys', () => {
    test('it opens at the icon when that is on the display with the pointer', () => {
      electron.screen.workAreas = [{ x: 0, y: 0, width: 1920, height: 1080 }];
      electron.screen.pointer = { x: 100, y: 100 };
      create().popover.toggle(keys);
      expect(electron.window('popover').getBounds()).toMatchObject({ x: 1552, y: 436 });
    });

    test.each([
      ['on another display', icon, { x: 2000, y: 100 }, { x: 2700, y: 160 }],
      ['not told', nowhere, { x: 100, y: 100 }, { x: 780, y: 160 }],
    ])('it opens in the middle of the pointer’s display when the icon is %s', (_name, bounds, pointer, expected) => {
      electron.screen.workAreas = [0, 1920].map((x) => ({ x, y: 0, width: 1920, height: 1080 }));
      electron.screen.pointer = pointer;
      create().popover.toggle({ by: 'keys', icon: bounds });
      expect(electron.window('popover').getBounds()).toMatchObject(expected);
    });

    test('pressed again they close it, however fast', () => {
      const { popover } = create();
      popover.toggle(keys);
      popover.toggle(keys);
      expect(electron.window('popover').isVisible()).toBe(false);
      popover.toggle(keys);
      expect(electron.window('popover').isVisible()).toBe(true);
    });
  });

  test('is no larger than a small display', () => {
    electron.screen.workAreas = [{ x: 0, y: 0, width: 800, height: 480 }];
    electron.screen.pointer = { x: 700, y: 470 };
    create().popover.toggle({ by: 'click', icon: nowhere });
    expect(electron.window('popover').getBounds()).toEqual({ x: 432, y: 8, width: 360, height: 464 });
  });

  test.each(['display-removed', 'display-metrics-changed'])('goes on %s: where it stands may be nowhere', (name) => {
    const { popover } = create();
    popover.toggle(click);
    electron.screen.emit(name);
    expect(electron.window('popover').isVisible()).toBe(false);
  });
});

describe('the main window', () => {
  function create(place?: WindowPlace) {
    const saved: WindowPlace[] = [];
    const opens: boolean[] = [];
    const store = { load: () => place, save: (each: WindowPlace) => saved.push(each) };
    const window = new MainWindow(createWindow, electron.apis.screen, store, (isOpen) => opens.push(isOpen));
    return { window, saved, opens };
  }

  test('appears when its page can be drawn, and once', async () => {
    const { window, opens } = create();
    window.open();
    expect(electron.window('window').isVisible()).toBe(false);
    await settle();
    expect(electron.window('window').isVisible()).toBe(true);
    window.open();
    expect([electron.windows.length, opens]).toEqual([1, [true]]);
  });

  test('remembers where it was closed and opens there', async () => {
    const first = create();
    first.window.open();
    await settle();
    electron.window('window').setBounds({ x: 40, y: 60, width: 900, height: 700 });
    electron.window('window').close();
    expect(first.saved).toEqual([{ x: 40, y: 60, width: 900, height: 700, maximized: false }]);
    expect(first.opens).toEqual([true, false]);
    const second = create({ x: 40, y: 60, width: 900, height: 700, maximized: true });
    second.window.open();
    await settle();
    const window = electron.window('window');
    expect([window.getBounds(), window.isMaximized()]).toEqual([{ x: 40, y: 60, width: 900, height: 700 }, true]);
  });

  test('opens in sight when the display it was on is gone', () => {
    create({ x: 4000, y: 60, width: 900, height: 700, maximized: false }).window.open();
    expect(electron.window('window').options).toMatchObject({ width: 1080, height: 720 });
    expect(electron.window('window').options.x).toBeUndefined();
  });

  test('comes back into sight when its display is unplugged', () => {
    const { window } = create();
    window.open();
    electron.window('window').setBounds({ x: 2500, y: 10, width: 900, height: 700 });
    electron.screen.emit('display-removed');
    expect(electron.window('window').getBounds()).toMatchObject({ width: 1080, height: 720 });
    expect(isReachable(electron.window('window').getBounds(), electron.screen.workAreas)).toBe(true);
  });

  test('brought into sight on a display smaller than its usual size, all of it is there', () => {
    const { window } = create();
    window.open();
    electron.window('window').setBounds({ x: 2500, y: 10 });
    electron.screen.workAreas = [{ x: 0, y: 30, width: 1024, height: 570 }];
    electron.screen.emit('display-metrics-changed');
    const { x, y, width, height } = electron.window('window').getBounds();
    expect([x >= 0, y >= 30, x + width <= 1024, y + height <= 600]).toEqual([true, true, true, true]);
  });

  test.each(['maximized', 'in full screen'])('%s it is left alone: its edges lie outside the display then', (how) => {
    const { window } = create();
    window.open();
    const open = electron.window('window');
    // As Windows tells them.
    open.setBounds({ x: -8, y: -8, width: 1936, height: 1056 });
    if (how === 'maximized') {
      open.maximize();
    } else {
      open.fullScreen = true;
    }
    electron.screen.emit('display-metrics-changed');
    expect(open.getBounds()).toEqual({ x: -8, y: -8, width: 1936, height: 1056 });
  });

  test('asked for the page it shows already, it does not load that anew: what was typed there would be lost', async () => {
    const { window } = create();
    window.open({ page: 'settings' });
    await settle();
    const loads: unknown[] = [];
    electron.window('window').on('stand-in-load', (url) => loads.push(url));
    window.open({ page: 'settings' });
    expect([loads, electron.window('window').isFocused()]).toEqual([[], true]);
    window.open({ page: 'profiles' });
    expect(loads).toEqual(['app://rolecall/index.html#/profiles']);
  });

  test('is restored from the task bar when it is opened again', async () => {
    const { window } = create();
    window.open();
    await settle();
    electron.window('window').minimize();
    window.open();
    expect([electron.window('window').isMinimized(), electron.window('window').isFocused()]).toEqual([false, true]);
  });
});

describe('the popup', () => {
  function create(onCancel: (id: string) => void = () => {}) {
    return new PromptWindow(createWindow, electron.apis.screen, onCancel);
  }

  test('comes by itself for what the user caused, with the keyboard, on the display the user works on', async () => {
    electron.screen.workAreas = [0, 1920].map((x) => ({ x, y: 0, width: 1920, height: 1060 }));
    electron.screen.pointer = { x: 2000, y: 5 };
    create().update([mfaPrompt('a', true)]);
    await settle();
    const window = electron.window('prompt');
    expect([window.isVisible(), window.isFocused(), window.options.alwaysOnTop]).toEqual([true, true, true]);
    expect(window.getBounds()).toMatchObject({ x: 2670, y: 200 });
  });

  test('what a program wants makes no window until the user turns to it', async () => {
    const popup = create();
    popup.update([mfaPrompt('a', false)]);
    await settle();
    expect(electron.windows).toEqual([]);
    popup.focus();
    await settle();
    expect([electron.window('prompt').isVisible(), electron.window('prompt').isFocused()]).toEqual([true, true]);
  });

  test('where a program’s question could be told in no other way, it comes without the keyboard', async () => {
    const popup = create();
    popup.update([mfaPrompt('a', false)]);
    popup.showQuietly();
    await settle();
    expect([electron.window('prompt').isVisible(), electron.window('prompt').isFocused()]).toEqual([true, false]);
  });

  test('a program’s question that the user now waits for as well comes to the front', async () => {
    const popup = create();
    popup.update([mfaPrompt('a', false)]);
    popup.update([mfaPrompt('a', true)]);
    await settle();
    expect(electron.window('prompt').isFocused()).toBe(true);
  });

  test('without a question there is nothing to turn to', () => {
    create().focus();
    expect(electron.windows).toEqual([]);
  });

  test('there is one at a time, and none when no question waits', async () => {
    const popup = create();
    popup.update([mfaPrompt('a', true), mfaPrompt('b', true)]);
    await settle();
    popup.update([mfaPrompt('b', true)]);
    expect(electron.windows.length).toBe(1);
    popup.update([]);
    expect([electron.hasWindow('prompt'), popup.isOpen]).toEqual([false, false]);
  });

  test('a question answered before its window was drawn never appears', async () => {
    const popup = create();
    popup.update([mfaPrompt('a', true)]);
    popup.update([]);
    await settle();
    expect(electron.windows.filter((window) => window.isVisible())).toEqual([]);
  });

  test('closing it is a no to the question it shows; answering is not', async () => {
    const cancelled: string[] = [];
    const popup = create((id) => {
      cancelled.push(id);
      popup.update([mfaPrompt('b', true)]);
    });
    popup.update([mfaPrompt('a', true), mfaPrompt('b', true)]);
    await settle();
    electron.window('prompt').close();
    expect([cancelled, electron.hasWindow('prompt')]).toEqual([['a'], true]);
    popup.update([]);
    expect(cancelled).toEqual(['a']);
  });

  test('a page of it that dies is no answer: the question waits, and turning to it brings a new one', async () => {
    const cancelled: string[] = [];
    const popup = create((id) => cancelled.push(id));
    popup.update([mfaPrompt('a', true)]);
    await settle();
    electron.window('prompt').webContents.emit('render-process-gone');
    expect([cancelled, popup.isOpen]).toEqual([[], false]);
    popup.focus();
    await settle();
    expect(electron.window('prompt').isVisible()).toBe(true);
    electron.window('prompt').close();
    expect(cancelled).toEqual(['a']);
  });
});
