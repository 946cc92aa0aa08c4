import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { CONTENT_SECURITY_POLICY } from '../../src/shared/content-security-policy.ts';
import { CONTENT_TYPES } from '../../test/e2e/screen-harness.ts';

/** A page to be loaded: the folder it is served from, the script that runs before its own, and what that fetches as `/state.json`. */
export interface LoadedPage {
  readonly folder: string;
  readonly firstScript: string;
  readonly state: string;
  readonly width: number;
  readonly height: number;
}

/** When a load first painted, what it showed then, and which scripts it had fetched until then. */
export interface PageLoad {
  readonly paintedAtMs: number;
  readonly rows: number;
  readonly scripts: readonly string[];
}

/** The answer to a page that is to load once more. */
const RELOAD = 205;
/** What a page still does after it was painted is over by then. */
const CALM_MS = 400;
/** Stands in a tab until it is calm there, then goes to the page. */
const WAITING_PAGE = 'waiting';
const WAITING = `<!doctype html><html><head><script src="/go.js"></script></head><body>Waiting</body></html>`;
const GO = `setTimeout(() => location.replace('/'), ${CALM_MS});`;

const REPORT = `
const RELOAD = ${RELOAD};
const CALM_MS = ${CALM_MS};
new PerformanceObserver(() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  if (paint === undefined) return;
  const scripts = performance.getEntriesByType('resource')
    .filter((entry) => entry.name.endsWith('.js') && entry.startTime < paint.startTime)
    .map((entry) => new URL(entry.name).pathname)
    .filter((name) => name !== '/first.js');
  const rows = document.querySelectorAll('[role=row]').length;
  const body = JSON.stringify({ paintedAtMs: paint.startTime, rows, scripts });
  void fetch('/painted', { method: 'POST', body }).then((response) => {
    if (response.status === RELOAD) setTimeout(() => location.reload(), CALM_MS);
  });
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
  pages: readonly LoadedPage[],
  rounds: number,
): Promise<readonly (readonly PageLoad[])[]> {
  return eachInOwnTab(browser, pages, rounds, '');
}

async function eachInOwnTab(
  browser: Browser,
  pages: readonly LoadedPage[],
  rounds: number,
  first: string,
): Promise<readonly (readonly PageLoad[])[]> {
  const served = await Promise.all(pages.map((page) => servePage(page)));
  const loads = pages.map((): PageLoad[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, { url, loaded }] of served.entries()) {
      const close = await openTab(browser, `${url}${first}`, pages[at]);
      loads[at]?.push(await loaded());
      await close();
    }
  }
  served.forEach(({ close }) => close());
  return loads;
}

/**
 * Loads pages in turn, `rounds` times each, every load in a tab of its own that is open already and has shown nothing of the page: the
 * browser's start of a process is not in it, all of the page's own code is.
 */
export async function openTabLoads(
  browser: Browser,
  pages: readonly LoadedPage[],
  rounds: number,
): Promise<readonly (readonly PageLoad[])[]> {
  return eachInOwnTab(browser, pages, rounds, WAITING_PAGE);
}

/** Loads a page `rounds` times in a process that has loaded it before, as the app's own runs already; no debugger looks on. */
export async function warmLoads(browser: Browser, page: LoadedPage, rounds: number): Promise<readonly PageLoad[]> {
  const served = await servePage(page, rounds);
  const close = await openTab(browser, served.url, page);
  await served.loaded();
  const loads: PageLoad[] = [];
  while (loads.length < rounds) {
    loads.push(await served.loaded());
  }
  await close();
  served.close();
  return loads;
}

/** Opens a tab in a profile of its own; gives the function that closes both. */
async function openTab(browser: Browser, url: string, size: LoadedPage | undefined): Promise<() => Promise<void>> {
  const session = await browser.newBrowserCDPSession();
  const { browserContextId } = await session.send('Target.createBrowserContext');
  await session.send('Target.createTarget', { url, browserContextId, width: size?.width, height: size?.height });
  return async () => {
    await session.send('Target.disposeBrowserContext', { browserContextId });
    await session.detach();
  };
}

interface ServedPage {
  readonly url: string;
  /** Resolves at the next report that was not asked for before. */
  readonly loaded: () => Promise<PageLoad>;
  readonly close: () => void;
}

/** Serves a page, and has it load itself so many times more. */
async function servePage({ folder, firstScript, state }: LoadedPage, reloads = 0): Promise<ServedPage> {
  const reports: PageLoad[] = [];
  const waiting: ((load: PageLoad) => void)[] = [];
  let left = reloads;
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname === '/painted') {
      void readBody(request).then((body) => {
        response.writeHead(left > 0 ? RELOAD : 204).end();
        left -= 1;
        const report = JSON.parse(body) as PageLoad;
        const waiter = waiting.shift();
        if (waiter === undefined) {
          reports.push(report);
        } else {
          waiter(report);
        }
      });
    } else {
      answer(response, pathname, folder, {
        [`/${WAITING_PAGE}`]: WAITING,
        '/go.js': GO,
        '/first.js': `${firstScript}\n${REPORT}`,
        '/state.json': state,
      });
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    loaded: () => {
      const report = reports.shift();
      return report === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(report);
    },
    close: () => server.close(),
  };
}

function answer(
  response: http.ServerResponse,
  pathname: string,
  folder: string,
  made: Readonly<Record<string, string>>,
): void {
  const file = path.join(folder, pathname === '/' ? 'index.html' : pathname);
  const body = made[pathname] ?? bodyOf(pathname, file);
  response.writeHead(body === undefined ? 404 : 200, {
    'content-type': CONTENT_TYPES[path.extname(file) || '.html'] ?? 'application/octet-stream',
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
