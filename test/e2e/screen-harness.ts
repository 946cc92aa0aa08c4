import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { launchBrowser } from '../helpers/browser.ts';
import { CONTENT_SECURITY_POLICY } from '../../src/shared/content-security-policy.ts';

/** What a screen is shown with; see `test/renderer/fake-page.ts`. */
export interface ScreenOptions {
  readonly view?: 'popover' | 'window' | 'prompt';
  readonly scenario?: string | { readonly accounts: number; readonly rolesEach: number };
  readonly language?: 'en' | 'zh-CN' | 'ja';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  readonly scale?: number;
  /** Fragment of the address: `/settings`. */
  readonly place?: string;
  /** The real clock instead of a standing one. */
  readonly clockRuns?: boolean;
  readonly contrast?: 'more';
  /** The system's own few colours instead of the page's, as Windows' contrast themes do. */
  readonly forcedColors?: boolean;
  readonly answerMs?: number;
}

/** A page with what went wrong on it. */
export interface Screen {
  readonly page: Page;
  /** Errors of scripts, refused by the policy or thrown; dialogs that popped up. */
  readonly troubles: readonly string[];
  /** Waits until an expression holds on the page. Playwright's own way evaluates texts there, which the page's policy forbids. */
  until(expression: string): Promise<void>;
  /** Commands given so far, oldest first. */
  commands(): Promise<readonly { readonly name: string; readonly input: unknown }[]>;
  close(): Promise<void>;
}

/** The built screen in a real browser, over the policy it is shipped with, with a scripted client in the preload script's place. */
export interface Screens {
  /** Where the built files lie. */
  readonly folder: string;
  readonly origin: string;
  readonly browser: Browser;
  show(options?: ScreenOptions): Promise<Screen>;
  /** Closes the pages that are open; the browser stays. */
  closePages(): Promise<void>;
  close(): Promise<void>;
}

/** The moment at which time stands still on the pages. */
export const STANDING_NOW = new Date('2026-11-23T15:08:00Z');

/** Tests and benchmarks run from the repository's root; benchmarks are bundled, so this file's own place says nothing. */
const ROOT = process.cwd();

/** What the built screen's files are served as. */
export const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** Builds the screen (or the gallery) and opens the browser, with more arguments where given. */
export async function openScreens(
  mode: 'production' | 'gallery' = 'production',
  browserArgs: readonly string[] = [],
): Promise<Screens> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rolecall-screen-'));
  await buildScreen(folder, mode);
  const fakePage = fs.readFileSync(path.join(folder, 'fake/fake-page.js'), 'utf8');
  const server = http.createServer((request, response) =>
    serve(path.join(folder, 'dist'), request.url ?? '/', response),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await launchBrowser(browserArgs);
  return {
    folder: path.join(folder, 'dist'),
    origin,
    browser,
    show: (options = {}) =>
      showScreen(browser, `${origin}/${mode === 'gallery' ? 'gallery.html' : ''}`, fakePage, options),
    async closePages() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    async close() {
      await browser.close();
      server.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function buildScreen(folder: string, mode: 'production' | 'gallery'): Promise<void> {
  await build({
    configFile: path.join(ROOT, 'vite.config.ts'),
    mode,
    logLevel: 'warn',
    build: { outDir: path.join(folder, 'dist'), emptyOutDir: true },
  });
  await build({
    configFile: false,
    root: ROOT,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: path.join(folder, 'fake'),
      minify: false,
      lib: {
        entry: path.join(ROOT, 'test/renderer/fake-page.ts'),
        formats: ['iife'],
        name: 'fakePage',
        fileName: () => 'fake-page.js',
      },
    },
  });
}

function serve(folder: string, url: string, response: http.ServerResponse): void {
  const { pathname } = new URL(url, 'http://127.0.0.1');
  const file = path.join(folder, pathname === '/' ? 'index.html' : pathname);
  if (!fs.existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': CONTENT_TYPES[path.extname(file)] ?? 'application/octet-stream',
    'content-security-policy': CONTENT_SECURITY_POLICY,
  });
  response.end(fs.readFileSync(file));
}

async function showScreen(browser: Browser, url: string, fakePage: string, options: ScreenOptions): Promise<Screen> {
  const context = await newContext(browser, options);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      troubles.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin) && !request.url().startsWith('data:')) {
      troubles.push(`request: ${request.url()}`);
    }
  });
  if (options.clockRuns !== true) {
    await page.clock.setFixedTime(STANDING_NOW);
  }
  const fakeOptions = {
    view: options.view ?? 'popover',
    scenario: options.scenario ?? 'normal',
    language: options.language ?? 'en',
    answerMs: options.answerMs ?? 20,
  };
  await page.addInitScript(withOptions(fakePage, fakeOptions));
  await page.goto(options.place === undefined ? url : `${url}#${options.place}`);
  const until = (expression: string): Promise<void> => waitUntil(page, expression);
  // Some pages of the window come on demand; each has its content in a `main`.
  await until('document.querySelector("main") !== null');
  return {
    page,
    troubles,
    until,
    commands: () => page.evaluate('fake.given'),
    close: () => context.close(),
  };
}

/** The script that stands in for the preload script, told what to show. */
function withOptions(fakePage: string, options: Readonly<Record<string, unknown>>): string {
  return `globalThis.fakePageOptions = ${JSON.stringify(options)};\n${fakePage}`;
}

async function waitUntil(page: Page, expression: string): Promise<void> {
  for (let tries = 0; !(await page.evaluate<boolean>(expression)); tries += 1) {
    if (tries > MOST_TRIES) {
      throw new Error(`This did not come true: ${expression}`);
    }
    await page.waitForTimeout(TRY_MS);
  }
}

const TRY_MS = 20;
const MOST_TRIES = 250;

function newContext(browser: Browser, options: ScreenOptions): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: options.width ?? (options.view === 'window' ? 1100 : 360), height: options.height ?? 600 },
    deviceScaleFactor: options.scale ?? 1,
    colorScheme: options.theme ?? 'light',
    contrast: options.contrast ?? 'no-preference',
    forcedColors: options.forcedColors === true ? 'active' : 'none',
    reducedMotion: 'reduce',
    locale: options.language === undefined || options.language === 'en' ? 'en-GB' : options.language,
    timezoneId: 'Europe/Berlin',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
}
