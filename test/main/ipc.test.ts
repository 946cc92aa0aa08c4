import { anything, assert, asyncProperty } from 'fast-check';
import type { WebFrameMain } from 'electron';
import { beforeEach, describe, expect, test } from 'vitest';
import { OWN_SCREEN, setUpIpc } from '../../src/main/ipc.ts';
import { createWindowFactory } from '../../src/main/window-factory.ts';
import { IPC_CHANNELS } from '../../src/shared/ipc-channels.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';
import type { StandInWindow } from '../helpers/electron-standin-window.ts';
import { WINDOW_SETTING } from '../helpers/electron-state.ts';
import { FakeCore } from '../helpers/fake-core.ts';
import { FakeClock } from '../helpers/fake-clock.ts';

let electron = new ElectronStandIn({ userData: '' });
let core = new FakeCore(new FakeClock());
let page: StandInWindow;

beforeEach(() => {
  electron = new ElectronStandIn({ userData: '' });
  core = new FakeCore(new FakeClock());
  setUpIpc(electron.apis.ipcMain, core);
  createWindowFactory(electron.apis.BrowserWindow, WINDOW_SETTING)('window');
  page = electron.window('window');
});

function execute(name: unknown, input: unknown, frame?: WebFrameMain | null): Promise<unknown> {
  return electron.ipcMain.invoke(page.webContents, IPC_CHANNELS.execute, [name, input], frame);
}

const refused = { ok: false, failure: { code: 'bad-input', message: expect.any(String), hint: expect.any(String) } };

test('a command of our page reaches the core as it was sent, and its reply comes back', async () => {
  core.reply = { ok: true, value: { shown: 'console.aws.amazon.com' } };
  expect(await execute('signOut', { ssoSession: 'acme' })).toEqual(core.reply);
  expect(core.commands).toEqual([{ name: 'signOut', input: { ssoSession: 'acme' }, caller: { asker: OWN_SCREEN } }]);
});

describe('a sender that is not the main frame of our page gets nothing', () => {
  const frame = (url: string, parent: unknown = null) => ({ url, parent }) as WebFrameMain;

  test.each([
    ['a frame that is gone', null],
    ['another site', frame('https://evil.test/')],
    ['another host of our scheme', frame('app://evil/index.html')],
    ['a frame inside our page', frame('app://rolecall/index.html', {})],
    ['a blank page', frame('about:blank')],
  ])('%s', async (_name, sender) => {
    expect(await execute('quit', {}, sender)).toEqual(refused);
    electron.ipcMain.receive(page.webContents, IPC_CHANNELS.subscribe, [1], sender);
    expect([core.commands, page.webContents.sent]).toEqual([[], []]);
  });

  test('our main frame, once it shows another site', async () => {
    page.webContents.mainFrame.url = 'https://evil.test/';
    expect(await execute('quit', {})).toEqual(refused);
    expect(core.commands).toEqual([]);
  });
});

describe('size', () => {
  test('a megabyte is too much, wherever it is', async () => {
    const megabyte = 'x'.repeat(1_000_000);
    expect(await execute('openConsole', { destination: megabyte })).toEqual(refused);
    expect(await execute(megabyte, {})).toEqual(refused);
    expect(await execute('openConsole', { deep: { list: [megabyte] } })).toEqual(refused);
    expect(core.commands).toEqual([]);
  });

  test('what JSON cannot hold is refused', async () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(await execute('openConsole', loop)).toEqual(refused);
    expect(await execute('openConsole', { big: 10n })).toEqual(refused);
    expect(core.commands).toEqual([]);
  });
});

test('a page that floods the core with commands is told to wait; what is under way goes on', async () => {
  const answers: (() => void)[] = [];
  core.execute = () => new Promise((resolve) => answers.push(() => resolve({ ok: true, value: null })));
  const calls = Array.from({ length: 150 }, () => execute('reloadFiles', {}));
  await Promise.resolve();
  answers.forEach((answer) => answer());
  const replies = (await Promise.all(calls)) as { readonly ok: boolean }[];
  expect(replies.filter(({ ok }) => ok).length).toBe(100);
  expect(replies.at(-1)).toMatchObject({ failure: { code: 'busy' } });
  const later = execute('reloadFiles', {});
  answers.at(-1)?.();
  expect(await later).toEqual({ ok: true, value: null });
});

test('whatever a page sends, it gets a reply or a refusal, never an exception', async () => {
  await assert(
    asyncProperty(anything(), anything(), async (name, input) => {
      expect(await execute(name, input)).toHaveProperty('ok');
      electron.ipcMain.receive(page.webContents, IPC_CHANNELS.subscribe, [name]);
      electron.ipcMain.receive(page.webContents, IPC_CHANNELS.unsubscribe, [input]);
    }),
    { numRuns: 500 },
  );
});

describe('following the state', () => {
  const subscribe = (id: unknown) => electron.ipcMain.receive(page.webContents, IPC_CHANNELS.subscribe, [id]);
  const kinds = () => page.webContents.sent.map(({ args }) => [args[0], (args[1] as { kind: string }).kind]);

  test('a page gets a snapshot, then changes, under its own number, until it ends', () => {
    subscribe(7);
    core.state.update(() => ({ clockSkewMs: 1 }));
    electron.ipcMain.receive(page.webContents, IPC_CHANNELS.unsubscribe, [7]);
    core.state.update(() => ({ clockSkewMs: 2 }));
    expect(kinds()).toEqual([
      [7, 'snapshot'],
      [7, 'patch'],
    ]);
  });

  test('a page that was loaded anew or went away gets nothing more', () => {
    subscribe(1);
    page.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
    core.state.update(() => ({ clockSkewMs: 1 }));
    page.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    core.state.update(() => ({ clockSkewMs: 2 }));
    subscribe(1);
    page.destroy();
    core.state.update(() => ({ clockSkewMs: 3 }));
    expect(kinds().map(([, kind]) => kind)).toEqual(['snapshot', 'patch', 'snapshot']);
  });

  test('a page has a handful of subscriptions, not thousands', () => {
    for (let id = 0; id < 1000; id += 1) {
      subscribe(id);
      subscribe(id);
    }
    subscribe('1');
    subscribe({ id: 1 });
    expect(kinds().length).toBe(8);
  });
});
