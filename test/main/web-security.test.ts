import { beforeEach, describe, expect, test } from 'vitest';
import { isAppUrl, setUpWebSecurity } from '../../src/main/web-security.ts';
import { createWindowFactory } from '../../src/main/window-factory.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';
import { standInEvent } from '../helpers/electron-standin-event.ts';
import type { StandInWindow } from '../helpers/electron-standin-window.ts';
import { WINDOW_SETTING } from '../helpers/electron-state.ts';

let electron = new ElectronStandIn({ userData: '' });
let window: StandInWindow;

function setUp(allowDevTools: boolean): void {
  electron = new ElectronStandIn({ userData: '' });
  setUpWebSecurity(electron.apis.app, electron.apis.session.defaultSession, allowDevTools);
  createWindowFactory(electron.apis.BrowserWindow, WINDOW_SETTING)('window');
  window = electron.windows[0] as StandInWindow;
}

beforeEach(() => setUp(false));

describe('whose page it is', () => {
  test.each([
    ['app://rolecall/index.html', true],
    ['app://rolecall/', true],
    ['app://rolecall', true],
    ['app://rolecall.evil.test/', false],
    ['app://evil/', false],
    ['app://user@rolecall/', false],
    ['app:rolecall', false],
    ['https://rolecall/', false],
    ['file:///app://rolecall/', false],
    ['about:blank', false],
    ['null', false],
    ['', false],
  ])('%s: %s', (url, expected) => {
    expect(isAppUrl(url)).toBe(expected);
  });
});

const PERMISSIONS = [
  'clipboard-sanitized-write',
  'clipboard-read',
  'media',
  'geolocation',
  'notifications',
  'openExternal',
  'fullscreen',
  'pointerLock',
  'fileSystem',
  'hid',
  'serial',
  'usb',
  'midiSysex',
  'display-capture',
  'local-network-access',
  'unknown',
] as const;

test('of all permissions a page of ours has one: to write to the clipboard', () => {
  const asked = PERMISSIONS.filter((permission) => {
    let granted = false;
    electron.session.requestHandler?.(window.webContents, permission, (answer) => (granted = answer), {} as never);
    return granted;
  });
  const checked = PERMISSIONS.filter((permission) =>
    electron.session.checkHandler?.(window.webContents, permission, 'app://rolecall/', {} as never),
  );
  expect({ asked, checked }).toEqual({ asked: ['clipboard-sanitized-write'], checked: ['clipboard-sanitized-write'] });
});

test('another page has not even that', () => {
  window.webContents.mainFrame.url = 'https://evil.test/';
  let granted: boolean | undefined;
  const asking = electron.session.requestHandler;
  asking?.(window.webContents, 'clipboard-sanitized-write', (answer) => (granted = answer), {} as never);
  const { checkHandler } = electron.session;
  const checked = checkHandler?.(null, 'clipboard-sanitized-write', 'https://evil.test/', {} as never);
  expect({ granted, checked }).toEqual({ granted: false, checked: false });
});

test('no device is ever handed to a page', () => {
  expect(electron.session.deviceHandler?.({ deviceType: 'hid' } as never)).toBe(false);
});

test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])('%s is stopped', (name) => {
  const event = standInEvent();
  window.webContents.emit(name, event, 'https://evil.test/');
  expect(event.defaultPrevented).toBe(true);
});

test.each(['will-navigate', 'will-frame-navigate'])(
  '%s lets a page load itself again, and nothing into a frame',
  (name) => {
    const url = window.webContents.getURL();
    const go = (more: object) => {
      const event = Object.assign(standInEvent(), { url, isMainFrame: true, ...more });
      window.webContents.emit(name, event);
      return event.defaultPrevented;
    };
    expect(url).not.toBe('');
    expect([go({}), go({ isMainFrame: false }), go({ url: `${url}?x` }), go({ url: 'https://evil.test/' })]).toEqual([
      false,
      true,
      true,
      true,
    ]);
  },
);

test('no page opens a window', () => {
  expect(window.webContents.windowOpenHandler?.({ url: 'https://evil.test/' })).toEqual({ action: 'deny' });
  expect(window.webContents.windowOpenHandler?.({ url: 'app://rolecall/index.html' })).toEqual({ action: 'deny' });
});

test('downloads are stopped', () => {
  const event = standInEvent();
  electron.session.emit('will-download', event);
  expect(event.defaultPrevented).toBe(true);
});

test('pages reach their own files and nothing on any network', () => {
  const urls = [
    'app://rolecall/assets/index.js',
    'https://portal.sso.us-east-1.amazonaws.com/',
    'http://127.0.0.1:1/',
    'http://169.254.169.254/',
    'ws://127.0.0.1:1/',
    'file:///etc/passwd',
    'devtools://devtools/bundled/inspector.html',
    'chrome://gpu/',
    'blob:app://rolecall/1',
    'data:text/html,x',
  ];
  expect(urls.filter((url) => electron.session.lets(url))).toEqual(['app://rolecall/assets/index.js']);
  setUp(true);
  expect(urls.filter((url) => electron.session.lets(url))).toEqual([
    'app://rolecall/assets/index.js',
    'devtools://devtools/bundled/inspector.html',
  ]);
});
