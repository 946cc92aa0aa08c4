import fs from 'node:fs';
import path from 'node:path';
import type { Protocol } from 'electron';
import { CONTENT_SECURITY_POLICY } from '../shared/content-security-policy.ts';

/** The scheme and host under which the pages live. */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://rolecall`;

/** What every answer carries. Pages load their own files and talk to the main process; nothing else. */
const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

/** Tells Chromium about the scheme, whose scripts it may keep compiled; must be called before the app is ready. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built screen under `app://rolecall/`; call it once the app is ready. */
export function setUpAppProtocol(protocol: Pick<Protocol, 'handle'>, rendererDir: string): void {
  protocol.handle(APP_SCHEME, createAppProtocolHandler(rendererDir));
}

/**
 * Answers requests with the files that `rendererDir` holds now, by exact name. A request's path is only ever looked up, never
 * joined to a folder, so there is nothing to traverse.
 */
export function createAppProtocolHandler(rendererDir: string): (request: Request) => Promise<Response> {
  const files = new Map(listFiles(rendererDir).map((file) => [`/${file}`, path.join(rendererDir, file)]));
  return async (request) => {
    if (request.method !== 'GET') {
      return plainAnswer(405);
    }
    const file = files.get(requestedPath(request.url));
    const contentType = file === undefined ? undefined : CONTENT_TYPES[path.extname(file)];
    if (file === undefined || contentType === undefined) {
      return plainAnswer(404);
    }
    const body = await fs.promises.readFile(file);
    return new Response(new Uint8Array(body), { headers: { ...SECURITY_HEADERS, 'content-type': contentType } });
  };
}

/** The path as it was asked for, percent signs and all; empty for what is not ours. */
function requestedPath(address: string): string {
  const url = URL.parse(address);
  const ours =
    url?.protocol === `${APP_SCHEME}:` && url.host === 'rolecall' && url.username === '' && url.password === '';
  return ours ? url.pathname : '';
}

function plainAnswer(status: number): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS });
}

/** Names below `folder` with forward slashes. Read folder by folder: inside an app archive that is all that works. */
function listFiles(folder: string, prefix = ''): string[] {
  return fs.readdirSync(path.join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const name = `${prefix}${entry.name}`;
    return entry.isDirectory() ? listFiles(folder, `${name}/`) : [name];
  });
}
