import { createServer, type IncomingMessage } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/core/model/clock.ts';
import type { PromptState } from '../../src/shared/app-state.ts';
import { packMessage } from '../../src/shared/sent-message.ts';
import { startHost, type Host } from '../../src/web/start-host.ts';
import { launchBrowser, whyNoBrowser } from '../helpers/browser.ts';
import { FakeCore } from '../helpers/fake-core.ts';
import { believableState } from '../renderer/fake-state.ts';

/** In the state: what a page that gets through would read. */
const CANARY = 'CANARY-ACCOUNT-NAME';

interface Setting {
  readonly host: Host;
  readonly core: FakeCore;
  readonly browser: Browser;
  /** A page of an attacker; `evil.test` leads to 127.0.0.1 as after DNS rebinding. */
  readonly evilPort: number;
  close(): Promise<void>;
}

/** What `attackHost` in the attacker's page brings home. */
interface Attack {
  readonly texts: readonly string[];
  readonly loaded: readonly string[];
  readonly blocked: number;
}

const ATTACK_SCRIPT = join(import.meta.dirname, '../fixtures/host-attack.js');

/** What somebody would ask for to get a code of the user's. */
const FORGED_PROMPT: PromptState = {
  kind: 'mfa',
  id: 'forged',
  asker: { program: 'FORGED', pid: undefined, folder: undefined, parents: [] },
  target: { kind: 'profile', profile: 'dev' },
  title: 'FORGED',
  mfaSerial: 'arn:aws:iam::111122223333:mfa/ada',
  deviceName: 'ada',
  accountId: '111122223333',
  notBefore: undefined,
  lastFailure: undefined,
  canAutoFill: false,
  userAsked: true,
};

/** Calls a function of the attack script in a page. */
async function inPage<Value>(page: Page, name: string, input: unknown): Promise<Value> {
  await page.addScriptTag({ path: ATTACK_SCRIPT });
  return page.evaluate<Value>(`${name}(${JSON.stringify(input)})`);
}

/** The page that a browser shows; it swaps its code as our screen does, and keeps the key in memory. */
const SCREEN = `<!doctype html><title>screen</title><script type="module" src="/main.js"></script>`;
const SCREEN_SCRIPT = `
const code = new URLSearchParams(location.hash.slice(1)).get('b');
history.replaceState(null, '', '/');
const answer = await fetch('/api/bootstrap', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }) });
const { token } = await answer.json();
const stream = await fetch('/api/events', { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer ' + token }, body: '{}' });
const { value } = await stream.body.getReader().read();
document.title = new TextDecoder().decode(value).includes('${CANARY}') ? 'ready' : 'failed';
try {
  document.body.innerHTML = '<img src=x>';
  document.title += ' html-let-through';
} catch {
  document.title += ' html-refused';
}
`;

