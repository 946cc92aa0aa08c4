import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** A file as it is answered. */
export interface StaticFile {
  readonly type: string;
  readonly bytes: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/**
 * The built screen, read whole into memory: by URL path, `/` being `index.html`.
 *
 * A request is looked up here and never becomes a path, so there is nothing to traverse. Links and files of unknown kinds are left out.
 */
export async function readStaticFiles(folder: string): Promise<ReadonlyMap<string, StaticFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const known = entries.filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined);
  const files = await Promise.all(
    known.map(async (entry): Promise<[string, StaticFile]> => {
      const path = join(entry.parentPath, entry.name);
      const url = `/${relative(folder, path).split(sep).map(encodeURIComponent).join('/')}`;
      return [url, { type: TYPES[extname(entry.name)] ?? '', bytes: await readFile(path) }];
    }),
  );
  const byUrl = new Map(files);
  const index = byUrl.get('/index.html');
  return index === undefined ? byUrl : byUrl.set('/', index);
}
