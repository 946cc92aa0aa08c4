import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { CONTENT_SECURITY_POLICY } from '../../src/shared/content-security-policy.ts';

/** A page that is loaded cold: the folder it is served from, the script that runs before its own, and what that fetches as `/state.json`. */
export interface ColdPage {
  readonly folder: string;
  readonly firstScript: string;
  readonly state: string;
  readonly width: number;
  readonly height: number;
}

/** When a load first painted, what it showed then, and which scripts it had fetched until then. */
export interface ColdLoad {
  readonly paintedAtMs: number;
  readonly rows: number;
  readonly scripts: readonly string[];
}

const REPORT = `
new PerformanceObserver(() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  if (paint === undefined) return;
  const scripts = performance.getEntriesByType('resource')
    .filter((entry) => entry.name.endsWith('.js') && entry.startTime < paint.startTime)
    .map((entry) => new URL(entry.name).pathname)
    .filter((name) => name !== '/first.js');
  const rows = document.querySelectorAll('[role=row]').length;
  void fetch('/painted', { method: 'POST', body: JSON.stringify({ paintedAtMs: paint.startTime, rows, scripts }) });
}).observe({ type: 'paint', buffered: true });
`;

/**
 * Loads pages in turn, `rounds` times each, every load in a process started for it and with nothing cached.
 *
 * No debugger looks on, as none does with a user: under one, V8 notes where in the source each stack stood, and React makes errors as
 * it starts, which takes longer than all else that the page does. So the page itself reports when it was painted.
 */
export async function coldLoads(
  browser: Browser,
  pages: readonly ColdPage[],
  rounds: number,
): Promise<readonly (readonly ColdLoad[])[]> {
  const session = await browser.newBrowserCDPSession();
  const served = await Promise.all(pages.map((page) => servePage(page)));
  const loads = pages.map((): ColdLoad[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, { url, painted }] of served.entries()) {
      const { width, height } = pages[at] ?? { width: 0, height: 0 };
      const { browserContextId } = await session.send('Target.createBrowserContext');
      const load = painted();
      await session.send('Target.createTarget', { url, browserContextId, width, height });
      loads[at]?.push(await load);
      await session.send('Target.disposeBrowserContext', { browserContextId });
    }
  }
  for (const { close } of served) {
    close();
  }
  return loads;
}

interface ServedPage {
  readonly url: string;
  /** Resolves at the next report. */
  readonly painted: () => Promise<ColdLoad>;
  readonly close: () => void;
}

async function servePage({ folder, firstScript, state }: ColdPage): Promise<ServedPage> {
  const waiting: ((load: ColdLoad) => void)[] = [];
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname === '/painted') {
      void readBody(request).then((body) => {
        response.end();
        waiting.shift()?.(JSON.parse(body) as ColdLoad);
      });
    } else {
      answer(response, pathname, folder, { '/first.js': `${firstScript}\n${REPORT}`, '/state.json': state });
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    painted: () => new Promise((resolve) => waiting.push(resolve)),
    close: () => server.close(),
  };
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

function answer(
  response: http.ServerResponse,
  pathname: string,
  folder: string,
  made: Readonly<Record<string, string>>,
): void {
  const file = path.join(folder, pathname === '/' ? 'index.html' : pathname);
  const body = made[pathname] ?? bodyOf(pathname, file);
  response.writeHead(body === undefined ? 404 : 200, {
    'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    'content-security-policy': CONTENT_SECURITY_POLICY,
  });
  response.end(body);
}

function bodyOf(pathname: string, file: string): string | Buffer | undefined {
  if (pathname === '/') {
    return fs.readFileSync(file, 'utf8').replace('<head>', '<head><script src="/first.js"></script>');
  }
  return fs.existsSync(file) ? fs.readFileSync(file) : undefined;
}

async function readBody(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