async function setUp(): Promise<Setting> {
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-e2e-'));
  await writeFile(join(folder, 'index.html'), SCREEN);
  await writeFile(join(folder, 'main.js'), SCREEN_SCRIPT);
  const surroundings = {
    clock: systemClock({ keepAlive: false }),
    env: {},
    homeDir: folder,
    platform: 'linux' as const,
    rolecallHome: join(folder, 'rolecall'),
    log: () => {},
  };
  const core = new FakeCore(surroundings.clock);
  core.state.update((state) => ({ app: { ...state.app, version: CANARY } }));
  const host = await startHost({ surroundings, core, port: 0, open: false, assetsDir: folder, print: () => {} });
  const evil = createServer((_request: IncomingMessage, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>evil</title><body></body>');
  });
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  const browser = await launchBrowser(['--host-resolver-rules=MAP evil.test 127.0.0.1']);
  return {
    host,
    core,
    browser,
    evilPort: (evil.address() as AddressInfo).port,
    async close() {
      await browser.close();
      await host.close();
      evil.closeAllConnections();
      evil.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describe.skipIf(whyNoBrowser() !== undefined)('the loopback host in a real browser', () => {
  let setting: Setting;

  beforeAll(async () => {
    setting = await setUp();
  });

  afterAll(() => setting.close());

  async function opened(url: string): Promise<Page> {
    const page = await setting.browser.newPage();
    await page.goto(url);
    return page;
  }

  test('our own page gets its key, reads the state, and cannot put HTML into itself', async () => {
    const page = await opened(setting.host.newAddress().reveal());
    await expect.poll(() => page.title()).toBe('ready html-refused');
    expect(page.url()).toBe(`${setting.host.origin}/`);
    expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([0, 0, '']);
    await page.close();
  });

  test('a page that rebinds its name to 127.0.0.1 is refused before it is one', async () => {
    const page = await setting.browser.newPage();
    const answer = await page.goto(`http://evil.test:${setting.host.port}/`);
    expect(answer?.status()).toBe(421);
    expect(await page.content()).not.toContain('screen');
    await page.close();
  });

  test.each(['127.0.0.1', 'evil.test', 'localhost'])(
    'a page of http://%s on another port reads nothing and changes nothing, by any means',
    async (name) => {
      const { core, evilPort, host } = setting;
      const before = core.commands.length;
      const page = await opened(`http://${name}:${evilPort}/`);
      const addresses = { origin: host.origin, rebound: `http://evil.test:${host.port}` };
      const read = await inPage<Attack>(page, 'attackHost', addresses);
      expect(read.blocked).toBeGreaterThan(0);
      expect(read.texts.join('\n')).not.toMatch(/CANARY|screen|token/);
      expect(read.loaded).toEqual([]);
      expect(core.commands.length).toBe(before);
      await page.close();
    },
  );

  test('a form of another site is refused', async () => {
    const { core, evilPort, host } = setting;
    const before = core.commands.length;
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']) {
      const page = await opened(`http://evil.test:${evilPort}/`);
      const answer = page.waitForResponse((response) => response.url().includes('/api/command'));
      await inPage(page, 'submitForm', { action: `${host.origin}/api/command`, type });
      expect((await answer).status()).toBe(403);
      await page.close();
    }
    expect(core.commands.length).toBe(before);
  });

  test('the screen cannot be framed', async () => {
    const { evilPort, host } = setting;
    const page = await opened(`http://evil.test:${evilPort}/`);
    const answer = page.waitForResponse((response) => response.url() === `${host.origin}/`);
    await inPage(page, 'openFrame', `${host.origin}/`);
    expect((await answer).status()).toBe(403);
    const frames = await Promise.all(page.frames().map((each) => each.content().catch(() => '')));
    expect(frames.join()).not.toContain('<title>screen');
    await page.close();
  });

  test('our page believes nobody who takes over the port of a host that is gone, and tells them nothing', async () => {
    const clock = systemClock({ keepAlive: false });
    const core = new FakeCore(clock);
    core.state.update(() => believableState(clock.now().getTime()));
    const folder = await mkdtemp(join(tmpdir(), 'rolecall-e2e-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const surroundings = {
      clock,
      env: {},
      homeDir: folder,
      platform: 'linux',
      rolecallHome: folder,
      log: () => {},
    } as const;
    const assetsDir = join(import.meta.dirname, '../../dist/renderer');
    const host = await startHost({ surroundings, core, port: 0, open: false, assetsDir, print: () => {} });
    const page = await opened(host.newAddress().reveal());
    await page.locator('text=111122223333').first().waitFor();
    await host.close();
    const asked: string[] = [];
    const squatter = createServer((request, response) => {
      asked.push(request.url ?? '');
      const forged = { ...core.state.get(), prompts: [FORGED_PROMPT] };
      response.write(`${JSON.stringify(packMessage({ kind: 'snapshot', state: forged }))}\n`);
    });
    await new Promise<void>((resolve) => squatter.listen(host.port, '127.0.0.1', resolve));
    onTestFinished(() => {
      squatter.closeAllConnections();
      squatter.close();
    });
    await expect.poll(() => asked, { timeout: 10_000 }).toEqual(['/api/events']);
    await page.locator('text=Rolecall stopped answering').first().waitFor();
    expect(await page.content()).not.toContain('FORGED');
    await page.close();
  });
});
