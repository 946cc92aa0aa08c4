import { readFile, readdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/model/secret.ts';
import { systemClock } from '../../src/core/model/clock.ts';
import { createBrowser } from '../../src/web/open-url.ts';
import { serveOneShotRedirect } from '../../src/core/loopback/one-shot-redirect.ts';
import { FakeClock, settle } from '../helpers/fake-clock.ts';
import { rawExchange, rawRequest } from '../helpers/raw-http.ts';
import { scratchFolder, scratchSurroundings } from '../helpers/surroundings.ts';

const CANARY = 'SigninToken=CANARYCANARYCANARY';
const SIGNED = `https://signin.aws.amazon.com/federation?Action=login&${CANARY}`;

async function script(name: string, text: string): Promise<{ readonly path: string; readonly folder: string }> {
  const folder = await scratchFolder();
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return { path, folder };
}

async function commandLines(): Promise<string> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.join('\n').replaceAll('\0', ' ');
}

describe('opening a signed address', () => {
  test('the browser gets it as a redirect; no program sees it in its arguments or environment', async () => {
    const { path, folder } = await script(
      'browser',
      'echo "$@" > "$(dirname "$0")/argv"; env > "$(dirname "$0")/env"\ncurl -s -D "$(dirname "$0")/headers" -o /dev/null "$1"; sleep 0.2',
    );
    const surroundings = await scratchSurroundings({
      clock: systemClock(),
      env: { BROWSER: path, PATH: process.env['PATH'] },
    });
    const opening = createBrowser(surroundings).open(new Secret(SIGNED));
    await opening;
    expect(await commandLines()).not.toContain('CANARY');
    await expect.poll(() => readFile(join(folder, 'headers'), 'utf8').catch(() => '')).toContain(`Location: ${SIGNED}`);
    const argv = await readFile(join(folder, 'argv'), 'utf8');
    expect(argv).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}\n$/);
    expect(argv + (await readFile(join(folder, 'env'), 'utf8')) + surroundings.lines.join()).not.toContain('CANARY');
    const headers = await readFile(join(folder, 'headers'), 'utf8');
    expect(headers).toContain('Referrer-Policy: no-referrer');
    expect(headers).toContain('Cache-Control: no-store');
  });

  test('a program that fails is an error that says what to do', async () => {
    const { path } = await script('browser', 'exit 4');
    const surroundings = await scratchSurroundings({ clock: systemClock(), env: { BROWSER: path } });
    await expect(createBrowser(surroundings).open(new Secret(SIGNED))).rejects.toMatchObject({
      code: 'browser-failed',
      message: expect.stringContaining(path) as string,
      hint: expect.stringContaining('BROWSER') as string,
    });
  });

  test('without any browser it fails at once', async () => {
    const surroundings = await scratchSurroundings({ clock: systemClock(), env: {} });
    await expect(createBrowser(surroundings).open(new Secret(SIGNED))).rejects.toThrow('No browser was found');
  });

  test('Chromium without xdg-open: the installed browser opens the page', async () => {
    const { folder } = await script(
      'chromium',
      'exec /usr/bin/curl -s -o "$(/usr/bin/dirname "$0")/page" -D "$(/usr/bin/dirname "$0")/headers" "$1"',
    );
    const surroundings = await scratchSurroundings({ clock: systemClock(), env: { DISPLAY: ':0', PATH: folder } });
    await createBrowser(surroundings).open(new Secret(SIGNED));
    await expect.poll(() => readFile(join(folder, 'headers'), 'utf8').catch(() => '')).toContain(`Location: ${SIGNED}`);
  });

  test('the error names the browsers that failed, not those that are not there', async () => {
    const { folder } = await script('chromium', 'exit 1');
    const surroundings = await scratchSurroundings({ clock: systemClock(), env: { DISPLAY: ':0', PATH: folder } });
    await expect(createBrowser(surroundings).open(new Secret(SIGNED))).rejects.toThrow(
      `No browser could be started (tried: ${join(folder, 'chromium')}).`,
    );
  });

  test('a browser that never comes is an error after 30 seconds, and nothing listens any more', async () => {
    const { path, folder } = await script('browser', 'echo "$1" > "$(dirname "$0")/argv"');
    const clock = new FakeClock();
    const surroundings = await scratchSurroundings({ clock, env: { BROWSER: path, PATH: process.env['PATH'] } });
    const opening = createBrowser(surroundings).open(new Secret(SIGNED));
    const failed = expect(opening).rejects.toThrow('did not open the page in time');
    await expect.poll(() => readFile(join(folder, 'argv'), 'utf8').catch(() => '')).toContain('http://127.0.0.1:');
    const port = Number(/:(\d+)\//.exec(await readFile(join(folder, 'argv'), 'utf8'))?.[1]);
    await settle();
    await clock.advance(30_000);
    await failed;
    const reached = await new Promise((resolve) => {
      connect({ host: '127.0.0.1', port })
        .on('connect', () => resolve(true))
        .on('error', () => resolve(false));
    });
    expect(reached).toBe(false);
  });
});

describe('the one-shot redirect', () => {
  async function redirect() {
    const clock = new FakeClock();
    const served = await serveOneShotRedirect(new Secret(SIGNED), clock);
    const { port, pathname } = new URL(served.address.reveal());
    const host = ['Host', `127.0.0.1:${port}`] as const;
    return { clock, served, port: Number(port), path: pathname, host };
  }

  test('works once', async () => {
    const { served, port, path, host } = await redirect();
    const answers = await Promise.all([1, 2, 3].map(() => rawExchange(port, rawRequest('GET', path, [host]))));
    expect(answers.filter(({ head }) => head.includes(CANARY))).toHaveLength(1);
    expect(await served.followed).toBe(true);
    expect((await rawExchange(port, rawRequest('GET', path, [host]))).head).not.toContain(CANARY);
  });

  test('foreign hosts, paths, methods and pages get nothing and use nothing up', async () => {
    const { port, path, host } = await redirect();
    const tries = [
      rawRequest('GET', path, []),
      rawRequest('GET', path, [['Host', `localhost:${port}`]]),
      rawRequest('GET', path, [['Host', `evil.test:${port}`]]),
      rawRequest('GET', path, [host, host]),
      rawRequest('GET', path, [host, ['Origin', 'https://evil.test']]),
      rawRequest('GET', path, [host, ['Sec-Fetch-Site', 'cross-site'], ['Sec-Fetch-Dest', 'image']]),
      rawRequest('HEAD', path, [host]),
      rawRequest('POST', path, [host, ['Origin', `http://127.0.0.1:${port}`]]),
      rawRequest('GET', `${path}x`, [host]),
      rawRequest('GET', `${path}?`, [host]),
      rawRequest('GET', '/', [host]),
      rawRequest('GET', '/favicon.ico', [host]),
    ];
    for (const attempt of tries) {
      expect((await rawExchange(port, attempt)).head).not.toContain(CANARY);
    }
    expect((await rawExchange(port, rawRequest('GET', path, [host]))).head).toContain(`Location: ${SIGNED}`);
  });

  test('ends after 30 seconds', async () => {
    const { clock, served, port, path, host } = await redirect();
    await clock.advance(30_000);
    expect(await served.followed).toBe(false);
    expect((await rawExchange(port, rawRequest('GET', path, [host]))).status).toBe(0);
    expect(clock.pending).toBe(0);
  });
});
